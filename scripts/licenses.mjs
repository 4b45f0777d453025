#!/usr/bin/env node
/*
 * `npm run licenses`: the licence of every package that Vigie ships, and whether it may be shipped with a program under the
 * MIT licence. Exit 1 when one may not, or names none.
 */
import { readFileSync } from 'node:fs'
import { judgeLicense, licenseOfManifest, listShipped } from './shipped-packages.mjs'

const root = new URL('..', import.meta.url)
const lock = JSON.parse(readFileSync(new URL('package-lock.json', root), 'utf8'))
const shipped = listShipped(lock, (path) =>
  licenseOfManifest(readFileSync(new URL(`${path}/package.json`, root), 'utf8')),
)
const width = Math.max(...shipped.map(({ name, version }) => `${name}@${version}`.length))
for (const { name, version, license } of shipped) {
  const mark = judgeLicense(license) ? '' : '  <- look at it: not among the allowed ones'
  process.stdout.write(`${`${name}@${version}`.padEnd(width)}  ${license ?? 'none'}${mark}\n`)
}
const refused = shipped.filter(({ license }) => !judgeLicense(license))
process.stdout.write(`\n${shipped.length} packages, ${refused.length} to look at.\n`)
process.exitCode = refused.length === 0 ? 0 : 1
