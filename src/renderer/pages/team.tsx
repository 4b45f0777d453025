import { useQuery } from '@tanstack/react-query'
import type { TeamDetail } from '../../core/queries/team.ts'
import { useTRPC } from '../data/trpc.ts'
import { useFormats, useWords } from '../i18n/language.tsx'
import { allProjects, formatRoute } from '../route.ts'
import { TeamCounts } from '../team/team-counts.tsx'
import { TeamFacts } from '../team/team-facts.tsx'
import { TeamMembers } from '../team/team-members.tsx'
import { TeamProjects } from '../team/team-projects.tsx'
import { Name } from '../ui/name.tsx'
import { QueryView } from '../ui/query-view.tsx'
import { Tag } from '../ui/tag.tsx'
import classes from './team.module.css'

/** A team: how its projects stand, who it is, what it pays, and all its projects. */
export function TeamPage({ teamId }: { teamId: string }) {
  const trpc = useTRPC()
  const { team: words } = useWords()
  const query = useQuery(trpc.teams.get.queryOptions({ teamId }, { refetchOnMount: 'always' }))
  return (
    <div className={classes.page}>
      <nav className={classes.back}>
        <a href={formatRoute(allProjects)}>{words.back}</a>
      </nav>
      <QueryView query={query}>
        {(team) => (
          <>
            <Heading team={team} />
            <div className={classes.grid}>
              <div className={classes.main}>
                <TeamCounts teamId={teamId} counts={team.counts} />
                <TeamProjects teamId={teamId} counts={team.counts} />
              </div>
              <div className={classes.aside}>
                <TeamFacts team={team} />
                <TeamMembers team={team} />
              </div>
            </div>
          </>
        )}
      </QueryView>
    </div>
  )
}

function Heading({ team }: { team: TeamDetail }) {
  const { team: words } = useWords()
  const formats = useFormats()
  const { exemption } = team
  return (
    <header className={classes.heading}>
      <h2 className={classes.name}>
        <Name text={team.name} />
      </h2>
      {team.isDeleted && <p>{words.deleted}</p>}
      {exemption !== null && (
        <p className={classes.exemption}>
          <Tag tone="accent">{words.exempt(exemption.until && formats.exact(exemption.until))}</Tag>
          <span dir="auto">{exemption.reason}</span>
          <bdi className="muted">{words.exemptBy(exemption.actor)}</bdi>
        </p>
      )}
    </header>
  )
}
