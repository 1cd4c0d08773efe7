/** An element of a page: its name, what is written on it, and what is inside. */
export type Element = { name: string; attributes: Readonly<Record<string, string>>; children: Node[] }
export type Node = Element | string

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
  nbsp: '\u00a0',
}
const unescaped = (text: string) =>
  text.replaceAll(/&(\w+|#39);/gu, (whole, name: string) => ENTITIES[name] ?? whole)

const VOID = /^(br|img|input|hr|wbr|meta|link|source|col)$/u
const PIECE = /<(\/?)([a-zA-Z][\w-]*)((?:\s+[\w:-]+(?:="[^"]*")?)*)\s*(\/?)>|([^<]+)/gu
const ATTRIBUTE = /([\w:-]+)(?:="([^"]*)")?/gu

/** Reads markup as our own pages write it: everything is closed, and values stand in double quotes. */
export function parsed(markup: string): Element {
  const top: Element = { name: '', attributes: {}, children: [] }
  const open = [top]
  for (const [, ends, name = '', written = '', closed, text] of markup.matchAll(PIECE)) {
    const into = open.at(-1) as Element
    if (text !== undefined) into.children.push(unescaped(text))
    else if (ends === '/') {
      if (open.length > 1) open.pop()
    } else {
      const attributes = Object.fromEntries(
        [...written.matchAll(ATTRIBUTE)].map(([, key, value = '']) => [key as string, unescaped(value)]),
      )
      const element: Element = { name, attributes, children: [] }
      into.children.push(element)
      if (closed !== '/' && !VOID.test(name)) open.push(element)
    }
  }
  return top
}

export const isElement = (node: Node): node is Element => typeof node !== 'string'

export const classesOf = ({ attributes }: Element): string[] => (attributes.class ?? '').split(/\s+/u)

/** Every element inside, outer ones first. */
export function* within(element: Element): Generator<Element> {
  for (const child of element.children)
    if (isElement(child)) {
      yield child
      yield* within(child)
    }
}

export function find(element: Element, test: (element: Element) => boolean): Element | undefined {
  for (const inner of within(element)) if (test(inner)) return inner
  return undefined
}

/** The words of an element, without what only machines or nobody sees. */
export function textOf(node: Node): string {
  if (!isElement(node)) return node
  if (node.name === 'title' || node.name === 'desc' || classesOf(node).includes('unseen')) return ''
  return node.children.map(textOf).join('')
}

export const words = (node: Node): string =>
  textOf(node)
    .replaceAll(/[^\S\u00a0]+/gu, ' ')
    .trim()

/** The markup of the first element of a page that begins so. */
function piece(page: string, opening: RegExp, end: string): string | undefined {
  const start = page.search(opening)
  return start === -1 ? undefined : page.slice(start, page.indexOf(end, start) + end.length)
}

/** A figure of a page by its id, or the first one, as it stands there. */
export const figureIn = (page: string, id?: string): string | undefined =>
  id !== undefined && !/^[\w-]+$/u.test(id)
    ? undefined
    : piece(
        page,
        id === undefined ? /<figure\b/u : new RegExp(`<figure\\b[^>]*\\sid="${id}"`, 'u'),
        '</figure>',
      )

/** The first figure of a page that is drawn, and not told in words. */
export const drawingIn = (page: string): string | undefined =>
  (page.match(/<figure\b.*?<\/figure>/gsu) ?? []).find((figure) => figure.includes('<svg'))

/** The words of the first heading of a page, and of its lead. */
export const headingOf = (page: string): string => words(parsed(piece(page, /<h1\b/u, '</h1>') ?? ''))
export const leadOf = (page: string, name: 'lead' | 'intro' = 'lead'): string =>
  words(parsed(piece(page, new RegExp(`<p\\b[^>]*class="(?:[^"]*\\s)?${name}[\\s"]`, 'u'), '</p>') ?? ''))

export const titleIn = (page: string): string =>
  unescaped(/<title>([^<]*)<\/title>/u.exec(page)?.[1] ?? 'Reckoning').replace(/ · Reckoning$/u, '')

export const descriptionIn = (page: string): string =>
  unescaped(/<meta name="description" content="([^"]*)"/u.exec(page)?.[1] ?? '')
