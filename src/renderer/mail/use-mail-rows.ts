import type { MailPage, MailRow } from '../../core/queries/mails.ts'
import type { KeysetWindow } from '../data/keyset-window.ts'
import { useKeysetWindow } from '../data/keyset-window.ts'
import { useTRPC, useTRPCClient } from '../data/trpc.ts'
import type { MailRoute } from '../route.ts'

const pageSize = 100

/** The outbox as far as it is in sight. */
export function useMailRows({ status }: MailRoute): KeysetWindow<MailRow> {
  const trpc = useTRPC()
  const client = useTRPCClient()
  return useKeysetWindow<MailRow, NonNullable<MailPage['next']>>({
    queryKey: [...trpc.mail.list.pathKey(), 'window', status],
    async readPage({ cursor }, signal) {
      const page = await client.mail.list.query({ status, before: cursor, limit: pageSize }, { signal })
      return { rows: page.mails, previous: null, next: page.next }
    },
  })
}
