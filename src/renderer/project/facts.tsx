import type { ReactNode } from 'react'
import type { ProjectDetail } from '../../core/queries/project.ts'
import { useWords } from '../i18n/language.tsx'
import { allProjects, formatRoute } from '../route.ts'
import { Card } from '../ui/card.tsx'
import { Name } from '../ui/name.tsx'
import { PlanName } from '../ui/plan-name.tsx'
import { ExactTime } from '../ui/times.tsx'
import classes from './project-panel.module.css'

/** What a person knows the project by, and who answers for it. */
export function Facts({ project }: { project: ProjectDetail }) {
  const { project: words } = useWords()
  const guardians = project.people.filter(({ role }) => role !== 'member')
  return (
    <Card title={words.facts}>
      <dl className={classes.facts}>
        <Fact label={words.team}>
          <a href={formatRoute({ page: 'team', teamId: project.teamId })}>
            <Name text={project.teamName} />
          </a>
          {project.isTeamDeleted && <span className="muted"> ({words.teamDeleted})</span>}{' '}
          <a className={classes.aside} href={formatRoute({ ...allProjects, teamId: project.teamId })}>
            {words.teamProjects}
          </a>
        </Fact>
        <Fact label={words.plan}>
          <PlanName {...project} />
        </Fact>
        <Fact label={words.lastTraffic}>
          {project.lastTrafficAt === null ? words.never : <ExactTime at={project.lastTrafficAt} />}
        </Fact>
        {project.deactivatedAt !== null && (
          <Fact label={project.status === 'permanently_disabled' ? words.disabledAt : words.deactivatedAt}>
            <ExactTime at={project.deactivatedAt} />
          </Fact>
        )}
        <Fact label={words.created}>
          <ExactTime at={project.createdAt} />
        </Fact>
        <Fact label={words.reactivations}>{words.reactivationCount(project.reactivationCount)}</Fact>
        <Fact label={words.repository}>
          <bdi className={`mono ${classes.whole}`}>{project.repoFullName}</bdi>
        </Fact>
        <Fact label={words.id}>
          <span className={`mono ${classes.whole}`}>{project.id}</span>
        </Fact>
        {guardians.length > 0 && (
          <Fact label={words.people}>
            <ul>
              {guardians.map((person) => (
                <li key={person.userId} className={person.isDeleted ? classes.gone : undefined}>
                  {person.name !== null && (
                    <>
                      <Name text={person.name} />{' '}
                    </>
                  )}
                  <bdi className="mono muted">{person.email}</bdi>{' '}
                  <span className="muted">{person.isDeleted ? words.personDeleted : words.roles[person.role]}</span>
                </li>
              ))}
            </ul>
          </Fact>
        )}
      </dl>
    </Card>
  )
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}
