import type { Case, Deadline, Expected } from './case.ts'
import type { Dates, Horizon, Item, Quantity } from './door.ts'

export type Verdict = {
  readonly right: boolean
  /** On the wrong side of one half: the worst that can be done. */
  readonly inverted: boolean
  /** A number was stated, and words or a flat claim were read. */
  readonly ignored: boolean
  /** A flat claim was read where something modal stands. */
  readonly flat: boolean
  readonly asks: boolean
  /** What was read, in a line, for whoever looks at a failing case. */
  readonly got: string
}

/** Judges what the door answered to a case. */
export function judged(one: Case, items: readonly Item[]): Verdict {
  const suggested = items.filter((item) => item.suggested).length
  return judgedItem(one.expect, itemMeant(one, items), suggested)
}

/** Judges one item; `suggested` is how many passages of the input are. */
export function judgedItem(expect: Expected, item: Item | undefined, suggested: number): Verdict {
  const kind = item?.reading.kind ?? 'none'
  const right =
    isReadingRight(expect, item) &&
    (expect.suggested === undefined || expect.suggested === (item?.suggested ?? false)) &&
    (expect.forecasts === undefined || expect.forecasts === suggested) &&
    (expect.deadline === undefined || isDeadlineRight(expect.deadline, item?.horizon)) &&
    (expect.quantity === undefined || isQuantityRight(expect.quantity, item?.quantity)) &&
    (expect.date === undefined || isDateRight(expect, item)) &&
    (expect.event === undefined || expect.event.includes(item?.event ?? null))
  return {
    right,
    inverted: isInverted(expect, item),
    ignored: expect.stated === true && (kind === 'words' || kind === 'flat' || kind === 'none'),
    flat: kind === 'flat' && !right && isModal(expect),
    asks: kind === 'asks',
    got: inALine(item, suggested),
  }
}

/** The item that a case means: of the sentence it names, or of all, the one that is suggested, then one that is read. */
export function itemMeant({ input, sentence }: Case, items: readonly Item[]): Item | undefined {
  const near = sentence === undefined ? items : itemsOfSentence(input, sentence, items)
  return (
    near.find((item) => item.suggested) ?? near.find((item) => item.reading.kind !== 'none') ?? near.at(0)
  )
}

const SENTENCES = new Intl.Segmenter('en', { granularity: 'sentence' })

function itemsOfSentence(input: string, sentence: number, items: readonly Item[]): readonly Item[] {
  const place = [...SENTENCES.segment(input)].filter(({ segment }) => /\p{L}/u.test(segment))[sentence - 1]
  if (place === undefined) return []
  const middle = place.index + place.segment.trimEnd().length / 2
  return items.filter(({ start, end }) => start <= middle && middle < end)
}

function isReadingRight(expect: Expected, item: Item | undefined): boolean {
  const { kind = 'none', says } = item?.reading ?? {}
  const isNumber = kind === 'number' || kind === 'range'
  if (expect.not_number && isNumber) return false
  if (expect.not_flat && kind === 'flat') return false
  if (kind === 'asks' && (expect.asks || expect.or_asks)) return true
  if (kind === 'none' && expect.or_none) return true
  if (expect.asks) return false
  if (expect.flat !== undefined) return kind === 'flat' && says === expect.flat
  // Of what others say, the reading is theirs: what counts is that nobody is offered it as the speaker's.
  if (expect.none) return kind === 'none' || (expect.suggested === false && item?.suggested === false)
  return expect.mid === undefined || isWithin(expect.mid, probabilityOf(item))
}

const SLACK = 1e-9

const isWithin = ([low, high]: readonly [number, number], p: number | null) =>
  p !== null && p >= low - SLACK && p <= high + SLACK

/** The middle of a reading, of the event named positively; null for what asks or says nothing. */
export function probabilityOf(item: Item | undefined): number | null {
  if (item === undefined) return null
  const { kind, low, mid, high, says } = item.reading
  if (kind === 'asks' || kind === 'none') return null
  if (typeof mid === 'number') return mid
  if (typeof low === 'number' && typeof high === 'number') return (low + high) / 2
  return kind === 'flat' ? (says === 'no' ? 0 : 1) : null
}

function isInverted(expect: Expected, item: Item | undefined): boolean {
  const p = probabilityOf(item)
  const [low, high] = expect.mid ?? (expect.flat === 'yes' ? [1, 1] : expect.flat === 'no' ? [0, 0] : [0, 1])
  return p !== null && ((low > 0.5 && p < 0.5) || (high < 0.5 && p > 0.5))
}

const isModal = ({ mid, asks, none, not_flat }: Expected) =>
  mid !== undefined || asks === true || none === true || not_flat === true

function isDeadlineRight(deadline: Deadline, horizon: Horizon | null | undefined): boolean {
  const { kind = 'none', date } = horizon ?? {}
  if (typeof deadline === 'string' || Array.isArray(deadline)) {
    const right: readonly string[] = typeof deadline === 'string' ? [deadline] : deadline
    return right.includes(kind === 'date' ? (date ?? '') : kind)
  }
  const { from, to, or_asks } = deadline as Exclude<Deadline, string | readonly string[]>
  if (kind === 'asks') return or_asks === true
  return kind === 'date' && typeof date === 'string' && from <= date && date <= to
}

function isQuantityRight(expect: Quantity, got: Quantity | null | undefined): boolean {
  if (!got) return false
  if (typeof expect.unit === 'string' && !isSameUnit(expect.unit, got.unit)) return false
  if (typeof expect.value === 'number') return isSame(expect.value, got.value ?? null)
  const [low = null, high = null] = expect.interval ?? []
  return isSame(low, got.interval?.[0] ?? null) && isSame(high, got.interval?.[1] ?? null)
}

const isSame = (a: number | null, b: number | null) =>
  a === null || b === null ? a === b : Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a))

const UNITS: readonly (readonly [RegExp, string])[] = [
  [/%|per ?cent|\bpct\b/u, 'percent'],
  [/\$|\busd\b|\bdollar/u, 'dollar'],
  [/°|\bdegree/u, 'degree'],
  [/\bcm\b|\bcenti?met(?:re|er)/u, 'centimetre'],
]

function isSameUnit(expected: string, got: string | null | undefined): boolean {
  const [a, b] = [unitOf(expected), unitOf(got ?? '')]
  return a === b || (a !== '' && b.split(' ').includes(a))
}

function unitOf(unit: string): string {
  const plain = unit.toLowerCase()
  return UNITS.find(([pattern]) => pattern.test(plain))?.[1] ?? plain.replace(/s\b/gu, '')
}

function isDateRight({ date, or_asks }: Expected, item: Item | undefined): boolean {
  if (or_asks && (item?.reading.kind === 'asks' || item?.horizon?.kind === 'asks')) return true
  const same = (end: keyof Dates) => (date?.[end] ?? null) === (item?.date?.[end] ?? null)
  return same('from') && same('to')
}

function inALine(item: Item | undefined, suggested: number): string {
  if (item === undefined) return 'no item'
  const { kind, low, mid, high, says, why } = item.reading
  const band = [low, mid, high].filter((p) => typeof p === 'number').join(' ')
  const horizon = item.horizon?.kind === 'date' ? item.horizon.date : item.horizon?.kind
  return [
    `${kind}${says ? ` ${says}` : ''}${band ? ` ${band}` : ''}`,
    why ?? null,
    item.suggested ? `suggested (${suggested})` : 'not suggested',
    `horizon ${horizon ?? 'none'}`,
    item.quantity ? `quantity ${JSON.stringify(item.quantity)}` : null,
    item.event ? `event ${item.event}` : null,
    item.date ? `date ${JSON.stringify(item.date)}` : null,
  ]
    .filter((part) => part !== null)
    .join('; ')
}
