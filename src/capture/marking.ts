import * as z from 'zod'
import { type CaptureDraft, type Mark, MOST_MARKS } from '../core/capture.ts'
import { invalid } from '../core/error.ts'
import {
  type NormalisedText,
  normalisedRange,
  normalisedText,
  type TextRange,
} from '../core/normalised-text.ts'
import type { SecondReading } from '../core/second-reading.ts'
import { readable } from '../core/text.ts'
import type { ReadingContext } from '../reading/own-lexicon.ts'
import { locateQuote } from '../reading/quote.ts'
import { quoteProblem } from '../reading/quote-problem.ts'
import { wholeWords } from '../reading/word-boundary.ts'
import { asForecast, newMark, passageOf } from './proposal.ts'
import { asProposed, secondMark, secondRange } from './second.ts'
import { acceptable, openSuggestions, overlaps, type Suggested } from './suggestion.ts'
import { takenIn } from './take-in.ts'

/**
 * What is known of a capture besides its draft: the text, the zone of its days, when it was published, what it proposes,
 * and what the ledger measured itself.
 */
export type Surrounding = {
  within: NormalisedText
  zone: string
  published: string | undefined
  suggested: Suggested
  own?: ReadingContext['own']
  /** What a model proposed last. */
  second?: SecondReading | null
}

/** What one press of a button makes of a capture, and the mark that it is about. */
export type Step = { draft: CaptureDraft; at: string | null }

/** What the buttons of the page say; nothing else is done. */
export const Does = z
  .string()
  .max(300)
  .regex(
    /^(save|check|delete|accept|ignore-rest|second|ask-second|second:\d{1,4}:\d{1,3}|take:\d{1,4}|ignore:\d{1,7}-\d{1,7}|(remove|own):[a-z0-9]{1,20}|ask:[a-z0-9]{1,20}:#?[a-z0-9_-]{1,161}|speaker:[a-z0-9]{1,20}:[^\p{Cc}]{1,200}|(forecast|duplicate|untestable)(:[a-z0-9]{1,20}|:raw:\d{1,7}-\d{1,7}|:\d{1,7}-\d{1,7}(:[a-z0-9]{1,20})?)?)$/u,
    'is nothing that this page does',
  )

/** `12-80` as a place. */
export function rangeOf(text: string): TextRange {
  const [start = Number.NaN, end = Number.NaN] = text.split('-').map(Number)
  return { start, end }
}

const KINDS: readonly string[] = ['forecast', 'duplicate', 'untestable']
const isKind = (verb: string): verb is Mark['kind'] => KINDS.includes(verb)

/**
 * Does what a button says: `forecast:12-80` marks a place of the normalised text, `forecast:raw:12-80` one of the
 * text as pasted, `forecast:m1` classifies a mark anew; `save` and whatever is unknown changes nothing.
 */
export function stepped(draft: CaptureDraft, does: string, around: Surrounding, words: string): Step {
  const [verb = '', place = '', more = ''] = does.split(':')
  const { marks } = draft
  const byId = (id: string) => marks.find((mark) => mark.id === id)
  const changed = (id: string, change: (mark: Mark) => Mark): Step => ({
    draft: { ...draft, marks: marks.map((mark) => (mark.id === id ? change(mark) : mark)) },
    at: id,
  })
  if (isKind(verb)) {
    const mark = byId(place)
    if (mark !== undefined) return changed(place, (held) => classified(held, verb, around))
    if (place === '') return marked(draft, placeOf(words, around.within), verb, around)
    const raw = rangeOf(more)
    const range = place === 'raw' ? selectedIn(around.within, raw) : rangeOf(place)
    if (verb === 'duplicate')
      return marked(draft, range, verb, around, place === 'raw' || more === '' ? {} : { duplicate_of: more })
    const remark =
      verb === 'untestable' ? around.suggested.remarks.find((other) => overlaps(other, range)) : undefined
    return marked(draft, range, verb, around, remark === undefined ? {} : { reason: remark.reason })
  }
  if (verb === 'remove')
    return { draft: { ...draft, marks: marks.filter(({ id }) => id !== place) }, at: null }
  if (verb === 'ignore')
    return { draft: { ...draft, ignored: [...(draft.ignored ?? []), rangeOf(place)] }, at: null }
  if (verb === 'ignore-rest') return { draft: restIgnored(draft, around), at: null }
  if (verb === 'ask')
    return changed(place, (mark) => ({ ...mark, question: does.slice(`ask:${place}:`.length) }))
  if (verb === 'speaker') {
    const analyst = { name: does.slice(`speaker:${place}:`.length) }
    return byId(place) === undefined
      ? { draft: { ...draft, analyst }, at: null }
      : changed(place, (mark) => ({ ...mark, analyst }))
  }
  if (verb === 'own')
    return changed(place, ({ question: _, ...mark }) => classified(mark, 'forecast', around))
  if (verb === 'second' && place !== '') return secondTaken(draft, Number(more), around)
  if (verb === 'take') return { draft: takenIn(draft, around.within, Number(place)), at: null }
  if (verb === 'accept') return { draft: allAccepted(draft, around), at: null }
  return { draft, at: null }
}

/** What a hand selected begins and ends with whole words. */
function selectedIn(within: NormalisedText, raw: TextRange): TextRange {
  const { start, end } = normalisedRange(within, raw.start, raw.end)
  return wholeWords(within.text, start, end)
}

function classified(mark: Mark, kind: Mark['kind'], around: Surrounding): Mark {
  const passage = passageOf(around.within, mark)
  if (kind === 'forecast') return asForecast(mark, around)
  const { question: _, accept_vague: __, reason: ___, duplicate_of: ____, ...kept } = mark
  const bare = { ...kept, kind, probability: undefined }
  return kind === 'untestable' ? { ...bare, reason: mark.reason ?? reasonFor(passage) } : bare
}

const reasonFor = (passage: string): Mark['reason'] =>
  passage.includes('?')
    ? 'rhetorical'
    : /\b(?:should|must|ought to)\b/iu.test(passage)
      ? 'normative'
      : 'present_state'

function marked(
  draft: CaptureDraft,
  { start, end }: TextRange,
  kind: Mark['kind'],
  around: Surrounding,
  known: Pick<Mark, 'duplicate_of' | 'reason'> = {},
): Step {
  const { text } = around.within
  while (start < end && text[start] === ' ') start++
  while (end > start && text[end - 1] === ' ') end--
  if (!(Number.isInteger(start) && Number.isInteger(end) && start >= 0 && end <= text.length && start < end))
    throw invalid('words', 'are nowhere in the text')
  const same = draft.marks.find((mark) => mark.start === start && mark.end === end)
  if (same !== undefined) throw invalid('words', 'are marked already')
  const mark = newMark({ start, end, exact: proposedAt(around, start, end) }, kind, {
    ...draft,
    ...around,
  })
  const whole: Mark = {
    ...mark,
    ...known,
    ...(kind === 'untestable' ? { reason: known.reason ?? reasonFor(text.slice(start, end)) } : {}),
  }
  const marks = [...draft.marks, whole].sort((a, b) => a.start - b.start)
  return { draft: { ...draft, marks }, at: mark.id }
}

/** Takes over what a model proposed: a mark like any other, which says in its id where it came from. */
function secondTaken(draft: CaptureDraft, number: number, around: Surrounding): Step {
  const item = around.second?.items[number]
  if (item === undefined || around.second == null) throw invalid('do', 'is no proposal that is kept')
  const known = item.reason === undefined ? {} : { reason: item.reason }
  const { draft: held, at } = marked(draft, secondRange(around.within, item), item.kind, around, known)
  const id = secondMark(around.second, number)
  const marks = held.marks.map((mark) => (mark.id === at ? asProposed(mark, id, item) : mark))
  return { draft: { ...held, marks }, at: id }
}

/** The quote that is proposed at exactly this place, where something is left out of it. */
const proposedAt = ({ suggested: { passages, remarks } }: Surrounding, start: number, end: number) =>
  [...passages, ...remarks].find((proposed) => proposed.start === start && proposed.end === end)?.exact

/** Where typed words stand; refused with what differs, or with the ways to tell two of them apart. */
function placeOf(words: string, within: NormalisedText): TextRange {
  if (words.trim() === '') throw invalid('words', 'are empty: type or paste the words of the passage')
  const quote = { exact: readable(words) }
  const located = locateQuote(within, quote)
  if (located.state === 'found') return { start: located.start, end: located.end }
  if (located.state === 'ambiguous')
    throw invalid('words', `stand here ${located.count} times: add the words before or after them`)
  throw invalid('words', quoteProblem(within, quote, located) ?? '')
}

/** Leaves whatever nobody decided on. */
export function restIgnored(draft: CaptureDraft, around: Pick<Surrounding, 'suggested'>): CaptureDraft {
  const { passages, remarks } = openSuggestions(draft, around.suggested)
  const places = [...passages, ...remarks].map(({ start, end }) => ({ start, end }))
  return { ...draft, ignored: [...(draft.ignored ?? []), ...places].slice(0, MOST_MARKS) }
}

function allAccepted(draft: CaptureDraft, around: Surrounding): CaptureDraft {
  const { duplicates, remarks } = acceptable(openSuggestions(draft, around.suggested))
  const steps = [
    ...duplicates.map(({ passage, original }) => [passage, 'duplicate', { duplicate_of: original }] as const),
    ...remarks.map((remark) => [remark, 'untestable', { reason: remark.reason }] as const),
  ]
  return steps.reduce((held, [range, kind, known]) => marked(held, range, kind, around, known).draft, draft)
}

/** Words typed on a card move its mark to them, where they stand once within it or just around it. */
export function reanchored(draft: CaptureDraft, within: NormalisedText): CaptureDraft {
  const marks = draft.marks.map((mark): Mark => {
    const words = normalisedText(mark.exact ?? '')
    if (words === '') return mark
    const near = { start: Math.max(0, mark.start - 500), end: mark.end + 500 }
    const located = locateQuote(within, { exact: words }, near)
    if (located.state !== 'found') return mark
    const { start, end, text } = located
    // With something left out or put in, they stay what they are.
    if (text !== located.exact) return mark
    const { exact: _, ...kept } = mark
    return { ...kept, start, end }
  })
  return { ...draft, marks }
}
