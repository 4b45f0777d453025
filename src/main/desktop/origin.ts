/** The page's origin as a frame reports it. */
export const appOrigin = 'app://vigie'
export const appScheme = 'app'
export const appUrl = `${appOrigin}/`

/** Whether an address is one of our page's. Node's URL knows no origin for schemes of one's own. */
export function isOwnUrl(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, host, username, password } = new URL(text)
  return `${protocol}//${host}` === appOrigin && username === '' && password === ''
}

/** Whether an address is one of the platform's web app, as it is configured (`https://app.example`); null: it is not. */
export function isPlatformUrl(text: string, platformUrl: string | null): boolean {
  if (platformUrl === null || !URL.canParse(text)) return false
  const { origin, username, password } = new URL(text)
  return origin === new URL(platformUrl).origin && username === '' && password === ''
}
