import { useQuery } from '@tanstack/react-query'
import type { IntakeState } from '../../core/queries/edge-state.ts'
import { useTRPC, useTRPCClient } from '../data/trpc.ts'
import { useFormats, useWords } from '../i18n/language.tsx'
import { Card } from '../ui/card.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { QueryView } from '../ui/query-view.tsx'
import classes from './agents.module.css'
import { askEveryMs } from './ask-every.ts'
import { Example, Fact, When } from './fact.tsx'
import { Retire } from './retire.tsx'
import { WatchTag } from './watch-tag.tsx'

/** Where traffic is seen, how well, and the way to retire one that is gone for good. */
export function IntakeList({ isReadOnly }: { isReadOnly: boolean }) {
  const trpc = useTRPC()
  const { agents: words } = useWords()
  const query = useQuery(
    trpc.agents.intakes.queryOptions(undefined, { refetchOnMount: 'always', refetchInterval: askEveryMs }),
  )
  return (
    <Card title={words.intakes}>
      <p className={classes.hint}>{words.intakesHint}</p>
      <QueryView query={query}>
        {(intakes) => (
          <>
            {intakes.every((intake) => intake.retiredAt !== null) && (
              <EmptyState
                isCompact
                title={words.noIntakes}
                hint={words.noIntakesHint}
                action={<Example text="vigie agent --access-log /var/log/traefik/access.log" />}
              />
            )}
            <ul className={classes.items}>
              {intakes.map((intake) => (
                <IntakeItem key={intake.id} intake={intake} isReadOnly={isReadOnly} />
              ))}
            </ul>
          </>
        )}
      </QueryView>
    </Card>
  )
}

function IntakeItem({ intake, isReadOnly }: { intake: IntakeState; isReadOnly: boolean }) {
  const { agents: words, traffic } = useWords()
  const client = useTRPCClient()
  const formats = useFormats()
  const isRetired = intake.retiredAt !== null
  return (
    <li data-quiet={isRetired}>
      <div className={classes.head}>
        <bdi className={classes.name}>{intake.machine}</bdi>
        <span>{traffic.intakeKinds[intake.kind]}</span>
        <WatchTag watched={intake} />
        <bdi className={`mono ${classes.path}`}>{intake.source}</bdi>
      </div>
      <dl className={classes.facts}>
        <Fact label={words.enrolled}>
          <When at={intake.enrolledAt} />
        </Fact>
        {intake.retiredAt === null ? (
          <Fact label={words.watchingSince}>
            {intake.watchingSince === null ? words.notWatching : <When at={intake.watchingSince} />}
          </Fact>
        ) : (
          <Fact label={words.retired}>
            <When at={intake.retiredAt} /> <bdi>{words.by(intake.retiredBy ?? '')}</bdi>
          </Fact>
        )}
        <Fact label={words.lastFlush}>
          <When at={intake.flushedAt} />
        </Fact>
        <Fact label={words.counted}>
          <When at={intake.coveredUntil} />
        </Fact>
        <Fact label={words.hitsToday}>{words.hitsAndExcluded(intake.hitsToday, intake.excludedToday)}</Fact>
        <Fact label={words.unknownHits}>{formats.number(intake.unknownHits)}</Fact>
        <Fact label={words.garbageLines}>{formats.number(intake.garbageLines)}</Fact>
      </dl>
      {!isRetired && (
        <Retire
          draftKey={`retire intake ${intake.id}`}
          title={words.retireIntake(intake.machine)}
          effect={words.retireIntakeEffect}
          isReadOnly={isReadOnly}
          retire={(reason) => client.agents.retireIntake.mutate({ id: intake.id, reason })}
        />
      )}
    </li>
  )
}
