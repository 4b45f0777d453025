import { Button, TextInput } from '@mantine/core'
import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query'
import { useId, useMemo, useState } from 'react'
import { daysRule } from '../../core/check-policy.ts'
import type { PreviewCounts, Thresholds } from '../../core/sweep/preview.ts'
import { useTRPC } from '../data/trpc.ts'
import { useFormats, useWords } from '../i18n/language.tsx'
import { formatRoute, type SweepsRoute } from '../route.ts'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { QueryView } from '../ui/query-view.tsx'
import { Refreshing } from '../ui/refreshing.tsx'
import { navigate } from '../window-route.ts'
import { readDays } from './read-days.ts'
import { useSettled } from './use-settled.ts'
import classes from './what-if.module.css'

interface WhatIfProps {
  readonly route: SweepsRoute
  /** What is due by the policy. */
  readonly counts: UseQueryResult<PreviewCounts, unknown>
}

/** Other thresholds, and what they would make due. It only asks: there is nothing here to save. */
export function WhatIf({ route, counts }: WhatIfProps) {
  const trpc = useTRPC()
  const { whatIf: words } = useWords()
  const policy = useQuery(trpc.policy.get.queryOptions())
  return (
    <section className={classes.panel} aria-label={words.title}>
      <h2>{words.title}</h2>
      <p className="muted">
        {words.lead} {words.change} <a href={formatRoute({ page: 'policy' })}>{words.policy}</a>.
      </p>
      <QueryView query={policy}>
        {({ inactiveAfterDays, disabledAfterDays }) => (
          <Question route={route} counts={counts} policy={{ inactiveAfterDays, disabledAfterDays }} />
        )}
      </QueryView>
    </section>
  )
}

const names = ['inactiveAfterDays', 'disabledAfterDays'] as const satisfies readonly (keyof Thresholds)[]

function Question({ route, counts, policy }: WhatIfProps & { readonly policy: Thresholds }) {
  const { whatIf: words } = useWords()
  const labels = { inactiveAfterDays: words.inactive, disabledAfterDays: words.disabled }
  const inactiveAfterDays = route.inactiveAfterDays ?? policy.inactiveAfterDays
  const disabledAfterDays = route.disabledAfterDays ?? policy.disabledAfterDays
  const asked = useMemo(() => ({ inactiveAfterDays, disabledAfterDays }), [inactiveAfterDays, disabledAfterDays])
  const isPolicy = names.every((name) => asked[name] === policy[name])
  return (
    <div className={classes.question}>
      <div className={classes.fields}>
        {names.map((name) => (
          <DaysField
            key={name}
            label={labels[name]}
            value={asked[name]}
            inForce={policy[name]}
            onChange={(days) => navigate({ ...route, [name]: days === policy[name] ? null : days }, 'replace')}
          />
        ))}
        <Button
          size="xs"
          variant="default"
          disabled={isPolicy}
          onClick={() => navigate({ ...route, inactiveAfterDays: null, disabledAfterDays: null }, 'replace')}
        >
          {words.reset}
        </Button>
      </div>
      <Answer asked={asked} counts={counts} />
    </div>
  )
}

interface DaysFieldProps {
  readonly label: string
  readonly value: number
  readonly inForce: number
  readonly onChange: (days: number) => void
}

/** So many days as a slider is good for; more can be typed. */
const maxBySlider = 60

/** Days as a number that is typed, or by a slider. What makes no sense stays as it was typed, and says so. */
function DaysField({ label, value, inForce, onChange }: DaysFieldProps) {
  const { whatIf: words } = useWords()
  const id = useId()
  const [typed, setTyped] = useState({ text: String(value), of: value })
  // Whatever else changes the value (the slider, the address) is what the field says then.
  if (typed.of !== value) setTyped({ text: String(value), of: value })
  const isWrong = readDays(typed.text) === null
  const { min, max } = daysRule
  return (
    <div className={classes.field}>
      <label className={classes.label} htmlFor={id}>
        {label}
      </label>
      <div className={classes.inputs}>
        <TextInput
          id={id}
          w={88}
          inputMode="numeric"
          autoComplete="off"
          maxLength={20}
          value={typed.text}
          error={isWrong}
          aria-invalid={isWrong}
          aria-describedby={`${id}-hint`}
          onChange={(event) => {
            const { value: text } = event.currentTarget
            const days = readDays(text)
            setTyped({ text, of: days ?? value })
            if (days !== null) onChange(days)
          }}
        />
        <span className="muted">{words.days(readDays(typed.text) ?? 2)}</span>
        <input
          type="range"
          className={classes.slider}
          aria-label={words.slider(label)}
          min={min}
          max={maxBySlider}
          value={Math.min(value, maxBySlider)}
          onChange={(event) => onChange(event.currentTarget.valueAsNumber)}
        />
      </div>
      <p id={`${id}-hint`} className={isWrong ? classes.problem : classes.hint}>
        {isWrong ? words.problem(min, max) : words.inForce(inForce)}
      </p>
    </div>
  )
}

const rows = ['deactivated', 'disabled', 'mailsQueued'] as const satisfies readonly (keyof PreviewCounts)[]

/** How long nobody types before it is asked. */
const settleMs = 250

function Answer({ asked, counts }: { readonly asked: Thresholds; readonly counts: WhatIfProps['counts'] }) {
  const trpc = useTRPC()
  const { whatIf: words } = useWords()
  const formats = useFormats()
  const settled = useSettled(asked, settleMs)
  const answer = useQuery(trpc.sweeps.whatIf.queryOptions(settled, { placeholderData: keepPreviousData }))
  const isCounting = settled !== asked || answer.isPlaceholderData || answer.isPending || counts.isPending
  const byPolicy = counts.data
  const byThese = isCounting ? undefined : answer.data
  const shown = answer.data
  const more = byThese && byPolicy && byThese.deactivated + byThese.disabled - byPolicy.deactivated - byPolicy.disabled
  if (answer.error !== null && shown === undefined) {
    return <ErrorPanel error={answer.error} onRetry={() => void answer.refetch()} />
  }
  return (
    <div className={classes.answer}>
      <Refreshing isOn={isCounting} />
      <table className={classes.table} aria-busy={isCounting}>
        <caption className="unseen">{words.table}</caption>
        <thead>
          <tr>
            <th scope="col">{words.what}</th>
            <th scope="col">{words.byPolicy}</th>
            <th scope="col">{words.byThese}</th>
            <th scope="col">{words.difference}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row}>
              <th scope="row">{words.rows[row]}</th>
              <td>{byPolicy === undefined ? '…' : formats.number(byPolicy[row])}</td>
              <td data-stale={isCounting}>{shown === undefined ? '…' : formats.number(shown[row])}</td>
              <td data-stale={isCounting}>
                {shown === undefined || byPolicy === undefined ? '…' : writeDifference(shown[row] - byPolicy[row])}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p role="status" className={classes.verdict}>
        {more === undefined ? words.counting : words.verdict(more)}
      </p>
    </div>
  )

  function writeDifference(difference: number): string {
    if (difference === 0) return words.same
    return `${difference > 0 ? '+' : '−'}${formats.number(Math.abs(difference))}`
  }
}
