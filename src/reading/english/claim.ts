import type { Reason, Voice } from '../grammar/language.ts'
import { type Clause, clausesOf } from './clause.ts'
import { reasonFor, reasonsOf, THRESHOLD } from './cue.ts'
import { type Frame, frameOf } from './frame.ts'
import { isPast } from './horizon/tense.ts'
import { type Token, tokensOf } from './words/token.ts'

/** A clause of a sentence with what it says of the future. */
export type Claim = {
  readonly frame: Frame
  readonly reasons: readonly Reason[]
  readonly score: number
  /** The time ahead that stands in it. */
  readonly time: Time | null
}

/** A time ahead that stands in a sentence, by its place there; one that asks is known to be ahead and no more. */
export type Time = {
  readonly kind: 'date' | 'asks'
  readonly start: number
  readonly end: number
  readonly phrase: string
  readonly from?: string | null
  readonly date?: string
  readonly between?: true
}

const isDefinition = (condition: Clause, main: Clause): boolean =>
  condition.tokens.some(({ word }) => /^(?:means?|meant|mean|understand|define|talk)$/u.test(word)) ||
  main.tokens.slice(0, 3).some(({ word }) => /^(?:yes|no)$/u.test(word))

/** What speaks for a forecast counts once, however many words say it; a time ahead and a view add to it. */
function scoreOf(reasons: readonly Reason[]): number {
  const strongest = Math.max(0, ...reasons.map(({ weight }) => (weight >= THRESHOLD ? weight : 0)))
  return reasons.reduce((sum, { weight }) => (weight >= THRESHOLD ? sum : sum + weight), strongest)
}

/** What each clause of a sentence claims; nothing of a question. `times` are the times ahead in it, `year` that of publication. */
export function claimsIn(sentence: string, voice: Voice, times: readonly Time[], year = 0): Claim[] {
  const tokens = withoutQuestions(tokensOf(sentence))
  const clauses = clausesOf(tokens)
  const conditions = clauses.filter(({ condition }) => condition)
  const unreal = conditions.some(isUnreal)
  return clauses
    .filter(({ condition }) => !condition)
    .map((clause): Claim => {
      const [condition] = conditions
      const kind =
        condition === undefined ? undefined : isDefinition(condition, clause) ? 'definition' : 'real'
      const time = times.find((one) => isIn(clause.tokens, one)) ?? null
      const frame = frameOf(clause, {
        voice,
        ...(kind === undefined ? {} : { condition: kind }),
        present:
          (time?.kind === 'date' || typeof time?.from === 'string') &&
          voice !== 'headline' &&
          isPresent(clause.tokens),
        ahead: time !== null,
      })
      const reasons = [
        ...reasonsOf(frame, voice, {
          time: time?.phrase ?? null,
          between: time?.between === true,
          year,
          unreal,
          granted: isGranted(tokens, clause),
        }),
        ...presentFuture(frame, time),
      ]
      return { frame, reasons, score: scoreOf(reasons), time }
    })
}

/** "If anybody were to make an offer", "had they asked". */
const isUnreal = ({ tokens }: Clause): boolean =>
  tokens.some(
    ({ word }, at) => word === 'had' || (word === 'were' && (at < 4 || tokens[at + 1]?.word === 'to')),
  )

/** "He may be cautious, but …": what is only granted. */
function isGranted(sentence: readonly Token[], { tokens }: Clause): boolean {
  const last = tokens.at(-1)
  const at = last === undefined ? -1 : sentence.indexOf(last)
  return sentence.slice(at + 1, at + 3).some(({ word }) => word === 'but')
}

const isIn = (tokens: readonly Token[], { start, end }: Time): boolean =>
  (tokens[0]?.start ?? 0) <= start && end <= (tokens.at(-1)?.end ?? 0) + 1

/** The claim that a sentence is read by: the first that is marked, else the first that says anything. */
export function mainClaim(claims: readonly Claim[]): Claim | undefined {
  const says = ({ frame }: Claim) => frame.reading.kind !== 'none'
  return (
    claims.find((claim) => claim.score >= THRESHOLD && says(claim)) ??
    claims.find((claim) => claim.score >= THRESHOLD) ??
    claims.find(says) ??
    claims[0]
  )
}

/** "Who will pay?" he asks: the question goes, the rest stays. */
function withoutQuestions(tokens: readonly Token[]): readonly Token[] {
  if (!tokens.some(({ word }) => word === '?')) return tokens
  const kept: Token[] = []
  let piece: Token[] = []
  for (const token of tokens) {
    piece.push(token)
    if (token.word === '?') piece = []
    else if (token.word === '.' || token.word === '!' || token.word === '"') {
      kept.push(...piece)
      piece = []
    }
  }
  return [...kept, ...piece]
}

const PRESENT = /^(?:is|are|am|\p{L}{3,}s)$/u
/** Behind these an -s is of a noun. */
const OF_NOUN =
  /^(?:the|a|an|its|his|her|their|our|my|these|those|of|in|for|to|from|by|on|at|with|and|or|more|new|many|few|two|three)$/u
const OTHER = /^(?:will|would|could|might|may|should|shall|can|must|to|been)$/u
const BARE = /^(?:they|we|people|both|most)$/u

/** Whether the clause has a verb of the present and none that says otherwise: "it ends next year", "they run out of money". */
function isPresent(tokens: readonly Token[]): boolean {
  const words = tokens.map(({ word }) => word)
  const copula = words.findIndex((word) => word === 'is' || word === 'are')
  if (copula !== -1 && !words.slice(copula + 1, copula + 3).some((word) => /ing$/u.test(word))) return false
  const isOver = (word: string, i: number) =>
    word === 'last' &&
    /^(?:week|month|quarter|year|season|summer|winter|spring|autumn)$/u.test(words[i + 1] ?? '')
  if (words.some((word, i) => isPast(word) || OTHER.test(word) || isOver(word, i))) return false
  return words.some((word, i) => {
    const before = tokens[i - 1]
    if (before === undefined || before.value !== undefined || OF_NOUN.test(before.word)) return false
    return PRESENT.test(word) || (BARE.test(before.word) && /^\p{L}{3,}$/u.test(word) && copula === -1)
  })
}

const HABIT = /^(?:every|usually|always|often|each|annually|normally|typically|generally)$/u

// A day of the timetable, and no forecast.
const CLOCK = /\b(?:today|tonight|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day|at)\b/iu
// What is announced for a day and needs no forecast.
const ROUTINE =
  /^(?:meets?|votes?|holds?|opens?|convenes?|visits?|hosts?|speaks?|publishes|releases?|decides?|due|scheduled|slated|resumes?|plays?|airs?|expires?|lapses?|stands?|runs?|applies|remains?)$/u

/** "The war ends next year", "I think it ends next year". */
function presentFuture({ tokens, elements, reading }: Frame, time: Time | null): Reason[] {
  const isFlat = elements.length === 0 && reading.kind === 'flat'
  const isOwn =
    elements.length > 0 && elements.every(({ layer, key }) => layer === 'attitude' && key === 'we_believe')
  if (time === null || (!isFlat && !isOwn) || !isPresent(tokens)) return []
  if (tokens.some(({ word }) => HABIT.test(word) || ROUTINE.test(word)) || CLOCK.test(time.phrase)) return []
  return [reasonFor('present_future', time.phrase)]
}
