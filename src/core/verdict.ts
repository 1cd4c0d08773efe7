import * as z from 'zod'
import { dayText } from './calendar.ts'
import type { Forecast } from './forecast.ts'
import {
  isOptions,
  isStatedRange,
  isTooVague,
  isWorded,
  type Probability,
  percent,
  percentRange,
  sideOf,
} from './probability.ts'
import { type Question, typeOf } from './question.ts'
import { type annulledReasons, type Outcome, outcomeText } from './resolution.ts'
import type { State } from './state.ts'
import type { Statement } from './statement.ts'
import { counted } from './text.ts'

/** What became of a claim. `said` is a verdict on nobody: one half, several options or a number were given. */
export const VERDICTS = ['came_true', 'did_not', 'said', 'too_vague', 'no_result', 'open'] as const

export const NO_RESULT = {
  condition_not_met: 'the condition never arose',
  moot: 'it became moot',
  ambiguous: 'the criteria do not decide',
  too_late: 'it was known when this was said',
  retracted: 'it was logged by mistake',
} as const
export type NoResult = keyof typeof NO_RESULT

export type Verdict =
  | { kind: 'came_true' | 'did_not' | 'said'; outcome: Outcome }
  | { kind: 'too_vague' | 'open' }
  | { kind: 'no_result'; because: NoResult }

/** The outcome in force, which a proposal is not. */
type Decided = {
  outcome: Outcome | null
  annulled_because?: (typeof annulledReasons)[number] | null | undefined
}

/** What became of a claim, by the side that it leans to: the one that scoring counts (`leanOf`). */
export function verdictOf(probability: Probability, { outcome, annulled_because }: Decided): Verdict {
  if (isTooVague(probability)) return { kind: 'too_vague' }
  if (outcome === null) return { kind: 'open' }
  if (outcome === 'annulled') return { kind: 'no_result', because: annulled_because ?? 'moot' }
  if (outcome === 'ambiguous') return { kind: 'no_result', because: 'ambiguous' }
  const side = sideOf(probability)
  if (side === null) return { kind: 'said', outcome }
  return { kind: side === outcome ? 'came_true' : 'did_not', outcome }
}

type Claim = { record: Pick<Forecast, 'probability' | 'said_on'>; retraction?: unknown }
type Asked = Decided & { record: Pick<Question, 'deadline'>; known_on: string | null }

/** The verdict on a claim as it stands in the ledger: what was said too late, or logged by mistake, has no result. */
export function verdictOn({ record, retraction = null }: Claim, question: Asked): Verdict {
  const verdict = verdictOf(record.probability, question)
  if (retraction !== null) return { kind: 'no_result', because: 'retracted' }
  if (verdict.kind !== 'came_true' && verdict.kind !== 'did_not' && verdict.kind !== 'said') return verdict
  const { to } = record.said_on
  const late = to > question.record.deadline.date || (question.known_on !== null && to >= question.known_on)
  return late ? { kind: 'no_result', because: 'too_late' } : verdict
}

type Titled = Pick<Question, 'type' | 'if_yes' | 'if_no'> & {
  deadline: { date: string }
  range?: { unit?: string | undefined } | object | null | undefined
}

/** What happened, as a clause: in the words of the question, or else whether "it" did. */
export function happenedText(question: Titled, outcome: Outcome): string {
  if (outcome === 'yes') return question.if_yes ?? 'it happened'
  if (outcome === 'no') return question.if_no ?? 'it did not happen'
  const text = outcomeText(outcome)
  switch (typeOf(question)) {
    case 'date':
      return outcome === 'not_by_deadline'
        ? `it did not happen by ${dayText(question.deadline.date)}`
        : `it happened on ${text}`
    case 'numeric': {
      const { range } = question
      return `it was ${text}${range != null && 'unit' in range && range.unit ? ` ${range.unit}` : ''}`
    }
    default:
      return `it was: ${text}`
  }
}

type Voice = Statement['voice']

/** The number that somebody gave, or null where they gave none: "said 70 %". */
export function numberSaid(probability: Probability, voice: Voice = 'quote'): string | null {
  const said = (text: string) => (voice === 'quote' ? `said ${text}` : `${text}, as reported`)
  if (typeof probability === 'number') return said(percent(probability))
  return isStatedRange(probability) ? said(percentRange(probability.low, probability.high)) : null
}

/** What was given where it leans to no side, as far as what happened goes: "gave it 40 %". */
function saidOf(probability: Probability, outcome: Outcome, voice: Voice): string {
  const number = numberSaid(probability, voice)
  if (number !== null) return number
  if (isWorded(probability)) return 'leaned to neither side'
  if (isOptions(probability)) {
    const chance = new Map(Object.entries(probability)).get(String(outcome))
    return chance === undefined ? 'did not name it' : `gave it ${percent(chance)}`
  }
  if (typeof probability === 'object' && 'interval' in probability) {
    const [from, to] = probability.interval
    return `put ${percent(probability.level)} on ${outcomeText(from)} to ${outcomeText(to)}`
  }
  if (typeof probability !== 'object' || !('quantiles' in probability)) return 'said so'
  const levels = Object.entries(probability.quantiles).sort(([a], [b]) => Number(a) - Number(b))
  const [first, last] = [levels[0], levels.at(-1)]
  if (first === undefined || last === undefined) return 'gave no number'
  return first === last
    ? `put ${percent(Number(first[0]))} on up to ${outcomeText(first[1])}`
    : `put ${percent(Number(last[0]) - Number(first[0]))} on ${outcomeText(first[1])} to ${outcomeText(last[1])}`
}

/** A verdict as it is told and answered: itself, what happened as a clause, and what number was given. */
export const VerdictWords = z.strictObject({
  kind: z.enum(VERDICTS),
  text: z.string().describe('"Came true", "Did not come true", "no result: …", "open until …".'),
  happened: z.string().nullable().describe('What happened, as a clause: "no new war began".'),
  said: z.string().nullable().describe('The number that was given, where one was: "said 70 %".'),
})
export type VerdictWords = z.infer<typeof VerdictWords>

export type Told = {
  question: Titled
  probability: Probability
  voice?: Voice | undefined
  /** Where the question stands, for what is not decided. */
  state?: State | undefined
  /** Whole days past the deadline, for what needs a decision. */
  overdue?: number | undefined
}

export function verdictWords(
  verdict: Verdict,
  { question, probability, voice = 'quote', state = 'open', overdue = 0 }: Told,
): VerdictWords {
  const { kind } = verdict
  const alone = (text: string): VerdictWords => ({ kind, text, happened: null, said: null })
  switch (verdict.kind) {
    case 'came_true':
    case 'did_not':
      return {
        kind,
        text: kind === 'came_true' ? 'Came true' : 'Did not come true',
        happened: happenedText(question, verdict.outcome),
        said: numberSaid(probability, voice),
      }
    case 'said':
      return {
        ...alone(saidOf(probability, verdict.outcome, voice)),
        happened: happenedText(question, verdict.outcome),
      }
    case 'too_vague':
      return alone('too vague to be wrong')
    case 'no_result':
      return alone(`no result: ${NO_RESULT[verdict.because]}`)
    case 'open':
      return alone(undecidedText(state, question.deadline.date, overdue))
  }
}

/** That a question waits for a decision, and for how many whole days it has. */
export const dueText = (overdue: number): string =>
  overdue === 0 ? 'needs a decision' : `has needed a decision for ${counted(overdue, 'day')}`

/** Where a claim stands whose question has no outcome. */
function undecidedText(state: State, deadline: string, overdue: number): string {
  if (state === 'proposed') return 'an outcome is proposed'
  return state === 'due' ? dueText(overdue) : `open until ${dayText(deadline)}`
}

/** A verdict as plain text, for titles, pictures, feeds and the command. */
export const toldText = ({ text, happened, said }: Omit<VerdictWords, 'kind'>): string =>
  [text, happened, said].filter((part) => part !== null).join(' · ')

export const verdictText = (verdict: Verdict, told: Told): string => toldText(verdictWords(verdict, told))
