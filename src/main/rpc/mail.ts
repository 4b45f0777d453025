import { z } from 'zod'
import { messageIdOf } from '../../core/mail/message-id.ts'
import { cancelMail, mailStatuses, retryMail, retryMails } from '../../core/mail/outbox.ts'
import { countMails, listMails, readMail } from '../../core/queries/mails.ts'
import { instant, pageSize } from './inputs.ts'
import { procedure, router } from './trpc.ts'

const mailId = z.int().positive()

export const mailRouter = router({
  /** The outbox, latest first; and where its mails go. */
  list: procedure
    .input(
      z.object({
        status: z.enum(mailStatuses).nullable(),
        before: z.object({ at: instant, id: mailId }).nullable(),
        limit: pageSize,
      }),
    )
    .query(({ ctx, input }) => listMails(ctx.app.sql, input)),

  counts: procedure.query(({ ctx }) => countMails(ctx.app.sql)),

  /**
   * One mail and how it looks: as it was sent, or as it would be. Its HTML is untrusted: show it in a sandbox. `from` and
   * `messageId` (without angle brackets) are those of a mail that this process sends.
   */
  get: procedure.input(z.object({ mailId })).query(async ({ ctx, input }) => {
    const { platformUrl, sender } = ctx.app.mailer
    const mail = await readMail(ctx.app.sql, input.mailId, platformUrl)
    return { ...mail, from: sender, messageId: messageIdOf(mail.id, sender.address) }
  }),

  /** Where mails go: a server, or a folder. */
  target: procedure.query(({ ctx }) => ctx.app.mailer.target),

  retry: procedure.input(z.object({ mailId })).mutation(({ ctx, input }) => retryMail(ctx.app.sql, input.mailId)),

  retryDead: procedure.mutation(async ({ ctx }) => ({ retried: await retryMails(ctx.app.sql, ['dead']) })),

  cancel: procedure.input(z.object({ mailId })).mutation(({ ctx, input }) => cancelMail(ctx.app.sql, input.mailId)),
})
