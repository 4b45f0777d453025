/* What the lockfile says of the packages that Vigie ships: those that are not for development alone. */

/** Licences that ask for no more than their notice. */
const allowed = new Set([
  ...[
    'MIT',
    'MIT-0',
    'ISC',
    '0BSD',
    'BSD-2-Clause',
    'BSD-3-Clause',
    'Apache-2.0',
    'Unlicense',
    'CC0-1.0',
    'BlueOak-1.0.0',
  ],
  ...['PostgreSQL', 'Zlib'],
])

/**
 * @param {{ packages: Record<string, { version?: string, license?: string, dev?: boolean, devOptional?: boolean }> }} lock
 *   a package-lock.json of version 3
 * @param {(path: string) => string | null} readLicense  asked where the lockfile says nothing: what a package's own
 *   package.json says in the form of before SPDX (`licenses`)
 * @returns {{ name: string, version: string, license: string | null }[]} by name, then version
 */
export function listShipped(lock, readLicense) {
  return Object.entries(lock.packages)
    .filter(([path, { dev }]) => path !== '' && dev !== true)
    .map(([path, { version = '', license }]) => ({
      name: nameOf(path),
      version,
      license: license ?? readLicense(path),
    }))
    .sort((a, b) => a.name.localeCompare(b.name, 'en') || a.version.localeCompare(b.version, 'en'))
}

/**
 * Whether an SPDX expression allows shipping: all of what it joins by AND, one of what it joins by OR.
 * @param {string | null} license
 */
export function judgeLicense(license) {
  if (license === null) return false
  const bare = license.replace(/^\((.*)\)$/, '$1').trim()
  if (/[()]/.test(bare)) return false
  return bare.split(/ OR /).some((choice) => choice.split(/ AND /).every((name) => allowed.has(name.trim())))
}

/**
 * The licences that an installed package names as `licenses: [{ type }]`, as one expression; null if it names none.
 * @param {string} manifest  the text of its package.json
 */
export function licenseOfManifest(manifest) {
  const { licenses } = JSON.parse(manifest)
  const types = Array.isArray(licenses) ? licenses.map(({ type }) => type) : []
  return types.length > 0 && types.every((type) => typeof type === 'string') ? types.join(' OR ') : null
}

/** The part after the last `node_modules/`. */
function nameOf(path) {
  return path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
}
