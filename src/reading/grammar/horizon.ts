import { addDays } from '../../core/calendar.ts'
import type { Day } from './day.ts'

/**
 * What words say about when. `date` is the last day on which the claim can still come true or fail; `asks` beside it
 * is a question to the editor, and `vague` says that the span is the house's. Where the words settle no day, `why`
 * asks for it, with a day where one can be offered. `start` and `end` are places in the text that the words stand in:
 * the sentence, or what `where` names.
 */
export type Horizon =
  | {
      readonly kind: 'date'
      readonly phrase: string
      readonly start: number
      readonly end: number
      readonly from: Day | null
      readonly date: Day
      readonly rule: string
      readonly vague?: true
      /** Whether both ends were named: "in 2031–2033". */
      readonly between?: true
      readonly asks?: string
      readonly where?: 'before' | 'question'
    }
  | {
      readonly kind: 'asks'
      readonly phrase: string
      readonly start: number
      readonly end: number
      readonly why: string
      readonly date?: Day
      /** The first day of what comes "no earlier than" that. */
      readonly from?: Day
      /** "By then", "before then": the time is the one that was named before. */
      readonly refers?: 'then' | 'before then'
      readonly where?: 'before' | 'question'
    }
  | { readonly kind: 'none' }

export type NamedHorizon = Exclude<Horizon, { kind: 'none' }>

/**
 * Where a source is from: an ISO 3166 code, or the region of its language tag; and the one country that its text is
 * about, whose holidays and fiscal years are meant.
 */
export type HorizonContext = {
  readonly country?: string
  readonly language?: string
  readonly about?: string | undefined
}

/** All times that a sentence names, in order and without overlaps, reckoned from the latest day of publication. */
export type HorizonsIn = (
  sentence: string,
  published: Day,
  context?: HorizonContext,
) => readonly NamedHorizon[]

export type SentenceInTurn = {
  readonly sentence: string
  /** The sentence before it in the same turn. */
  readonly before?: string | undefined
  /** The question that it answers. */
  readonly question?: string | undefined
}

const BESIDE = {
  question: 'It stands in the question: does it hold for the answer?',
  before: 'It stands in the sentence before: does it hold here, too?',
}

/**
 * The horizon of a sentence: a date before a question for one, and what is not vague before what is. Where it names
 * no time, that of the question or of the sentence before is taken, and asked about; none only where none has any.
 */
export function nearestHorizon(
  horizonsIn: HorizonsIn,
  { sentence, before, question }: SentenceInTurn,
  published: Day,
  context: HorizonContext = {},
): Horizon {
  const own = chosen(horizonsIn(sentence, published, context))
  if (own !== null && own.kind === 'asks' && own.refers !== undefined) {
    const named = [before, question].flatMap((text) =>
      text === undefined ? [] : [horizonsIn(text, published, context)],
    )
    return (named[0] === undefined ? null : resolved(own, named[0], published)) ?? own
  }
  if (own !== null) return own
  for (const [where, text] of [
    ['question', question],
    ['before', before],
  ] as const) {
    const found = text === undefined ? null : chosen(horizonsIn(text, published, context))
    if (found === null) continue
    if (found.kind === 'asks') return { ...found, where }
    return { ...found, where, asks: found.asks ?? BESIDE[where] }
  }
  return { kind: 'none' }
}

/** The day of "by then", where what was said before names one time and no other. */
function resolved(
  { refers, phrase, start, end }: Extract<NamedHorizon, { kind: 'asks' }>,
  named: readonly NamedHorizon[],
  published: Day,
): NamedHorizon | null {
  const [time, ...more] = named
  if (time?.kind !== 'date' || time.vague === true || more.length > 0) return null
  // Before a time that is running already means before its end.
  const isBefore = refers === 'before then' && time.from !== null && time.from > published
  const date = isBefore ? addDays(time.from ?? time.date, -1) : time.date
  const rule = `${isBefore ? 'the day before the time' : 'the time'} that was named before: “${time.phrase}”`
  return { kind: 'date', phrase, start, end, from: null, date, rule }
}

const ALSO = 'The sentence names another time, too: '

function chosen(all: readonly NamedHorizon[]): NamedHorizon | null {
  const dates = all.flatMap((horizon) => (horizon.kind === 'date' ? [horizon] : []))
  const [first] = [...dates.filter(({ vague }) => !vague), ...dates]
  if (first === undefined) return all.find(({ kind, ...rest }) => 'date' in rest) ?? all[0] ?? null
  const other = dates.find(({ date, vague }) => date !== first.date && !vague)
  return other === undefined || first.asks !== undefined
    ? first
    : { ...first, asks: `${ALSO}“${other.phrase}”. Which one does it stand by?` }
}
