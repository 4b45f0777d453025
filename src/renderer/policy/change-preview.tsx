import type { PolicyPreview } from '../../core/change-policy.ts'
import type { SweepMode } from '../../core/policy.ts'
import { useWords } from '../i18n/language.tsx'
import classes from './policy.module.css'

/** What would be due under the change, against now. */
export function ChangePreview({ preview, mode }: { preview: PolicyPreview; mode: SweepMode }) {
  const { change: words } = useWords().policy
  const { current, proposed } = preview
  const more = proposed.deactivated + proposed.disabled - current.deactivated - current.disabled
  const isSame = current.deactivated === proposed.deactivated && current.disabled === proposed.disabled
  return (
    <div className={classes.preview} role="status">
      <dl>
        <dt>{words.now}</dt>
        <dd>{words.due(current.deactivated, current.disabled)}</dd>
        <dt>{words.proposed}</dt>
        <dd>{words.due(proposed.deactivated, proposed.disabled)}</dd>
      </dl>
      <p className={classes.verdict}>
        {isSame || more === 0 ? words.same : more > 0 ? words.more(more) : words.fewer(-more)}
      </p>
      {mode === 'on' && proposed.deactivated + proposed.disabled > 0 && (
        <p className="muted">{words.unattended(proposed.deactivated, proposed.disabled)}</p>
      )}
    </div>
  )
}
