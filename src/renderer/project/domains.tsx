import { useQuery } from '@tanstack/react-query'
import type { DomainStatus, ProjectDetail, ProjectDomain } from '../../core/queries/project.ts'
import { useTRPC } from '../data/trpc.ts'
import { useFormats, useWords } from '../i18n/language.tsx'
import { Card } from '../ui/card.tsx'
import { ErrorPanel } from '../ui/error-panel.tsx'
import type { Tone } from '../ui/status-looks.ts'
import { Tag } from '../ui/tag.tsx'
import classes from './project-panel.module.css'
import { returnsOnReactivation } from './returning-domains.ts'
import { VisitorsGet } from './visitors-get.tsx'

const tones: Record<DomainStatus, Tone> = { active: 'green', pending: 'amber', disabled: 'grey', failed: 'red' }

interface DomainsProps {
  readonly project: ProjectDetail
  readonly deployDomain: string | null
}

/**
 * The hostnames that lead to the project, with what visitors get now. Not as links: a visit from here would count as
 * traffic.
 */
export function Domains({ project, deployDomain }: DomainsProps) {
  const trpc = useTRPC()
  const { project: words, traffic } = useWords()
  const query = useQuery(trpc.projects.hostnames.queryOptions({ projectId: project.id }, { refetchOnMount: 'always' }))
  const formats = useFormats()
  const { domains, subdomains } = project
  const hostnames = query.data ?? []
  const ofDomain = (id: number) => hostnames.find((one) => one.kind === 'domain' && one.domainId === id)?.gets
  const ofAlias = (label: string) => hostnames.find((one) => one.kind === 'alias' && one.label === label)?.gets
  const own = hostnames.flatMap((one) => (one.kind === 'deployment' ? [one] : []))
  const full = (label: string) => (deployDomain === null ? label : `${label}.${deployDomain}`)
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
            <VisitorsGet gets={ofDomain(domain.id)} className={classes.gets} />
          </li>
        ))}
      </ul>
      {subdomains.length > 0 && (
        <>
          <h3 className={classes.subtitle}>{words.subdomains}</h3>
          <ul className={classes.domains}>
            {subdomains.map((subdomain) => (
              <li key={subdomain}>
                <bdi className={`mono ${classes.whole}`}>{full(subdomain)}</bdi>
                <VisitorsGet gets={ofAlias(subdomain)} className={classes.gets} />
              </li>
            ))}
          </ul>
        </>
      )}
      {own.length > 0 && (
        <>
          <h3 className={classes.subtitle}>{traffic.ownHostnames}</h3>
          <ul className={classes.domains}>
            {own.map(({ label, gets }) => (
              <li key={label}>
                <bdi className={`mono ${classes.whole}`}>{full(label)}</bdi>
                <VisitorsGet gets={gets} className={classes.gets} />
              </li>
            ))}
          </ul>
        </>
      )}
      {query.error !== null && query.data === undefined && (
        <ErrorPanel error={query.error} onRetry={() => void query.refetch()} />
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
