import { useMemo } from 'react'
import { readStyleNonce } from '../ui/style-nonce.ts'
import { frameMail } from './frame-mail.ts'
import classes from './mail-panel.module.css'

/** A mail's HTML, which nobody trusts: in a frame without scripts, origin or network (frame-mail.ts). */
export function MailFrame({ html, title }: { html: string; title: string }) {
  const framed = useMemo(() => frameMail(html, readStyleNonce()), [html])
  return <iframe className={classes.frame} title={title} sandbox="" referrerPolicy="no-referrer" srcDoc={framed} />
}
