import type { Page } from 'playwright-core'

/** What a page did with markup: nothing of it may have become part of the page. */
export const broken = (page: Page) =>
  page.evaluate(() => [
    ...('pwned' in window ? ['it ran'] : []),
    ...[...document.querySelectorAll('img, [onerror], script:not([src], [type="application/ld+json"])')].map(
      ({ outerHTML }) => outerHTML,
    ),
  ])

/** Texts that run from right to left, or turn others round, beside which something else stands unprotected. */
export const reordered = (page: Page, letters: string) =>
  page.evaluate((pattern) => {
    const found: string[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const text = node.textContent ?? ''
      if (!new RegExp(pattern, 'u').test(text)) continue
      let around = node.parentElement as HTMLElement
      if (
        around.closest('script, style, option, datalist, textarea, svg, .article, blockquote[dir=auto]') !==
        null
      )
        continue
      const keepsIn = (element: Element) => {
        const { unicodeBidi, display } = getComputedStyle(element)
        return /isolate|plaintext/u.test(unicodeBidi) || !/inline|contents/u.test(display)
      }
      while (!keepsIn(around)) around = around.parentElement as HTMLElement
      // What was searched for stands out within its own words.
      const isWhole = [...around.children].every(({ tagName }) => tagName === 'MARK')
      if (!isWhole && around.textContent?.trim() !== text.trim()) found.push(around.outerHTML.slice(0, 300))
    }
    return found
  }, letters)
