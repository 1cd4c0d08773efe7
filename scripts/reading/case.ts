import type { Dates, Quantity } from './door.ts'

/** A date, several that are right, a span of them, a question to the editor, or the word that none was given. */
export type Deadline =
  | string
  | readonly string[]
  | { readonly from: string; readonly to: string; readonly or_asks?: boolean }

/** What a careful editor would agree with. Everything that stands in it must hold. */
export type Expected = {
  /** Low and high end for the probability of the event, named positively. */
  readonly mid?: readonly [number, number]
  /** The text states a number: words or a flat reading ignore it. */
  readonly stated?: boolean
  /** A number in the text measures something else, and is no probability. */
  readonly not_number?: boolean
  readonly not_flat?: boolean
  readonly asks?: boolean
  readonly flat?: 'yes' | 'no'
  /** Nothing is forecast. */
  readonly none?: boolean
  /** To ask is right too. */
  readonly or_asks?: boolean
  /** So is to read nothing. */
  readonly or_none?: boolean
  readonly suggested?: boolean
  readonly deadline?: Deadline
  readonly quantity?: Quantity
  readonly date?: Dates
  /** The events that may be proposed; null among them where none may. */
  readonly event?: readonly (string | null)[]
  /** How many passages are suggested. */
  readonly forecasts?: number
}

export type Case = {
  readonly input: string
  readonly published?: string
  /** Which sentence of the input is meant, from 1; without it, the one that is suggested. */
  readonly sentence?: number
  readonly expect: Expected
}

export type Kind = {
  readonly kind: string
  readonly cases: readonly Case[]
  /** Cases that are tried at other doors, and that this one cannot answer. */
  readonly elsewhere: number
}

/** A sentence of a labelled text. `forecast: null` stands for one on which careful readers differ: it is not counted. */
export type Labelled = {
  readonly text: string
  readonly forecast: boolean | null
  readonly expect?: Expected
}

export type LabelledText = {
  readonly title: string
  readonly published?: string
  readonly text: string
  readonly sentences: readonly Labelled[]
}

export type File = { readonly kinds: readonly Kind[]; readonly texts: readonly LabelledText[] }

// biome-ignore lint/suspicious/noExplicitAny: files are described by what they hold
type Json = any

/** Reads any of the five forms; throws where a file has none of them. */
export function readFile(json: Json, name: string): File {
  if (Array.isArray(json?.kinds)) {
    const isFound = json.note !== undefined
    return { kinds: json.kinds.map(isFound ? kindAsFound : kindOf), texts: [] }
  }
  if (typeof json?.kind === 'string' && Array.isArray(json.cases)) return { kinds: [kindOf(json)], texts: [] }
  if (typeof json?.groups === 'object') return { kinds: [kindOfHorizons(json)], texts: [] }
  if (Array.isArray(json?.sentences)) return { kinds: [], texts: [json] }
  if (Array.isArray(json?.paragraphs)) return { kinds: [], texts: [withSigns(json)] }
  throw new Error(`${name}: neither cases (kind, cases) nor a labelled text (text, sentences).`)
}

const kindOf = (json: Json): Kind => ({ kind: json.kind, cases: json.cases, elsewhere: 0 })

/**
 * Paragraphs of sentences, of which "+ " marks a forecast, "? " one on which readers differ and "- " anything else; each
 * turn has a line of its own.
 */
function withSigns({ title, published, paragraphs }: Json): LabelledText {
  const bare = (sentence: string) => sentence.slice(2)
  return {
    title,
    published,
    text: paragraphs.map((sentences: string[]) => lineOf(sentences.map(bare))).join('\n\n'),
    sentences: paragraphs.flat().map((sentence: string) => ({
      text: bare(sentence),
      forecast: sentence.startsWith('? ') ? null : sentence.startsWith('+ '),
    })),
  }
}

const lineOf = (sentences: readonly string[]) =>
  sentences.join(' ').replace(/ (?=(?:Question|Answer): )/gu, '\n')

/** Horizons in groups, [sentence, answer]; those with a context that the door is not told are tried by their test. */
function kindOfHorizons({ groups }: Json): Kind {
  const all: [string, Json, Json?][] = Object.values(groups).flat() as never
  const cases = all
    .filter(([, , context]) => context === undefined)
    .map(([input, answer]) => ({ input, published: PUBLISHED, expect: { deadline: horizonOf(answer) } }))
  return { kind: 'horizons', cases, elsewhere: all.length - cases.length }
}

const ANY_DAY = { from: '0000', to: '9999' }

function horizonOf(answer: Json): Deadline {
  const any = answer.any ?? [answer]
  return any.includes('vague') ? { ...ANY_DAY, or_asks: any.includes('asks') } : (answer.any ?? answer)
}

/** Kinds as they were found: what is expected stands in several forms, some of them for other doors. */
function kindAsFound({ kind, cases }: Json): Kind {
  const read = cases.map((one: Json) => caseAsFound(one, kind)).filter((one: Case | null) => one !== null)
  return { kind, cases: read, elsewhere: cases.length - read.length }
}

const PUBLISHED = '2024-04-03'

function caseAsFound(found: Json, kind: string): Case | null {
  const input = typeof found.input === 'object' ? found.input?.words : found.input
  const expect = expectedOf(found)
  if (typeof input !== 'string' || expect === null) return null
  const published = /\d{4}-\d\d-\d\d/u.exec(found.do ?? '')?.[0] ?? PUBLISHED
  const stated = kind.startsWith('numbers') && expect.mid !== undefined
  return { input, published, expect: stated ? { ...expect, stated } : expect }
}

function expectedOf(found: Json): Expected | null {
  if (found.expected_mid !== undefined) return probability(found.expected_mid)
  if (found.expected_deadline !== undefined) return { deadline: deadlineOf(found.expected_deadline) }
  return null
}

const ROUNDING = 0.005

function probability(value: Json): Expected | null {
  if (Array.isArray(value)) {
    const [low, high] = value
    return { mid: low === high ? [low - ROUNDING, high + ROUNDING] : [low, high] }
  }
  if (value === 'comparative') return { asks: true }
  const numbers =
    String(value)
      .match(/\d*\.\d+/gu)
      ?.map(Number) ?? []
  const [low, high] = numbers
  if (low !== undefined && high !== undefined) return { mid: [low, high], or_asks: true }
  return String(value).startsWith('not a claim') ? { none: true, or_asks: true } : null
}

function deadlineOf(value: Json): Deadline {
  if (Array.isArray(value)) return value
  if (typeof value === 'string') return value.split(' or ')
  if (Array.isArray(value.range)) return { from: value.range[0], to: value.range[1] }
  return [...(value.any ?? []), ...(value.ask ? ['asks'] : [])]
}
