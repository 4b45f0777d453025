import type { SweepMode } from '../../core/policy.ts'
import type { Tone } from '../ui/status-looks.ts'

/** The colour that goes with a mode's word. */
export const modeTones: Readonly<Record<SweepMode, Tone>> = {
  off: 'grey',
  observe: 'accent',
  canary: 'amber',
  on: 'green',
}
