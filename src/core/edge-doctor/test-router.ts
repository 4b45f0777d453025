import { blockedPriority } from '../routing/blocked-files.ts'
import { entryPointsOf, hostRule, type TraefikFile } from '../routing/traefik-file.ts'

/** The doctor's only file in Traefik's directory. */
export const testFileName = 'vigie-doctor.yml'
/** Its router and its service. */
export const testRouterName = 'vigie-doctor'

export interface TestRouter {
  /** A DNS name. */
  readonly hostname: string
  readonly gatewayUrl: string
  readonly traefikUrl: string
  readonly urlScheme: 'http' | 'https'
}

/**
 * A router that leads a hostname to the gateway, above all others. Over https it takes Traefik's default certificate: a
 * resolver would ask an authority for one at each visit of the doctor.
 */
export function formatTestRouter({ hostname, gatewayUrl, traefikUrl, urlScheme }: TestRouter): string {
  const isSecure = new URL(traefikUrl).protocol === 'https:'
  const file: TraefikFile = {
    http: {
      routers: {
        [testRouterName]: {
          rule: hostRule(hostname),
          service: testRouterName,
          priority: blockedPriority,
          entryPoints: entryPointsOf(urlScheme),
          ...(isSecure && { tls: { options: 'default' } }),
        },
      },
      services: { [testRouterName]: { loadBalancer: { servers: [{ url: gatewayUrl }] } } },
    },
  }
  return `# Written by Vigie's doctor, and removed when it has looked.\n${JSON.stringify(file, null, 2)}\n`
}
