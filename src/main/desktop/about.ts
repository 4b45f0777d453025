import type { DesktopWords } from './words.ts'

export interface Versions {
  readonly vigie: string
  readonly electron: string | undefined
  readonly chrome: string | undefined
  readonly node: string
  /** Null: there is no database to ask. */
  readonly postgres: string | null
}

/** What the about box says: the version, and on what it runs. */
export function aboutText({ vigie, electron, chrome, node, postgres }: Versions, words: DesktopWords) {
  const parts = [
    ['Electron', electron],
    ['Chromium', chrome],
    ['Node', node],
    ['PostgreSQL', postgres ?? words.notConnected],
  ] as const
  return {
    title: words.about,
    message: `Vigie ${vigie}`,
    detail: parts.flatMap(([name, version]) => (version === undefined ? [] : [`${name} ${version}`])).join('\n'),
  }
}
