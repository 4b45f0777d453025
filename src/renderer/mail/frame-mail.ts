/**
 * A mail's HTML as it can stand in a sandboxed frame of the page. The frame takes over the page's content policy, which
 * knows no style attributes: each becomes a rule of one style element that carries the page's nonce, so that the policy
 * stays as strict as it is. A policy of the frame's own forbids all the rest, images and fonts too. Links and forms lose
 * where they lead, since they would lead nowhere in there. Pure but for the browser's parser, which runs nothing.
 */
export function frameMail(html: string, nonce: string): string {
  // Already the parser would report each style attribute. In texts the quote is escaped, they stay as they are.
  const mail = new DOMParser().parseFromString(html.replace(/\sstyle="/g, ' data-style="'), 'text/html')
  for (const element of mail.querySelectorAll(forbidden)) element.remove()
  const rules: string[] = []
  for (const [index, element] of mail.querySelectorAll('[data-style]').entries()) {
    rules.push(`[data-style="${index}"]{${writeDeclarations(element.getAttribute('data-style') ?? '')}}`)
    element.setAttribute('data-style', String(index))
  }
  for (const element of mail.querySelectorAll('[style], [href], [action], [formaction], [target]')) {
    for (const name of ['style', 'href', 'action', 'formaction', 'target']) element.removeAttribute(name)
  }
  const policy = mail.createElement('meta')
  policy.httpEquiv = 'Content-Security-Policy'
  policy.content = `default-src 'none'; style-src 'nonce-${nonce}'`
  const style = mail.createElement('style')
  style.setAttribute('nonce', nonce)
  style.textContent = rules.join('\n')
  mail.head.prepend(policy, style)
  return `<!doctype html>${mail.documentElement.outerHTML}`
}

/** Nothing that Vigie writes into a mail; nothing that would do anything in the frame either. */
const forbidden = 'script, meta, base, link, style, iframe, object, embed'

/** The declarations as the browser understands them, so that none can close its rule and begin another. */
function writeDeclarations(style: string): string {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync('a{}')
  const [rule] = sheet.cssRules
  if (!(rule instanceof CSSStyleRule)) return ''
  rule.style.cssText = style
  return rule.style.cssText.replaceAll('<', '\\3c ')
}
