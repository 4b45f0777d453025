import { IconDatabase, IconSearch } from '@tabler/icons-react'
import { useConnectionError } from '../data/connection.ts'
import type { LiveState } from '../data/live.ts'
import type { Status } from '../data/trpc.ts'
import { useWords } from '../i18n/language.tsx'
import { keyOf } from '../keys/shortcuts.ts'
import { isMac } from '../keys/use-shortcuts.ts'
import { Tag } from '../ui/tag.tsx'
import type { Overlay } from './overlays.tsx'
import { PausesTag } from './pauses-tag.tsx'
import { Settings } from './settings.tsx'
import classes from './shell.module.css'

interface HeaderProps {
  readonly title: string
  readonly status: Status
  readonly live: LiveState
  readonly onOpen: (overlay: Overlay) => void
}

/** Where one is, on which database, and whether what is shown is of now. */
export function Header({ title, status, live, onOpen }: HeaderProps) {
  const { shell, everywhere } = useWords()
  const { database, facts } = status
  return (
    <header className={classes.header}>
      <h1>{title}</h1>
      <button type="button" className={classes.find} onClick={() => onOpen('palette')}>
        <IconSearch size={15} stroke={1.7} aria-hidden={true} />
        <span className={classes.findWord}>{everywhere.palette.title}</span>
        <kbd>
          {isMac ? '⌘' : everywhere.help.keyNames.Ctrl} {keyOf('palette')}
        </kbd>
      </button>
      <div className={classes.about}>
        <PausesTag />
        {facts?.isReadOnly && (
          <Tag tone="amber" title={shell.readOnlyHint}>
            {shell.readOnly}
          </Tag>
        )}
        {facts?.isSample && (
          <Tag tone="accent" title={shell.sampleHint}>
            {shell.sample}
          </Tag>
        )}
        <span className={classes.database} title={facts ? shell.login(facts.login, facts.serverVersion) : undefined}>
          <IconDatabase size={15} stroke={1.7} aria-hidden={true} />
          <span className="unseen">{shell.database}</span>
          <span className={database.kind === 'embedded' ? '' : 'mono'}>
            {database.kind === 'embedded' ? shell.embedded : database.label}
          </span>
        </span>
        <Connection live={live} />
        <Settings onHelp={() => onOpen('help')} />
      </div>
    </header>
  )
}

function Connection({ live }: { live: LiveState }) {
  const { shell } = useWords()
  const isAway = useConnectionError() !== null
  const state = isAway ? 'away' : live
  const [word, hint] = {
    away: [shell.away, shell.connectingHint],
    connecting: [shell.connecting, shell.connectingHint],
    live: [shell.live, shell.liveHint],
  }[state]
  return (
    <span className={classes.connection} data-state={state} role="status" title={hint}>
      <span className={classes.dot} />
      {word}
    </span>
  )
}
