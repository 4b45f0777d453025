import type { TeamDetail } from '../../core/queries/team.ts'
import { useWords } from '../i18n/language.tsx'
import { Card } from '../ui/card.tsx'
import { Name } from '../ui/name.tsx'
import classes from './team.module.css'

/** Who belongs to the team, by name and role: owners first. Addresses stand with the projects, where somebody acts for them. */
export function TeamMembers({ team }: { team: TeamDetail }) {
  const { team: words, project } = useWords()
  const { members, memberCount } = team
  return (
    <Card title={words.members(memberCount)}>
      {members.length === 0 ? (
        <p className="muted">{words.noMembers}</p>
      ) : (
        <ul className={classes.members}>
          {members.map((member) => (
            <li key={member.userId}>
              <span className={classes.member}>
                {member.name === null && member.username === null ? (
                  <span className="muted">{words.noName}</span>
                ) : (
                  <Name text={member.name ?? member.username ?? ''} />
                )}
              </span>
              <span className="muted">{member.isDeleted ? words.gone : project.roles[member.role]}</span>
            </li>
          ))}
        </ul>
      )}
      {memberCount > members.length && <p className="muted">{words.moreMembers(memberCount - members.length)}</p>}
    </Card>
  )
}
