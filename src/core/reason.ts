import { VigieError } from './errors.ts'
import { maxReasonLength } from './reactivate.ts'

/** A person's reason, without what PostgreSQL can't hold. Errors: REASON_REQUIRED, REASON_TOO_LONG. */
export function checkReason(text: string): string {
  const reason = text.replaceAll('\0', '').trim()
  if (reason === '') throw reasonRequired()
  if (reason.length > maxReasonLength) {
    throw new VigieError('REASON_TOO_LONG', `The reason is longer than ${maxReasonLength} characters. Shorten it.`)
  }
  return reason
}

/** The refusal of an act without a reason. */
export function reasonRequired(): VigieError {
  return new VigieError('REASON_REQUIRED', 'This needs a reason. Say in a few words why.')
}
