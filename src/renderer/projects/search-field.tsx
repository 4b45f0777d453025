import { CloseButton, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { type KeyboardEvent, type Ref, useId, useState } from 'react'
import { maxSearchLength, minSearchLength } from '../../core/queries/projects.ts'
import { useWords } from '../i18n/language.tsx'
import classes from './toolbar.module.css'

interface SearchFieldProps {
  readonly value: string
  readonly onChange: (text: string) => void
  /** Enter: to what it finds. */
  readonly onSubmit: (text: string) => void
  /** Escape in an empty field: on to the list. */
  readonly onLeave: () => void
  readonly inputRef: Ref<HTMLInputElement>
}

const pauseMs = 250

/** Typing is never held up: the search follows when the typing pauses. */
export function SearchField({ value, onChange, onSubmit, onLeave, inputRef }: SearchFieldProps) {
  const { projects } = useWords()
  const hintId = useId()
  const [text, setText] = useState(value)
  const [sent, setSent] = useState(value)
  if (value !== sent) {
    // The address changed by itself: back, a link, a filter that was cleared.
    setSent(value)
    setText(value)
  }
  const send = (next: string) => {
    setSent(next)
    onChange(next)
  }
  const sendSoon = useDebouncedCallback(send, pauseMs)
  const type = (typed: string) => {
    // Not everything that fills a field heeds its maxLength.
    const next = typed.slice(0, maxSearchLength)
    setText(next)
    sendSoon(next)
  }
  const handleKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' && event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    sendSoon.cancel()
    if (event.key === 'Enter') {
      send(text)
      onSubmit(text)
    } else if (text === '') onLeave()
    else {
      setText('')
      send('')
    }
  }
  const isShort = text.trim() !== '' && text.trim().length < minSearchLength
  return (
    <div className={classes.search}>
      <TextInput
        ref={inputRef}
        type="text"
        inputMode="search"
        dir="auto"
        aria-label={projects.search}
        aria-describedby={hintId}
        placeholder={projects.searchPlaceholder}
        maxLength={maxSearchLength}
        spellCheck={false}
        autoComplete="off"
        value={text}
        onChange={(event) => type(event.currentTarget.value)}
        onKeyDown={handleKey}
        leftSection={<IconSearch size={14} stroke={1.8} aria-hidden={true} />}
        rightSection={
          text === '' ? (
            <kbd className={classes.key}>/</kbd>
          ) : (
            <CloseButton size="xs" aria-label={projects.clearSearch} onClick={() => type('')} />
          )
        }
      />
      <span id={hintId} className={classes.searchHint} aria-live="polite">
        {isShort && projects.searchTooShort(minSearchLength)}
      </span>
    </div>
  )
}
