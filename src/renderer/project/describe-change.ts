import { planKinds, projectStatuses } from '../../core/project.ts'
import type { TimelineEvent } from '../../core/queries/timeline.ts'
import type { Words } from '../i18n/en.ts'

/** What an event changed, a few words each: told where it can't be guessed from the kind of the event. */
export function describeChange({ kind, before, after }: TimelineEvent, words: Words): string[] {
  if (kind === 'reverted') return describeStatus()
  if (kind !== 'changed_outside') return []
  const count = after?.reactivationCount
  const parts = [
    ...describeStatus(),
    ...describeStep(before?.planKind, after?.planKind, planKinds, words.plan, words.project.planBecomes),
    ...(before?.reactivationCount !== count && typeof count === 'number' ? [words.project.recounted(count)] : []),
    ...(after?.lastTrafficAt === undefined ? [] : [words.project.clockRestarted]),
  ]
  return parts.length > 0 ? parts : [words.project.redated]

  function describeStatus() {
    return describeStep(before?.status, after?.status, projectStatuses, words.status)
  }

  function describeStep<Value extends string>(
    from: unknown,
    to: unknown,
    values: readonly Value[],
    names: Readonly<Record<Value, string>>,
    tell: (from: string, to: string) => string = words.project.becomes,
  ): string[] {
    const nameOf = (value: unknown) => {
      const known = values.find((one) => one === value)
      return known === undefined ? String(value) : names[known]
    }
    return from === to ? [] : [tell(nameOf(from), nameOf(to))]
  }
}
