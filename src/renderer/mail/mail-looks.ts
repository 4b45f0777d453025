import {
  IconCircleCheck,
  IconCircleMinus,
  IconCircleX,
  IconClock,
  IconMailOff,
  IconStack2,
  type TablerIcon,
} from '@tabler/icons-react'
import type { MailStatus } from '../../core/mail/outbox.ts'
import type { Tone } from '../ui/status-looks.ts'

/** Each status has a colour, an icon and a word: a new one fails to compile here. */
export const mailLooks: Readonly<Record<MailStatus, { readonly icon: TablerIcon; readonly tone: Tone }>> = {
  queued: { icon: IconClock, tone: 'accent' },
  sent: { icon: IconCircleCheck, tone: 'green' },
  failed: { icon: IconCircleX, tone: 'red' },
  dead: { icon: IconMailOff, tone: 'red' },
  cancelled: { icon: IconCircleMinus, tone: 'grey' },
  digested: { icon: IconStack2, tone: 'grey' },
}
