/** A dynamic file of Traefik's, as far as the platform and Vigie write such. */
export interface TraefikFile {
  readonly http: {
    readonly routers: Readonly<Record<string, TraefikRouter>>
    readonly services?: Readonly<Record<string, TraefikService>>
    readonly middlewares?: Readonly<Record<string, RedirectMiddleware>>
  }
}

export interface TraefikRouter {
  readonly rule: string
  readonly service: string
  readonly priority?: number
  readonly middlewares?: readonly string[]
  readonly entryPoints: readonly string[]
  readonly tls?: { readonly certResolver: string } | { readonly options: string }
}

export interface TraefikService {
  readonly loadBalancer: { readonly servers: readonly { readonly url: string }[] }
}

export interface RedirectMiddleware {
  readonly redirectRegex: { readonly regex: string; readonly replacement: string; readonly permanent: boolean }
}

/** A rule of Traefik's for one hostname. It has no way to escape a backtick: hostnames are DNS names. */
export function hostRule(hostname: string): string {
  return `Host(\`${hostname}\`)`
}

/** Where the platform's routers listen (ARCHITECTURE.md, The platform). */
export function entryPointsOf(urlScheme: 'http' | 'https'): readonly string[] {
  return urlScheme === 'https' ? ['web', 'websecure'] : ['web']
}

/** The certificates of the platform's routers; redirects have none. */
export function tlsOf(urlScheme: 'http' | 'https'): { readonly tls?: { readonly certResolver: string } } {
  return urlScheme === 'https' ? { tls: { certResolver: 'le' } } : {}
}
