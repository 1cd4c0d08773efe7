import { STEP, type Steps } from '../core/steps.ts'
import { inTurn } from './beside.ts'
import { ENGLISH } from './english/english.ts'
import { type Horizon, readHorizon, type SentenceInTurn } from './english/horizon/horizon.ts'
import { mirrored } from './english/lexicon.ts'
import type { Voice } from './grammar/language.ts'
import { LONGEST_SENTENCE, type Reading, type Sentence, type Told } from './grammar/language.ts'
import { spokenRange } from './speaker.ts'
import { type Spoken, voicedSteps } from './voice.ts'

/** A sentence, or one of several forecasts in it, with what it tells; `start` and `end` are offsets into the text. */
export type Item = Omit<Told, 'part'> & {
  readonly text: string
  readonly start: number
  readonly end: number
  readonly paragraph: number
  readonly voice: Voice
  /** In a transcript, who speaks. */
  readonly speaker: string | null
  /** The speaker's own words in it, without the marks and the “… said” around them; null in the reporter's. */
  readonly quote: { readonly start: number; readonly end: number } | null
  /** By when; null where no date of publication is known, and so no time can be reckoned. */
  readonly horizon: Horizon | null
}

const SILENT: Told = {
  suggested: false,
  score: 0,
  reasons: [],
  reading: { kind: 'none' },
  event: null,
  quantity: null,
}

/**
 * What every sentence of a text tells, suggested or not, in steps: it may be long. `published` is the latest day of
 * publication. The lines of an interviewer are read as nobody's forecast.
 */
export function* readingSteps(text: string, published?: string): Steps<Item[]> {
  const items: Item[] = []
  const all = yield* voicedSteps(text)
  let rested = 0
  for (const [i, spoken] of all.entries()) {
    if (spoken.sentence.start - rested > STEP) {
      rested = spoken.sentence.start
      yield
    }
    items.push(...itemsOf(spoken, inTurn(all, i), published))
  }
  return restated(items)
}

/** What one sentence tells by itself; nothing where it is too long to be one. */
export const toldBy = (sentence: Sentence): readonly Told[] =>
  sentence.text.length > LONGEST_SENTENCE ? [SILENT] : ENGLISH.read(sentence)

function itemsOf(
  spoken: Spoken,
  { before, question }: SentenceInTurn,
  published: string | undefined,
): Item[] {
  const { sentence, voice, turn } = spoken
  const asked = turn?.interviewer === true || ASKS.test(sentence.text)
  const own = voice === 'quote' ? spokenRange(sentence.text) : { start: 0, end: sentence.text.length }
  const text = sentence.text.slice(own.start, own.end)
  const told = asked
    ? [SILENT]
    : toldBy({ text, voice, published, before, question }).map((one) => shifted(one, own.start))
  return told.map(({ part = { start: 0, end: sentence.text.length }, ...rest }) => {
    const words = sentence.text.slice(part.start, part.end)
    return {
      ...rest,
      text: words,
      start: sentence.start + part.start,
      end: sentence.start + part.end,
      paragraph: sentence.paragraph,
      voice,
      speaker: turn?.speaker ?? null,
      quote:
        voice === 'quote'
          ? {
              start: sentence.start + Math.max(own.start, part.start),
              end: sentence.start + Math.min(own.end, part.end),
            }
          : null,
      horizon: published === undefined ? null : readHorizon({ sentence: words, before, question }, published),
    }
  })
}

/** What was told of the words within a sentence, with its places in the sentence. */
const shifted = (told: Told, by: number): Told => ({
  ...told,
  reading: moved(told.reading, by),
  ...(told.part === undefined ? {} : { part: { start: told.part.start + by, end: told.part.end + by } }),
})
const moved = (reading: Reading, by: number): Reading =>
  reading.start === undefined || reading.end === undefined
    ? reading
    : { ...reading, start: reading.start + by, end: reading.end + by }

const ASKS = /^(?:Question|Q|Interviewer|Host|Moderator) ?:/u
const RESTATES =
  /^["“'‘]?(?:say|call it|make (?:it|that)|i['’]d (?:say|(?:put|rate) (?:it|that|this) at|guess)|i would say|maybe|perhaps|about|around|roughly|\d)/iu
const LONGEST_RESTATEMENT = 60

/** "He will probably win. Say 70 percent." The number said next is the one that counts. */
function restated(items: readonly Item[]): Item[] {
  return items.map((item, i) => {
    const next = items[i + 1]
    if (!item.suggested || next === undefined || item.paragraph !== next.paragraph) return item
    if (item.reading.kind === 'number' || item.reading.kind === 'range') return item
    const { kind } = next.reading
    if (
      (kind !== 'number' && kind !== 'range') ||
      next.text.length > LONGEST_RESTATEMENT ||
      !RESTATES.test(next.text)
    )
      return item
    const { low = 0, mid = 0, high = 0 } = next.reading
    // "He is not going to win. I'd put that at 90 percent": the number is of the denial.
    const turns = (item.reading.mid ?? 1) < 0.5 && mid > 0.5
    const band = turns ? mirrored({ low, mid, high }) : { low, mid, high }
    const reading: Reading = {
      ...next.reading,
      ...band,
      why: `restated in the next sentence: “${next.text}”`,
    }
    return { ...item, reading }
  })
}

/** The item that a passage of one or a few sentences is read by: the first that is suggested, else the first that says anything. */
export const mainItem = (items: readonly Item[]): Item | undefined =>
  items.find(({ suggested }) => suggested) ?? items.find(({ reading }) => reading.kind !== 'none') ?? items[0]
