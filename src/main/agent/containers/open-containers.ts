import { recognisePlatform } from '../../../core/containers/recognise-platform.ts'
import type { App } from '../../app.ts'
import type { Containers } from '../scheduler-part.ts'
import { createDockerEngine } from './docker-engine.ts'
import { readDockerHost } from './docker-host.ts'

/**
 * The way to the containers, as it is configured. Null, after a line that names the setting: something is missing.
 * Errors: CONFIG_INVALID.
 */
export function openContainers(
  env: Readonly<Record<string, string | undefined>>,
  { sql, log, deployDomain }: Pick<App, 'sql' | 'log' | 'deployDomain'>,
): Containers | null {
  const host = readDockerHost(env)
  const missing = [...(host === null ? ['DOCKER_HOST'] : []), ...(deployDomain === null ? ['DEPLOY_DOMAIN'] : [])]
  if (host === null || deployDomain === null) {
    log.info({ part: 'containers', missing }, `The part containers is left out: ${missing.join(' and ')} not set.`)
    return null
  }
  return { engine: recognisePlatform(sql, createDockerEngine(host)), deployDomain }
}
