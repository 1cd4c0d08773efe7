import type { CaptureDraft, Mark } from '../core/capture.ts'
import { type NormalisedText, rawRange, type TextRange } from '../core/normalised-text.ts'
import { LONGEST_QUOTE } from '../core/statement.ts'
import { atOnce } from '../core/steps.ts'
import { capitalised } from '../core/text.ts'
import { inTurn } from '../reading/beside.ts'
import type { Dates, Reading, Voice } from '../reading/grammar/language.ts'
import { rulesOf } from '../reading/languages.ts'
import type { ReadingContext } from '../reading/own-lexicon.ts'
import { type Item, mainItem, readingSteps } from '../reading/reading.ts'
import { nameIn } from '../reading/speaker.ts'
import { clock, secondAt } from '../reading/transcript.ts'
import { type Turn, turnAt, turnsIn } from '../reading/turn.ts'
import { type Spoken, voicedSentences } from '../reading/voice.ts'
import { asWords, readWords } from '../reading/wording.ts'
import { deadlineFor, type ProposedDeadline, type Said } from './deadline.ts'
import { written } from './draft.ts'
import { overlaps, type Suggested } from './suggestion.ts'

const CRITERIA: readonly (readonly [pattern: RegExp, template: string])[] = [
  [
    /\b(?:continues?|remains?|stays?|keeps?|persists?|goes on)\b/iu,
    'Yes if at least three separate acts of this kind, on three different days before the deadline, are reported by at least two independent news organisations. Otherwise no. An act that one side denies and nobody else confirms does not count; if everything hangs on such an act, the outcome is ambiguous.',
  ],
  [
    /\d ?(?:%|per ?cent|percent|points?|million|billion)/iu,
    'Yes if the figure first published by the office responsible for it, for the last period that ends before the deadline, meets the threshold. Otherwise no. Later revisions do not count; if no figure is published within six months, the outcome is ambiguous.',
  ],
  [
    /\b(?:prices?|rates?|inflation|growth|gdp|unemployment|votes|seats)\b/iu,
    'Yes if the figure first published by the office responsible for it, for the last period that ends before the deadline, shows it. Otherwise no. Later revisions do not count; if no figure is published within six months, the outcome is ambiguous.',
  ],
  [
    /./su,
    'Yes if at least two independent news organisations report that it happened before the deadline. Otherwise no. Announcements, plans and threats do not count; if reports contradict each other for more than six months, the outcome is ambiguous.',
  ],
]

/** Of a number: which figure counts. */
const FIGURE =
  'The figure first published by the office responsible for it, for the last period that ends before the deadline. Later revisions do not count; if no figure is published within six months, the outcome is ambiguous.'

/** Of a date: which day counts. */
const FIRST_DAY =
  'The first day on which at least two independent news organisations report that it happened. Announcements, plans and threats do not count; if reports contradict each other for more than six months, the outcome is ambiguous.'

/** Of the event, and not of how likely it was called: "a 70 percent chance" asks for no figure. */
function criteriaFor(passage: string, item: Item | undefined): string {
  const { text = passage, event = null, reading } = item ?? {}
  const weighed = reading?.kind === 'none' ? undefined : reading
  const about = event ?? `${text.slice(0, weighed?.start)} ${text.slice(weighed?.end ?? text.length)}`
  return CRITERIA.find(([pattern]) => pattern.test(about))?.[1] ?? ''
}

/** The title and, of a forecast of a number or of a date, the type and the range that the words propose. */
function questionOf(item: Item | undefined, published: string | undefined) {
  const { event = null, quantity = null, date = null } = item ?? {}
  if (date !== null) return { ...(event === null ? {} : { title: event }), ...datesFor(date, published) }
  const isOpen = quantity?.interval?.includes(null) === true
  if (quantity === null || isOpen) return event === null ? {} : { title: event }
  const { what, unit } = quantity
  const title = what === '' ? event : `${capitalised(what)}${unit === '' ? '' : `, in ${unit}`}`
  return {
    ...(title === null ? {} : { title }),
    type: 'numeric' as const,
    criteria: FIGURE,
    ...(unit === '' ? {} : { range: { unit } }),
  }
}

/** An answer lies between the day of publication and the last day that was named. */
const datesFor = ({ to }: Dates, published: string | undefined) => ({
  type: 'date' as const,
  criteria: FIRST_DAY,
  ...(published === undefined && to === undefined
    ? {}
    : {
        range: {
          ...(published === undefined ? {} : { low: published }),
          ...(to === undefined ? {} : { high: to }),
        },
      }),
})

/** How likely a passage makes its event, as a forecast would hold it; nothing where it says nothing or must be asked. */
function probabilityFor(
  { reading, text, quantity, date }: Item,
  context: ReadingContext,
): Mark['probability'] | undefined {
  if (date !== null)
    return date.from === undefined || date.to === undefined
      ? undefined
      : ({ interval: [date.from, date.to] } as Mark['probability'])
  const { interval } = quantity ?? {}
  // The interval that was named; how sure it is, the editor says.
  if (interval !== undefined && !interval.includes(null))
    return { interval: [...interval] } as Mark['probability']
  if (quantity !== null && interval === undefined) return undefined
  const { kind, low, high } = reading
  if (kind === 'number') return low
  if (kind === 'range') return { low, high } as Mark['probability']
  const words = wordsFor(reading, text, context)
  if (words === undefined) return undefined
  return (kind === 'flat' ? { words, categorical: reading.says } : { words }) as Mark['probability']
}

/** The shortest stretch of a passage that reads the same: a hedge may stand before the words or behind them. */
function wordsFor(reading: Reading, passage: string, context: ReadingContext): string | undefined {
  const read = asWords(reading)
  if (read === null) return undefined
  const isRead = (words: string) => {
    const other = readWords(words, context)
    return other?.key === read.key && other.low === read.low && other.high === read.high
  }
  const stretches = [
    read.matched,
    ...beforeWords(passage, read.start).map((from) => passage.slice(from, read.end)),
    ...afterWords(passage, read.end).map((to) => passage.slice(read.start, to)),
    passage,
  ]
  return stretches.filter(({ length }) => length > 0 && length <= 300).find(isRead)
}

/** Where words begin before a place, the nearest first; and where they end after one. */
const beforeWords = (text: string, place: number): number[] =>
  [...text.slice(0, place).matchAll(/\S+/gu)].map(({ index }) => index).reverse()
const afterWords = (text: string, place: number): number[] =>
  [...text.slice(place).matchAll(/\S+/gu)].map(({ 0: word, index }) => place + index + word.length)

type HeardIn = { spoken: Spoken[]; turns: Turn[]; countries: Map<string, string | undefined> }
const heard = new WeakMap<NormalisedText, HeardIn>()

/** Who speaks where: read once for all the marks of a request. */
function heardIn(within: NormalisedText): HeardIn {
  const kept = heard.get(within) ?? {
    spoken: voicedSentences(within.raw),
    turns: turnsIn(within.raw),
    countries: new Map(),
  }
  heard.set(within, kept)
  return kept
}

/** The country that a text is about, once for all of its marks. */
function countryOf(within: NormalisedText, language: string): string | undefined {
  const { countries } = heardIn(within)
  if (!countries.has(language))
    countries.set(language, rulesOf(language)?.countryOf?.(within.raw) ?? undefined)
  return countries.get(language)
}

/** Whose words a passage holds: a transcript says who speaks, and when. */
function saidAt(
  within: NormalisedText,
  { start, end }: TextRange,
  { analyst: main, transcript }: Pick<CaptureDraft, 'analyst' | 'transcript'>,
  { suggested }: Pick<Around, 'suggested'>,
) {
  const { spoken, turns } = heardIn(within)
  const voice: Voice = spoken.find(({ sentence }) => overlaps(sentence, { start, end }))?.voice ?? 'quote'
  const turn = turnAt(turns, end - 1)
  const { speaker, interviewer, timecode } = turn ?? { speaker: null, interviewer: false, timecode: null }
  const second = transcript === undefined ? null : secondAt(transcript.cues, start)
  const said = second === null ? timecode : clock(second)
  const named =
    speaker === null || interviewer || isSame(speaker, main, suggested.language.tag) ? null : nameIn(speaker)
  return {
    voice,
    ...(named === null ? {} : { analyst: { name: named } }),
    ...(said === null ? {} : { timecode: said }),
  }
}

/** A transcript may call somebody by the surname, and in the case that its language asks for. */
function isSame(label: string, main: Mark['analyst'], language: string): boolean {
  const name = typeof main === 'string' ? main.replaceAll('-', ' ') : written(main?.name)
  const last = (words: string) => words.trim().toLowerCase().split(/\s+/u).at(-1)
  return last(label) === last(name) || rulesOf(language)?.isName?.(label, name) === true
}

/** What a mark is proposed from besides its words. */
type Around = {
  within: NormalisedText
  zone: string
  published: string | undefined
  suggested: Pick<Suggested, 'language'>
  own?: ReadingContext['own']
}

/** A new mark with everything that its words propose. */
export function newMark(
  { start, end, exact }: TextRange & { exact?: string | undefined },
  kind: Mark['kind'],
  { marks, analyst, transcript, ...around }: Pick<CaptureDraft, 'marks' | 'analyst' | 'transcript'> & Around,
): Mark {
  const taken = marks.map(({ id }) => Number(id.slice(1))).filter(Number.isInteger)
  const mark: Mark = {
    id: `m${Math.max(0, ...taken) + 1}`,
    start,
    end,
    ...(exact === undefined ? {} : { exact }),
    kind,
    ...saidAt(around.within, rawRange(around.within, start, end), { analyst, transcript }, around),
    probability: undefined,
  }
  return kind === 'forecast' ? asForecast(mark, around) : mark
}

/** The mark as a forecast: what is not there yet is proposed. */
export function asForecast(mark: Mark, { within, zone, published, suggested, own }: Around): Mark {
  const context = { language: suggested.language.tag, own }
  const said = saidIn(within, mark, suggested.language.tag)
  const { reason: _, duplicate_of: __, ...kept } = mark
  const item = mainItem(atOnce(readingSteps(said.passage, published, context)))
  return {
    ...kept,
    kind: 'forecast',
    question: mark.question ?? {
      criteria: criteriaFor(said.passage, item),
      ...questionOf(item, published),
      deadline:
        published === undefined ? { time_zone: zone } : deadlineFor(said, published, zone, context.language),
    },
    probability: mark.probability ?? (item === undefined ? undefined : probabilityFor(item, context)),
  }
}

/** What a forecast's words leave open while nobody has said how likely they make it, as questions to the editor. */
export function asksOf(
  mark: Mark,
  within: NormalisedText,
  published: string | undefined,
  context: ReadingContext,
): string[] {
  if (mark.kind !== 'forecast' || mark.probability !== undefined) return []
  const item = mainItem(atOnce(readingSteps(passageOf(within, mark), published, context)))
  if (item === undefined || item.reading.kind === 'none') return []
  const { kind, why } = item.reading
  if (item.date !== null) return [WHEN]
  const { value, unit = '' } = item.quantity ?? {}
  if (value !== undefined) {
    const around = unit === '' ? String(value) : `${value} ${unit}`
    return [`A number is forecast: which interval around ${around} counts as right, and how sure was it?`]
  }
  return kind === 'asks' && why !== undefined ? [`How likely? ${why}`] : []
}

const WHEN = 'A date is forecast: between which days does it fall, and how sure was it?'

const OMISSION = /\s*\[(?:…|\.\.\.)\]\s*/u

/**
 * The words of a mark, as far as they can be a quote: more of them proposes nothing. What a reporter says between
 * them is none of them.
 */
export function passageOf(
  within: NormalisedText,
  { start, end, exact }: Pick<Mark, 'start' | 'end' | 'exact'>,
): string {
  if (exact !== undefined && OMISSION.test(exact)) return exact.split(OMISSION).join(' ')
  return within.text.slice(start, Math.min(end, start + LONGEST_QUOTE))
}

/** The passage of a mark in its sentence: the deadline may stand beside it. */
function saidIn(within: NormalisedText, mark: TextRange, language: string): Said {
  const { spoken } = heardIn(within)
  const raw = rawRange(within, mark.start, mark.end)
  const at = spoken.findIndex(({ sentence }) => overlaps(sentence, raw))
  const whole = at < 0 ? undefined : inTurn(spoken, at)
  return {
    passage: passageOf(within, mark),
    about: countryOf(within, language),
    whole: whole !== undefined && whole.sentence.length <= LONGEST_QUOTE ? whole : undefined,
  }
}

/** Deadlines that were proposed, or left empty, follow the day of publication. */
export function withDeadlines(
  draft: CaptureDraft,
  within: NormalisedText,
  before: string | undefined,
  published: string | undefined,
  language: string,
): CaptureDraft {
  if (published === undefined) return draft
  const marks = draft.marks.map((mark): Mark => {
    const { kind, question } = mark
    if (kind !== 'forecast' || typeof question !== 'object') return mark
    const said = saidIn(within, mark, language)
    const { date = '', time_zone = 'UTC', because } = (question.deadline ?? {}) as Partial<ProposedDeadline>
    const old = before === undefined ? null : deadlineFor(said, before, time_zone, language)
    const isProposed = old !== null && date === (old.date ?? '') && because === old.because
    if (date !== '' && !isProposed) return mark
    const proposed = deadlineFor(said, published, time_zone, language)
    return {
      ...mark,
      question: {
        ...question,
        deadline: because === undefined || isProposed ? proposed : { ...proposed, because },
      },
    }
  })
  return { ...draft, marks }
}
