import { isMailAddress } from './address.ts'

/** Stable: a mail that is sent a second time can be told from a new one (RFC 5322, 3.6.4). */
export function messageIdOf(mailId: number | string, senderAddress: string): string {
  const domain = isMailAddress(senderAddress)
    ? senderAddress.slice(senderAddress.lastIndexOf('@') + 1)
    : 'vigie.invalid'
  return `vigie.${mailId}@${domain}`
}
