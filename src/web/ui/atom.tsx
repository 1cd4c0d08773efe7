import type { JSX } from 'hono/jsx/jsx-runtime'
import { hex, utf8 } from '../../log/encoding.ts'
import { hashLeaf } from '../../log/tree.ts'

/** What everybody who reads feeds needs of an entry (RFC 4287, section 4.1.2). */
export type AtomEntry = {
  id: string
  title: string
  /** When what it says last changed, by the log. */
  updated: string
  published?: string
  /** The page of it, and another one that it is about. */
  page: string
  related?: string
  /** Who recorded it; without one it is whoever keeps the ledger. */
  author?: string
  contributor?: string | undefined
  categories?: readonly string[]
  /** Lines of text, or a `div`. */
  content: string | JSX.Element
}

type AtomFeed = {
  title: string
  /** What is in it, and where older entries are. */
  subtitle: string
  self: string
  page: string
  updated: string
  entries: readonly AtomEntry[]
}

/** The letters that XML 1.0 does not know. */
const UNKNOWN = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu
const xml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** An id that is the same wherever the ledger is served: a UUID (version 8) of a hash in hexadecimal digits. */
export function uuidOf(hash: string): string {
  const digits = `${hash.slice(0, 12)}8${hash.slice(13, 16)}a${hash.slice(17, 32)}`
  return `urn:uuid:${digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, '$1-$2-$3-$4-$5')}`
}
/** The same of what has no leaf of its own in the log. */
export const uuidOfText = (text: string): string => uuidOf(hex(hashLeaf(utf8(text))))

const person = (element: string, name: string | undefined): string[] =>
  name === undefined ? [] : [`<${element}><name>${xml(name)}</name></${element}>`]
const link = (rel: string, href: string | undefined): string[] =>
  href === undefined ? [] : [`<link rel="${rel}" type="text/html" href="${xml(href)}"/>`]

async function entryText(entry: AtomEntry): Promise<string> {
  const { content } = entry
  return [
    '<entry>',
    `<id>${entry.id}</id>`,
    `<title>${xml(entry.title)}</title>`,
    ...(entry.published === undefined ? [] : [`<published>${entry.published}</published>`]),
    `<updated>${entry.updated}</updated>`,
    ...person('author', entry.author),
    ...person('contributor', entry.contributor),
    ...link('alternate', entry.page),
    ...link('related', entry.related),
    ...(entry.categories ?? []).map((term) => `<category term="${xml(term)}"/>`),
    typeof content === 'string'
      ? `<content type="text">${xml(content)}</content>`
      : `<content type="xhtml">${await content.toString()}</content>`,
    '</entry>',
  ].join('')
}

export const ATOM = 'application/atom+xml'

/** A feed as RFC 4287 has it. */
export async function atomAnswer(feed: AtomFeed): Promise<Response> {
  const entries = await Promise.all(feed.entries.map(entryText))
  const text = [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">',
    `<id>${xml(feed.self)}</id>`,
    `<title>${xml(`${feed.title} · Reckoning`)}</title>`,
    `<subtitle>${xml(feed.subtitle)}</subtitle>`,
    `<updated>${feed.updated}</updated>`,
    '<author><name>Reckoning</name></author>',
    `<link rel="self" type="${ATOM}" href="${xml(feed.self)}"/>`,
    ...link('alternate', feed.page),
    ...entries,
    '</feed>',
    '',
  ].join('\n')
  return new Response(text.replace(UNKNOWN, ''), {
    headers: { 'content-type': `${ATOM}; charset=utf-8` },
  })
}
