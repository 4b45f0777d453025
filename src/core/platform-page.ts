interface PageOwner {
  readonly name: string
  readonly teamSlug: string | null
}

/**
 * The platform's page of a project is found by the names of both; without the team's, its front page has to do. `platformUrl`:
 * its web app, like `https://app.example`; null: not configured, and there is no page to tell of.
 */
export function projectPageUrl(project: PageOwner, platformUrl: string | null): string | null {
  if (platformUrl === null) return null
  if (project.teamSlug === null) return `${platformUrl}/`
  return `${platformUrl}/${encodeURIComponent(wellFormed(project.teamSlug))}/projects/${encodeURIComponent(wellFormed(project.name))}`
}

/** Halves of characters can't be encoded. */
function wellFormed(text: string): string {
  return text.replace(/\p{Cs}/gu, '\ufffd')
}
