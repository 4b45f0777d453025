import { useWords } from '../i18n/language.tsx'
import classes from './panels.module.css'

/** A thin line at the top edge of what is being read again. It takes no room. */
export function Refreshing({ isOn }: { isOn: boolean }) {
  const words = useWords()
  return (
    <div className={classes.refreshing} data-on={isOn} aria-hidden={!isOn} title={words.state.refreshing}>
      <span />
    </div>
  )
}
