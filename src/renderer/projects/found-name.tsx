import type { ListedProject } from '../../core/queries/projects.ts'
import type { MatchKind } from '../../core/queries/search.ts'
import { useWords } from '../i18n/language.tsx'
import { Name } from '../ui/name.tsx'
import classes from './filters.module.css'
import { splitMatch } from './split-match.ts'

const isMono: Readonly<Record<MatchKind, boolean>> = {
  name: false,
  id: true,
  hostname: true,
  repository: true,
  team: false,
  owner: true,
}

/** A project's name, and below it what a search found, if that is something else. */
export function FoundName({ row, search }: { row: ListedProject; search: string }) {
  const { list } = useWords()
  const { name, match } = row
  if (match === null || match.kind === 'name') return <Name text={name} />
  const { before, found, after } = splitMatch(match.text, search)
  return (
    <span className={classes.found}>
      <Name text={name} />
      <span className={`${classes.match} ${isMono[match.kind] ? 'mono' : ''}`} title={list.match[match.kind]}>
        <span className="unseen">{list.match[match.kind]}: </span>
        <bdi>
          {before}
          <mark>{found}</mark>
          {after}
        </bdi>
      </span>
    </span>
  )
}
