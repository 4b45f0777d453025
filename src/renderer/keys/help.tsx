import { CloseButton } from '@mantine/core'
import { Fragment, useState } from 'react'
import { useWords } from '../i18n/language.tsx'
import { Dialog } from '../ui/dialog.tsx'
import classes from './help.module.css'
import { type Shortcut, shortcutGroups, shortcutsOf } from './shortcuts.ts'
import { areLettersOn, isMac, setLettersOn } from './use-shortcuts.ts'

/** All keys, as the table has them that the window goes by. */
export function Help({ onClose }: { onClose: () => void }) {
  const { help } = useWords().everywhere
  const [isOn, setOn] = useState(areLettersOn)
  return (
    <Dialog label={help.title} onClose={onClose}>
      <header className={classes.head}>
        <h2>{help.title}</h2>
        <CloseButton aria-label={help.close} onClick={onClose} />
      </header>
      <div className={classes.groups}>
        {shortcutGroups.map((group) => (
          <section key={group} aria-label={help.groups[group]}>
            <h3>{help.groups[group]}</h3>
            <dl className={classes.list}>
              {shortcutsOf(group).map((shortcut) => (
                <div key={shortcut.id}>
                  <dt>{help.shortcuts[shortcut.id]}</dt>
                  <dd>
                    <Keys shortcut={shortcut} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <footer className={classes.foot}>
        <label className={classes.letters}>
          <input
            type="checkbox"
            checked={isOn}
            onChange={(event) => {
              setLettersOn(event.currentTarget.checked)
              setOn(event.currentTarget.checked)
            }}
          />
          {help.letters}
        </label>
        <p className="muted">{help.lettersHint}</p>
        <p className="muted">{help.note}</p>
      </footer>
    </Dialog>
  )
}

function Keys({ shortcut: { keys, focusedKeys = [] } }: { shortcut: Shortcut }) {
  const { help } = useWords().everywhere
  return [...keys, ...focusedKeys].map((written, index) => (
    <Fragment key={written}>
      {index > 0 && <span className="muted"> {help.or} </span>}
      {written.split(' ').map((key, place) => (
        <Fragment key={key}>
          {place > 0 && <span className="muted"> {help.andThen} </span>}
          <Key written={key} />
        </Fragment>
      ))}
    </Fragment>
  ))
}

function Key({ written }: { written: string }) {
  const { keyNames } = useWords().everywhere.help
  const key = written.replace('Mod+', '')
  if (key === written) return <kbd>{keyNames[key] ?? key}</kbd>
  return (
    <>
      <kbd>{isMac ? '⌘' : keyNames.Ctrl}</kbd> <kbd>{key.toUpperCase()}</kbd>
    </>
  )
}
