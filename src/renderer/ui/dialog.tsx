import { type ReactNode, useEffect, useLayoutEffect, useRef } from 'react'
import classes from './dialog.module.css'

interface DialogProps {
  readonly label: string
  readonly onClose: () => void
  readonly children: ReactNode
}

/**
 * Over the window, for what is asked for by a key and gone with the next: the browser keeps the focus in it, and gives it
 * back. Escape and a click beside it close it.
 */
export function Dialog({ label, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const close = useRef(onClose)
  useEffect(() => {
    close.current = onClose
  })
  // A layout effect: its end comes while the dialog is still in the page, which gives the focus back to where it was.
  useLayoutEffect(() => {
    const element = dialog.current
    if (element === null) return
    const closeBeside = (event: MouseEvent) => {
      if (event.target === element) close.current()
    }
    const closeByKey = (event: Event) => {
      event.preventDefault()
      close.current()
    }
    element.addEventListener('click', closeBeside)
    element.addEventListener('cancel', closeByKey)
    element.showModal()
    return () => {
      element.removeEventListener('click', closeBeside)
      element.removeEventListener('cancel', closeByKey)
      element.close()
    }
  }, [])
  return (
    <dialog ref={dialog} className={classes.dialog} aria-label={label}>
      {children}
    </dialog>
  )
}
