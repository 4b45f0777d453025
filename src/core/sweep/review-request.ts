/** Which projects: all that are due, those that the last sweep did not list, or those that it did and that are not due now. */
export const reviewScopes = ['all', 'new', 'gone'] as const
export type ReviewScope = (typeof reviewScopes)[number]

export const reviewGroupings = ['team', 'reason'] as const
export type ReviewGrouping = (typeof reviewGroupings)[number]
