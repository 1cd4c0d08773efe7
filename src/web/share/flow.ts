import type { Style } from '../../picture/fonts.ts'
import type { Typesetter } from '../../picture/typesetter.ts'
import { classesOf, type Element, isElement, type Node, textOf } from './markup.ts'

// Lays a figure of a page out as one drawing: its drawings with whatever lengths they leave to the page, and the words
// between them.

/** `hidden` and `bold` are classes: of what is not shown, and of strong letters. */
export type Setting = {
  type: Typesetter
  width: number
  hidden: ReadonlySet<string>
  bold: ReadonlySet<string>
}
/** A part that stands beneath the one before; `draw` says it as SVG with its top at y. */
export type Block = { height: number; isCaption: boolean; isDrawing: boolean; draw: (y: number) => string }

const TEXT = 14
const LINE = 1.4
const GAP = 8
const APART = 16
/** What of a figure is for the page only: what opens, what is pressed, what stands in the picture already. */
const LEFT_OUT = /^(details|table|nav|form|button|script|title|desc|h[1-6]|br)$/u
const NOT_DRAWN = ['beneath', 'chart-tools', 'unseen', 'scroll', 'finding']
const INLINE = /^(a|b|strong|em|i|span|bdi|q|time|small|abbr|cite|sup|sub|mark)$/u
/** A drawing no wider than this stands among words. */
const SMALL = 32

export const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
const place = (value: number) => Number(value.toFixed(2))

/** What stands for words that no font of ours can draw. */
export const SEE_PAGE = '[see the page]'

type Shown = { family: string; text: string; at: number }

/**
 * Words in the families that draw them, each with where it begins, in ems. A renderer that is left to join letters of
 * several fonts loses lines in which one font has as one letter what another has as two, so each stands by itself.
 */
function shown(type: Typesetter, text: string, style: Style): Shown[] {
  const runs = type.runs(text, style) ?? type.runs(type.drawable(text, style) ?? SEE_PAGE, style) ?? []
  let at = 0
  return runs.map((run) => {
    const one = { ...run, at }
    at += type.width(run.text, style)
    return one
  })
}

/** A line of words that begins at a place; of a size in pixels. */
export const spans = (
  type: Typesetter,
  text: string,
  style: Style,
  size: number,
  x: number,
  y: number,
): string =>
  shown(type, text, style)
    .map(
      ({ family, text: run, at }) =>
        `<tspan font-family="${family}" x="${place(x + at * size)}" y="${place(y)}">${escaped(run)}</tspan>`,
    )
    .join('')

const SHARES: Readonly<Record<string, number>> = { middle: 0.5, end: 1 }

/** A text of a drawing: where it needs several families, it is laid out here, from where it is anchored. */
function lettered(element: Element, { type, bold }: Setting, words: string): string {
  const { x = '0', y = '0', dx = '0', 'text-anchor': anchor = 'start', ...others } = element.attributes
  const style = classesOf(element).some((name) => bold.has(name)) ? 'bold' : 'sans'
  const runs = shown(type, words, style)
  if (runs.length < 2) {
    const [only] = runs
    return only === undefined
      ? ''
      : `<text${written({ ...element.attributes, 'font-family': only.family })}>${escaped(only.text)}</text>`
  }
  const wide = runs.reduce((sum, { text }) => sum + type.width(text, style), 0)
  const from = -(SHARES[anchor] ?? 0) * wide
  const inside = runs
    .map(
      ({ family, text, at }) =>
        `<tspan font-family="${family}" x="${place(from + at)}em" y="0">${escaped(text)}</tspan>`,
    )
    .join('')
  return `<svg x="${x}" y="${y}" overflow="visible"><g transform="translate(${Number.parseFloat(dx) || 0} 0)"><text${written(others)}>${inside}</text></g></svg>`
}

const isOut = (element: Element, { hidden }: Setting) =>
  LEFT_OUT.test(element.name) ||
  classesOf(element).some((name) => NOT_DRAWN.includes(name) || hidden.has(name))

const numberOf = (value: string | undefined) =>
  value !== undefined && /^[\d.]+(px)?$/u.test(value) ? Number.parseFloat(value) : null

/** How large a drawing is on a page of such a width. */
function sizeOf({ attributes }: Element, most: number): { width: number; height: number } {
  const [, , boxWidth = 0, boxHeight = 0] = (attributes.viewbox ?? attributes.viewBox ?? '')
    .split(/[\s,]+/u)
    .map(Number)
  const own = numberOf(attributes.width)
  const height = numberOf(attributes.height)
  if (boxWidth === 0) return { width: Math.min(own ?? most, most), height: height ?? 0 }
  const width = Math.min(own ?? boxWidth, most)
  return { width, height: (width * boxHeight) / boxWidth }
}

const isSmall = (element: Element) => {
  const width = numberOf(element.attributes.width)
  return element.name === 'svg' && width !== null && width <= SMALL
}
const isInline = (node: Node): boolean =>
  !isElement(node) ||
  isSmall(node) ||
  (INLINE.test(node.name) && node.children.every((child) => isInline(child)))

/** What only a page can use. */
const OF_PAGES = /^(href|tabindex|role|target|rel|id|data-.*|aria-.*)$/u

const written = (attributes: Readonly<Record<string, string>>): string =>
  Object.entries(attributes)
    .filter(([name]) => !OF_PAGES.test(name))
    .map(([name, value]) => ` ${name}="${escaped(value)}"`)
    .join('')

const PLACED = /^(width|height|x|y)$/u

/** A drawing as it stands in ours: of a size, and with each letter in a family that has it. */
function redrawn(element: Element, setting: Setting, size = ''): string {
  const { name, children } = element
  if (name === 'text') return lettered(element, setting, textOf(element).replaceAll(/\s+/gu, ' ').trim())
  const attributes =
    size === ''
      ? element.attributes
      : Object.fromEntries(Object.entries(element.attributes).filter(([key]) => !PLACED.test(key)))
  const inside = children
    .map((child) =>
      isElement(child) && !/^(title|desc|script)$/u.test(child.name) ? redrawn(child, setting) : '',
    )
    .join('')
  const own = name === 'a' ? 'g' : name
  return `<${own}${size}${written(attributes)}>${inside}</${own}>`
}

type Word = { text: string; style: Style; size: number; names: string; glued: boolean }
type Small = { drawing: Element; glued: boolean }
type Item = Word | Small | 'apart'

/** The words of inline content in order, each with how it looks. */
function itemsOf(nodes: readonly Node[], setting: Setting, look: Omit<Word, 'text' | 'glued'>): Item[] {
  const items: Item[] = []
  let isGlued = false
  const add = (node: Node, own: Omit<Word, 'text' | 'glued'>): void => {
    if (!isElement(node)) {
      const parts = node.split(/([^\S\u00a0]+)/u)
      for (const part of parts) {
        if (part === '') continue
        if (/^[^\S\u00a0]+$/u.test(part)) isGlued = false
        else {
          items.push({ ...own, text: setting.type.drawable(part, own.style) ?? SEE_PAGE, glued: isGlued })
          isGlued = true
        }
      }
      return
    }
    if (isOut(node, setting)) return
    if (node.name === 'svg') {
      items.push({ drawing: node, glued: isGlued })
      isGlued = true
      return
    }
    const names = classesOf(node)
    const isStrong = node.name === 'b' || node.name === 'strong'
    const inner = {
      ...own,
      names: `${own.names} ${names.join(' ')}`.trim(),
      style: isStrong ? ('bold' as const) : own.style,
    }
    if (node.name === 'q') add('“', inner)
    for (const child of node.children) add(child, inner)
    if (node.name === 'q') {
      isGlued = true
      add('”', inner)
    }
    if (names.includes('nowrap')) {
      items.push('apart')
      isGlued = false
    }
  }
  for (const node of nodes) add(node, look)
  return items
}

/** Words and small drawings in lines. */
function paragraph(nodes: readonly Node[], setting: Setting, names: string): Block | null {
  const { type, width } = setting
  const items = itemsOf(nodes, setting, { style: 'sans', size: TEXT, names: '' })
  if (!items.some((item) => item !== 'apart')) return null
  const [step, base] = [TEXT * LINE, TEXT * 1.05]
  const drawn: ((y: number) => string)[] = []
  let [x, line, gap] = [0, 0, 0]
  for (const item of items) {
    if (item === 'apart') {
      gap = APART
      continue
    }
    const wide =
      'text' in item ? type.width(item.text, item.style) * item.size : sizeOf(item.drawing, width).width
    const before = x === 0 || item.glued ? 0 : Math.max(gap, type.width(' ', 'sans') * TEXT)
    gap = 0
    if (x > 0 && x + before + wide > width && !item.glued) {
      line += 1
      x = 0
    } else x += before
    const [left, top] = [place(x), line * step]
    drawn.push((y) => {
      if (!('text' in item)) {
        const { width: w, height: h } = sizeOf(item.drawing, width)
        return redrawn(
          item.drawing,
          setting,
          ` x="${left}" y="${place(y + top + base - h + 2)}" width="${w}" height="${h}" overflow="visible"`,
        )
      }
      const weight = item.style === 'bold' ? 'font-weight:700' : 'font-weight:400'
      const words = spans(type, item.text, item.style, item.size, left, y + top + base)
      return `<g class="${escaped(item.names)}"><text fill="currentColor" stroke="none" style="font-size:${item.size}px;${weight};stroke:none;fill:currentColor">${words}</text></g>`
    })
    x += wide
  }
  const height = (line + 1) * step
  return {
    height,
    isDrawing: false,
    isCaption: /\b(caption|key)\b/u.test(names),
    draw: (y) => `<g class="${escaped(names)}">${drawn.map((draw) => draw(y)).join('')}</g>`,
  }
}

/** The parts of a figure, from top to bottom. */
export function blocksOf(element: Element, setting: Setting, above = ''): Block[] {
  const names = `${above} ${element.attributes.class ?? ''}`.trim()
  if (isOut(element, setting)) return []
  if (element.name === 'svg') {
    const { width, height } = sizeOf(element, setting.width)
    const at = (y: number) => ` x="0" y="${place(y)}" width="${width}" height="${height}" overflow="visible"`
    return [
      {
        height: height + GAP,
        isCaption: false,
        isDrawing: true,
        draw: (y) => `<g class="${escaped(above)}">${redrawn(element, setting, at(y))}</g>`,
      },
    ]
  }
  const blocks: Block[] = []
  let words: Node[] = []
  const end = () => {
    const made = words.length === 0 ? null : paragraph(words, setting, names)
    if (made !== null) blocks.push({ ...made, height: made.height + GAP / 2 })
    words = []
  }
  for (const child of element.children) {
    if (isInline(child)) words.push(child)
    else {
      end()
      if (isElement(child)) blocks.push(...blocksOf(child, setting, names))
    }
  }
  end()
  return blocks
}
