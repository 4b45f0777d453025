import path from 'node:path'
import { VigieError } from '../../../core/errors.ts'
import { normaliseHostname } from '../../../core/routing/resolve-hostname.ts'

/** Where the gateway of an agent beside Traefik answers. */
export const defaultGatewayUrl = 'http://127.0.0.1:9465'

export interface RoutingConfig {
  /** Traefik's; null: there is none to be kept here. */
  readonly directory: string | null
  readonly urlScheme: 'http' | 'https'
  /** The platform's web app. */
  readonly appHostname: string | null
  readonly gatewayUrl: string
  readonly traefikUrl: string | null
}

/** Reads what the platform's own variables say about its routing. Errors: CONFIG_INVALID. */
export function readRoutingConfig(
  env: Readonly<Record<string, string | undefined>>,
  urls: Pick<RoutingConfig, 'gatewayUrl' | 'traefikUrl'>,
): RoutingConfig {
  const folder = env.TRAEFIK_CONFIG_DIR?.trim()
  const scheme = env.URL_SCHEME?.trim() || 'https'
  if (scheme !== 'http' && scheme !== 'https') {
    throw new VigieError('CONFIG_INVALID', 'URL_SCHEME is neither http nor https. Correct it and start again.')
  }
  const deployDomain = env.DEPLOY_DOMAIN?.trim()
  if (folder && deployDomain && normaliseHostname(deployDomain) === null) {
    throw new VigieError('CONFIG_INVALID', 'DEPLOY_DOMAIN is no hostname. Correct it and start again.')
  }
  return {
    ...urls,
    // One directory has one name, wherever the agent is started.
    directory: folder ? path.resolve(folder) : null,
    urlScheme: scheme,
    appHostname: env.APP_HOSTNAME?.trim() || null,
  }
}
