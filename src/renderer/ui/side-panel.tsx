import { CloseButton } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useWords } from '../i18n/language.tsx'
import { Refreshing } from './refreshing.tsx'
import classes from './side-panel.module.css'

interface SidePanelProps {
  /** Undefined until it is known. */
  readonly title: ReactNode
  readonly badge: ReactNode
  readonly isRefreshing: boolean
  readonly closeLabel: string
  readonly onClose: () => void
  readonly children: ReactNode
}

/** What is open of a list: beside it, or from a narrow window in its place, with a way back. */
export function SidePanel({ title, badge, isRefreshing, closeLabel, onClose, children }: SidePanelProps) {
  const { state } = useWords()
  return (
    <div className={classes.panel}>
      <Refreshing isOn={isRefreshing} />
      <header className={classes.header}>
        <button type="button" className={classes.back} onClick={onClose}>
          <IconArrowLeft size={16} stroke={1.8} aria-hidden={true} />
          {state.back}
        </button>
        <div className={classes.heading}>
          {title !== undefined && (
            <div className={classes.names}>
              <h2 className={classes.name}>{title}</h2>
              {badge}
            </div>
          )}
          <CloseButton className={classes.close ?? ''} aria-label={closeLabel} onClick={onClose} />
        </div>
      </header>
      {children}
    </div>
  )
}
