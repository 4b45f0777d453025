import type { Brake } from '../../core/sweep/brakes.ts'
import type { IntakeName } from '../../core/watch/intakes.ts'
import type { Words } from '../i18n/en.ts'
import type { Formats } from '../i18n/formats.ts'
import { useFormats, useWords } from '../i18n/language.tsx'
import { TimedSentence } from '../ui/times.tsx'

/** Why a brake tripped, with its figures. */
export function BrakeSentence({ brake }: { brake: Brake }) {
  const { brakes } = useWords().hold
  const formats = useFormats()
  return <TimedSentence text={describe(brake, brakes, formats)} times={['since' in brake ? brake.since : null]} />
}

function describe(brake: Brake, brakes: Words['hold']['brakes'], formats: Formats): string {
  const nameOf = ({ kind, source, machine }: IntakeName) => brakes.intake[kind](source, machine)
  switch (brake.brake) {
    case 'recorder_silent':
      return brakes.recorderSilent(brake.activeProjects, brake.hours)
    case 'too_many':
      return [
        brakes.tooMany[brake.stage](brake.due, brake.activeFree),
        ...(brake.median === null ? [] : [brakes.usual(brake.median)]),
      ].join(' ')
    case 'after_a_gap':
      return brakes.afterAGap(formats.exact(brake.since))
    case 'changed_outside':
      return brakes.changedOutside(brake.projects)
    case 'not_watched':
      return brake.intake === null || brake.since === null
        ? brakes.neverWatched(brake.days)
        : brakes.notWatched(brake.days, nameOf(brake.intake), formats.exact(brake.since))
    case 'intake_silent':
      return brakes.intakeSilent(nameOf(brake.intake), formats.exact(brake.since))
    case 'intake_low':
      return brakes.intakeLow(nameOf(brake.intake), brake.hits, brake.usual)
    case 'intake_behind':
      return brakes.intakeBehind(nameOf(brake.intake), brake.since && formats.exact(brake.since))
  }
}
