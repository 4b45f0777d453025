import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { PolicyName } from '../../core/check-policy.ts'
import type { Policy } from '../../core/policy.ts'
import { useTRPC } from '../data/trpc.ts'
import { useWords } from '../i18n/language.tsx'
import { ChangePanel } from '../policy/change-panel.tsx'
import { type Draft, keepDraft, readDraft, readKeptDraft } from '../policy/draft.ts'
import { groupNames, policyGroups } from '../policy/groups.ts'
import { Pauses } from '../policy/pauses.tsx'
import classes from '../policy/policy.module.css'
import { PolicyField } from '../policy/policy-field.tsx'
import { Record } from '../policy/record.tsx'
import { useTeamNames } from '../policy/use-team-names.ts'
import { Card } from '../ui/card.tsx'
import { QueryView } from '../ui/query-view.tsx'
import { Refreshing } from '../ui/refreshing.tsx'

/** All that people may decide of Vigie: the values, what a change of them would do, pauses, and what was decided before. */
export function PolicyPage({ isReadOnly }: { isReadOnly: boolean }) {
  const trpc = useTRPC()
  const policy = useQuery(trpc.policy.get.queryOptions(undefined, { refetchOnMount: 'always' }))
  return (
    <div className={classes.page}>
      <Refreshing isOn={policy.isFetching} />
      <QueryView query={policy}>{(data) => <PolicyForm policy={data} isReadOnly={isReadOnly} />}</QueryView>
    </div>
  )
}

function PolicyForm({ policy, isReadOnly }: { policy: Policy; isReadOnly: boolean }) {
  const { policy: words } = useWords()
  const [draft, setDraft] = useState(readKeptDraft)
  const [refused, setRefused] = useState<PolicyName | null>(null)
  const { changes, wrong } = readDraft(draft, policy)
  const drafted = draft.canaryTeamIds
  const teamName = useTeamNames([...policy.canaryTeamIds, ...(Array.isArray(drafted) ? drafted.map(String) : [])])
  const replace = (next: Draft) => {
    keepDraft(next)
    setDraft(next)
    setRefused(null)
  }
  return (
    <div className={classes.grid}>
      <div className={classes.main}>
        {groupNames.map((group) => (
          <Card key={group} title={words.groups[group]}>
            <p className={classes.hint}>{words.groupHints[group]}</p>
            {policyGroups[group].map((name) => (
              <PolicyField
                key={name}
                name={name}
                policy={policy}
                draft={draft}
                isChanged={name in changes}
                isWrong={wrong.includes(name) || refused === name}
                teamName={teamName}
                onChange={(changed, value) => replace({ ...draft, [changed]: value })}
              />
            ))}
          </Card>
        ))}
        <Record />
      </div>
      <div className={classes.side}>
        <ChangePanel
          policy={policy}
          changes={changes}
          wrong={wrong}
          teamName={teamName}
          isReadOnly={isReadOnly}
          onRefused={setRefused}
          onEnd={() => replace({})}
        />
        <Pauses isReadOnly={isReadOnly} />
      </div>
    </div>
  )
}
