import { memo, type ReactNode } from 'react'
import type { TimelineEvent } from '../../core/queries/timeline.ts'
import { describeExemption } from '../exemption/describe-event.ts'
import type { Words } from '../i18n/en.ts'
import { useFormats, useWords } from '../i18n/language.tsx'
import { formatRoute, routeOfRun } from '../route.ts'
import { withoutDirectionMarks } from '../ui/name.tsx'
import { RelativeTime, TimedSentence } from '../ui/times.tsx'
import { describeChange } from './describe-change.ts'
import { describeContainers } from './describe-containers.ts'
import { NoteEntry } from './note-entry.tsx'
import classes from './timeline.module.css'
import { TimelineMails } from './timeline-mails.tsx'

/** One event: what, when, who from where, for whom and why, and what it brought about. Drawn again when it changes alone. */
export const TimelineEntry = memo(function Entry({ event, login }: { event: TimelineEvent; login: string | null }) {
  const { project: words, sweeps, bulk } = useWords()
  const entry = sweeps.entries[event.entry] ?? event.entry
  return (
    <li className={classes.event}>
      <span className={classes.marker} data-kind={event.kind} />
      <div className={classes.body}>
        <p className={classes.line}>
          <span className={classes.what}>{words.events[event.kind]}</span>
          <span className="muted">
            <RelativeTime at={event.at} />
          </span>
        </p>
        {event.onBehalfOf && (
          <p>
            {words.onBehalfOf}{' '}
            <bdi>{event.onBehalfOf.name ?? event.onBehalfOf.email ?? words.userNumber(event.onBehalfOf.userId)}</bdi>
          </p>
        )}
        {event.kind === 'note' ? <NoteEntry note={event} login={login} /> : <Reason event={event} />}
        <Effects event={event} />
        <TimelineMails mails={event.mails} />
        <p className="muted">
          <SweepLink event={event} />
          {event.bulkOthers !== null && `${bulk.withOthers(event.bulkOthers)} `}
          <bdi>
            {isOutside(event) ? words.noticedBy(entry, event.machine) : words.by(event.actor, entry, event.machine)}
          </bdi>
        </p>
      </div>
    </li>
  )
})

/** The sweep that did it, or that was taken back. */
function SweepLink({ event }: { event: TimelineEvent }): ReactNode {
  const { project: words } = useWords()
  const isReverted = event.kind === 'reverted'
  const runId = isReverted ? event.after?.revertedRunId : event.runId
  if (typeof runId !== 'number') return null
  return (
    <>
      <a href={formatRoute(routeOfRun(runId))}>{isReverted ? words.takesBack(runId) : words.inRun(runId)}</a>{' '}
    </>
  )
}

/** Vigie only noticed it: nobody knows who did it. */
function isOutside({ kind }: TimelineEvent): boolean {
  return kind === 'changed_outside' || kind === 'woken_by_upgrade' || kind === 'exemption_expired'
}

/** A person's own words are quoted; a sweep's reason is told with what it was measured by. */
function Reason({ event }: { event: TimelineEvent }): ReactNode {
  const { project: words } = useWords()
  const formats = useFormats()
  if (event.reason === null) return null
  const known = words.reasons[event.reason]
  if (known === undefined || event.kind === 'reactivated' || event.kind === 'reverted') {
    return (
      <blockquote className={classes.quote} dir="auto">
        {withoutDirectionMarks(event.reason)}
      </blockquote>
    )
  }
  const lastActivityAt = event.before?.lastActivityAt
  return (
    <p>
      {known}
      {typeof lastActivityAt === 'string' && (
        <TimedSentence text={`, ${words.lastActivityWas(formats.exact(lastActivityAt))}`} times={[lastActivityAt]} />
      )}
    </p>
  )
}

function Effects({ event }: { event: TimelineEvent }): ReactNode {
  const allWords = useWords()
  const words = allWords.project
  const formats = useFormats()
  const { domainsDisabled, domainsRestored, domainsLeft } = event.after ?? {}
  const left = stringsOf(domainsLeft)
  const parts = [
    ...describeChange(event, allWords),
    ...describeContainers(event, allWords),
    ...describeExemption(event, allWords.exemption, formats),
    typeof domainsDisabled === 'number' && domainsDisabled > 0 && words.domainsDisabled(domainsDisabled),
    Array.isArray(domainsRestored) && domainsRestored.length > 0 && words.domainsRestored(domainsRestored.length),
    left.length > 0 && words.domainsLeft(formats.list(left)),
    ...describeEdge(event, words, formats.number),
  ].filter((part) => part !== false)
  return parts.length > 0 && <p className={classes.effects}>{parts.join(' · ')}</p>
}

/** What became of its hostnames: how many, which one, after how long, or why not. */
function describeEdge({ kind, after }: TimelineEvent, words: Words['project'], number: (value: number) => string) {
  const { hostnames, hostname, afterSeconds, message } = after ?? {}
  if (kind === 'blocked') return typeof hostnames === 'number' ? [words.hostnamesBlocked(hostnames)] : []
  if (kind !== 'hostname_left' && kind !== 'reachable' && kind !== 'unreachable') return []
  if (typeof hostname !== 'string') return []
  const isTimed = kind === 'reachable' && typeof afterSeconds === 'number'
  const told = isTimed ? words.reachableAfter(hostname, number(afterSeconds)) : hostname
  return typeof message === 'string' ? [told, message] : [told]
}

function stringsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}
