/** Puts a text into the clipboard. False: the browser does not let it. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    // A denied permission, or an old browser: whoever asked says so, and the text stays where it can be read.
    return false
  }
}
