import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTRPC } from '../data/trpc.ts'
import { useFormats, useWords } from '../i18n/language.tsx'
import type { Route } from '../route.ts'
import { TimedSentence } from '../ui/times.tsx'
import { BrakeSentence } from './brake-sentence.tsx'
import { GapNotice } from './gap-notice.tsx'
import classes from './hold.module.css'
import { HoldDecision } from './hold-decision.tsx'
import { KeptList } from './kept-list.tsx'

/** On every page, while a sweep is held: why, what it would do, and the decision. */
export function HoldNotice({ page }: { page: Route['page'] }) {
  const trpc = useTRPC()
  const { hold: words } = useWords()
  const formats = useFormats()
  const { data: hold } = useQuery(trpc.holds.open.queryOptions())
  const [openOn, setOpenOn] = useState<Route['page'] | null>(null)
  const isOpen = openOn === page
  if (hold === null || hold === undefined) return <GapNotice />
  return (
    <section className={classes.notice} aria-label={words.title} role="alert">
      <div className={classes.line}>
        <p>
          <strong>{words.title}.</strong> {words.summary(hold.deactivated, hold.disabled)}
        </p>
        <Button size="xs" variant="default" aria-expanded={isOpen} onClick={() => setOpenOn(isOpen ? null : page)}>
          {isOpen ? words.fold : words.look}
        </Button>
      </div>
      {openOn !== null && (
        // Folded on another page, and still there: what was typed stays.
        <div className={classes.body} hidden={!isOpen}>
          <ul className={classes.brakes}>
            {hold.brakes.map((brake) => (
              <li key={JSON.stringify(brake)}>
                <BrakeSentence brake={brake} />
              </li>
            ))}
          </ul>
          <div className={classes.lists}>
            {hold.deactivated > 0 && <KeptList runId={hold.runId} stage="deactivate" total={hold.deactivated} />}
            {hold.disabled > 0 && <KeptList runId={hold.runId} stage="disable" total={hold.disabled} />}
          </div>
          <p className="muted">
            {hold.isExpired ? (
              words.expired
            ) : (
              <TimedSentence text={words.until(formats.deadline(hold.expiresAt))} times={[hold.expiresAt]} />
            )}
          </p>
          <HoldDecision hold={hold} />
        </div>
      )}
    </section>
  )
}
