import { EventEmitter, once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { quitInOrder } from './lifecycle.ts'

/** An application that quits when nobody prevents it, and what happened to it. */
function createQuittable(stop: () => Promise<void>, stopTimeoutMs = 60_000) {
  const events: string[] = []
  const emitter = new EventEmitter()
  const signals = new EventEmitter()
  const exited = once(emitter, 'exit').then(([exitCode]) => exitCode)
  const app = {
    on: (event: string, listener: (event: { preventDefault(): void }) => void) => emitter.on(event, listener),
    quit: () => {
      let isPrevented = false
      emitter.emit('before-quit', { preventDefault: () => (isPrevented = true) })
      if (!isPrevented) emitter.emit('exit', 'at once')
    },
    exit: (exitCode: number) => emitter.emit('exit', exitCode),
  }
  const quit = quitInOrder({
    app,
    signals,
    stop: () => {
      events.push('stop')
      return stop()
    },
    stopTimeoutMs,
    closeWindows: () => events.push('close windows'),
    log: { info() {}, warn() {}, error: (_fields, message) => events.push(message) },
  })
  return { app, quit, signals, events, exited }
}

function holdStop() {
  const gate = new EventEmitter()
  return { stopped: once(gate, 'open').then(() => undefined), stop: () => gate.emit('open') }
}

describe('quitting', () => {
  it('closes the windows, stops, then exits', async () => {
    const { stopped, stop } = holdStop()
    const { app, quit, events, exited } = createQuittable(() => stopped)
    expect(quit.hasBegun()).toBe(false)
    app.quit()
    expect(quit.hasBegun()).toBe(true)
    expect(events).toEqual(['close windows', 'stop'])
    stop()
    expect(await exited).toBe(0)
  })

  it('stops once, however often it is asked', async () => {
    const { stopped, stop } = holdStop()
    const { app, signals, events, exited } = createQuittable(() => stopped)
    app.quit()
    app.quit()
    signals.emit('SIGINT')
    stop()
    expect(await exited).toBe(0)
    expect(events).toEqual(['close windows', 'stop'])
  })

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'])('follows from %s', async (signal) => {
    const { signals, exited } = createQuittable(() => Promise.resolve())
    signals.emit(signal)
    expect(await exited).toBe(0)
  })

  it('ends with exit code 1 when something can’t be stopped', async () => {
    const { app, events, exited } = createQuittable(() => Promise.reject(new Error('stuck')))
    app.quit()
    expect(await exited).toBe(1)
    expect(events).toContain('Vigie could not be stopped in order.')
  })

  it('does not wait for ever', async () => {
    const { app, events, exited } = createQuittable(() => new Promise(() => {}), 5)
    app.quit()
    expect(await exited).toBe(1)
    expect(events).toContain('Vigie could not be stopped in order.')
  })
})
