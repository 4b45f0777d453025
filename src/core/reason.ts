import { VigieError } from './errors.ts'

/** Of every reason, whatever it is for; migrations/functions/{exempt,end-exemption}.sql hold to it, too. */
export const maxReasonLength = 2_000

/** A person's reason, without what PostgreSQL can't hold. Errors: REASON_REQUIRED, REASON_TOO_LONG. */
export function checkReason(text: string): string {
  const reason = checkReasonLength(text)
  if (reason === '') throw reasonRequired()
  return reason
}

/** The same for acts that refuse something else before a blank one. Errors: REASON_TOO_LONG. */
export function checkReasonLength(text: string): string {
  const reason = text.replaceAll('\0', '').trim()
  if (reason.length > maxReasonLength) throw reasonTooLong()
  return reason
}

/** The refusal of an act without a reason. */
export function reasonRequired(): VigieError {
  return new VigieError('REASON_REQUIRED', 'This needs a reason. Say in a few words why.')
}

/** The refusal of an act with a reason that is too long. */
export function reasonTooLong(): VigieError {
  return new VigieError('REASON_TOO_LONG', `The reason is longer than ${maxReasonLength} characters. Shorten it.`)
}
