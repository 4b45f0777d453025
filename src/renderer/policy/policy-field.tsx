import { NativeSelect, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { type PolicyName, type PolicyRule, policyRules } from '../../core/check-policy.ts'
import { mailLanguages, type Policy } from '../../core/policy.ts'
import { useFormats, useWords } from '../i18n/language.tsx'
import { describeProblem, describeSchedule, describeValue } from './describe-value.ts'
import type { Draft } from './draft.ts'
import { unitOf } from './groups.ts'
import { ModeField } from './mode-field.tsx'
import classes from './policy.module.css'
import { TeamsField } from './teams-field.tsx'

export interface FieldProps {
  readonly name: PolicyName
  readonly policy: Policy
  readonly draft: Draft
  readonly isChanged: boolean
  readonly isWrong: boolean
  readonly teamName: (id: string) => string
  readonly onChange: (name: PolicyName, value: Draft[PolicyName]) => void
}

/** Where the field of a value is, for labels and for the focus. */
export function fieldId(name: PolicyName): string {
  return `policy-${name}`
}

/** A value of the policy: what it is for, the value with its unit, and what it may be. */
export function PolicyField(props: FieldProps) {
  const { name, policy, isChanged, isWrong, teamName } = props
  const { policy: words } = useWords()
  const formats = useFormats()
  const { label, hint } = words.fields[name]
  const isGroup = name === 'sweepMode' || name === 'canaryTeamIds'
  const LabelTag = isGroup ? 'span' : 'label'
  return (
    <div className={classes.field} data-changed={isChanged} data-wide={isGroup}>
      <div>
        <LabelTag id={`${fieldId(name)}-label`} className={classes.label} {...(!isGroup && { htmlFor: fieldId(name) })}>
          {label}
        </LabelTag>
        <p id={`${fieldId(name)}-hint`} className={classes.hint}>
          {hint}
        </p>
      </div>
      <div className={classes.control}>
        <Control {...props} />
        {isWrong && (
          <p id={`${fieldId(name)}-problem`} className={classes.problem}>
            {describeProblem(name, words)}
          </p>
        )}
        {isChanged && (
          <p className={classes.was}>{words.was(describeValue(name, policy[name], { words, formats, teamName }))}</p>
        )}
      </div>
    </div>
  )
}

function Control(props: FieldProps): ReactNode {
  const rule = policyRules[props.name]
  switch (rule.kind) {
    case 'teams':
      return <TeamsField {...props} />
    case 'switch':
      return <Switch {...props} />
    case 'choice':
      return props.name === 'sweepMode' ? <ModeField {...props} /> : <Language {...props} />
    case 'count':
    case 'schedule':
    case 'zone':
      return <Typed {...props} rule={rule} />
  }
}

function Switch({ name, policy, draft, onChange }: FieldProps) {
  const { policy: words } = useWords()
  const isOn = draft[name] ?? policy[name]
  return (
    <span className={classes.inline}>
      <input
        id={fieldId(name)}
        type="checkbox"
        className={classes.box}
        checked={isOn === true}
        aria-describedby={`${fieldId(name)}-hint`}
        onChange={(event) => onChange(name, event.currentTarget.checked)}
      />
      <span className="muted">{isOn === true ? words.yes : words.no}</span>
    </span>
  )
}

function Language({ name, policy, draft, onChange }: FieldProps) {
  const { policy: words } = useWords()
  return (
    <NativeSelect
      id={fieldId(name)}
      w={160}
      value={String(draft[name] ?? policy[name])}
      aria-describedby={`${fieldId(name)}-hint`}
      onChange={(event) => onChange(name, event.currentTarget.value)}
      data={mailLanguages.map((value) => ({ value, label: words.languages[value] }))}
    />
  )
}

function Typed({ name, policy, draft, isWrong, onChange, rule }: FieldProps & { readonly rule: PolicyRule }) {
  const { policy: words } = useWords()
  const value = String(draft[name] ?? policy[name])
  const isCount = rule.kind === 'count'
  const schedule = rule.kind === 'schedule' && !isWrong ? describeSchedule(value, words) : null
  return (
    <>
      <span className={classes.inline}>
        <TextInput
          id={fieldId(name)}
          w={isCount ? 96 : 160}
          inputMode={isCount ? 'numeric' : 'text'}
          className={rule.kind === 'schedule' ? (classes.schedule ?? '') : ''}
          value={value}
          maxLength={200}
          spellCheck={false}
          autoComplete="off"
          error={isWrong}
          aria-invalid={isWrong}
          aria-describedby={`${fieldId(name)}-hint ${fieldId(name)}-bounds${isWrong ? ` ${fieldId(name)}-problem` : ''}`}
          onChange={(event) => onChange(name, event.currentTarget.value)}
        />
        {isCount && <span className="muted">{unitOf(name, Number(value), words)}</span>}
      </span>
      <span id={`${fieldId(name)}-bounds`} className={classes.hint}>
        {rule.kind === 'count' && !isWrong && words.bounds(rule.min, rule.max)}
        {schedule}
      </span>
    </>
  )
}
