import type { Steps } from '../core/steps.ts'
import { type Attributes, TOKENS, tokensOf } from './html.ts'

/** An element, with what scoring needs to know of it. */
type Element = {
  name: string
  parent: Element | null
  /** Where its text belongs: itself, or for an inline element the block that it stands in. */
  block: Element
  /** Part of what surrounds an article: menus, lists of links, notes on cookies. */
  aside: boolean
  score: number
  length: number
  linked: number
  /** Characters in paragraphs that read like prose. */
  prose: number
}
/** A run of text between two block boundaries. */
type Block = { within: Element; text: string; linked: number }

const words = (list: string) => new Set(list.split(' '))
const VOID = words('area base br col embed hr img input link meta param source track wbr')
const INLINE = words(
  'a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr output q rp rt ruby s samp small span strike strong sub sup time tt u var wbr',
)
const NEVER = words(
  'script style noscript template svg math button select option textarea iframe object canvas video audio nav aside footer dialog title',
)
const CLOSED_BY_ITSELF = words('p li dd dt tr td th option')
const LISTS = words('ul ol dl table select tbody thead')
const PAGE = words('html body main article')
const HOLDS_TEXT = new Set(['', 'body', 'main', 'article', 'section', 'div', 'td'])

const ROLES = words(
  'navigation complementary dialog alertdialog alert search contentinfo menu menubar banner toolbar',
)
const SURROUNDS =
  /(?:^|[\s_-])(?:ads?|advert\w*|banner|breadcrumbs?|byline|comments?|comment-?list|cookies?|consent|disqus|footer|gdpr|masthead|menu|modal|most-?(?:read|popular)|nav\w*|newsletter|outbrain|pager|pagination|paywall|popup|promo\w*|recirc\w*|recommend\w*|related\w*|share\w*|sharing|sidebar|site-?header|skip|social\w*|sponsor\w*|subscribe|taboola|tags|teasers?|toolbar|widgets?)(?:$|[\s_-])/iu
const CONTENT = /article|body|content|entry|main|post|story|text/iu

function isAside(name: string, attributes: Attributes, byName: boolean): boolean {
  if (NEVER.has(name)) return true
  if (PAGE.has(name)) return false
  if ('hidden' in attributes || attributes['aria-hidden'] === 'true') return true
  if (/display\s*:\s*none/iu.test(attributes.style?.slice(0, 500) ?? '')) return true
  if (ROLES.has(attributes.role ?? '')) return true
  if (!byName) return false
  const named = `${attributes.class ?? ''} ${attributes.id ?? ''}`.slice(0, 500)
  return SURROUNDS.test(named) && !CONTENT.test(named)
}

const LONGEST_LOOK = 12

type Page = { blocks: Block[]; elements: Element[] }

/** The blocks of a page, and every element in the order of the page. */
function* read(html: string, byName: boolean): Steps<Page> {
  const root = elementOf('', null, false)
  const elements: Element[] = [root]
  const blocks: Block[] = []
  const open = new Map<string, number>()
  let current = root
  let links = 0
  let pieces: string[] = []
  let linked = 0

  const flush = () => {
    const clean = pieces
      .join('')
      .replaceAll(/ ?\n ?/gu, '\n')
      .replaceAll(/\n{3,}/gu, '\n\n')
      .trim()
    if (clean !== '')
      blocks.push({ within: current.block, text: clean, linked: Math.min(linked, clean.length) })
    pieces = []
    linked = 0
  }
  const leave = () => {
    if (!INLINE.has(current.name)) flush()
    if (current.name === 'a') links--
    open.set(current.name, (open.get(current.name) ?? 1) - 1)
    current = current.parent ?? root
  }
  const closeImplied = (name: string) => {
    if (
      INLINE.has(name) ||
      (open.get('p') ?? 0) + (CLOSED_BY_ITSELF.has(name) ? (open.get(name) ?? 0) : 0) === 0
    )
      return
    let place: Element | null = current
    for (let steps = 0; place !== null && steps < LONGEST_LOOK; steps++, place = place.parent) {
      if (LISTS.has(place.name)) return
      if (place.name !== 'p' && (place.name !== name || !CLOSED_BY_ITSELF.has(name))) continue
      const end: Element | null = place.parent
      while (current !== end) leave()
      return
    }
  }

  let tokens = 0
  for (const token of tokensOf(html)) {
    if (++tokens % TOKENS === 0) yield
    if (token.kind === 'text') {
      if (current.aside) continue
      const said = token.text.replaceAll(/\s+/gu, ' ')
      const more = said.startsWith(' ') && /\s$/u.test(pieces.at(-1) ?? '') ? said.slice(1) : said
      if (more !== '') pieces.push(more)
      if (links > 0) linked += said.trim().length
    } else if (token.kind === 'close') {
      if ((open.get(token.name) ?? 0) === 0) continue
      while (current.name !== token.name) leave()
      leave()
    } else {
      const { name, attributes } = token
      if (name === 'br') pieces.push('\n')
      if (VOID.has(name)) {
        if (name === 'hr') flush()
        continue
      }
      closeImplied(name)
      if (!INLINE.has(name)) flush()
      if (name === 'a') links++
      const aside = name !== 'body' && (current.aside || isAside(name, attributes, byName))
      current = elementOf(name, current, aside)
      elements.push(current)
      open.set(name, (open.get(name) ?? 0) + 1)
    }
  }
  flush()
  return { blocks, elements }
}

function elementOf(name: string, parent: Element | null, aside: boolean): Element {
  const element = { name, parent, aside, score: 0, length: 0, linked: 0, prose: 0 } as Element
  element.block = parent !== null && INLINE.has(name) ? parent.block : element
  return element
}

const SHORT = 500
const LEAST = 25
const ANCESTORS = 4
const JOINS = 0.2
const GAIN = 1.1
const PURITY = 0.7

/**
 * The paragraphs of the article on a page, in order: those within the element that holds most of what reads like
 * prose, and beside it what reads as well. Menus and lists of links are left out.
 */
export function* articleTextSteps(html: string): Steps<string[]> {
  const found = paragraphsOf(yield* read(html, true))
  yield
  if (sizeOf(found) >= SHORT) return found
  // A class on the wrong element can hide the whole article.
  const more = paragraphsOf(yield* read(html, false))
  return sizeOf(more) > 2 * sizeOf(found) ? more : found
}

const sizeOf = (paragraphs: readonly string[]): number =>
  paragraphs.reduce((sum, { length }) => sum + length, 0)

function paragraphsOf({ blocks, elements }: Page): string[] {
  for (const block of blocks) rate(block)
  for (const element of elements.toReversed()) {
    if (element.parent === null) continue
    element.parent.length += element.length
    element.parent.linked += element.linked
    element.parent.prose += element.prose
  }
  const dense = elements.reduce<Element | null>(
    (top, element) => (worth(element) > (top === null ? 0 : worth(top)) ? element : top),
    null,
  )
  if (dense === null) return []
  const best = widened(dense)
  const chosen = new Set<Element>([best])
  for (const element of elements)
    if (
      element.parent === best.parent &&
      element !== best &&
      worth(element) >= Math.max(10, worth(best) * JOINS)
    )
      chosen.add(element)
  const inside = new Set<Element>()
  // Parents come before their children, so one look at the parent is enough.
  for (const element of elements)
    if (chosen.has(element) || (element.parent !== null && inside.has(element.parent))) inside.add(element)
  return blocks
    .filter(({ within }) => inside.has(within))
    .filter(isProse)
    .map(({ text }) => text)
}

/** The article may go on in other parts of the page: outwards, while more prose is won than anything else. */
function widened(dense: Element): Element {
  let best = dense
  for (let wider = dense.parent; wider !== null; wider = wider.parent)
    if (wider.prose >= best.prose * GAIN && wider.prose - best.prose >= PURITY * (wider.length - best.length))
      best = wider
  return best
}

function rate({ within, text, linked }: Block): void {
  within.length += text.length
  within.linked += linked
  if (text.length < LEAST || linked * 2 > text.length) return
  within.prose += text.length
  const points = 1 + (text.match(/[,،、，]/gu)?.length ?? 0) + Math.min(3, Math.floor(text.length / 100))
  let element: Element | null = within
  for (let level = 0; level < ANCESTORS && element !== null; level++, element = element.parent)
    element.score += level > 0 ? points / level : HOLDS_TEXT.has(element.name) ? points : 0
}

const worth = ({ score, length, linked }: Element): number =>
  length === 0 ? 0 : score * (1 - linked / length)

const isProse = ({ text, linked }: Block): boolean => linked * 2 <= text.length
