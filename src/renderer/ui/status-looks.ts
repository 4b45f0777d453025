import { IconBan, IconCircleFilled, IconCircleOff, IconMoonFilled, IconPlayerPauseFilled } from '@tabler/icons-react'
import type { ComponentType } from 'react'
import type { ProjectStatus } from '../../core/project.ts'

type Icon = ComponentType<{ size?: number; stroke?: number; 'aria-hidden'?: boolean }>

/** Each status has a colour, an icon and a word: a new one fails to compile here. */
export const statusLooks: Readonly<
  Record<ProjectStatus, { readonly icon: Icon; readonly tone: Tone; readonly scale: number }>
> = {
  active: { icon: IconCircleFilled, tone: 'green', scale: 0.7 },
  inactive: { icon: IconMoonFilled, tone: 'amber', scale: 1 },
  permanently_disabled: { icon: IconBan, tone: 'red', scale: 1 },
  paused: { icon: IconPlayerPauseFilled, tone: 'grey', scale: 1 },
  deleted: { icon: IconCircleOff, tone: 'grey', scale: 1 },
}

export type Tone = 'green' | 'amber' | 'red' | 'grey' | 'accent'
