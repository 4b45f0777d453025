import type { RoutedProject } from '../routed-project.ts'

/** A project with one alias of an environment and nothing else, but for what is given. */
export function routedProject(some: Partial<RoutedProject> = {}): RoutedProject {
  return {
    projectId: 'aa11',
    status: 'active',
    deactivatedAt: null,
    slug: 'shop',
    aliases: [{ id: 1, subdomain: 'shop', deploymentId: 'd0d0d0d0d0', isSucceeded: true, environmentId: 'prod' }],
    domains: [],
    deploymentPrefixes: [],
    ...some,
  }
}
