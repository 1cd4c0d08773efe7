import type { Steps } from '../core/steps.ts'
import { type Attributes, TOKENS, tokensOf } from './html.ts'

/** An element, with what scoring needs to know of it. */
type Element = {
  name: string
  parent: Element | null
  /** Where its text belongs: itself, or for an inline element the block that it stands in. */
  block: Element
  /** Nobody sees it. */
  hidden: boolean
  /** Part of what surrounds an article: menus, lists of links, notes on cookies. */
  aside: Why | null
  score: number
  length: number
  linked: number
  /** Characters in paragraphs that read like prose. */
  prose: number
}
/** A run of text between two block boundaries. */
type Block = { within: Element; text: string; linked: number; aside: Why | null }

/** Why something that a page shows is no part of the article: what it stands in, or what it is. */
export type Why = 'menu' | 'beside' | 'links'
/** A paragraph of a page, in its order; `why` is null for those of the article. */
export type PageParagraph = { text: string; why: Why | null }

const words = (list: string) => new Set(list.split(' '))
const VOID = words('area base br col embed hr img input link meta param source track wbr')
const INLINE = words(
  'a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr output q rp rt ruby s samp small span strike strong sub sup time tt u var wbr',
)
const NEVER = words(
  'script style noscript template svg math button select option textarea iframe object canvas video audio dialog title',
)
const MENUS = words('nav footer')
const CLOSED_BY_ITSELF = words('p li dd dt tr td th option')
const LISTS = words('ul ol dl table select tbody thead')
const PAGE = words('html body main article')
const HOLDS_TEXT = new Set(['', 'body', 'main', 'article', 'section', 'div', 'td'])

const ROLES = words('complementary dialog alertdialog alert')
const MENU_ROLES = words('navigation search contentinfo menu menubar banner toolbar')
const SURROUNDS =
  /(?:^|[\s_-])(?:ads?|advert\w*|banner|breadcrumbs?|byline|comments?|comment-?list|cookies?|consent|disqus|footer|gdpr|masthead|menu|modal|most-?(?:read|popular)|nav\w*|newsletter|outbrain|pager|pagination|paywall|popup|promo\w*|recirc\w*|recommend\w*|related\w*|share\w*|sharing|sidebar|site-?header|skip|social\w*|sponsor\w*|subscribe|taboola|tags|teasers?|toolbar|widgets?)(?:$|[\s_-])/iu
const CONTENT = /article|body|content|entry|main|post|story|text/iu

function isHidden(name: string, attributes: Attributes): boolean {
  if (NEVER.has(name)) return true
  if (PAGE.has(name)) return false
  if ('hidden' in attributes || attributes['aria-hidden'] === 'true') return true
  return /display\s*:\s*none/iu.test(attributes.style?.slice(0, 500) ?? '')
}

function asideOf(name: string, attributes: Attributes, byName: boolean): Why | null {
  if (PAGE.has(name)) return null
  const role = attributes.role ?? ''
  if (MENUS.has(name) || MENU_ROLES.has(role)) return 'menu'
  if (name === 'aside' || ROLES.has(role)) return 'beside'
  if (!byName) return null
  const named = `${attributes.class ?? ''} ${attributes.id ?? ''}`.slice(0, 500)
  return SURROUNDS.test(named) && !CONTENT.test(named) ? 'beside' : null
}

const LONGEST_LOOK = 12

type Page = { blocks: Block[]; elements: Element[] }

/** The blocks of a page, and every element in the order of the page. */
function* read(html: string, byName: boolean): Steps<Page> {
  const root = elementOf('', null, false, null)
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
      blocks.push({
        within: current.block,
        text: clean,
        linked: Math.min(linked, clean.length),
        aside: current.block.aside,
      })
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
      if (current.hidden) continue
      const said = token.text.replaceAll(/\s+/gu, ' ')
      // Beside the words of a line, but none of them.
      if (current.aside !== null && current.block.aside === null) {
        if (said.trim() !== '')
          blocks.push({ within: current.block, text: said.trim(), linked: 0, aside: current.aside })
        continue
      }
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
      if (name === 'a') {
        links++
        // What menus set apart by their style alone.
        if (current.aside !== null && pieces.length > 0) pieces.push(' ')
      }
      const isBody = name === 'body'
      const hidden = !isBody && (current.hidden || isHidden(name, attributes))
      const aside = isBody ? null : (current.aside ?? asideOf(name, attributes, byName))
      current = elementOf(name, current, hidden, aside)
      elements.push(current)
      open.set(name, (open.get(name) ?? 0) + 1)
    }
  }
  flush()
  return { blocks, elements }
}

function elementOf(name: string, parent: Element | null, hidden: boolean, aside: Why | null): Element {
  const element = { name, parent, hidden, aside, score: 0, length: 0, linked: 0, prose: 0 } as Element
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
 * Everything that a page shows, in paragraphs and in its order. Those of the article stand within the element that
 * holds most of what reads like prose, and beside it in what reads as well; each other one says why it is none.
 */
export function* articleTextSteps(html: string): Steps<PageParagraph[]> {
  const found = paragraphsOf(yield* read(html, true))
  yield
  if (sizeOf(found) >= SHORT) return found
  // A class on the wrong element can hide the whole article.
  const more = paragraphsOf(yield* read(html, false))
  return sizeOf(more) > 2 * sizeOf(found) ? more : found
}

const sizeOf = (paragraphs: readonly PageParagraph[]): number =>
  paragraphs.reduce((sum, { text, why }) => sum + (why === null ? text.length : 0), 0)

function paragraphsOf({ blocks, elements }: Page): PageParagraph[] {
  for (const block of blocks) if (block.aside === null) rate(block)
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
  const inside = new Set<Element>()
  if (dense !== null) {
    const best = widened(dense)
    // Parents come before their children, so one look at the parent is enough.
    for (const element of elements)
      if (element === best || joins(element, best) || (element.parent !== null && inside.has(element.parent)))
        inside.add(element)
  }
  return blocks.map((block) => ({ text: block.text, why: whyNot(block, inside.has(block.within)) }))
}

/** What stands beside the best and is worth a good part of it, or is prose with hardly a link: a short section. */
function joins(element: Element, best: Element): boolean {
  if (element.parent !== best.parent || element === best || element.aside !== null) return false
  if (worth(element) >= Math.max(10, worth(best) * JOINS)) return true
  return element.prose > 0 && element.linked * 10 <= element.length
}

const whyNot = (block: Block, isInside: boolean): Why | null =>
  block.aside ?? (!isInside ? 'beside' : isProse(block) ? null : 'links')

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

/** A link may hold a whole sentence of the article; one that holds a title leads elsewhere. */
const isProse = ({ text, linked }: Block): boolean =>
  linked * 2 <= text.length || (/[.!?…。][\])"'”’»]*$/u.test(text) && /(?:\S+\s+){4}/u.test(text))
