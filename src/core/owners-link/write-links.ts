import type { Database } from '../context.ts'
import type { AddressedFacts } from '../mail/read-facts.ts'
import type { MailFacts, MailSettings, RenderedMail } from '../mail/templates/mail-facts.ts'
import { renderMail } from '../mail/templates/render-mail.ts'
import { signToken } from './token.ts'

/** With what owners' links are written. */
export interface LinkWriter {
  readonly key: Uint8Array
  /** Where the agent's pages are reached, without a slash at its end. */
  readonly publicUrl: string
}

/** The key that signs links. It stays in the memory of agents: no console, log or answer ever has it. */
export async function readLinkKey(sql: Database): Promise<Uint8Array> {
  const [row] = await sql<{ key: Uint8Array }[]>`select key from vigie.link_key`
  if (row === undefined) throw new Error('vigie.link_key has no row')
  return row.key
}

/**
 * A mail twice: as its recipient gets it, and as it is kept for staff to read, where the links are cut off before their
 * tokens: whoever reads the outbox must not be able to act as an owner. Without a writer both are the same.
 */
export function renderForOwner(
  facts: AddressedFacts,
  settings: MailSettings,
  writer: LinkWriter | null,
): { readonly sent: RenderedMail; readonly kept: RenderedMail } {
  const isLinked = writer !== null && facts.template.startsWith('project-disabled')
  if (!isLinked) {
    const mail = renderMail(facts, settings)
    return { sent: mail, kept: mail }
  }
  const { key, publicUrl } = writer
  const withUrls = (
    tokenOf: (project: AddressedFacts['projects'][number], expiresAt: string) => string,
  ): MailFacts => ({
    template: facts.template,
    projects: facts.projects.map((project) =>
      project.mayWake && project.nextStageAt !== null && !project.isOverdue
        ? { ...project, wakeUrl: `${publicUrl}/wake/${tokenOf(project, project.nextStageAt)}` }
        : project,
    ),
  })
  const sent = withUrls(({ id, actedAt }, expiresAt) =>
    signToken(key, { projectId: id, userId: facts.userId, deactivatedAt: actedAt, expiresAt }),
  )
  return {
    sent: renderMail(sent, settings),
    kept: renderMail(
      withUrls(() => '…'),
      settings,
    ),
  }
}
