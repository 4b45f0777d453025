/**
 * What somebody is typing, in the session storage of the window: neither an error, a look elsewhere nor a reload loses it,
 * and it is gone with the window.
 */
const prefix = 'vigie.draft '

/** The text of a form as it was left; empty if there is none. `key`: the form and what it is about. */
export function readText(key: string): string {
  return window.sessionStorage.getItem(prefix + key) ?? ''
}

export function keepText(key: string, text: string): void {
  if (text === '') window.sessionStorage.removeItem(prefix + key)
  else window.sessionStorage.setItem(prefix + key, text)
}
