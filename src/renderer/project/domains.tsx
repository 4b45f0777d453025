import type { DomainStatus, ProjectDetail, ProjectDomain } from '../../core/queries/project.ts'
import { useFormats, useWords } from '../i18n/language.tsx'
import { Card } from '../ui/card.tsx'
import type { Tone } from '../ui/status-looks.ts'
import { Tag } from '../ui/tag.tsx'
import classes from './project-panel.module.css'
import { returnsOnReactivation } from './returning-domains.ts'

const tones: Record<DomainStatus, Tone> = { active: 'green', pending: 'amber', disabled: 'grey', failed: 'red' }

interface DomainsProps {
  readonly project: ProjectDetail
  readonly deployDomain: string | null
}

/** The hostnames that lead to the project. Not as links: a visit from here would count as traffic. */
export function Domains({ project, deployDomain }: DomainsProps) {
  const { project: words } = useWords()
  const formats = useFormats()
  const { domains, subdomains } = project
  const count = domains.length > 0 && <span className="muted">{formats.number(domains.length)}</span>
  return (
    <Card title={words.domains} aside={count}>
      {domains.length === 0 && <p className="muted">{words.noDomains}</p>}
      <ul className={classes.domains}>
        {domains.map((domain) => (
          <li key={domain.id}>
            <bdi className={`mono ${classes.whole}`}>{domain.hostname}</bdi>
            <span className={classes.redirect}>{domain.type !== 'route' && words.redirect(domain.type)}</span>
            <Tag tone={tones[domain.status]}>{words.domainStatus[domain.status]}</Tag>
            <DomainNote domain={domain} project={project} />
          </li>
        ))}
      </ul>
      {subdomains.length > 0 && (
        <>
          <h3 className={classes.subtitle}>{words.subdomains}</h3>
          <ul className={classes.domains}>
            {subdomains.map((subdomain) => (
              <li key={subdomain}>
                <bdi className={`mono ${classes.whole}`}>
                  {deployDomain === null ? subdomain : `${subdomain}.${deployDomain}`}
                </bdi>
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  )
}

function DomainNote({ domain, project }: { domain: ProjectDomain; project: ProjectDetail }) {
  const { project: words } = useWords()
  const notes = [
    returnsOnReactivation(project, domain) && !domain.isActiveElsewhere ? words.domainReturns : null,
    domain.isActiveElsewhere ? words.domainTaken : null,
    domain.message,
  ].filter((note) => note !== null)
  if (notes.length === 0) return null
  return (
    <p className={classes.domainNote} dir="auto">
      {notes.join(' · ')}
    </p>
  )
}
