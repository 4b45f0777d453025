import { useMantineColorScheme } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { type KeyboardEvent, useEffect, useId, useState } from 'react'
import { maxSearchLength, minSearchLength } from '../../core/queries/projects.ts'
import { readError } from '../data/read-error.ts'
import { useLanguage } from '../i18n/language.tsx'
import { wishFocus } from '../keys/focus-wish.ts'
import { copyText } from '../ui/copy-text.ts'
import { Dialog } from '../ui/dialog.tsx'
import { OptionList, optionId } from './option-list.tsx'
import classes from './palette.module.css'
import { type Entry, entryGroups, listActions } from './palette-actions.ts'
import { useFound } from './use-found.ts'

interface PaletteProps {
  readonly deployDomain: string | null
  readonly onClose: () => void
  readonly onHelp: () => void
}

/** How far the keys lead. */
const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }

/**
 * One field to any project, team, page or action: the combobox with a list of the ARIA practices, the focus stays in the
 * field. Enter never takes what a former text found: it waits for what answers this one.
 */
export function Palette({ deployDomain, onClose, onHelp }: PaletteProps) {
  const { words, setLanguage } = useLanguage()
  const { palette } = words.everywhere
  const { setColorScheme } = useMantineColorScheme()
  const [text, setText] = useState('')
  const [chosenKey, setChosenKey] = useState<string | null>(null)
  const [isWanted, setWanted] = useState(false)
  const [copied, setCopied] = useState<boolean | null>(null)
  const listId = useId()
  const found = useFound(text.trim(), deployDomain)
  const actions = listActions(text, words, {
    setTheme: (theme) => {
      setColorScheme(theme)
      onClose()
    },
    setLanguage: (choice) => {
      setLanguage(choice)
      onClose()
    },
    showHelp: onHelp,
    copyLink: () => void copyText(window.location.href).then(setCopied),
  })
  const all = [...found.entries, ...actions]
  const entries = entryGroups.flatMap((group) => all.filter((entry) => entry.group === group))
  const chosen = entries.findIndex(({ key }) => key === chosenKey)
  const at = Math.max(0, chosen)
  const active = entries[at]

  const take = (entry: Entry) => {
    if ('run' in entry.act) return entry.act.run()
    wishFocus()
    window.location.hash = entry.act.to
    onClose()
  }
  useEffect(() => {
    if (!isWanted || !found.isCurrent) return
    setWanted(false)
    if (active !== undefined) take(active)
  })
  useEffect(() => {
    document.getElementById(optionId(listId, at))?.scrollIntoView({ block: 'nearest' })
  }, [listId, at])

  const handleKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    const step = steps[event.key]
    if (step !== undefined) {
      const count = Math.max(1, entries.length)
      setChosenKey(entries[(at + step + count) % count]?.key ?? null)
    } else if (event.key === 'Enter') {
      if (chosen < 0 && !found.isCurrent) setWanted(true)
      else if (active !== undefined) take(active)
    } else return
    event.preventDefault()
  }
  return (
    <Dialog label={palette.title} onClose={onClose}>
      <div className={classes.field}>
        <IconSearch size={16} stroke={1.8} aria-hidden={true} />
        <input
          type="text"
          role="combobox"
          aria-label={palette.title}
          aria-expanded={entries.length > 0}
          aria-controls={listId}
          aria-activedescendant={active === undefined ? undefined : optionId(listId, at)}
          aria-autocomplete="list"
          aria-describedby={`${listId}-hint`}
          placeholder={palette.placeholder}
          maxLength={maxSearchLength}
          spellCheck={false}
          autoComplete="off"
          dir="auto"
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value)
            setChosenKey(null)
            setWanted(false)
            setCopied(null)
          }}
          onKeyDown={handleKey}
        />
      </div>
      <OptionList
        id={listId}
        entries={entries}
        activeIndex={at}
        isCurrent={found.isCurrent}
        onPoint={({ key }) => setChosenKey(key)}
        onTake={take}
      />
      <div className={classes.foot}>
        <span id={`${listId}-hint`}>{palette.hint}</span>
        <span role="status">{statusOf()}</span>
      </div>
    </Dialog>
  )

  function statusOf(): string {
    if (copied !== null) return copied ? palette.copied : palette.notCopied
    if (found.error !== null) return `${palette.failed} ${words.errors.sentence(readError(found.error))}`
    if (!found.isCurrent) return palette.searching
    if (found.isShort) return palette.short(minSearchLength)
    return entries.length === 0 ? palette.nothing : palette.found(entries.length)
  }
}
