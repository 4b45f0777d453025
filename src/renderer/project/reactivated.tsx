import { IconCircleCheckFilled } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import type { Reactivation } from '../../core/reactivate.ts'
import { useFormats, useWords } from '../i18n/language.tsx'
import classes from './project-panel.module.css'

/** What a reactivation has done. It takes the focus, so that it is also heard. */
export function Reactivated({ outcome, person }: { outcome: Reactivation; person: string }) {
  const { reactivate } = useWords().project
  const formats = useFormats()
  const section = useRef<HTMLElement>(null)
  useEffect(() => section.current?.focus(), [])
  return (
    <section ref={section} className={classes.done} role="status" tabIndex={-1}>
      <IconCircleCheckFilled size={18} aria-hidden={true} className={classes.doneIcon} />
      <div>
        <p className={classes.doneTitle}>{reactivate.done}</p>
        <p>
          <bdi>{reactivate.doneFor(person)}</bdi> {reactivate.restored(outcome.domainsRestored)}
        </p>
        {outcome.domainsLeft.length > 0 && <p>{reactivate.left(formats.list(outcome.domainsLeft))}</p>}
        {outcome.isFirstVersionSleeper && <p>{reactivate.wasFirstVersion}</p>}
      </div>
    </section>
  )
}
