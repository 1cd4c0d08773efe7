import * as z from 'zod'
import { Day } from './calendar.ts'
import { Commitment, Nonce } from './commitment.ts'
import { ascending, jsonSchema, neededFor } from './json-schema.ts'
import { RandomId } from './member.ts'
import { Slug } from './slug.ts'
import { LONGEST_QUOTE, untestableReasons } from './statement.ts'
import { line, prose } from './text.ts'

/** What a passage is: three kinds of forecast, and two of what is none. */
export const claimKinds = ['number', 'words', 'flat'] as const
export const otherKinds = ['vague', 'no_forecast'] as const
export const codingKinds = [...claimKinds, ...otherKinds] as const
export type CodingKind = (typeof codingKinds)[number]
export const codingReasons = [...untestableReasons, 'no_deadline', 'too_wide'] as const

export const MOST_PASSAGES = 200
const Chance = z.number().min(0).max(1)
const Band = z
  .strictObject({ low: Chance, high: Chance })
  .refine(({ low, high }) => low <= high, { message: 'must not lie below low', path: ['high'] })
  .register(jsonSchema, ascending('/low', '/high'))

const CLAIM = {
  kind: z.enum(claimKinds),
  /** The event, worded positively, by which day, and how likely the words make it. */
  event: line(300),
  deadline: Day,
  words: line(200).optional(),
  band: Band,
  /** How likely the coders themselves think the event: no part of the reading, and never a score. */
  own: Chance,
  note: prose(1000).optional(),
}
const OTHER = { kind: z.enum(otherKinds), reason: z.enum(codingReasons), note: prose(1000).optional() }
const PLACE = {
  quote: prose(LONGEST_QUOTE),
  start: z.int().min(0).max(10_000_000),
  end: z.int().min(0).max(10_000_000),
}

/** Which place is meant, where the words stand in the text more than once. */
const WORDS_AT = {
  quote: PLACE.quote,
  start: PLACE.start
    .optional()
    .describe(
      'Where it begins in the normalised text: asked only where the words stand there more than once.',
    ),
}

const worded = ({ kind, words }: { kind: string; words?: string | undefined }) =>
  kind !== 'words' || words !== undefined
const WORDED = { message: 'are required: the words of probability that were said', path: ['words'] }
const WORDS_NEEDED = neededFor('kind', ['words'], 'words')

/** One passage as a coder reads it, whose words are looked for in the text. */
export const PassageRequest = z.discriminatedUnion('kind', [
  z
    .strictObject({ ...CLAIM, ...WORDS_AT })
    .refine(worded, WORDED)
    .register(jsonSchema, WORDS_NEEDED),
  z.strictObject({ ...OTHER, ...WORDS_AT }),
])
export type PassageRequest = z.infer<typeof PassageRequest>

/** The same with its place in the normalised text. */
export const Passage = z.discriminatedUnion('kind', [
  z
    .strictObject({ ...CLAIM, ...PLACE })
    .refine(worded, WORDED)
    .register(jsonSchema, WORDS_NEEDED),
  z.strictObject({ ...OTHER, ...PLACE }),
])
export type Passage = z.infer<typeof Passage>
export type ClaimPassage = Extract<Passage, { event: string }>
export const isClaim = (passage: Passage): passage is ClaimPassage => 'event' in passage

/** All that a coder found in a text, in the order of the text. An empty one says that nothing is a forecast. */
export const CodingRequest = z.strictObject({ passages: z.array(PassageRequest).max(MOST_PASSAGES) })
export type CodingRequest = z.infer<typeof CodingRequest>
export const Coding = z.strictObject({ passages: z.array(Passage).max(MOST_PASSAGES) })
export type Coding = z.infer<typeof Coding>

/** The joint reading holds nobody's own probability. */
const { own: _, ...JOINT } = CLAIM
/** Who read it so: the coder shown first, the second, both, or neither of them but who adjudicated. */
export const origins = ['first', 'second', 'both', 'own'] as const
export type Origin = (typeof origins)[number]
/** Entries of before it was recorded have none. */
const READ = { ...PLACE, origin: z.enum(origins).optional() }
export const JointPassage = z.discriminatedUnion('kind', [
  z.strictObject({ ...JOINT, ...READ }),
  z.strictObject({ ...OTHER, ...READ }),
])
export type JointPassage = z.infer<typeof JointPassage>
/** A reading of who adjudicates, whose words are looked for in the text. */
export const JointPassageRequest = z.discriminatedUnion('kind', [
  z
    .strictObject({ ...JOINT, ...WORDS_AT })
    .refine(worded, WORDED)
    .register(jsonSchema, WORDS_NEEDED),
  z.strictObject({ ...OTHER, ...WORDS_AT }),
])
export type JointPassageRequest = z.infer<typeof JointPassageRequest>
export const jointOf = (passage: Passage): JointPassage => {
  if (!isClaim(passage)) return passage
  const { own: _, ...read } = passage
  return read
}

/** What of a reading is compared: all but notes and nobody's own probability. */
const readingOf = (passage: JointPassage | Passage): string => {
  const { kind, quote, start, end } = passage
  if (!('event' in passage)) return JSON.stringify([kind, quote, start, end, passage.reason])
  const { event, deadline, words = null, band } = passage
  return JSON.stringify([kind, quote, start, end, event, deadline, words, band.low, band.high])
}
export const isSameReading = (a: Passage, b: Passage): boolean => readingOf(a) === readingOf(b)
/** Which of two codings read it so. */
export function originOf(read: JointPassage, [first, second]: readonly (readonly Passage[])[]): Origin {
  const among = (passages: readonly Passage[] = []) =>
    passages.some((one) => readingOf(one) === readingOf(read))
  if (among(first)) return among(second) ? 'both' : 'first'
  return among(second) ? 'second' : 'own'
}

/**
 * How an adjudicator decides: of every pair of readings, in the order shown, the first, the second, a reading of their
 * own, or nothing.
 */
export const takes = ['first', 'second', 'own', 'neither'] as const
export const AdjudicationRequest = z.strictObject({
  takes: z.array(z.enum(takes)).max(2 * MOST_PASSAGES),
  /** The readings of each `own`, in their order; what is beyond them are passages that neither coder marked. */
  own: z
    .array(JointPassageRequest)
    .max(2 * MOST_PASSAGES)
    .optional()
    .describe('The reading of each take that is `own`, in their order; then passages that neither marked.'),
  because: prose(5000).optional(),
})
export type AdjudicationRequest = z.infer<typeof AdjudicationRequest>

export const RoundId = z
  .string()
  .max(100)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/u, 'must be the id of a round of coding')
const CodebookVersion = z.string().regex(/^(house|own)-\d{1,4}$/u, 'must be a version such as own-2')
const Because = prose(5000)

export const CodebookRequest = z.strictObject({ text: prose(50_000), because: Because.optional() })
export type CodebookRequest = z.infer<typeof CodebookRequest>
export const Codebook = CodebookRequest.extend({ version: CodebookVersion })
export type Codebook = z.infer<typeof Codebook>

export const RoundRequest = z.strictObject({
  source: Slug,
  /** Why this one: a sample that was drawn, or a doubt. */
  because: Because.optional(),
})
export type RoundRequest = z.infer<typeof RoundRequest>
export const Round = RoundRequest.extend({ id: RoundId, codebook: CodebookVersion })
export type Round = z.infer<typeof Round>

const OfRound = { round: RoundId }
export const CodingSubmitted = z.strictObject({ ...OfRound, commitment: Commitment })
export const CodingRevealed = z.strictObject({
  ...OfRound,
  coder: RandomId,
  nonce: Nonce,
  coding: Coding,
})
export const CodingAdjudicated = z.strictObject({
  ...OfRound,
  passages: z.array(JointPassage).max(4 * MOST_PASSAGES),
  because: Because.optional(),
})
export const RoundClosureRequest = z.strictObject({ because: Because })
export type RoundClosureRequest = z.infer<typeof RoundClosureRequest>
export const RoundClosed = RoundClosureRequest.extend(OfRound)

/** Where a round stands: until two codings are in nothing of either is shown to anybody else. */
export const roundStates = ['open', 'coded', 'adjudicated', 'closed'] as const
export type RoundState = (typeof roundStates)[number]
