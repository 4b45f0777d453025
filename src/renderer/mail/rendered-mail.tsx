import { useState } from 'react'
import type { MailData } from '../data/trpc.ts'
import { useWords } from '../i18n/language.tsx'
import { Card } from '../ui/card.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { MailFrame } from './mail-frame.tsx'
import classes from './mail-panel.module.css'

const views = ['html', 'text'] as const
type View = (typeof views)[number]

/** The mail itself: who it is from and to, its subject, and its two parts. */
export function RenderedMail({ mail }: { mail: MailData }) {
  const { mail: words } = useWords()
  const [view, setView] = useState<View>('html')
  const { rendered } = mail
  if (rendered === null) {
    const hint = mail.status === 'sent' ? words.nothingHint.letGo : words.nothingHint.gone
    return (
      <Card title={mail.status === 'sent' ? words.asSent : words.asItWouldBe}>
        <EmptyState title={words.nothing} hint={hint} />
      </Card>
    )
  }
  return (
    <Card
      title={mail.isAsSent ? words.asSent : words.asItWouldBe}
      aside={
        <div className={classes.views} role="radiogroup" aria-label={words.views}>
          {views.map((choice) => (
            <label key={choice} className={classes.view} data-chosen={choice === view}>
              <input
                className="unseen"
                type="radio"
                name="mail-view"
                checked={choice === view}
                onChange={() => setView(choice)}
              />
              {choice === 'html' ? 'HTML' : words.text}
            </label>
          ))}
        </div>
      }
    >
      <div className={classes.letter}>
        <dl className={classes.envelope}>
          <dt>{words.from}</dt>
          <dd title={words.targetHint}>
            <bdi>{mail.from.name}</bdi> <bdi className="muted">{`<${mail.from.address}>`}</bdi>
          </dd>
          <dt>{words.to}</dt>
          <dd>
            <bdi>{mail.address}</bdi>
          </dd>
          <dt>{words.subject}</dt>
          <dd className={classes.subject}>
            <bdi>{rendered.subject}</bdi>
          </dd>
        </dl>
        {view === 'html' ? (
          <>
            <MailFrame html={rendered.html} title={words.frame} />
            <p className={classes.inert}>{words.inert}</p>
          </>
        ) : (
          <pre className={classes.text}>{rendered.text}</pre>
        )}
      </div>
    </Card>
  )
}
