/** How many times a proof kills the agent: 10 with every `npm test`, more in `npm run soak` (VIGIE_KILLS). */
export function killRounds(env: Readonly<Record<string, string | undefined>>): number {
  return Number(env.VIGIE_KILLS ?? 10)
}
