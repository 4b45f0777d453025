import type { Policy } from '../../core/policy.ts'
import type { ProjectDetail } from '../../core/queries/project.ts'
import { useFormats, useWords } from '../i18n/language.tsx'
import classes from './project-panel.module.css'
import { returningDomains } from './returning-domains.ts'

const shownHostnames = 3

/** What a reactivation will do, before it is done. */
export function ReactivationEffect({ project, policy }: { project: ProjectDetail; policy: Policy }) {
  const { reactivate } = useWords().project
  const formats = useFormats()
  const { returning, left } = returningDomains(project)
  const isSwept = project.planKind === 'free' || (project.planKind === 'lapsed' && policy.isLapsedPaidSwept)
  const nameAll = (hostnames: readonly string[]) => {
    const shown = hostnames.slice(0, shownHostnames)
    return hostnames.length > shownHostnames
      ? reactivate.moreHostnames(shown.join(', '), hostnames.length - shownHostnames)
      : formats.list(shown)
  }
  return (
    <p className={classes.effect}>
      {returning.length > 0 ? reactivate.effectDomains(nameAll(returning)) : reactivate.effectNoDomains}{' '}
      {left.length > 0 && `${reactivate.effectLeft(nameAll(left))} `}
      {project.isFirstVersionSleeper && returning.length > 0 && `${reactivate.firstVersion} `}
      {isSwept ? reactivate.effectClock(policy.inactiveAfterDays) : reactivate.effectNoClock}
    </p>
  )
}
