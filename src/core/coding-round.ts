import { HOUSE_CODEBOOK } from './codebook.ts'
import { type Codebook, type Coding, isClaim, type RoundState } from './coding.ts'
import { LedgerError } from './error.ts'

/** The codebook that holds now: the newest of the newsroom, or that of the house. */
export const codebookInForce = (published: readonly { record: Codebook }[]): Codebook =>
  published[0]?.record ?? HOUSE_CODEBOOK

/** The codebook of this version, which a round names. */
export const codebookOf = (published: readonly { record: Codebook }[], version: string): Codebook | null =>
  [...published.map(({ record }) => record), HOUSE_CODEBOOK].find((one) => one.version === version) ?? null

const STANDS: Record<RoundState, string> = {
  open: 'Both codings are not in yet.',
  coded: 'Both codings are in already.',
  adjudicated: 'The joint reading is recorded already.',
  closed: 'This round was closed.',
}

/** Refuses what a round is too early or too late for. */
export function requireState(state: RoundState, needed: readonly RoundState[]): void {
  if (needed.includes(state)) return
  throw new LedgerError(state === 'open' ? 'not_decidable_yet' : 'already_decided', STANDS[state])
}

/**
 * Why a member may not adjudicate, or null: a third person does it. Where the ledger has no third who could, one of the
 * two does, with the names hidden, and every page says so.
 */
export const adjudicatorProblem = (
  coders: readonly string[],
  member: string,
  recorders: number,
): string | null =>
  coders.includes(member) && recorders > coders.length
    ? 'You coded this text: a member who did not records the joint reading.'
    : null

type In = { at: string; published: number; coding: Coding | null }

/**
 * How a forecast stands to the two codings of its source: whether one was made when its outcome was known, or could
 * have followed a reading of the text that somebody else had published; else both were blind.
 */
export const codedKinds = ['blind', 'seen', 'knowing'] as const
export type CodedKind = (typeof codedKinds)[number]
export const CODED_WORDS: Record<CodedKind, string> = {
  blind: 'coded by two, blind',
  seen: 'coded by two, who could see the published reading',
  knowing: 'coded by two when the outcome was known',
}

/** `known_from`: the instant from which the outcome was known, or null while it is not. `CODED_SQL` of store/coding.ts says the same. */
export function codedKind(
  sent: readonly Pick<In, 'at' | 'published'>[],
  known_from: string | null,
): CodedKind {
  if (known_from !== null && sent.some(({ at }) => at >= known_from)) return 'knowing'
  return sent.some(({ published }) => published > 0) ? 'seen' : 'blind'
}

/** What follows from the log about how a text was coded. */
export type CodedHow = {
  /** Neither coder could have read a reading of the text that somebody else had published. */
  blind: boolean
  /** How many forecasts had a deadline that had passed when they were coded: there the outcome could be known. */
  knowable: number
  claims: number
}
export function codedHow(sent: readonly In[]): CodedHow {
  const claims = sent.flatMap(({ at, coding }) =>
    (coding?.passages ?? []).filter(isClaim).map(({ deadline }) => deadline < at.slice(0, 10)),
  )
  return {
    blind: sent.every(({ published }) => published === 0),
    knowable: claims.filter(Boolean).length,
    claims: claims.length,
  }
}
