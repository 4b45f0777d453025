import type { ShownError } from '../data/read-error.ts'

/** The server's sentences are English and say what is wrong in particular; only its absence has to be told here. */
function sentence(error: ShownError): string {
  if (error.code === 'VIGIE_UNREACHABLE') return 'Vigie does not answer. Check that it still runs where it was started.'
  if (error.code === 'UNAUTHORIZED')
    return 'This window is no longer signed in: Vigie was started anew. Open the address that it printed at its start.'
  return error.message
}

export const enErrors = {
  sentence,
  title: 'This did not work',
  databaseTitle: 'The database can’t be used',
  accessTitle: 'This window has no access',
  vigieTitle: 'No connection to Vigie',
}
