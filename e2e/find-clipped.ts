import type { Page } from '@playwright/test'

/**
 * The texts of a page that a reader can't read whole: cut off by a box that hides what runs over it and has no ellipsis,
 * or beside a page that would have to be scrolled sideways. What can be scrolled to is not cut off. Empty: all is well.
 */
export async function findClipped(page: Page): Promise<string[]> {
  return await page.evaluate(() => {
    const tolerancePx = 2
    const found: string[] = []
    const root = document.documentElement
    if (root.scrollWidth > window.innerWidth) found.push(`the page is ${root.scrollWidth} px wide`)

    const hides = (overflow: string) => overflow === 'hidden' || overflow === 'clip'
    const scrolls = (overflow: string) => overflow === 'auto' || overflow === 'scroll'
    const describe = (element: Element) => {
      const name = typeof element.className === 'string' ? element.className.split(' ')[0] : ''
      return `${element.tagName.toLowerCase()}${name ? `.${name}` : ''}`
    }

    const cutBy = (text: Text): Element | null => {
      const range = document.createRange()
      range.selectNodeContents(text)
      const { left, right, top, bottom, width, height } = range.getBoundingClientRect()
      if (width === 0 || height === 0) return null
      let isInReachX = true
      let isInReachY = true
      for (let box = text.parentElement; box !== null && box !== document.body; box = box.parentElement) {
        const style = getComputedStyle(box)
        // Said to screen readers alone, or on its way in or out.
        if (style.clipPath !== 'none' || style.visibility === 'hidden' || style.opacity === '0') return null
        if (style.position === 'fixed') return null
        const edge = box.getBoundingClientRect()
        const hasEllipsis = style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none'
        const isOver = left < edge.left - tolerancePx || right > edge.right + tolerancePx
        const isUnder = top < edge.top - tolerancePx || bottom > edge.bottom + tolerancePx
        if (isInReachX && hides(style.overflowX) && isOver) return hasEllipsis ? null : box
        if (isInReachY && hides(style.overflowY) && isUnder) return hasEllipsis ? null : box
        if (scrolls(style.overflowX)) isInReachX = false
        if (scrolls(style.overflowY)) isInReachY = false
      }
      return null
    }

    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
      if (!(node instanceof Text) || node.data.trim() === '') continue
      if (node.parentElement?.closest('[aria-hidden="true"], script, style, noscript, svg') !== null) continue
      const box = cutBy(node)
      if (box !== null) found.push(`“${node.data.trim().slice(0, 60)}” in ${describe(box)}`)
    }
    // The text of a closed select is in no box of the page.
    const pen = document.createElement('canvas').getContext('2d')
    for (const select of document.querySelectorAll('select')) {
      const { font, paddingLeft, paddingRight, textOverflow } = getComputedStyle(select)
      const text = select.selectedOptions[0]?.text ?? ''
      if (pen === null || textOverflow === 'ellipsis') continue
      pen.font = font
      const room = select.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight)
      if (room > 0 && pen.measureText(text).width > room + tolerancePx) found.push(`“${text.slice(0, 60)}” in a select`)
    }
    return [...new Set(found)]
  })
}
