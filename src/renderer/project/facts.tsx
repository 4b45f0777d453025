import { IconExternalLink } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { projectPageUrl } from '../../core/platform-page.ts'
import type { ProjectDetail } from '../../core/queries/project.ts'
import { useWords } from '../i18n/language.tsx'
import { allProjects, formatRoute } from '../route.ts'
import { Card } from '../ui/card.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { Name } from '../ui/name.tsx'
import { PlanName } from '../ui/plan-name.tsx'
import { ExactTime } from '../ui/times.tsx'
import classes from './project-panel.module.css'

/** What a person knows the project by, and who answers for it. */
export function Facts({ project, platformUrl }: { project: ProjectDetail; platformUrl: string | null }) {
  const { project: words, panel } = useWords()
  const guardians = project.people.filter(({ role }) => role !== 'member')
  return (
    <Card title={words.facts} aside={<OnPlatform project={project} platformUrl={platformUrl} />}>
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
          <span className={classes.copied}>
            <span className={`mono ${classes.whole}`}>{project.id}</span>
            <CopyButton text={project.id} label={panel.copy.id} />
          </span>
        </Fact>
        {guardians.length > 0 && (
          <Fact label={words.people}>
            <ul>
              {guardians.map((person) => (
                <li key={person.userId} className={person.isDeleted ? classes.gone : undefined}>
                  {person.name !== null && <Name text={person.name} />}{' '}
                  <span className="muted">{person.isDeleted ? words.personDeleted : words.roles[person.role]}</span>
                  <span className={classes.copied}>
                    <bdi className={`mono muted ${classes.whole}`}>{person.email}</bdi>
                    <CopyButton text={person.email} label={panel.copy.of(person.email)} />
                  </span>
                </li>
              ))}
            </ul>
          </Fact>
        )}
      </dl>
    </Card>
  )
}

/** The way to its page on the platform, or what is missing for it. */
function OnPlatform({ project, platformUrl }: { project: ProjectDetail; platformUrl: string | null }) {
  const { panel } = useWords()
  const url = projectPageUrl(project, platformUrl)
  if (url === null) {
    return (
      <span className="muted" title={panel.noPlatform}>
        {panel.notConfigured}
      </span>
    )
  }
  return (
    <a href={url} target="_blank" rel="noopener noreferrer" className={classes.platform}>
      {panel.openOnPlatform}
      <IconExternalLink size={14} stroke={1.8} aria-hidden={true} />
      <span className="unseen">({panel.opensOutside})</span>
    </a>
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
