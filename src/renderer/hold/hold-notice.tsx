import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTRPC } from '../data/trpc.ts'
import { useFormats, useWords } from '../i18n/language.tsx'
import { BrakeSentence } from './brake-sentence.tsx'
import { GapNotice } from './gap-notice.tsx'
import classes from './hold.module.css'
import { HoldDecision } from './hold-decision.tsx'
import { KeptList } from './kept-list.tsx'

/** On every page, while a sweep is held: why, what it would do, and the decision. */
export function HoldNotice() {
  const trpc = useTRPC()
  const { hold: words } = useWords()
  const formats = useFormats()
  const { data: hold } = useQuery(trpc.holds.open.queryOptions())
  const [isOpen, setOpen] = useState(false)
  if (hold === null || hold === undefined) return <GapNotice />
  return (
    <section className={classes.notice} aria-label={words.title} role="alert">
      <div className={classes.line}>
        <p>
          <strong>{words.title}.</strong> {words.summary(hold.deactivated, hold.disabled)}
        </p>
        <Button size="xs" variant="default" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? words.fold : words.look}
        </Button>
      </div>
      {isOpen && (
        <div className={classes.body}>
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
          <p className="muted">{hold.isExpired ? words.expired : words.until(formats.exact(hold.expiresAt))}</p>
          <HoldDecision hold={hold} />
        </div>
      )}
    </section>
  )
}
