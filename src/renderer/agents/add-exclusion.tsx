import { NativeSelect, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ExclusionKind } from '../../core/traffic/exclusions.ts'
import { useTRPC } from '../data/trpc.ts'
import { useDraft } from '../data/use-draft.ts'
import { useWords } from '../i18n/language.tsx'
import { ReasonForm } from '../ui/reason-form.tsx'
import classes from './agents.module.css'

const kinds = ['list', 'user_agent', 'path', 'address'] as const satisfies readonly ExclusionKind[]

const examples = { user_agent: 'UptimeRobot', path: '/health', address: '192.0.2.0/24' } as const

/** As core/traffic/change-exclusions.ts keeps it. */
const maxPatternLength = 500

/** What is to be observed, and why. */
export function AddExclusion({ readyLists, onLeave }: { readyLists: readonly string[]; onLeave: () => void }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const { exclusions: words, traffic } = useWords()
  const [kind, setKind] = useState<ExclusionKind>('list')
  const [list, setList] = useState(readyLists[0] ?? '')
  const { text, type, forget } = useDraft('excluded pattern')
  const [isChecked, setChecked] = useState(false)
  const leave = () => {
    forget()
    onLeave()
  }
  const pattern = kind === 'list' ? list : text
  const add = useMutation(
    trpc.exclusions.add.mutationOptions({
      onSuccess: leave,
      onSettled: () => queryClient.invalidateQueries(trpc.exclusions.pathFilter()),
    }),
  )
  return (
    <ReasonForm
      draftKey="add exclusion"
      title={words.addTitle}
      action={words.addAction}
      isPending={add.isPending}
      error={add.error}
      onSubmit={(reason) => {
        setChecked(true)
        return pattern.trim() === '' ? undefined : add.mutateAsync({ kind, pattern, reason })
      }}
      onLeave={leave}
    >
      <div className={classes.fields}>
        <NativeSelect
          label={words.kind}
          value={kind}
          onChange={(event) => setKind(kinds.find((known) => known === event.currentTarget.value) ?? 'list')}
          data={kinds.map((value) => ({ value, label: traffic.exclusionKinds[value] }))}
        />
        {kind === 'list' ? (
          <NativeSelect
            label={words.pattern.list}
            value={list}
            onChange={(event) => setList(event.currentTarget.value)}
            data={readyLists.map((value) => ({ value, label: words.readyLists[value] ?? value }))}
          />
        ) : (
          <TextInput
            label={words.pattern[kind]}
            placeholder={examples[kind]}
            dir="auto"
            value={text}
            maxLength={maxPatternLength}
            onChange={(event) => type(event.currentTarget.value)}
            error={isChecked && text.trim() === '' && words.patternMissing}
          />
        )}
      </div>
    </ReasonForm>
  )
}
