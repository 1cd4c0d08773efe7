import { ProofError } from './proof-error.ts'

/** One element of DER: its tag byte, what is in it, and the bytes of it all. */
export type Element = { tag: number; content: Uint8Array; whole: Uint8Array }

export const tags = {
  boolean: 0x01,
  integer: 0x02,
  bits: 0x03,
  octets: 0x04,
  oid: 0x06,
  utcTime: 0x17,
  time: 0x18,
  sequence: 0x30,
  set: 0x31,
  /** Constructed, of a context: `[n]`. */
  context: (n: number) => 0xa0 | n,
  /** Primitive, of a context: an implicit `[n]`. */
  implicit: (n: number) => 0x80 | n,
} as const

const cut = () => new ProofError('is cut off, or is no DER')

/** The element at the start of some bytes, which may go on behind it. Lengths are definite and shortest, as DER wants. */
export function elementAt(bytes: Uint8Array): Element {
  const [tag, first] = bytes
  if (tag === undefined || first === undefined || (tag & 31) === 31) throw cut()
  let length = first
  let start = 2
  if (first >= 128) {
    const count = first - 128
    if (count === 0 || count > 3 || bytes.length < 2 + count) throw cut()
    length = bytes.subarray(2, 2 + count).reduce((sum, byte) => sum * 256 + byte, 0)
    if (length < 128 || bytes[2] === 0) throw cut()
    start += count
  }
  if (bytes.length < start + length) throw cut()
  return { tag, content: bytes.subarray(start, start + length), whole: bytes.subarray(0, start + length) }
}

/** The elements that some bytes hold one after the other. */
export function elementsOf(bytes: Uint8Array): Element[] {
  const found: Element[] = []
  for (let rest = bytes; rest.length > 0; ) {
    const element = elementAt(rest)
    found.push(element)
    rest = rest.subarray(element.whole.length)
  }
  return found
}

/** The one element that some bytes are. */
export function onlyElement(bytes: Uint8Array): Element {
  const element = elementAt(bytes)
  if (element.whole.length !== bytes.length) throw new ProofError('has bytes behind its end')
  return element
}

/** An element that must be there, and be of that tag. */
export function required(element: Element | undefined, tag: number): Element {
  if (element?.tag !== tag) throw new ProofError('is not built as its standard says')
  return element
}

/** The elements in a sequence (or another constructed element, where its tag is named). */
export const inside = (element: Element | undefined, tag: number = tags.sequence): Element[] =>
  elementsOf(required(element, tag).content)

/** An object identifier in dots. */
export function oidOf(element: Element | undefined): string {
  const { content } = required(element, tags.oid)
  const parts: number[] = []
  let value = 0
  for (const byte of content) {
    value = value * 128 + (byte & 127)
    if (value > Number.MAX_SAFE_INTEGER / 256) throw cut()
    if (byte >= 128) continue
    parts.push(value)
    value = 0
  }
  const [head] = parts
  if (head === undefined) throw cut()
  const top = Math.min(Math.floor(head / 40), 2)
  return [top, head - top * 40, ...parts.slice(1)].join('.')
}

/** A small non-negative integer. */
export function numberOf(element: Element): number {
  const { content } = element
  if (content.length === 0 || content.length > 6 || (content[0] ?? 0) >= 128) throw cut()
  return content.reduce((sum, byte) => sum * 256 + byte, 0)
}

const TIME = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d{1,9}))?Z$/u

/** An instant: GeneralizedTime, or UTCTime, whose years of two digits are 1950 to 2049. */
export function instantOf(element: Element | undefined): Date {
  if (element?.tag !== tags.time && element?.tag !== tags.utcTime) throw cut()
  const text = new TextDecoder('latin1').decode(element.content)
  const whole = element.tag === tags.time ? text : `${text < '50' ? '20' : '19'}${text}`
  const [, year, month, day, hour, minute, second, fraction = ''] = TIME.exec(whole) ?? []
  const at = new Date(
    `${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction.padEnd(3, '0').slice(0, 3)}Z`,
  )
  if (Number.isNaN(at.getTime())) throw new ProofError('names a time that does not exist')
  return at
}

/** The bytes of a bit string of whole bytes. */
export function bitsOf(element: Element | undefined): Uint8Array {
  const { content } = required(element, tags.bits)
  if (content[0] !== 0) throw cut()
  return content.subarray(1)
}
