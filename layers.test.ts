import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

/** The layers of the architecture, each with a planted breach that the linter must find and a use that it must allow. */
const cases: readonly { file: string; source: string; rule: string | null }[] = [
  { file: 'src/core/a.ts', source: "import { app } from 'electron'\napp.quit()\n", rule: 'noRestrictedImports' },
  { file: 'src/core/b.ts', source: "import http from 'node:http'\nhttp.get('')\n", rule: 'noRestrictedImports' },
  { file: 'src/core/c.ts', source: "import { useState } from 'react'\nuseState()\n", rule: 'noRestrictedImports' },
  { file: 'src/core/d.ts', source: "import { x } from '../main/app.ts'\nx()\n", rule: 'noRestrictedImports' },
  { file: 'src/core/e.ts', source: 'export const home = process.env.HOME\n', rule: 'noProcessEnv' },
  { file: 'src/core/f.ts', source: 'export const id = process.pid\n', rule: 'noRestrictedGlobals' },
  { file: 'src/core/g.ts', source: "import { domainToASCII } from 'node:url'\ndomainToASCII('')\n", rule: null },
  { file: 'src/main/a.ts', source: "import { app } from 'electron'\napp.quit()\n", rule: 'noRestrictedImports' },
  { file: 'src/main/c.ts', source: "import { x } from './desktop/window.ts'\nx()\n", rule: 'noRestrictedImports' },
  { file: 'src/main/d.ts', source: "import { x } from '../renderer/app.tsx'\nx()\n", rule: 'noRestrictedImports' },
  { file: 'src/main/desktop/a.ts', source: "import { app } from 'electron'\napp.quit()\n", rule: null },
  {
    file: 'src/main/desktop/b.ts',
    source: "import { x } from '../../renderer/a.ts'\nx()\n",
    rule: 'noRestrictedImports',
  },
  { file: 'src/preload/a.ts', source: "import fs from 'node:fs'\nfs.rmSync('')\n", rule: 'noRestrictedImports' },
  { file: 'src/preload/b.ts', source: "import { x } from '../core/project.ts'\nx()\n", rule: 'noRestrictedImports' },
  { file: 'src/preload/c.ts', source: "import { contextBridge } from 'electron'\ncontextBridge.x()\n", rule: null },
  {
    file: 'src/renderer/a.ts',
    source: "import { x } from '../main/rpc/router.ts'\nx()\n",
    rule: 'noRestrictedImports',
  },
  { file: 'src/renderer/b.ts', source: "import postgres from 'postgres'\npostgres()\n", rule: 'noRestrictedImports' },
  { file: 'src/renderer/c.ts', source: "import os from 'node:os'\nos.cpus()\n", rule: 'noRestrictedImports' },
  {
    file: 'src/renderer/d.ts',
    source: "import { ipcRenderer } from 'electron'\nipcRenderer.x()\n",
    rule: 'noRestrictedImports',
  },
  {
    file: 'src/renderer/e.ts',
    source: "import type { AppRouter } from '../main/rpc/contract.ts'\nexport type A = AppRouter\n",
    rule: null,
  },
  { file: 'src/renderer/f.ts', source: "import { x } from '../core/project.ts'\nx()\n", rule: null },
]

interface Report {
  readonly diagnostics: readonly { readonly category: string; readonly location: { readonly path: string } }[]
}

let folder: string
let report: Report

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'vigie-layers-'))
  const config: Record<string, unknown> = JSON.parse(await readFile('biome.json', 'utf8'))
  // Outside the repository there is neither git nor the schema.
  const { vcs: _vcs, $schema: _schema, ...rest } = config
  await writeFile(path.join(folder, 'biome.json'), JSON.stringify(rest))
  for (const { file, source } of cases) {
    await mkdir(path.join(folder, path.dirname(file)), { recursive: true })
    await writeFile(path.join(folder, file), source)
  }
  await cp('package.json', path.join(folder, 'package.json'))
  const biome = path.resolve('node_modules/.bin/biome')
  const run = promisify(execFile)(biome, ['lint', '--reporter=json', '--max-diagnostics=none', '.'], { cwd: folder })
  // It exits with 1 because it found the breaches.
  const { stdout } = await run.catch((error: { stdout: string }) => error)
  report = JSON.parse(stdout)
})

afterAll(() => rm(folder, { recursive: true, force: true }))

describe('the linter keeps the layers', () => {
  it.each(cases)('$file: $rule', ({ file, rule }) => {
    const found = report.diagnostics
      .filter((diagnostic) => diagnostic.location.path.endsWith(file))
      .map((diagnostic) => diagnostic.category)
    if (rule === null) expect(found).toEqual([])
    else expect(found).toContain(`lint/style/${rule}`)
  })
})
