/** One tag or text of a page, in the order of the page. Texts come with their entities resolved. */
export type Token =
  | { kind: 'open'; name: string; attributes: Attributes }
  | { kind: 'close'; name: string }
  | { kind: 'text'; text: string }
export type Attributes = Readonly<Record<string, string>>

/** So many of them are read in one step. */
export const TOKENS = 5_000

/** What stands in these is no markup; only of the first two it is text. */
const RAW = new Set([
  'title',
  'textarea',
  'script',
  'style',
  'iframe',
  'xmp',
  'noembed',
  'noframes',
  'noscript',
])
const ESCAPED = new Set(['title', 'textarea'])
const NAME = /[a-z][^\s/>]*/iy
const ATTRIBUTE = /[\s/]*([^\s=>/"'][^\s=>/]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+)))?/y

/**
 * Reads a page roughly as a browser would, in one pass and in time proportional to its length whatever it holds.
 * What stands in scripts and the like is one text; comments are left out.
 */
export function* tokensOf(html: string): Generator<Token> {
  let from = 0
  for (let at = html.indexOf('<'); at !== -1; at = html.indexOf('<', at)) {
    const isClose = html[at + 1] === '/'
    const isNote = html[at + 1] === '!' || html[at + 1] === '?'
    NAME.lastIndex = at + (isClose ? 2 : 1)
    const name = isNote ? '' : NAME.exec(html)?.[0].toLowerCase()
    if (name === undefined) {
      at++
      continue
    }
    if (at > from) yield { kind: 'text', text: unescaped(html.slice(from, at)) }
    if (isNote) {
      const end = html.startsWith('<!--', at) ? '-->' : '>'
      at = from = after(html, end, at + end.length + 1)
      continue
    }
    const { attributes, end } = attributesAt(html, at + name.length + (isClose ? 2 : 1))
    at = from = end
    if (isClose) yield { kind: 'close', name }
    else {
      yield { kind: 'open', name, attributes }
      if (!RAW.has(name)) continue
      const closing = new RegExp(`</${name}[\\s/>]`, 'giu')
      closing.lastIndex = at
      from = closing.exec(html)?.index ?? html.length
      const text = html.slice(at, from)
      at = from
      if (text !== '') yield { kind: 'text', text: ESCAPED.has(name) ? unescaped(text) : text }
    }
  }
  if (from < html.length) yield { kind: 'text', text: unescaped(html.slice(from)) }
}

function after(html: string, end: string, from: number): number {
  const found = html.indexOf(end, from)
  return found === -1 ? html.length : found + end.length
}

function attributesAt(html: string, start: number): { attributes: Attributes; end: number } {
  const attributes: Record<string, string> = Object.create(null)
  ATTRIBUTE.lastIndex = start
  let end = start
  for (let found = ATTRIBUTE.exec(html); found !== null; found = ATTRIBUTE.exec(html)) {
    const [, name = '', ...values] = found
    attributes[name.toLowerCase()] ??= unescaped(values.find((value) => value !== undefined) ?? '')
    end = ATTRIBUTE.lastIndex
  }
  return { attributes, end: after(html, '>', end) }
}

const LATIN =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml'
const OTHERS =
  'amp& lt< gt> quot" apos\' hellip… mdash— ndash– lsquo‘ rsquo’ sbquo‚ ldquo“ rdquo” bdquo„ lsaquo‹ rsaquo› bull• prime′ Prime″ minus− euro€ trade™ dagger† Dagger‡ permil‰ ensp\u2002 emsp\u2003 thinsp\u2009 zwnj\u200c zwj\u200d lrm\u200e rlm\u200f OElig\u0152 oelig\u0153 Scaron\u0160 scaron\u0161 Yuml\u0178 fnof\u0192 rarr→ larr← uarr↑ darr↓ ne≠ le≤ ge≥ infin∞ asymp≈'
const ENTITIES = new Map<string, string>([
  ...LATIN.split(' ').map((name, i) => [name, String.fromCharCode(160 + i)] as const),
  ...OTHERS.split(' ').map((pair) => [pair.slice(0, -1), pair.slice(-1)] as const),
])
const WESTERN = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

/** What a number from 128 to 159 means on the web: the letter at this place of windows-1252. */
export const westernLetter = (code: number): string => WESTERN[code - 128] ?? ''

const unescaped = (text: string): string =>
  text.includes('&') ? text.replaceAll(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{1,8}));/giu, character) : text

function character(written: string, decimal?: string, hex?: string, name?: string): string {
  if (name !== undefined) return ENTITIES.get(name) ?? written
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
  if (code >= 128 && code < 160) return westernLetter(code)
  return code === 0 || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)
    ? '\ufffd'
    : String.fromCodePoint(code)
}
