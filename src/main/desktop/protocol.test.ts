import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { answerPageRequest, privilegedScheme } from './protocol.ts'

let parent: string
let rendererDir: string

beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'vigie-protocol-'))
  rendererDir = join(parent, 'renderer')
  await mkdir(rendererDir)
  await writeFile(join(rendererDir, 'index.html'), '<!doctype html><html><head></head></html>')
  await writeFile(join(parent, 'secret.json'), '{"secret":true}')
})

afterAll(() => rm(parent, { recursive: true, force: true }))

const ask = (url: string, method = 'GET') => answerPageRequest(rendererDir, new Request(url, { method }))

it('obeys content policies', () => {
  expect(privilegedScheme).toEqual({
    scheme: 'app',
    privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
  })
})

it('answers with the page and its policy', async () => {
  const response = await ask('app://vigie/?a=1#/projects')
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'")
  expect(await response.text()).toContain('<meta name="csp-nonce"')
})

it('answers HEAD without a body', async () => {
  const response = await ask('app://vigie/', 'HEAD')
  expect(response.status).toBe(200)
  expect(await response.text()).toBe('')
})

it.each([
  'app://vigie/../secret.json',
  'app://vigie/%2e%2e/secret.json',
  'app://vigie/%2e%2e%2fsecret.json',
  'app://vigie/..%5csecret.json',
  'app://vigie//secret.json',
  'app://vigie/gone.js',
  'app://example/',
  'app://vigie.example/index.html',
])('has nothing at %s', async (url) => {
  const response = await ask(url)
  expect(response.status).toBe(404)
  expect(await response.text()).not.toContain('secret":')
})

it('takes nothing', async () => {
  const response = await ask('app://vigie/', 'POST')
  expect(response.status).toBe(405)
  expect(response.headers.get('allow')).toBe('GET, HEAD')
})
