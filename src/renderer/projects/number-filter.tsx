import { TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { useState } from 'react'
import { maxFilterNumber } from '../../core/queries/projects.ts'
import { useWords } from '../i18n/language.tsx'
import classes from './filters.module.css'

interface NumberFilterProps {
  readonly label: string
  readonly unit: string
  readonly hint?: string
  readonly min: number
  readonly value: number | null
  readonly onChange: (value: number | null) => void
}

const pauseMs = 250

/** A whole number, or none. The list follows when the typing pauses; what is no number is said and changes nothing. */
export function NumberFilter({ label, unit, hint, min, value, onChange }: NumberFilterProps) {
  const { list } = useWords()
  const [text, setText] = useState(written(value))
  const [sent, setSent] = useState(value)
  if (value !== sent) {
    // The address changed by itself: a chip that was removed.
    setSent(value)
    setText(written(value))
  }
  const send = useDebouncedCallback((next: number | null) => {
    setSent(next)
    onChange(next)
  }, pauseMs)
  const type = (typed: string) => {
    setText(typed)
    const next = readNumber(typed, min)
    if (next === undefined) send.cancel()
    else send(next)
  }
  return (
    <TextInput
      label={label}
      {...(hint === undefined ? {} : { description: hint })}
      inputMode="numeric"
      autoComplete="off"
      maxLength={10}
      value={text}
      onChange={(event) => type(event.currentTarget.value)}
      onBlur={() => send.flush()}
      error={readNumber(text, min) === undefined && list.badNumber(min, maxFilterNumber)}
      rightSection={<span className={classes.unit}>{unit}</span>}
      rightSectionWidth={56}
    />
  )
}

/** Null: nothing is asked for; undefined: that is no number for a filter. */
function readNumber(text: string, min: number): number | null | undefined {
  const trimmed = text.trim()
  if (trimmed === '') return null
  const number = /^\d{1,9}$/.test(trimmed) ? Number(trimmed) : Number.NaN
  return number >= min && number <= maxFilterNumber ? number : undefined
}

function written(value: number | null): string {
  return value === null ? '' : String(value)
}
