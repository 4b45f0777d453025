import { sweepModes } from '../../core/policy.ts'
import { useWords } from '../i18n/language.tsx'
import classes from './policy.module.css'
import { type FieldProps, fieldId } from './policy-field.tsx'

/** The four modes, each with what it does. */
export function ModeField({ name, policy, draft, onChange }: FieldProps) {
  const { policy: words } = useWords()
  const chosen = draft[name] ?? policy[name]
  return (
    <div className={classes.modes} role="radiogroup" aria-labelledby={`${fieldId(name)}-label`}>
      {sweepModes.map((mode) => (
        <label key={mode} className={classes.mode}>
          <input
            type="radio"
            name={fieldId(name)}
            className={classes.box}
            checked={chosen === mode}
            aria-describedby={`${fieldId(name)}-${mode}`}
            onChange={() => onChange(name, mode)}
          />
          <span>
            {words.modes[mode].name}
            <span id={`${fieldId(name)}-${mode}`} className={classes.hint}>
              {' '}
              {words.modes[mode].does}
            </span>
          </span>
        </label>
      ))}
    </div>
  )
}
