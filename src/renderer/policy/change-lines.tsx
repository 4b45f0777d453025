import { isPolicyName, type PolicyChanges } from '../../core/check-policy.ts'
import { useFormats, useWords } from '../i18n/language.tsx'
import { describeValue } from './describe-value.ts'
import classes from './policy.module.css'

interface ChangeLinesProps {
  readonly before: PolicyChanges
  readonly after: PolicyChanges
  readonly teamName: (id: string) => string
}

/** Values before and after, one line each. */
export function ChangeLines({ before, after, teamName }: ChangeLinesProps) {
  const { policy: words } = useWords()
  const formats = useFormats()
  const describing = { words, formats, teamName }
  return (
    <ul className={classes.lines}>
      {Object.keys(after)
        .filter(isPolicyName)
        .map((name) => (
          <li key={name}>
            <span>{words.fields[name].label}</span>{' '}
            <strong>
              {words.change.becomes(
                describeValue(name, before[name], describing),
                describeValue(name, after[name], describing),
              )}
            </strong>
          </li>
        ))}
    </ul>
  )
}
