import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Component, type ReactNode, useEffect } from 'react'
import { readError } from '../data/read-error.ts'
import { useTRPC } from '../data/trpc.ts'
import { useWords } from '../i18n/language.tsx'
import { CopyDetails } from '../ui/copy-details.tsx'
import classes from '../ui/panels.module.css'

interface BoundaryState {
  readonly error: unknown
  readonly isBroken: boolean
}

/**
 * Keeps a fault in one part of the window from taking all of it away: a file of the program that could not be read, since
 * Vigie has ended or was replaced meanwhile, or an error of ours.
 */
export class Boundary extends Component<{ readonly children: ReactNode }, BoundaryState> {
  override state: BoundaryState = { error: null, isBroken: false }

  static getDerivedStateFromError(error: unknown): BoundaryState {
    return { error, isBroken: true }
  }

  override render(): ReactNode {
    return this.state.isBroken ? <Broken error={this.state.error} /> : this.props.children
  }
}

function Broken({ error }: { error: unknown }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const { shell, state } = useWords()
  useEffect(() => {
    // Whether Vigie is still there, and this window still signed in, the status tells.
    void queryClient.invalidateQueries({ queryKey: trpc.status.queryKey() })
  }, [queryClient, trpc])
  const shown = readError(error)
  return (
    <div className={classes.error} role="alert">
      <p>{shell.broken}</p>
      <p className={classes.errorFoot}>
        <Button size="compact-xs" variant="default" onClick={() => window.location.reload()}>
          {shell.reload}
        </Button>
        <span className="muted">
          {state.code} <code className="mono">{shown.code}</code>
        </span>
        <CopyDetails error={shown} />
      </p>
    </div>
  )
}
