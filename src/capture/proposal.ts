import { HOUSE_RULE, houseDeadline } from '../core/calendar.ts'
import type { CaptureDraft, Mark } from '../core/capture.ts'
import { LONGEST_QUOTE } from '../core/statement.ts'
import { readHorizon } from '../reading/horizon.ts'
import { matchWords, readWords } from '../reading/lexicon.ts'
import { type NormalisedText, rawRange, type TextRange } from '../reading/normalised-text.ts'
import { nameIn } from '../reading/speaker.ts'
import { clock, secondAt } from '../reading/transcript.ts'
import { type Turn, turnAt, turnsIn } from '../reading/turn.ts'
import { type Spoken, type Voice, voicedSentences } from '../reading/voice.ts'
import { written } from './draft.ts'
import { overlaps } from './suggestion.ts'

const CRITERIA: readonly (readonly [pattern: RegExp, template: string])[] = [
  [
    /\b(?:continues?|remains?|stays?|keeps?|persists?|goes on)\b/iu,
    'Yes if at least three separate acts of this kind, on three different days before the deadline, are reported by at least two independent news organisations. Otherwise no. An act that one side denies and nobody else confirms does not count; if everything hangs on such an act, the outcome is ambiguous.',
  ],
  [
    /\d ?(?:%|per ?cent|percent|points?|million|billion)|\b(?:price|rate|inflation|growth|gdp|unemployment|votes?|seats?)\b/iu,
    'Yes if the figure first published by the office responsible for it, for the last period that ends before the deadline, meets the threshold. Otherwise no. Later revisions do not count; if no figure is published within six months, the outcome is ambiguous.',
  ],
  [
    /./su,
    'Yes if at least two independent news organisations report that it happened before the deadline. Otherwise no. Announcements, plans and threats do not count; if reports contradict each other for more than six months, the outcome is ambiguous.',
  ],
]

const criteriaFor = (passage: string): string =>
  CRITERIA.find(([pattern]) => pattern.test(passage))?.[1] ?? ''

type ProposedDeadline = { date: string; time_zone: string; because?: string }

function deadlineFor(passage: string, published: string, time_zone: string): ProposedDeadline {
  const horizon = readHorizon(passage, published)
  if (horizon?.to === null || horizon === null)
    return {
      date: houseDeadline(published),
      time_zone,
      because: HOUSE_RULE,
    }
  return { date: horizon.to, time_zone }
}

/** The words of a passage that say how likely, as a forecast would hold them; nothing where none are there. */
function probabilityFor(passage: string): Mark['probability'] | undefined {
  const read = matchWords(passage)
  if (read === null) return undefined
  const isRead = (words: string) => {
    const other = readWords(words)
    return other?.key === read.key && other.low === read.low && other.high === read.high
  }
  // A hedge may stand before the words or behind them: the shortest stretch that reads the same.
  const stretches = [
    read.matched,
    ...beforeWords(passage, read.start).map((from) => passage.slice(from, read.end)),
    ...afterWords(passage, read.end).map((to) => passage.slice(read.start, to)),
    passage,
  ]
  const words = stretches.filter(({ length }) => length <= 300).find(isRead)
  if (words === undefined) return undefined
  return (
    read.categorical === undefined ? { words } : { words, categorical: read.categorical }
  ) as Mark['probability']
}

/** Where words begin before a place, the nearest first; and where they end after one. */
const beforeWords = (text: string, place: number): number[] =>
  [...text.slice(0, place).matchAll(/\S+/gu)].map(({ index }) => index).reverse()
const afterWords = (text: string, place: number): number[] =>
  [...text.slice(place).matchAll(/\S+/gu)].map(({ 0: word, index }) => place + index + word.length)

const heard = new WeakMap<NormalisedText, { spoken: Spoken[]; turns: Turn[] }>()

/** Who speaks where: read once for all the marks of a request. */
function heardIn(within: NormalisedText) {
  const kept = heard.get(within) ?? { spoken: voicedSentences(within.raw), turns: turnsIn(within.raw) }
  heard.set(within, kept)
  return kept
}

/** Whose words a passage holds: a transcript says who speaks, and when. */
function saidAt(
  within: NormalisedText,
  { start, end }: TextRange,
  { analyst: main, transcript }: Pick<CaptureDraft, 'analyst' | 'transcript'>,
) {
  const { spoken, turns } = heardIn(within)
  const voice: Voice = spoken.find(({ sentence }) => overlaps(sentence, { start, end }))?.voice ?? 'quote'
  const turn = turnAt(turns, end - 1)
  const { speaker, interviewer, timecode } = turn ?? { speaker: null, interviewer: false, timecode: null }
  const second = transcript === undefined ? null : secondAt(transcript.cues, start)
  const said = second === null ? timecode : clock(second)
  const named = speaker === null || interviewer || isSame(speaker, main) ? null : nameIn(speaker)
  return {
    voice,
    ...(named === null ? {} : { analyst: { name: named } }),
    ...(said === null ? {} : { timecode: said }),
  }
}

/** A transcript may call somebody by the surname. */
function isSame(label: string, main: Mark['analyst']): boolean {
  const name = typeof main === 'string' ? main.replaceAll('-', ' ') : written(main?.name)
  const last = (words: string) => words.trim().toLowerCase().split(/\s+/u).at(-1)
  return last(label) === last(name)
}

/** A new mark with everything that its words propose. */
export function newMark(
  within: NormalisedText,
  { start, end, exact }: TextRange & { exact?: string | undefined },
  kind: Mark['kind'],
  {
    marks,
    zone,
    published,
    ...draft
  }: Pick<CaptureDraft, 'marks' | 'analyst' | 'transcript'> & { zone: string; published: string | undefined },
): Mark {
  const passage = passageOf(within, { start, end, exact })
  const taken = marks.map(({ id }) => Number(id.slice(1))).filter(Number.isInteger)
  const mark: Mark = {
    id: `m${Math.max(0, ...taken) + 1}`,
    start,
    end,
    ...(exact === undefined ? {} : { exact }),
    kind,
    ...saidAt(within, rawRange(within, start, end), draft),
    probability: undefined,
  }
  return kind === 'forecast' ? asForecast(mark, passage, zone, published) : mark
}

/** The mark as a forecast: what is not there yet is proposed. */
export function asForecast(mark: Mark, passage: string, zone: string, published: string | undefined): Mark {
  const { reason: _, duplicate_of: __, ...kept } = mark
  return {
    ...kept,
    kind: 'forecast',
    question: mark.question ?? {
      criteria: criteriaFor(passage),
      deadline: published === undefined ? { time_zone: zone } : deadlineFor(passage, published, zone),
    },
    probability: mark.probability ?? probabilityFor(passage),
  }
}

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

/** Deadlines that were proposed, or left empty, follow the day of publication. */
export function withDeadlines(
  draft: CaptureDraft,
  within: NormalisedText,
  before: string | undefined,
  published: string | undefined,
): CaptureDraft {
  if (published === undefined) return draft
  const marks = draft.marks.map((mark): Mark => {
    const { kind, question } = mark
    if (kind !== 'forecast' || typeof question !== 'object') return mark
    const passage = passageOf(within, mark)
    const { date = '', time_zone = 'UTC', because } = (question.deadline ?? {}) as Partial<ProposedDeadline>
    const old = before === undefined ? null : deadlineFor(passage, before, time_zone)
    if (date !== '' && (old === null || date !== old.date || because !== old.because)) return mark
    const proposed = deadlineFor(passage, published, time_zone)
    return {
      ...mark,
      question: {
        ...question,
        deadline: because === undefined || date !== '' ? proposed : { ...proposed, because },
      },
    }
  })
  return { ...draft, marks }
}
