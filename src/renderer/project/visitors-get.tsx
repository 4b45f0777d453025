import type { VisitorsGet as Gets } from '../../core/routing/visitors-get.ts'
import type { Words } from '../i18n/en.ts'
import { useWords } from '../i18n/language.tsx'
import { allProjects, formatRoute } from '../route.ts'
import type { Tone } from '../ui/status-looks.ts'
import { Tag } from '../ui/tag.tsx'

const tones: Record<Gets['kind'], Tone> = {
  served: 'green',
  elsewhere: 'grey',
  unrouted: 'grey',
  platform: 'grey',
  blocked: 'amber',
  beingBlocked: 'amber',
  notBlocked: 'amber',
  waitingForContainers: 'amber',
  beingServed: 'amber',
}

/** What visitors of a hostname get now; nothing as long as it is not known. */
export function VisitorsGet({ gets, className }: { gets: Gets | undefined; className: string | undefined }) {
  const { traffic } = useWords()
  if (gets === undefined) return null
  const tone = gets.kind === 'blocked' && gets.status === 410 ? 'red' : tones[gets.kind]
  const text = tell(gets, traffic.gets)
  return (
    <span className={className}>
      {gets.kind === 'elsewhere' ? (
        <a href={formatRoute({ ...allProjects, projectId: gets.projectId })}>
          <Tag tone={tone}>
            <bdi>{text}</bdi>
          </Tag>
        </a>
      ) : (
        <Tag tone={tone}>{text}</Tag>
      )}
    </span>
  )
}

function tell(gets: Gets, words: Words['traffic']['gets']): string {
  switch (gets.kind) {
    case 'elsewhere':
      return words.elsewhere(gets.projectName)
    case 'blocked':
      return words.blocked(gets.status)
    case 'beingBlocked':
      return words.beingBlocked(gets.confirmed, gets.edges)
    case 'beingServed':
      return words.beingServed(gets.freed, gets.edges)
    default:
      return words[gets.kind]
  }
}
