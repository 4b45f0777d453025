import { Button, CloseButton } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { useWords } from '../i18n/language.tsx'
import { keyOf } from '../keys/shortcuts.ts'
import { useShortcuts } from '../keys/use-shortcuts.ts'
import { InlineError } from '../ui/error-panel.tsx'
import classes from './undo-bar.module.css'
import { offeredMs, type UndoOffer, undoOffers } from './undo-offer.ts'

/** At the foot of the page, for some seconds after an act that can be taken back as if it had not been. */
export function UndoBar() {
  const offer = useSyncExternalStore(undoOffers.subscribe, undoOffers.read)
  return offer && <Offer key={offer.id} offer={offer} />
}

function Offer({ offer }: { offer: UndoOffer & { readonly id: number } }) {
  const words = useWords()
  const { undo } = words.everywhere
  const [isHeld, setHeld] = useState(false)
  const act = useMutation({ mutationFn: offer.undo })
  const isResting = isHeld || act.isPending || act.isError
  useEffect(() => {
    if (isResting) return
    const timer = window.setTimeout(() => undoOffers.end(offer.id), offeredMs)
    return () => window.clearTimeout(timer)
  }, [isResting, offer.id])
  const start = () => {
    if (act.isIdle) act.mutate()
  }
  useShortcuts({ undo: start })
  return (
    <section
      className={classes.bar}
      aria-label={undo.title}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <p role="status">{act.isSuccess ? undo.undone : offer.say(words)}</p>
      {act.error !== null && <InlineError error={act.error} />}
      {act.isIdle && (
        <Button variant="default" onClick={start} rightSection={<kbd>{keyOf('undo')}</kbd>}>
          {undo.action}
        </Button>
      )}
      {act.isPending && <span className="muted">{undo.working}</span>}
      <CloseButton aria-label={undo.dismiss} onClick={() => undoOffers.end(offer.id)} />
    </section>
  )
}
