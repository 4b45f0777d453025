import type { App } from '../../app.ts'
import type { Part } from '../part.ts'
import type { RoutingConfig } from './routing-config.ts'
import { createRoutingPart } from './routing-part.ts'

/** The part `routing`; null, and a word in the log, where a setting that it needs is missing. */
export function composeRoutingPart(app: App, config: RoutingConfig): Part | null {
  const { directory, urlScheme, appHostname, gatewayUrl, traefikUrl } = config
  const { deployDomain } = app
  if (directory === null || deployDomain === null) {
    const setting = directory === null ? 'TRAEFIK_CONFIG_DIR' : 'DEPLOY_DOMAIN'
    app.log.info({ part: 'routing', setting }, `The part routing is left out: ${setting} is not set.`)
    return null
  }
  return createRoutingPart(app, {
    directory,
    traefikUrl,
    settings: { deployDomain, urlScheme, gatewayUrl, reservedHostnames: appHostname === null ? [] : [appHostname] },
  })
}
