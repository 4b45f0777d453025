import { createInterface } from 'node:readline'
import { VigieError } from '../../../../core/errors.ts'
import { type EmbeddedDatabase, type EmbeddedOptions, openEmbeddedDatabase } from '../embedded.ts'

/*
 * A process that opens the embedded database, for the tests of several processes on one folder. Its argument is the
 * options as JSON; it tells what happens as lines of JSON, opens again whenever the database ends, and stops on a line of
 * input, or when the tests are gone.
 */

export type OpenerEvent =
  | { readonly kind: 'opened'; readonly database: Pick<EmbeddedDatabase, 'connection' | 'isOwner' | 'wasCreated'> }
  | { readonly kind: 'ended' }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string }

const tell = (event: OpenerEvent): void => console.log(JSON.stringify(event))

let current: EmbeddedDatabase | undefined

async function openAndFollow(options: EmbeddedOptions): Promise<void> {
  for (;;) {
    current = await openEmbeddedDatabase(options)
    const { connection, isOwner, wasCreated } = current
    tell({ kind: 'opened', database: { connection, isOwner, wasCreated } })
    await current.ended
    tell({ kind: 'ended' })
  }
}

const input = createInterface({ input: process.stdin })
input.once('line', () => input.close())
input.once('close', async () => {
  await current?.stop()
  process.exit(0)
})

openAndFollow(JSON.parse(process.argv[2] ?? '')).catch((error: unknown) => {
  if (!(error instanceof VigieError)) throw error
  tell({ kind: 'refused', code: error.code, message: error.message })
  process.exit(1)
})
