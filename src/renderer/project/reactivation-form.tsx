import { Button, NativeSelect, Textarea } from '@mantine/core'
import { type FormEvent, useRef, useState } from 'react'
import type { Policy } from '../../core/policy.ts'
import type { ProjectDetail, TeamPerson } from '../../core/queries/project.ts'
import { maxReasonLength } from '../../core/reason.ts'
import { useDraftOf } from '../data/use-draft.ts'
import { useWords } from '../i18n/language.tsx'
import { useShortcuts } from '../keys/use-shortcuts.ts'
import { InlineError } from '../ui/error-panel.tsx'
import { reactivationDrafts } from './drafts.ts'
import classes from './project-panel.module.css'
import { ReactivationEffect } from './reactivation-effect.tsx'

interface ReactivationFormProps {
  readonly project: ProjectDetail
  readonly policy: Policy
  /** Owners and admins with an account, owners first. */
  readonly candidates: readonly TeamPerson[]
  /** Why it can't be sent any more; null while it can. */
  readonly obstacle: string | null
  readonly isRunning: boolean
  readonly error: unknown
  readonly onSubmit: (draft: { onBehalfOf: string; reason: string }) => void
}

/** On whose behalf, and why. What was typed stays, whatever happens. */
export function ReactivationForm(props: ReactivationFormProps) {
  const { project, policy, candidates, obstacle, isRunning, error, onSubmit } = props
  const { reactivate, roles } = useWords().project
  const draft = useDraftOf(reactivationDrafts, project.id)
  const [isChecked, setChecked] = useState(false)
  const personField = useRef<HTMLSelectElement>(null)
  const reasonField = useRef<HTMLTextAreaElement>(null)
  const onBehalfOf = draft.onBehalfOf ?? preselected(candidates)
  const { reason } = draft
  const problems = {
    person: candidates.some(({ email }) => email === onBehalfOf) ? null : reactivate.personMissing,
    reason: reasonProblem(reason, reactivate),
  }
  useShortcuts({ reactivate: () => (problems.person === null ? reasonField : personField).current?.focus() })
  const change = (part: Partial<typeof draft>) => reactivationDrafts.keep(project.id, { ...draft, ...part })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    if (problems.person !== null) personField.current?.focus()
    else if (problems.reason !== null) reasonField.current?.focus()
    else if (!isRunning) onSubmit({ onBehalfOf, reason })
  }
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <NativeSelect
        ref={personField}
        label={reactivate.onBehalfOf}
        value={onBehalfOf}
        onChange={(event) => change({ onBehalfOf: event.currentTarget.value })}
        error={isChecked && problems.person}
        data={[
          ...(onBehalfOf === '' ? [{ value: '', label: reactivate.choose }] : []),
          ...candidates.map(({ email, name, role }) => ({
            value: email,
            label: reactivate.person(name === null ? email : `${name}, ${email}`, roles[role]),
          })),
        ]}
      />
      <Textarea
        ref={reasonField}
        label={reactivate.reason}
        placeholder={reactivate.reasonPlaceholder}
        rows={2}
        dir="auto"
        value={reason}
        onChange={(event) => change({ reason: event.currentTarget.value })}
        error={isChecked && problems.reason}
        aria-required={true}
      />
      {obstacle === null && <ReactivationEffect project={project} policy={policy} />}
      {error !== null && <InlineError error={error} />}
      <div className={classes.send}>
        <Button type="submit" aria-disabled={isRunning} disabled={obstacle !== null}>
          {isRunning ? reactivate.running : reactivate.action}
        </Button>
        {obstacle !== null && <span className="muted">{obstacle}</span>}
      </div>
    </form>
  )
}

/** The sole owner, or the only one who can be named at all; else it has to be said. */
function preselected(candidates: readonly TeamPerson[]): string {
  const owners = candidates.filter(({ role }) => role === 'owner')
  const [only] = owners.length > 0 ? owners : candidates
  return only !== undefined && (owners.length || candidates.length) === 1 ? only.email : ''
}

function reasonProblem(
  reason: string,
  words: { readonly reasonMissing: string; readonly reasonTooLong: (max: number) => string },
): string | null {
  if (reason.trim() === '') return words.reasonMissing
  return reason.length > maxReasonLength ? words.reasonTooLong(maxReasonLength) : null
}
