import type { MeasuredLexicon } from '../core/lexicon.ts'
import { STEP, type Steps } from '../core/steps.ts'
import { askedBefore } from './answer.ts'
import { inTurn } from './beside.ts'
import type { Horizon, SentenceInTurn } from './grammar/horizon.ts'
import {
  type Language,
  LONGEST_SENTENCE,
  type Reading,
  type Sentence,
  type Told,
  type Voice,
} from './grammar/language.ts'
import { mirrored } from './grammar/mirrored.ts'
import { languageOf, rulesOf } from './languages.ts'
import { ownLexicon, type ReadingContext, throughOwn } from './own-lexicon.ts'
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
  date: null,
}

/**
 * What every sentence of a text tells, suggested or not, in steps: it may be long. `published` is the latest day of
 * publication, `context` what else is known. The lines of an interviewer are read as nobody's forecast, and a text in a
 * language that is not read tells nothing.
 */
export function* readingSteps(text: string, published?: string, context: ReadingContext = {}): Steps<Item[]> {
  const items: Item[] = []
  const { tag } = languageOf(text, context.language)
  const language = rulesOf(tag)
  if (language === null) return items
  const about = language.countryOf?.(text) ?? undefined
  const rules: Rules = { language, own: ownLexicon(tag, context), told: context.language, about }
  const all = yield* voicedSteps(text)
  let rested = 0
  for (const [i, spoken] of all.entries()) {
    if (spoken.sentence.start - rested > STEP) {
      rested = spoken.sentence.start
      yield
    }
    items.push(...itemsOf(rules, text, spoken, inTurn(all, i), published))
  }
  return restated(items, language)
}

/** What one sentence tells by itself; nothing where it is too long to be one. */
export const toldBy = (language: Pick<Language, 'read'>, sentence: Sentence): readonly Told[] =>
  sentence.text.length > LONGEST_SENTENCE ? [SILENT] : language.read(sentence)

/** What a text is read by: its rules, what the ledger measured itself, the language as it was told, the country it is about. */
type Rules = {
  language: Language
  own: MeasuredLexicon | null
  told: string | undefined
  about: string | undefined
}

function itemsOf(
  { language, own: lexicon, told: tag, about }: Rules,
  text: string,
  spoken: Spoken,
  { before, question }: SentenceInTurn,
  published: string | undefined,
): Item[] {
  const { sentence, voice, turn } = spoken
  const own = ownWords(language, text, spoken)
  const asked = askedBefore(language, text, spoken)
  const read = isAsked(language, spoken)
    ? [SILENT]
    : toldBy(language, { text: own.text, voice, published, before, question })
  const told = answered(language, read, asked, published).map((one) =>
    shifted({ ...one, reading: throughOwn(one.reading, lexicon) }, own.start - sentence.start),
  )
  return told.map(({ part = { start: 0, end: sentence.text.length }, ...rest }) => {
    const words = sentence.text.slice(part.start, part.end)
    const [start, end] = [sentence.start + part.start, sentence.start + part.end]
    return {
      ...rest,
      text: words,
      start,
      end,
      paragraph: sentence.paragraph,
      voice,
      speaker: turn?.speaker ?? null,
      quote: voice === 'quote' ? { start: Math.max(own.start, start), end: Math.min(own.end, end) } : null,
      horizon:
        published === undefined
          ? null
          : language.readHorizon({ sentence: words, before, question: asked ?? question }, published, {
              about,
              ...(tag === undefined ? {} : { language: tag }),
            }),
    }
  })
}

const isAsked = ({ asker }: Language, { sentence, turn }: Spoken): boolean =>
  turn?.interviewer === true || asker.test(sentence.text)

/** The speaker's own words of a sentence, with blanks for what a reporter says between them. */
function ownWords(
  language: Language,
  text: string,
  { sentence, voice, own }: Spoken,
): { text: string; start: number; end: number } {
  const [first, ...more] = own ?? []
  const last = more.at(-1) ?? first
  if (first === undefined || last === undefined)
    return voice === 'quote' ? spokenOnly(language, sentence) : sentence
  let words = text.slice(first.start, first.end)
  let at = first.end
  for (const { start, end } of more) {
    words += ' '.repeat(start - at) + text.slice(start, end)
    at = end
  }
  return spokenOnly(language, { text: words, start: first.start, end: last.end })
}

/** In some languages the “… said” stands within the quotation. */
function spokenOnly(language: Language, whole: { text: string; start: number; end: number }) {
  const { start, end } = language.spokenRange?.(whole.text) ?? { start: 0, end: whole.text.length }
  return { text: whole.text.slice(start, end), start: whole.start + start, end: whole.start + end }
}

/** "No, I still hold by that": a forecast by what it answers, which the editor is asked about. */
function answered(
  language: Language,
  read: readonly Told[],
  asked: string | null,
  published: string | undefined,
): readonly Told[] {
  const [first] = read
  if (asked === null || first === undefined || read.some(({ suggested }) => suggested)) return read
  // What is put to somebody is told as his ("you said that …") and as past: it is enough that it weighs something.
  const weighs = ({ reasons }: Told) => reasons.some(({ weight }) => weight >= 1)
  if (!toldBy(language, { text: asked, voice: 'quote', published }).some(weighs)) return read
  const words = asked.length > LONGEST_SHOWN ? `${asked.slice(0, LONGEST_SHOWN)}…` : asked
  const reading: Reading = { kind: 'asks', why: `answers “${words}”: what does it say of that?` }
  const reasons = [{ rule: 'answer', weight: 2, words, says: 'is what these words answer' }]
  return [{ ...first, suggested: true, score: 2, reasons, reading }]
}
const LONGEST_SHOWN = 120

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

const LONGEST_RESTATEMENT = 60

/** "He will probably win. Say 70 percent." The number said next is the one that counts. */
function restated(items: readonly Item[], { restates }: Language): Item[] {
  return items.map((item, i) => {
    const next = items[i + 1]
    if (!item.suggested || next === undefined || item.paragraph !== next.paragraph) return item
    if (item.reading.kind === 'number' || item.reading.kind === 'range') return item
    const { kind } = next.reading
    if (
      (kind !== 'number' && kind !== 'range') ||
      next.text.length > LONGEST_RESTATEMENT ||
      !restates.test(next.text)
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
