import type { TeamDetail } from '../../core/queries/team.ts'
import { useWords } from '../i18n/language.tsx'
import { Card } from '../ui/card.tsx'
import { PlanName } from '../ui/plan-name.tsx'
import { ExactTime } from '../ui/times.tsx'
import classes from './team.module.css'

/** What the team pays for, and what it is known by. */
export function TeamFacts({ team }: { team: TeamDetail }) {
  const { team: words } = useWords()
  const { subscription } = team
  return (
    <Card title={words.facts}>
      <dl className={classes.facts}>
        <dt>{words.plan}</dt>
        <dd>
          <PlanName {...team} />
        </dd>
        <dt>{words.subscription}</dt>
        <dd>{subscription === null ? words.none : words.subscriptions[subscription.status]}</dd>
        {subscription !== null && (
          <>
            <dt>{words.subscribed}</dt>
            <dd>
              <ExactTime at={subscription.since} />
            </dd>
          </>
        )}
        <dt>{words.created}</dt>
        <dd>
          <ExactTime at={team.createdAt} />
        </dd>
        {team.slug !== null && (
          <>
            <dt>{words.slug}</dt>
            <dd>
              <bdi className="mono">{team.slug}</bdi>
            </dd>
          </>
        )}
        <dt>{words.id}</dt>
        <dd className="mono">{team.id}</dd>
      </dl>
    </Card>
  )
}
