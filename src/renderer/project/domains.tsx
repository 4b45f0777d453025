import { useQuery } from '@tanstack/react-query'
import { Fragment } from 'react'
import type { DomainStatus, ProjectDetail, ProjectDomain } from '../../core/queries/project.ts'
import { useTRPC } from '../data/trpc.ts'
import { useFormats, useWords } from '../i18n/language.tsx'
import { Card } from '../ui/card.tsx'
import { ErrorPanel } from '../ui/error-panel.tsx'
import type { Tone } from '../ui/status-looks.ts'
import { Tag } from '../ui/tag.tsx'
import { HostnameList } from './hostname-list.tsx'
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
  const gets = new Map((query.data ?? []).map((one) => [one.kind === 'domain' ? one.domainId : one.label, one.gets]))
  const own = (query.data ?? []).flatMap((one) => (one.kind === 'deployment' ? [one.label] : []))
  const full = (label: string) => (deployDomain === null ? label : `${label}.${deployDomain}`)
  const underPlatform = [
    { title: words.subdomains, labels: subdomains },
    { title: traffic.ownHostnames, labels: own },
  ]
  const count = domains.length > 0 && <span className="muted">{formats.number(domains.length)}</span>
  return (
    <Card title={words.domains} aside={count}>
      {domains.length === 0 && <p className="muted">{words.noDomains}</p>}
      <HostnameList items={domains} keyOf={({ id }) => id} hostnameOf={({ hostname }) => hostname}>
        {(domain) => (
          <>
            <span className={classes.redirect}>{domain.type !== 'route' && words.redirect(domain.type)}</span>
            <Tag tone={tones[domain.status]}>{words.domainStatus[domain.status]}</Tag>
            <DomainNote domain={domain} project={project} />
            <VisitorsGet gets={gets.get(domain.id)} className={classes.gets} />
          </>
        )}
      </HostnameList>
      {underPlatform.map(
        ({ title, labels }) =>
          labels.length > 0 && (
            <Fragment key={title}>
              <h3 className={classes.subtitle}>{title}</h3>
              <HostnameList items={labels} keyOf={(label) => label} hostnameOf={full}>
                {(label) => <VisitorsGet gets={gets.get(label)} className={classes.gets} />}
              </HostnameList>
            </Fragment>
          ),
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
