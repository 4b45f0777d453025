/**
 * Whether a container is a deployment's, so that Vigie may touch it. The platform labels its containers for Traefik with a
 * router ``Host(`<project slug>-id-<first 7 of the deployment's id>.<deploy domain>`)`` and with nothing else that is
 * known (ARCHITECTURE.md, The platform). A rule with a negation says where a container is not, and counts as none.
 */
export function belongsToDeployment(
  labels: Readonly<Record<string, string>>,
  { slug, deploymentId, deployDomain }: { slug: string | null; deploymentId: string; deployDomain: string },
): boolean {
  if (!slug) return false
  const hostname = `${slug}-id-${deploymentId.slice(0, 7)}.${deployDomain}`.toLowerCase()
  return Object.entries(labels).some(
    ([name, rule]) => /^traefik\.http\.routers\.[^.]+\.rule$/i.test(name) && hostnamesOf(rule).includes(hostname),
  )
}

/** The hostnames that a rule of Traefik's names, in lower case. */
function hostnamesOf(rule: string): string[] {
  if (rule.includes('!')) return []
  return [...rule.matchAll(/(?<![a-z])Host\(([^()]*)\)/gi)].flatMap(([, names = '']) =>
    names.split(',').flatMap((name) => {
      const [, hostname] = /^\s*[`"']([^`"'\s]+)[`"']\s*$/.exec(name) ?? []
      return hostname === undefined ? [] : [hostname.toLowerCase()]
    }),
  )
}
