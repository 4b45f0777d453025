import type { PlanKind } from '../../core/project.ts'
import { useWords } from '../i18n/language.tsx'

/** The plan as the platform names it; a lapsed one says so. */
export function PlanName({ planKind, planName }: { planKind: PlanKind; planName: string | null }) {
  const { plan } = useWords()
  if (planName === null) return <>{planKind === 'free' ? plan.none : plan[planKind]}</>
  return <>{planKind === 'lapsed' ? plan.lapsedOf(planName) : planName}</>
}
