import { afterEach, describe, expect, it, vi } from 'vitest'
import type { RpcReply, RpcRequest } from '../../core/rpc-message.ts'
import { createRpcClient } from './client.ts'

afterEach(() => vi.unstubAllGlobals())

describe('the client', () => {
  it('speaks over the bridge where there is one', async () => {
    const sent: RpcRequest[] = []
    let answer: (reply: RpcReply) => void = () => {}
    vi.stubGlobal('window', {
      vigie: {
        send(request: RpcRequest) {
          sent.push(request)
          answer({ kind: 'result', id: request.id, data: 12 })
        },
        subscribe(listener: (reply: RpcReply) => void) {
          answer = listener
          return () => {}
        },
      },
    })
    const client = createRpcClient()
    expect(await client.policy.get.query()).toBe(12)
    expect(sent).toMatchObject([{ kind: 'call', type: 'query', path: 'policy.get' }])
  })

  it('speaks HTTP to its own origin where there is none', async () => {
    const urls: string[] = []
    vi.stubGlobal('window', {})
    vi.stubGlobal('fetch', (url: string) => {
      urls.push(url)
      return Promise.reject(new TypeError('no network here'))
    })
    const client = createRpcClient()
    await expect(Promise.all([client.policy.get.query(), client.sweeps.count.query()])).rejects.toThrow(
      'no network here',
    )
    expect(urls).toHaveLength(1)
    expect(urls[0]).toMatch(/^\/trpc\/policy\.get,sweeps\.count\?batch=1&/)
  })

  it('follows changes over an event stream, and closes it', () => {
    const streams: { url: string; isClosed: boolean }[] = []
    vi.stubGlobal('window', {})
    vi.stubGlobal(
      'EventSource',
      class extends EventTarget {
        readonly #stream: { url: string; isClosed: boolean }
        constructor(url: string) {
          super()
          this.#stream = { url, isClosed: false }
          streams.push(this.#stream)
        }
        close() {
          this.#stream.isClosed = true
        }
      },
    )
    return new Promise<void>((resolve) => {
      const subscription = createRpcClient().changes.subscribe(undefined, { onComplete: resolve })
      vi.waitUntil(() => streams.length === 1).then(() => subscription.unsubscribe())
    }).then(() => vi.waitFor(() => expect(streams).toEqual([{ url: '/trpc/changes', isClosed: true }])))
  })
})
