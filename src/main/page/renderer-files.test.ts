import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RendererFile, readRendererFile } from './renderer-files.ts'

let parent: string
let dir: string

beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'vigie-renderer-'))
  dir = join(parent, 'renderer')
  await mkdir(join(dir, 'assets', 'folder.js'), { recursive: true })
  await mkdir(join(parent, 'renderer-other'))
  await writeFile(join(parent, 'package.json'), '{"secret":true}')
  await writeFile(join(parent, 'renderer-other', 'near.json'), '{"secret":true}')
  await writeFile(join(dir, 'index.html'), '<!doctype html><html><head><title>Vigie</title></head></html>')
  await writeFile(join(dir, 'assets', 'index-Bx_1-9aZ.js'), 'export {}')
  await writeFile(join(dir, 'favicon.svg'), '<svg/>')
  await writeFile(join(dir, '.env.json'), '{"secret":true}')
  await writeFile(join(dir, 'notes.docx'), 'unknown')
  await symlink(join(parent, 'package.json'), join(dir, 'link.json'))
})

afterAll(() => rm(parent, { recursive: true, force: true }))

const textOf = (file: RendererFile) => new TextDecoder().decode(file.body)

describe('the page', () => {
  it.each(['/', '/index.html', '/projects', '/projects/3f2a'])('answers %s', async (path) => {
    const page = await readRendererFile(dir, path)
    expect(page.status).toBe(200)
    expect(page.headers['Content-Type']).toBe('text/html; charset=utf-8')
    expect(page.headers['Cache-Control']).toBe('no-store')
    expect(page.headers['Referrer-Policy']).toBe('no-referrer')
    expect(page.headers['X-Content-Type-Options']).toBe('nosniff')
    expect(page.headers['Cross-Origin-Opener-Policy']).toBe('same-origin')
    expect(page.headers['Cross-Origin-Resource-Policy']).toBe('same-origin')
  })

  it('carries a fresh nonce in its policy and in a meta element, the first of its head', async () => {
    const nonces = await Promise.all(
      ['/', '/'].map(async (path) => {
        const page = await readRendererFile(dir, path)
        const nonce = /^<!doctype html><html><head><meta name="csp-nonce" content="([^"]{24})">/.exec(textOf(page))?.[1]
        expect(page.headers['Content-Security-Policy']).toBe(
          `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data:; ` +
            "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        )
        return nonce
      }),
    )
    expect(new Set(nonces).size).toBe(2)
  })

  it('says what to do when it is not built', async () => {
    const page = await readRendererFile(join(parent, 'nowhere'), '/')
    expect(page.status).toBe(404)
    expect(textOf(page)).toContain('npm run build')
  })
})

describe('files', () => {
  it('serves a hashed asset for good', async () => {
    const file = await readRendererFile(dir, '/assets/index-Bx_1-9aZ.js')
    expect(file.status).toBe(200)
    expect(textOf(file)).toBe('export {}')
    expect(file.headers['Content-Type']).toBe('text/javascript; charset=utf-8')
    expect(file.headers['Cache-Control']).toBe('private, max-age=31536000, immutable')
  })

  it('asks again for a file without a hash, and lets it run nothing', async () => {
    const file = await readRendererFile(dir, '/favicon.svg')
    expect(file.headers['Content-Type']).toBe('image/svg+xml')
    expect(file.headers['Cache-Control']).toBe('no-cache')
    expect(file.headers['Content-Security-Policy']).toBe("default-src 'none'; style-src 'unsafe-inline'; sandbox")
  })

  it.each([
    '/assets/gone-12345678.js',
    '/notes.docx',
    '/assets/folder.js',
    '/favicon.svg/inner.js',
    `/${'a'.repeat(300)}.js`,
  ])('has nothing at %s', async (path) => {
    const file = await readRendererFile(dir, path)
    expect(file.status).toBe(404)
    expect(file.headers['Content-Type']).toBe('text/plain; charset=utf-8')
  })
})

describe('ways out of the folder', () => {
  it.each([
    '/../package.json',
    '/assets/../../package.json',
    '/%2e%2e%2fpackage.json',
    '/%2e%2e/package.json',
    '/%252e%252e%252fpackage.json',
    '/..%5cpackage.json',
    '/..\\package.json',
    '\\..\\package.json',
    '/..%c0%afpackage.json',
    '/../renderer-other/near.json',
    '//package.json',
    '/./../package.json',
    '/index.html\0.js',
    '/index.html%00.js',
    '/C:/package.json',
    '/.env.json',
    '/link.json',
    'package.json',
    '../package.json',
    '/%',
    '/..',
    '',
  ])('refuses %j', async (path) => {
    const file = await readRendererFile(dir, path)
    expect(file.status).toBe(404)
    expect(textOf(file)).not.toContain('secret')
  })
})
