/** Who is alive has to be asked after: silence sends no message. */
export const askEveryMs = 20_000
