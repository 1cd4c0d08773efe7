import {
  type Language,
  LONGEST_SENTENCE,
  type Quantity,
  type Reading,
  type Sentence,
  type Told,
} from '../grammar/language.ts'
import { type Answer, answerTo } from './answer.ts'
import { type Claim, claimsIn, mainClaim } from './claim.ts'
import { THRESHOLD } from './cue.ts'
import { datesOf } from './date.ts'
import { eventOf } from './event.ts'
import type { ClauseReading } from './frame.ts'
import { countryOfText } from './horizon/country.ts'
import { horizonsIn, readHorizon } from './horizon/horizon.ts'
import { quantitiesIn } from './quantity.ts'
import { REMARKS } from './remark.ts'
import type { Token } from './words/token.ts'

const RESTATES =
  /^["“'‘]?(?:say|call it|make (?:it|that)|i['’]d (?:say|(?:put|rate) (?:it|that|this) at|guess)|i would say|maybe|perhaps|about|around|roughly|\d)/iu

const SAYS_YES_OR_NO =
  /^["“„«‘]?(?:(?:well|oh|so|look|again),? ){0,2}(?:no|yes|yeah|yep|nope|absolutely|certainly|definitely|exactly|precisely|correct|indeed|of course|not at all|never|hardly|I do|I don't|I am|I'm not|I think so|I don't think so|it will|it won't|they will|they won't|he will|he won't|she will|she won't)\b/iu
const STILL_STANDS =
  /\bI(?:'d|'ll|'m| am| do| would| will)? (?:still |fully |also |absolutely ){0,2}(?:hold (?:by|to|on to)|holding to|stand by|standing by|stick (?:to|with|by)|sticking (?:to|with)|maintain|repeat|confirm|believe (?:that|so)|think so)\b/iu

// Before every time that anybody speaks of: without a date of publication nothing lies in the past.
const ANY_TIME = '1900-01-01'

/** English: the grammar and the lexicon that was surveyed. */
export const ENGLISH: Omit<Language, 'speakerIn'> = {
  tag: 'en',
  name: 'English',
  measured: true,
  read,
  readWording,
  readHorizon,
  countryOf: countryOfText,
  restates: RESTATES,
  replies: new RegExp(`${SAYS_YES_OR_NO.source}|${STILL_STANDS.source}`, 'iu'),
  asker: /^(?:Question|Q|Interviewer|Host|Moderator) ?:/u,
  remarks: REMARKS,
}

function read({ text, voice, published, question }: Sentence): readonly [Told, ...Told[]] {
  const day = published ?? ANY_TIME
  const claims = claimsIn(text, voice, horizonsIn(text, day), Number(day.slice(0, 4)))
  // A reporter’s “Perhaps.” answers nobody.
  const answer = question === undefined || voice !== 'quote' ? null : answerTo(question, text)
  if (answer !== null && !claims.some(({ score }) => score >= THRESHOLD))
    return [answering(text, question ?? '', answer)]
  const [first, ...more] = claims.flatMap((claim) =>
    quantitiesIn(claim).map(({ quantity, part }) => counted(toldOf(text, claim), quantity, part)),
  )
  if (first === undefined) return [toldWhen(text, mainClaim(claims))]
  if (more.length === 0) return [{ ...first, part: undefined }]
  // "… and could approach 4 percent next year" is of the same subject.
  return [
    first,
    ...more.map((one) =>
      one.quantity?.what === ''
        ? { ...one, quantity: { ...one.quantity, what: first.quantity?.what ?? '' } }
        : one,
    ),
  ]
}

const ANSWERS = 'answers a question about what is to come'

/** The event is the question's; the sentence says how likely. */
const answering = (text: string, question: string, { tokens, reading }: Answer): Told => ({
  suggested: true,
  score: THRESHOLD,
  reasons: [
    {
      rule: 'answer',
      weight: THRESHOLD,
      words: shortened(question.replace(/^["“”„«‘]+/u, '')),
      says: ANSWERS,
    },
  ],
  reading: placedIn(text, tokens, reading),
  event: null,
  quantity: null,
  date: null,
})
const shortened = (words: string): string => (words.length > 80 ? `${words.slice(0, 79)}…` : words)

/** A forecast of a number is no yes or no: what was said flatly is asked about. */
function counted(one: Told, quantity: Quantity, part: NonNullable<Told['part']>): Told {
  const { kind, words, start, end } = one.reading
  const why =
    quantity.value === undefined
      ? 'a forecast of a number: an interval was named, and not how sure it is'
      : 'a forecast of a number: what counts as right, which interval around it?'
  const reading = kind === 'flat' ? asking(why, words, start, end) : one.reading
  return { ...one, reading, quantity, part }
}

function toldOf(text: string, claim: Claim | undefined): Told {
  return {
    suggested: claim !== undefined && claim.score >= THRESHOLD,
    score: Math.round((claim?.score ?? 0) * 10) / 10,
    reasons: claim?.reasons ?? [],
    reading: placed(text, claim),
    event: claim === undefined ? null : eventOf(claim.frame, text),
    quantity: null,
    date: null,
  }
}

const WHEN_ASKS = 'a forecast of a date: how sure was it, and which days count as right?'

/** A forecast of when something happens is no yes or no: what was said flatly is asked about. */
function toldWhen(text: string, claim: Claim | undefined): Told {
  const told = toldOf(text, claim)
  const date = claim === undefined ? null : datesOf(claim)
  if (date === null) return told
  const { kind, words, start, end } = told.reading
  const isOpen = kind === 'flat' || kind === 'none'
  const event = told.event === null ? null : withoutTime(told.event, claim?.time?.phrase ?? '')
  return { ...told, event, date, ...(isOpen ? { reading: asking(WHEN_ASKS, words, start, end) } : {}) }
}

const withoutTime = (event: string, phrase: string): string =>
  event.endsWith(phrase) ? event.slice(0, -phrase.length).trimEnd() : event

const asking = (why: string, words?: string, start?: number, end?: number): Reading => ({
  kind: 'asks',
  why,
  words,
  start,
  end,
})

const placed = (text: string, claim: Claim | undefined): Reading =>
  claim === undefined ? { kind: 'none' } : placedIn(text, claim.frame.tokens, claim.frame.reading)

/** A reading with the words it rests on, where they stand in the sentence. */
function placedIn(
  text: string,
  tokens: readonly Token[],
  { first, last, ...reading }: ClauseReading,
): Reading {
  const start = tokens[first ?? -1]?.start
  const end = tokens[last ?? -1]?.end
  return start === undefined || end === undefined
    ? reading
    : { ...reading, words: text.slice(start, end), start, end }
}

function readWording(words: string): Reading {
  return words.length > LONGEST_SENTENCE
    ? { kind: 'none' }
    : placed(words, mainClaim(claimsIn(words, 'quote', [])))
}
