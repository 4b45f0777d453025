import { Button } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ExemptionEnd, ExemptionRow } from '../../core/queries/exemptions.ts'
import { useTRPC } from '../data/trpc.ts'
import { useFormats, useWords } from '../i18n/language.tsx'
import { allProjects, formatRoute } from '../route.ts'
import { Card } from '../ui/card.tsx'
import { useNow } from '../ui/clock.ts'
import { Name } from '../ui/name.tsx'
import { QueryView } from '../ui/query-view.tsx'
import classes from './exemption.module.css'

const soonDays = 14
const shownFirst = 5
const shownMore = 100

/** Exemptions that end within two weeks, and whom the next sweep takes then. */
export function EndingSoon() {
  const trpc = useTRPC()
  const { exemption: words } = useWords()
  const [limit, setLimit] = useState(shownFirst)
  const query = useQuery({
    ...trpc.exemptions.list.queryOptions({ endingWithinDays: soonDays, after: null, limit }),
    refetchOnMount: 'always',
    placeholderData: keepPreviousData,
  })
  return (
    <Card title={words.soon}>
      <QueryView query={query}>
        {({ exemptions, total }) =>
          exemptions.length === 0 ? (
            <p className="muted">{words.soonNone}</p>
          ) : (
            <div className={classes.soon}>
              <ul className={classes.soon}>
                {exemptions.map((row) => (
                  <Ending key={row.exemptionId} row={row} />
                ))}
              </ul>
              {limit === shownFirst && total > exemptions.length && (
                <div>
                  <Button variant="default" onClick={() => setLimit(shownMore)}>
                    {words.more(Math.min(total, shownMore) - exemptions.length)}
                  </Button>
                </div>
              )}
            </div>
          )
        }
      </QueryView>
    </Card>
  )
}

function Ending({ row }: { row: ExemptionRow & ExemptionEnd }) {
  const { exemption: words } = useWords()
  const formats = useFormats()
  const now = useNow()
  const { scope, id, name, until, dueAtEnd, projects } = row
  const route = scope === 'project' ? { ...allProjects, projectId: id } : { ...allProjects, teamId: id }
  return (
    <li>
      <span>
        <a href={formatRoute(route)}>
          <Name text={name} />
        </a>
        {scope === 'team' && <span className="muted"> ({words.team})</span>}
      </span>
      <span className="muted">
        {until !== null && (
          <time dateTime={until} title={formats.utc(until)}>
            {formats.exact(until)} ({formats.relative(until, now)})
          </time>
        )}
      </span>
      {dueAtEnd === 0 ? (
        <span className="muted">{words.soonNotDue}</span>
      ) : (
        <span className={classes.due}>
          {scope === 'project' ? words.soonDue : words.soonTeamDue(dueAtEnd, projects)}
        </span>
      )}
    </li>
  )
}
