import { useQuery } from '@tanstack/react-query'
import { instantToMicros } from '../../core/instant.ts'
import { nextTransition } from '../../core/lifecycle.ts'
import type { Policy } from '../../core/policy.ts'
import type { ProjectDetail } from '../../core/queries/project.ts'
import { useTRPC } from '../data/trpc.ts'
import { useSpells } from '../data/use-spells.ts'
import { useFormats, useWords } from '../i18n/language.tsx'
import { Card } from '../ui/card.tsx'
import { useNow } from '../ui/clock.ts'
import { Deadline, TimedSentence } from '../ui/times.tsx'
import { explainNext } from './explain.ts'
import { explainCourse } from './explain-course.ts'
import classes from './project-panel.module.css'

interface NextStepProps {
  readonly project: ProjectDetail
  readonly policy: Policy
  /** Why nobody can reactivate it; null if somebody can. */
  readonly obstacle: string | null
}

/** What becomes of the project, when exactly, and why. */
export function NextStep({ project, policy, obstacle }: NextStepProps) {
  const trpc = useTRPC()
  const { project: words, panel } = useWords()
  const formats = useFormats()
  const now = useNow('second')
  const spells = useSpells()
  const next = nextTransition(project, policy, spells, now)
  const prospect = useQuery(
    trpc.projects.prospect.queryOptions({ projectId: project.id }, { refetchOnMount: 'always' }),
  )
  const course = explainCourse({ project, next, policy, spells, prospect: prospect.data }, panel.course, formats)
  return (
    <Card title={words.next}>
      <div className={classes.next}>
        {next.kind === 'transition' && (
          <div>
            <p className="muted">{labels(words, next.isDue)[next.stage]}</p>
            <p className={classes.countdown} data-due={next.isDue}>
              {next.isDue ? (
                <Deadline at={next.dueAt} />
              ) : (
                formats.duration(instantToMicros(next.dueAt) - instantToMicros(now))
              )}
            </p>
            {!next.isDue && (
              <p>
                <time dateTime={next.dueAt} title={formats.utc(next.dueAt)}>
                  {words.atFirstSweep(formats.deadline(next.dueAt))}
                </time>
              </p>
            )}
          </div>
        )}
        <p className={classes.reason}>
          <TimedSentence
            text={explainNext(project, next, policy, words, formats)}
            times={[project.lastTrafficAt, project.createdAt, project.deactivatedAt, project.exemption?.until ?? null]}
          />{' '}
          <span className="muted">{obstacle}</span>
        </p>
        {course.length > 0 && <p className={classes.reason}>{course.join(' ')}</p>}
      </div>
    </Card>
  )
}

function labels(words: ReturnType<typeof useWords>['project'], isDue: boolean) {
  return isDue
    ? { deactivate: words.dueForInactive, disable: words.dueForDisabled }
    : { deactivate: words.toInactive, disable: words.toDisabled }
}
