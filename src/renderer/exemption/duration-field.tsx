import { NativeSelect, TextInput } from '@mantine/core'
import type { Ref } from 'react'
import type { Instant } from '../../core/instant.ts'
import { useFormats, useWords } from '../i18n/language.tsx'
import { type Duration, type DurationEnd, offeredDays } from './draft.ts'
import classes from './exemption.module.css'

interface DurationFieldProps {
  readonly duration: Duration
  /** What it means now (draft.ts). */
  readonly end: DurationEnd
  readonly now: Instant
  /** It was to be sent. */
  readonly isChecked: boolean
  readonly dayRef: Ref<HTMLInputElement>
  readonly onChange: (part: Partial<Duration>) => void
}

/** How long projects are left alone: so many days, until the end of a day that is named, or for good. */
export function DurationField({ duration, end, now, isChecked, dayRef, onChange }: DurationFieldProps) {
  const { exemption: words } = useWords()
  const formats = useFormats()
  return (
    <>
      <NativeSelect
        label={words.howLong}
        value={duration.length}
        onChange={(event) => onChange({ length: event.currentTarget.value })}
        data={[
          ...offeredDays.map((days) => ({ value: String(days), label: words.forDays(days) })),
          { value: 'day', label: words.toDay },
          { value: 'forever', label: words.tagForGood },
        ]}
      />
      {duration.length === 'day' && (
        <TextInput
          ref={dayRef}
          type="date"
          label={words.lastDay}
          min={now.slice(0, 10)}
          value={duration.day}
          onChange={(event) => onChange({ day: event.currentTarget.value })}
          error={'problem' in end && (isChecked || duration.day !== '') && words[end.problem]}
        />
      )}
      {'until' in end && end.until !== null && <p className={classes.end}>{words.dayHint(formats.exact(end.until))}</p>}
    </>
  )
}
