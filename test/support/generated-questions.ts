import { addDays } from '../../src/core/calendar.ts'
import { other } from '../../src/demo/world.ts'
import { LEXICON_VERSION, lexiconRow } from '../../src/reading/english/lexicon.ts'
import type { ForecastUnit, Probability, UnitStatement } from '../../src/scoring/forecast-unit.ts'
import { day, flatlyNo, flatlyYes, said, unit } from '../scoring/a-unit.ts'

export type Random = () => number
/** Yes/no questions: how likely each is in truth, what is said of it, and what else is known of it. */
type Plan = {
  n: number
  chance: (i: number) => number
  says: (chance: number, i: number) => Probability
  statement?: (i: number) => Partial<UnitStatement>
  rest?: (i: number) => Partial<ForecastUnit>
}

const FIRST = '2014-01-01'
/** Every deadline has passed by 2026. */
const SPAN = 4000
/** Days counted from the first, without a calendar: there are many thousand of them. */
const instant = (days: number) => new Date(day(FIRST).getTime() + days * 86_400_000)
const dayOf = (days: number) => instant(days).toISOString().slice(0, 10)
export const CHANCES = [0.05, 0.1, 0.2, 0.3, 0.4, 0.6, 0.7, 0.8, 0.9, 0.95]
export const PHRASES = [
  'almost_no_chance',
  'unlikely',
  'better_than_even',
  'likely',
  'highly_likely',
  'almost_certain',
]

export const pick = <T>(from: readonly T[], random: Random): T =>
  from[Math.floor(random() * from.length)] as T
export const percent = (p: number): number => Math.round(Math.min(1, Math.max(0, p)) * 100) / 100
/** So many to an interview, one after the other. */
export const each = (size: number) => (i: number) => ({ source: `interview-${Math.floor(i / size)}` })

export function phrase(key: string): Probability {
  const row = lexiconRow(key)
  if (row === null) throw new Error(`no phrase ${key}`)
  return {
    words: key.replaceAll('_', ' '),
    low: row.low,
    mid: row.mid,
    high: row.high,
    lexicon: LEXICON_VERSION,
    key,
  }
}
export const midOf = (key: string): number => (phrase(key) as { mid: number }).mid

/** A question of its own months, spread over eleven years; a yes comes on any day, a no with the deadline. */
function asked(random: Random, share: number, chance: number): Partial<ForecastUnit> {
  const opens = Math.floor(share * SPAN)
  const ends = opens + 60 + Math.floor(random() * 240)
  const happens = random() < chance
  const known = happens ? opens + 2 + Math.floor(random() * (ends - opens - 2)) : ends + 1
  return {
    opens_at: instant(opens),
    deadline_on: dayOf(ends),
    deadline_end: instant(ends + 1),
    outcome: happens ? 'yes' : 'no',
    known_on: dayOf(known),
    known_from: instant(known),
    statements: [],
  }
}

const openedOn = ({ opens_at }: Partial<ForecastUnit>): string =>
  (opens_at as Date).toISOString().slice(0, 10)

export function yesNo(
  random: Random,
  label: string,
  { n, chance, says, statement, rest }: Plan,
): ForecastUnit[] {
  return Array.from({ length: n }, (_, i) => {
    const truth = chance(i)
    const question = asked(random, i / n, truth)
    const first = said(says(truth, i), { said_on: openedOn(question), ...statement?.(i) })
    return unit(`${label}-${i}`, first.probability, { ...question, statements: [first], ...rest?.(i) })
  })
}

/** Questions of `reckon demo` that are not of yes or no: of turn 0 options, 1 ordered ones, 2 numbers, 3 dates. */
export function others(random: Random, label: string, n: number, turns: readonly number[]): ForecastUnit[] {
  return Array.from({ length: n }, (_, i) => {
    const on = addDays(FIRST, Math.floor((i / n) * SPAN))
    const { question, outcome, modest, bold } = other(3 * (turns[i % turns.length] as number), on, random)
    const deadline_on = question.deadline.date
    const deadline_end = day(addDays(deadline_on, 1))
    // Every seventh date never comes; the demo has few such.
    const never = question.type === 'date' && (outcome === 'not_by_deadline' || i % 7 === 6)
    const known = question.type === 'date' && !never ? day(addDays(String(outcome), 1)) : deadline_end
    return unit(`${label}-${i}`, {}, {
      type: question.type as ForecastUnit['type'],
      options: question.options,
      ordered: question.ordered,
      range: question.range,
      opens_at: day(on),
      deadline_on,
      deadline_end,
      outcome: never ? null : outcome,
      known_from: known,
      statements: [said((i % 2 === 0 ? modest : bold) as Probability, { said_on: on })],
    } as Partial<ForecastUnit>)
  })
}

/** What somebody says who is right about a chance: a number, a range around it, words near it, or flatly. */
export function anyhow(chance: number, i: number): Probability {
  if (i % 5 === 0) return { low: percent(chance - 0.1), high: percent(chance + 0.1) }
  if (i % 5 === 1) {
    const distance = (key: string) => Math.abs(midOf(key) - chance)
    return phrase(PHRASES.reduce((a, b) => (distance(b) < distance(a) ? b : a)))
  }
  if (i % 5 === 2 && (chance < 0.1 || chance > 0.9)) return chance > 0.5 ? flatlyYes : flatlyNo
  return chance
}

/** Thrice the same question, each time with what is known by then: the hazard is constant, a yes ends it. */
export function honestly(random: Random, n: number): ForecastUnit[] {
  return yesNo(random, 'honest', { n, chance: () => 0.6, says: () => 0.6, rest: each(2) }).map((u) => {
    const days = Math.round((u.deadline_end.getTime() - u.opens_at.getTime()) / 86_400_000)
    const later = [1 / 3, 2 / 3].map((share) => {
      const on = addDays(openedOn(u), Math.floor(days * share))
      return said(percent(1 - 0.4 ** (1 - share)), { said_on: on })
    })
    return { ...u, statements: [...u.statements, ...later.filter((s) => s.said_at < (u.known_from as Date))] }
  })
}

/** Always 99 %; the day before a no she says 7 %, or takes it back. */
export function retreating(random: Random, n: number): ForecastUnit[] {
  return yesNo(random, 'retreat', { n, chance: () => 0.5, says: () => 0.99 }).map((u, i) => {
    if (u.outcome === 'yes') return u
    const on = addDays(u.deadline_on, -1)
    const [first] = u.statements as [UnitStatement]
    return i % 3 === 0
      ? { ...u, statements: [{ ...first, withdrawn_on: on, withdrawn_at: day(on) }] }
      : { ...u, statements: [first, said(0.07, { said_on: on })] }
  })
}

const OPEN = {
  deadline_on: '2027-03-03',
  deadline_end: day('2027-03-04'),
  state: 'open',
  outcome: null,
  known_from: null,
} as const
export const UNDECIDED = { outcome: null, known_from: null } as const
const chosen = (p: Probability) => said(p, { logged: 'afterwards', coverage: 'selected' })

/** One of everything that can become of a forecast. */
export const everyState = (): ForecastUnit[] => [
  unit('open', 0.7, OPEN),
  unit('open-soon', 0.7, { ...OPEN, deadline_on: '2026-01-08', deadline_end: day('2026-01-09') }),
  unit('due', 0.8, { ...UNDECIDED, state: 'open' }),
  unit('due-words', phrase('likely'), { ...UNDECIDED, state: 'due' }),
  unit('proposed', 0.6, { ...UNDECIDED, state: 'proposed' }),
  unit('condition', 0.9, { ...UNDECIDED, state: 'annulled', annulled_because: 'condition_not_met' }),
  unit('moot', 0.9, { ...UNDECIDED, state: 'annulled', annulled_because: 'moot' }),
  unit('ambiguous', 0.8, { ...UNDECIDED, state: 'ambiguous' }),
  unit('ambiguous-words', phrase('unlikely'), { ...UNDECIDED, state: 'ambiguous' }),
  unit('disputed', 0.9, { disputed: true, outcome: 'no' }),
  unit('early', 0.9, { ...OPEN, state: 'resolved', outcome: 'yes', known_from: day('2025-10-01') }),
  unit('too-late', 0.9, {
    known_from: day('2024-02-01'),
    statements: [said(0.9, { said_on: '2024-03-01' })],
  }),
  unit('vague', phrase('possibly')),
  unit('unmeasured', { words: 'vermutlich', leans: 'yes' }),
  unit('selected', 0.95, { coverage: 'selected', statements: [chosen(0.95)] }),
  unit('selected-no', 0.95, { coverage: 'selected', outcome: 'no', statements: [chosen(0.95)] }),
  unit('afterwards', 0.8, { statements: [said(0.8, { logged: 'afterwards' })] }),
  unit('late', 0.8, { statements: [said(0.8, { logged: 'late' })] }),
  unit('withdrawn', 0.7, {
    outcome: 'no',
    statements: [said(0.7, { withdrawn_on: '2024-06-01', withdrawn_at: day('2024-06-01') })],
  }),
  unit('retracted', 0.7, { statements: [said(0.7, { retracted: true })] }),
]
