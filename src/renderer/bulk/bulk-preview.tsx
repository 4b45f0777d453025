import type { BulkActKind, PreparedBulk } from '../../core/bulk/bulk-act.ts'
import { useWords } from '../i18n/language.tsx'
import { Name } from '../ui/name.tsx'
import classes from './bulk.module.css'

type Preview = PreparedBulk['preview']

/** To how many of these projects it would be done, and why not to the others. */
export function BulkPreview({ kind, preview, projects }: { kind: BulkActKind; preview: Preview; projects: number }) {
  const { bulk } = useWords()
  const words = bulk.acts[kind]
  const { ready, exemptAlready, obstacles } = preview
  return (
    <div className={classes.preview} role="status">
      <p className={classes.headline}>{ready === 0 ? words.noneReady : words.ready(ready)}</p>
      {exemptAlready > 0 && <p>{bulk.exemptAlready(exemptAlready)}</p>}
      {obstacles.length > 0 && (
        <>
          {ready > 0 && <p>{bulk.notReady(projects - ready)}</p>}
          <ul className={classes.obstacles}>
            {obstacles.map((obstacle) => (
              <li key={`${obstacle.code} ${obstacle.status}`}>
                <ObstacleText obstacle={obstacle} />
              </li>
            ))}
          </ul>
        </>
      )}
      {preview.ownerlessTeams > 0 && <OwnerlessTeams preview={preview} />}
    </div>
  )
}

function ObstacleText({ obstacle }: { obstacle: Preview['obstacles'][number] }) {
  const { bulk, status: words } = useWords()
  const { code, status, projects } = obstacle
  if (code !== 'PROJECT_NOT_INACTIVE') return bulk.obstacles[code](projects)
  return bulk.notInactive(projects, status === null ? '' : words[status].toLowerCase())
}

function OwnerlessTeams({ preview }: { preview: Preview }) {
  const { bulk } = useWords()
  const { ownerlessTeams, namedTeams } = preview
  const more = ownerlessTeams - namedTeams.length
  return (
    <details>
      <summary>{bulk.teams(ownerlessTeams)}</summary>
      <ul className={classes.obstacles}>
        {namedTeams.map(({ teamId, teamName, projects }) => (
          <li key={teamId}>
            <Name text={bulk.team(teamName, projects)} />
          </li>
        ))}
        {more > 0 && <li>{bulk.moreTeams(more)}</li>}
      </ul>
    </details>
  )
}
