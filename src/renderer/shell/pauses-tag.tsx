import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '../data/trpc.ts'
import { useFormats, useWords } from '../i18n/language.tsx'
import { formatRoute } from '../route.ts'
import { Tag } from '../ui/tag.tsx'

/** On every page, while a part is paused: which, and on hover by whom and why. Leads to where it is resumed. */
export function PausesTag() {
  const trpc = useTRPC()
  const { pauses: words } = useWords().policy
  const formats = useFormats()
  const { data: pauses = [] } = useQuery(trpc.pauses.list.queryOptions())
  if (pauses.length === 0) return null
  const names = pauses.map(({ part }) => words.parts[part].name)
  const why = pauses.map(
    ({ part, actor, pausedAt, reason }) =>
      `${words.parts[part].name} ${words.by(actor)}, ${formats.exact(pausedAt)}: ${reason}`,
  )
  return (
    <a href={formatRoute({ page: 'policy' })}>
      <Tag tone="amber" title={why.join('\n')}>
        {words.header(formats.list(names))}
      </Tag>
    </a>
  )
}
