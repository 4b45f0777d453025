import { IconChevronRight } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { daysBetween } from '../../core/instant.ts'
import type { Stage } from '../../core/policy.ts'
import type { ReviewGroup, ReviewRow } from '../../core/sweep/review.ts'
import { type DueReason, dueReasons, type GoneReason, goneReasons } from '../../core/sweep/review-reasons.ts'
import type { ReviewGrouping, ReviewScope } from '../../core/sweep/review-request.ts'
import type { Words } from '../i18n/en.ts'
import { useWords } from '../i18n/language.tsx'
import { allProjects, formatRoute } from '../route.ts'
import { useNow } from '../ui/clock.ts'
import { Name } from '../ui/name.tsx'
import { StatusBadge } from '../ui/status-badge.tsx'
import { Tag } from '../ui/tag.tsx'
import { ExactTime } from '../ui/times.tsx'
import type { Column } from '../ui/virtual-grid.tsx'
import classes from './review.module.css'
import type { ReviewLine } from './use-review-groups.tsx'

export interface ReviewLook {
  readonly stage: Stage
  readonly scope: ReviewScope
  readonly by: ReviewGrouping | null
  /** Whether what is new is marked: where all of it is, that says nothing. */
  readonly isNewMarked: boolean
}

/** The columns of the review; a group is a line of its own, in the first. */
export function createReviewColumns(look: ReviewLook, words: Words): readonly Column<ReviewLine>[] {
  const { stage, scope } = look
  const { sweeps, review } = words
  const ofProject =
    (cell: (row: ReviewRow) => ReactNode): Column<ReviewLine>['cell'] =>
    (line) =>
      line.kind === 'project' && cell(line.row)
  const isGone = scope === 'gone'
  const since = isGone ? review.dueThen[stage] : stage === 'disable' ? sweeps.inactiveSince : sweeps.lastActivity
  return [
    {
      id: 'project',
      header: sweeps.project,
      cell: (line) =>
        line.kind === 'group' ? (
          <GroupHead group={line.group} isOpen={line.isOpen} look={look} />
        ) : (
          <ProjectName row={line.row} isNewMarked={look.isNewMarked} />
        ),
    },
    {
      id: 'team',
      header: sweeps.team,
      className: classes.muted,
      cell: ofProject(({ teamName }) => <Name text={teamName} />),
    },
    {
      id: 'why',
      header: isGone ? review.whyGone : sweeps.reason,
      cell: ofProject((row) => <Why row={row} stage={stage} />),
    },
    {
      id: 'since',
      header: since,
      className: classes.muted,
      cell: ofProject((row) => row.since !== null && <ExactTime at={row.since} />),
    },
    isGone
      ? {
          id: 'now',
          header: review.now,
          cell: ofProject(({ status }) => status !== null && <StatusBadge status={status} />),
        }
      : {
          id: 'mail',
          header: sweeps.mailTo,
          className: classes.muted,
          cell: ofProject(({ mailTo }) => <MailTo addresses={mailTo} />),
        },
  ]
}

/** What a group is called. */
function nameGroup(
  { key, name }: ReviewGroup,
  { by, stage }: Pick<ReviewLook, 'by' | 'stage'>,
  { review }: Words,
): string {
  if (by === 'team') return name === '' ? review.unknownTeam : name
  const reason = asReason(key)
  if (reason === null) return key
  return isGoneReason(reason) ? sayGone(reason, stage, review) : review.due[reason]
}

function sayGone(reason: GoneReason, stage: Stage, review: Words['review']): string {
  return reason === 'moved_on' ? review.movedOn[stage] : review.gone[reason]
}

function asReason(key: string): DueReason | GoneReason | null {
  return [...dueReasons, ...goneReasons].find((reason) => reason === key) ?? null
}

function isGoneReason(reason: DueReason | GoneReason): reason is GoneReason {
  return goneReasons.some((known) => known === reason)
}

function GroupHead({ group, isOpen, look }: { group: ReviewGroup; isOpen: boolean; look: ReviewLook }) {
  const words = useWords()
  const name = nameGroup(group, look, words)
  return (
    <button type="button" className={classes.group} aria-expanded={isOpen} tabIndex={-1}>
      <IconChevronRight size={14} stroke={2} aria-hidden={true} />
      <span className={classes.groupName}>
        <Name text={name} />
      </span>{' '}
      <span className={classes.count}>{words.review.projects(group.projects)}</span>
    </button>
  )
}

function ProjectName({ row, isNewMarked }: { row: ReviewRow; isNewMarked: boolean }) {
  const { review } = useWords()
  const { projectId, projectName } = row
  if (row.status === null) return <span className={classes.muted}>{projectName || review.deletedProject}</span>
  return (
    <span className={classes.project}>
      <a className={classes.name} href={formatRoute({ ...allProjects, projectId })} tabIndex={-1}>
        <Name text={projectName} />
      </a>
      {isNewMarked && row.isNew && <Tag title={review.isNewHint}>{review.isNew}</Tag>}
    </span>
  )
}

function Why({ row, stage }: { row: ReviewRow; stage: Stage }) {
  const { review } = useWords()
  const now = useNow()
  if (isGoneReason(row.why)) {
    return <span title={review.goneHint[row.why]}>{sayGone(row.why, stage, review)}</span>
  }
  const text = review.dueFor[row.why](daysBetween(row.since ?? now, now))
  return <span title={text}>{text}</span>
}

function MailTo({ addresses }: { addresses: readonly string[] }) {
  const { sweeps } = useWords()
  const [first, ...others] = addresses
  if (first === undefined) return sweeps.nobody
  return <bdi title={addresses.join('\n')}>{others.length === 0 ? first : sweeps.moreMail(first, others.length)}</bdi>
}
