import packageJson from '../../package.json' with { type: 'json' }

/** Vigie's version, as events and sessions carry it. */
export function readVersion(): string {
  return packageJson.version
}
