import { Button, NativeSelect, Textarea } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { afterExemption } from '../../core/after-exemption.ts'
import type { Instant } from '../../core/instant.ts'
import type { Policy } from '../../core/policy.ts'
import type { ExemptionRow } from '../../core/queries/exemptions.ts'
import type { ProjectDetail } from '../../core/queries/project.ts'
import { maxReasonLength } from '../../core/reason.ts'
import { useTRPC } from '../data/trpc.ts'
import { useDraftOf } from '../data/use-draft.ts'
import { useSpells } from '../data/use-spells.ts'
import { useFormats, useWords } from '../i18n/language.tsx'
import { useNow } from '../ui/clock.ts'
import { InlineError } from '../ui/error-panel.tsx'
import { describeEnd } from './describe-end.ts'
import { type ExemptionDraft, endOf, exemptionDrafts } from './draft.ts'
import { DurationField } from './duration-field.tsx'
import classes from './exemption.module.css'

export interface ExemptRequest {
  readonly scope: 'project' | 'team'
  readonly id: string
  readonly until: Instant | null
  readonly reason: string
}

interface ExemptFormProps {
  readonly project: ProjectDetail
  readonly policy: Policy
  /** What there is already, of the project and of its team. */
  readonly present: { readonly project: ExemptionRow | null; readonly team: ExemptionRow | null }
  readonly isRunning: boolean
  readonly error: unknown
  readonly onSubmit: (request: ExemptRequest) => void
  readonly onLeave: () => void
}

/** Whom, how long and why; says beforehand what its end brings about. What was typed stays, whatever happens. */
export function ExemptForm({ project, policy, present, isRunning, error, onSubmit, onLeave }: ExemptFormProps) {
  const { exemption: words } = useWords()
  const formats = useFormats()
  const now = useNow()
  const draft = useDraftOf(exemptionDrafts, project.id)
  const [isChecked, setChecked] = useState(false)
  const whomField = useRef<HTMLSelectElement>(null)
  const dayField = useRef<HTMLInputElement>(null)
  const reasonField = useRef<HTMLTextAreaElement>(null)
  useEffect(() => whomField.current?.focus(), [])
  const end = endOf(draft, now)
  const isReasonMissing = draft.reason.trim() === ''
  const former = present[draft.scope]
  const change = (part: Partial<ExemptionDraft>) => exemptionDrafts.keep(project.id, { ...draft, ...part })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    if ('problem' in end) dayField.current?.focus()
    else if (isReasonMissing) reasonField.current?.focus()
    else if (!isRunning) {
      const id = draft.scope === 'project' ? project.id : project.teamId
      onSubmit({ scope: draft.scope, id, until: end.until, reason: draft.reason })
    }
  }
  return (
    <form
      className={classes.form}
      aria-label={words.form}
      onSubmit={submit}
      noValidate
      onKeyDown={(event) => {
        if (event.key === 'Escape') onLeave()
      }}
    >
      <NativeSelect
        ref={whomField}
        label={words.whom}
        value={draft.scope}
        onChange={(event) => change({ scope: event.currentTarget.value === 'team' ? 'team' : 'project' })}
        data={[
          { value: 'project', label: words.thisProject },
          { value: 'team', label: words.itsTeam(project.teamName) },
        ]}
      />
      <DurationField duration={draft} end={end} now={now} isChecked={isChecked} dayRef={dayField} onChange={change} />
      {'until' in end && (
        <div className={classes.end}>
          <Foreseen project={project} policy={policy} scope={draft.scope} until={end.until} now={now} />
          {former !== null && (
            <p>{words.replaces(former.until === null ? words.forGood : words.until(formats.exact(former.until)))}</p>
          )}
        </div>
      )}
      <Textarea
        ref={reasonField}
        label={words.reason}
        placeholder={words.reasonPlaceholder}
        rows={2}
        dir="auto"
        value={draft.reason}
        maxLength={maxReasonLength}
        onChange={(event) => change({ reason: event.currentTarget.value })}
        error={isChecked && isReasonMissing && words.reasonMissing}
        aria-required={true}
      />
      {error !== null && <InlineError error={error} />}
      <div className={classes.buttons}>
        <Button type="submit" aria-disabled={isRunning}>
          {isRunning ? words.working : words.exempt}
        </Button>
        <Button variant="default" onClick={onLeave}>
          {words.keep}
        </Button>
      </div>
    </form>
  )
}

interface ForeseenProps {
  readonly project: ProjectDetail
  readonly policy: Policy
  readonly scope: 'project' | 'team'
  readonly until: Instant | null
  readonly now: Instant
}

/** What the end brings about: of a project by the rule itself, of a team in numbers. */
function Foreseen({ project, policy, scope, until, now }: ForeseenProps) {
  const trpc = useTRPC()
  const { exemption: words } = useWords()
  const formats = useFormats()
  const spells = useSpells()
  const team = useQuery({
    ...trpc.exemptions.foresee.queryOptions({ scope: 'team', id: project.teamId, until }),
    enabled: scope === 'team',
    placeholderData: keepPreviousData,
  })
  if (scope === 'project') {
    return <p>{describeEnd(afterExemption(project, until, policy, spells, now), words, formats, now)}</p>
  }
  if (until === null) return <p>{words.endless}</p>
  return <p>{team.data && words.teamEnd(team.data.dueAtEnd, team.data.projects)}</p>
}
