import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { parseSync } from 'vite'

/** What a window reads before it shows its first page, in bytes as `gzip -9` writes them. */
interface FirstLoad {
  /** The entry of the page and all that it imports statically, however far. */
  readonly scriptBytes: number
  readonly styleBytes: number
  readonly files: readonly string[]
}

/** Measures the built renderer in a folder (`out/renderer`). Throws if it is not built. */
export async function measureFirstLoad(rendererDir: string): Promise<FirstLoad> {
  const html = await readFile(path.join(rendererDir, 'index.html'), 'utf8')
  const entries = [...html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.js)"/g)].map(([, file = '']) => file)
  const styles = [...html.matchAll(/href="\.\/(assets\/[^"]+\.css)"/g)].map(([, file = '']) => file)
  const sizes = new Map<string, number>()
  const visit = async (file: string): Promise<void> => {
    if (sizes.has(file)) return
    const source = await readFile(path.join(rendererDir, file), 'utf8')
    sizes.set(file, gzipBytes(source))
    const { module } = parseSync(file, source)
    const imported = [...module.staticImports.map(({ moduleRequest }) => moduleRequest.value), ...exportedFrom(module)]
    for (const name of imported) await visit(path.posix.join(path.posix.dirname(file), name))
  }
  for (const entry of entries) await visit(entry)
  const styleSizes = await Promise.all(
    styles.map(async (file) => gzipBytes(await readFile(path.join(rendererDir, file), 'utf8'))),
  )
  return { scriptBytes: sum([...sizes.values()]), styleBytes: sum(styleSizes), files: [...sizes.keys()] }
}

function exportedFrom(module: ReturnType<typeof parseSync>['module']): string[] {
  return module.staticExports.flatMap(({ entries }) =>
    entries.flatMap(({ moduleRequest }) => (moduleRequest === null ? [] : [moduleRequest.value])),
  )
}

function gzipBytes(text: string): number {
  return gzipSync(text, { level: 9 }).byteLength
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
