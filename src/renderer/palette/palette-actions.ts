import { type LanguageChoice, languageChoices } from '../i18n/choose-language.ts'
import type { Words } from '../i18n/en.ts'
import { allMails, allProjects, formatRoute, type Route, sweepsStart } from '../route.ts'
import { themeChoices } from '../ui/theme-choices.ts'
import { matchesWords } from './match-words.ts'

/** What can be chosen in the palette. */
export interface Entry {
  readonly key: string
  readonly group: EntryGroup
  readonly label: string
  /** Beside it, in small. */
  readonly note?: string
  /** Where it leads; or what it does. */
  readonly act: { readonly to: string } | { readonly run: () => void }
}

export const entryGroups = ['recent', 'projects', 'teams', 'pages', 'actions'] as const
export type EntryGroup = (typeof entryGroups)[number]

/** What the window itself does for the palette. */
export interface PaletteActs {
  readonly setTheme: (theme: (typeof themeChoices)[number]) => void
  readonly setLanguage: (language: LanguageChoice) => void
  readonly showHelp: () => void
  readonly copyLink: () => void
}

/** The pages and actions that a text names; all of them for none. */
export function listActions(text: string, words: Words, acts: PaletteActs): readonly Entry[] {
  const { shell, everywhere } = words
  const { palette } = everywhere
  const pages: readonly (readonly [string, Route | string])[] = [
    [shell.overview, { page: 'overview' }],
    [shell.projects, allProjects],
    [palette.lists.inactive, '#/projects?status=inactive'],
    [palette.lists.permanently_disabled, '#/projects?status=permanently_disabled'],
    [palette.lists.lapsed, '#/projects?plan=lapsed'],
    [shell.sweeps, sweepsStart],
    [palette.runs, { ...sweepsStart, view: 'runs' }],
    [shell.mail, allMails],
    [shell.agents, { page: 'agents' }],
    [shell.policy, { page: 'policy' }],
  ]
  const sweeps = formatRoute(sweepsStart)
  const actions: readonly (readonly [string, Entry['act']])[] = [
    [palette.preview, { to: sweeps }],
    [palette.runSweep, { to: sweeps }],
    [palette.copyLink, { run: acts.copyLink }],
    [palette.help, { run: acts.showHelp }],
    ...themeChoices.map((theme) => [palette.theme[theme], { run: () => acts.setTheme(theme) }] as const),
    ...languageChoices.map((choice) => [palette.language[choice], { run: () => acts.setLanguage(choice) }] as const),
  ]
  const entries: readonly Entry[] = [
    ...pages.map(([label, route]) => ({
      key: `page ${label}`,
      group: 'pages' as const,
      label,
      act: { to: typeof route === 'string' ? route : formatRoute(route) },
    })),
    ...actions.map(([label, act]) => ({ key: `action ${label}`, group: 'actions' as const, label, act })),
  ]
  return entries.filter(({ label }) => matchesWords(text, label))
}
