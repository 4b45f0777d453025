import { createHash } from 'node:crypto'

/** The SQL under migrations/, bundled with the program so that it is found wherever the program runs. */
const files: Readonly<Record<string, string>> = import.meta.glob('../../../migrations/**/*.sql', {
  query: '?raw',
  import: 'default',
  eager: true,
})

/** A file under migrations/, by its path there. */
export function readScript(path: string): string {
  const text = files[`../../../migrations/${path}`]
  if (text === undefined) throw new Error(`migrations/${path} is not part of this build`)
  return text
}

/** Numbered migrations, in their order: `0001-core` and so on. */
export function listMigrations(): string[] {
  return namesUnder('').sort()
}

/**
 * The functions, in an order in which each finds those that it is inlined with: bodies of SQL functions are checked when
 * they are created, those of PL/pgSQL functions are not.
 */
function listFunctions(): string[] {
  const first = [
    ...['plan-kind', 'instant', 'blind-spells', 'idle-cutoff', 'overdue-after', 'overdue', 'due', 'recipients'],
    ...['is-not-told', 'is-blocked', 'is-out-of-sight', 'is-referenced'],
  ]
  const all = namesUnder('functions/')
  return [...first, ...all.filter((name) => !first.includes(name)).sort()]
}

/** What is created of the functions, in the order of their creation. */
export function readFunctions(): string[] {
  return listFunctions().map((name) => readScript(`functions/${name}.sql`))
}

/** The functions of this program, as the record of migrations knows them; those of another build have another. */
export function digestFunctions(): string {
  return createHash('md5').update(readFunctions().join('\n')).digest('hex')
}

function namesUnder(folder: string): string[] {
  const prefix = `../../../migrations/${folder}`
  return Object.keys(files)
    .filter((path) => path.startsWith(prefix))
    .map((path) => path.slice(prefix.length, -'.sql'.length))
    .filter((name) => !name.includes('/'))
}
