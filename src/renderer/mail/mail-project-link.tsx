import type { MailRow } from '../../core/queries/mails.ts'
import { useWords } from '../i18n/language.tsx'
import { allProjects, formatRoute } from '../route.ts'
import { Name } from '../ui/name.tsx'

/** The project that a mail is about; a digest is about several, and a project may be gone. */
export function MailProjectLink({ mail: { projectId, projectName } }: { mail: MailRow }) {
  const { mail } = useWords()
  if (projectId === null) return <span className="muted">{mail.several}</span>
  if (projectName === null) return <span className="muted">{mail.projectGone}</span>
  return (
    // In a row, a click elsewhere opens the mail.
    <a href={formatRoute({ ...allProjects, projectId })} tabIndex={-1} onClick={(event) => event.stopPropagation()}>
      <Name text={projectName} />
    </a>
  )
}
