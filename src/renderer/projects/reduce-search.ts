/**
 * What to search for when somebody pasted an address: `https://shop.example/cart?x=1` is looked up as `shop.example`, a
 * hostname of the platform's own as its first label, which is how the platform stores it, and the address of a repository
 * on GitHub, as browsers and git write it, as `owner/name`.
 */
export function reduceSearch(text: string, deployDomain: string | null): string {
  const trimmed = text.trim()
  const repository = gitHubAddress.exec(trimmed)
  if (repository !== null) return `${repository[1]}/${repository[2]}`
  const hostname = hostnameOf(trimmed)
  const parent = deployDomain === null ? null : `.${deployDomain.toLowerCase()}`
  if (parent !== null && hostname.toLowerCase().endsWith(parent)) return hostname.slice(0, -parent.length)
  return hostname
}

const gitHubAddress =
  /^(?:(?:git\+)?(?:https?|ssh|git):\/\/(?:[^/@\s]+@)?|git@)?(?:www\.)?github\.com[/:]([\w-]+)\/([\w.-]+?)(?:\.git)?(?:[/?#].*)?$/i

function hostnameOf(text: string): string {
  const looksLikeAddress =
    /^[a-z][a-z0-9+.-]*:\/\//i.test(text) || /^[^\s/:@]+\.[^\s/:@.]{2,}(:\d{1,5})?([/?#]|$)/.test(text)
  if (!looksLikeAddress) return text
  const address = text.includes('://') ? text : `http://${text}`
  return URL.canParse(address) ? new URL(address).hostname || text : text
}
