import { Button, CloseButton, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { useTRPCClient } from '../data/trpc.ts'
import { useDraft } from '../data/use-draft.ts'
import { useWords } from '../i18n/language.tsx'
import { InlineError } from '../ui/error-panel.tsx'
import { Name } from '../ui/name.tsx'
import classes from './policy.module.css'
import { type FieldProps, fieldId } from './policy-field.tsx'

/** The teams of the canary by name; one more is found by slug or id. */
export function TeamsField({ name, policy, draft, teamName, onChange }: FieldProps) {
  const client = useTRPCClient()
  const { teams: words } = useWords().policy
  const { text, type, forget } = useDraft('canary team')
  const given = draft[name] ?? policy[name]
  const ids = Array.isArray(given) ? given.map(String) : []
  const find = useMutation({
    mutationFn: (slug: string) => client.policy.findTeam.query({ name: slug }),
    onSuccess(team) {
      if (team === null) return
      forget()
      if (!ids.includes(team.id)) onChange(name, [...ids, team.id])
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (text.trim() !== '' && !find.isPending) find.mutate(text.trim())
  }
  return (
    <div className={classes.teams}>
      {ids.length === 0 && <p className="muted">{words.empty}</p>}
      <ul className={classes.teamList} aria-labelledby={`${fieldId(name)}-label`}>
        {ids.map((id) => (
          <li key={id} className={classes.team}>
            <Name text={teamName(id)} />
            <CloseButton
              size="xs"
              aria-label={words.remove(teamName(id))}
              onClick={() =>
                onChange(
                  name,
                  ids.filter((other) => other !== id),
                )
              }
            />
          </li>
        ))}
      </ul>
      <form className={classes.inline} onSubmit={submit} noValidate>
        <TextInput
          id={fieldId(name)}
          w={200}
          aria-label={words.add}
          placeholder={words.placeholder}
          spellCheck={false}
          autoComplete="off"
          maxLength={200}
          value={text}
          onChange={(event) => type(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" aria-disabled={find.isPending}>
          {find.isPending ? words.adding : words.action}
        </Button>
      </form>
      {find.error !== null && <InlineError error={find.error} />}
    </div>
  )
}
