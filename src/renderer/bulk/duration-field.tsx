import { NativeSelect, TextInput } from '@mantine/core'
import { useWords } from '../i18n/language.tsx'
import classes from './bulk.module.css'
import { type Duration, firstDuration, offeredDays } from './exempt-duration.ts'

interface DurationFieldProps {
  readonly duration: Duration
  readonly onChange: (duration: Duration) => void
  /** It was to be sent, and names no day to come. */
  readonly isWrong: boolean
}

/** How long projects are left alone. */
export function DurationField({ duration, onChange, isWrong }: DurationFieldProps) {
  const { bulk } = useWords()
  const choices = [
    ...offeredDays.map((days) => ({
      value: String(days),
      label: bulk.forDays(days),
      duration: { kind: 'days', days } as const,
    })),
    { value: 'day', label: bulk.untilDay, duration: { kind: 'day', day: '' } as const },
    { value: 'good', label: bulk.forGood, duration: { kind: 'good' } as const },
  ]
  return (
    <div className={classes.buttons}>
      <NativeSelect
        label={bulk.howLong}
        value={duration.kind === 'days' ? String(duration.days) : duration.kind}
        onChange={({ currentTarget: { value } }) =>
          onChange(choices.find((choice) => choice.value === value)?.duration ?? firstDuration)
        }
        data={choices.map(({ value, label }) => ({ value, label }))}
      />
      {duration.kind === 'day' && (
        <TextInput
          type="date"
          label={bulk.day}
          value={duration.day}
          onChange={({ currentTarget: { value } }) => onChange({ kind: 'day', day: value })}
          error={isWrong && bulk.dayMissing}
        />
      )}
    </div>
  )
}
