import { addDays, addMonthsTo } from '../core/calendar.ts'
import { commandOf, type Member } from '../core/member.ts'
import type { ReferenceRequest } from '../core/reference.ts'
import type { ResolutionRequest } from '../core/resolution.ts'
import type { Ledger, Unit } from '../ledger/ledger.ts'
import { addMember, foundLedger } from '../ledger/members/membership.ts'
import { randomNumbers } from '../scoring/random.ts'
import { type Calendar, type Claim, demoCalendar, type Progress } from './calendar.ts'
import { joinTheCrowd } from './crowd.ts'
import { showEveryPart } from './parts.ts'
import {
  ADA,
  type Asked,
  BEN,
  CLEO,
  type Happening,
  happening,
  number,
  other,
  outcomeOf,
  percent,
  pushed,
  subjectOf,
} from './world.ts'

/** Seven years: enough for every part that a record can have. */
const MONTHS = 84
const SEED: Parameters<typeof randomNumbers>[0] = [0x52, 0x65, 0x63, 0x6b]

type Extent = { months?: number; crowd?: boolean; progress?: Progress }

/** The day on which the invented calendar begins. */
const firstDay = (today: string, months: number) => addDays(addMonthsTo(today, -months), -12)

/** The instant at which the invented ledger was founded. */
export const demoFounded = (today: string, months = MONTHS): Date =>
  new Date(`${addDays(firstDay(today, months), -2)}T09:00:00.000Z`)

/**
 * Fills a new ledger with invented analysts, whose truth is known: Ada states numbers and overstates them, Ben is
 * calibrated, Cleo only uses words, Dan has said too little; and, with a `crowd`, eight of other kinds and other names.
 * Everything goes through the verbs, in the order of an invented calendar that ends yesterday; the same day and as many
 * months make the same content. Summaries are left to the clock: made at each outcome they would cost twice all else.
 */
export async function fillDemo(
  ledger: Ledger,
  today: string,
  { months = MONTHS, crowd = true, progress = () => {} }: Extent = {},
): Promise<void> {
  const first = firstDay(today, months)
  const now = demoFounded(today, months)
  const founded: Unit = { now, by: commandOf(await foundLedger(ledger, now)) }
  const join = async (name: string) => {
    const { event } = await addMember(ledger, founded, { name, role: 'resolver' })
    return commandOf(event.payload as Member)
  }
  const mira = await join('Mira (invented)')
  const jon = await join('Jon (invented)')
  const pia = await join('Pia (invented)')
  const calendar = demoCalendar(ledger, { writes: mira, proposes: mira, confirms: jon, adjudicates: pia })
  const random = randomNumbers(SEED)
  const asked = Array.from({ length: months }, (_, month) =>
    plan(calendar, month, addMonthsTo(first, month), random),
  )
  showEveryPart(calendar, first, today)
  if (crowd) joinTheCrowd(calendar, first, today, asked)
  await calendar.carryOut(today, progress)
}

/** What one month brings: three questions, each quarter one of another type, and who says what of them. */
function plan(calendar: Calendar, month: number, said: string, random: () => number): Asked {
  const [a, b, c] = ([0, 1, 2] as const).map((series) => happening(month, series, said, random)) as [
    Happening,
    Happening,
    Happening,
  ]
  const key = (letter: string) => `${letter}-${month}`
  for (const [letter, event] of [
    ['a', a],
    ['b', b],
    ['c', c],
  ] as const) {
    const { question, happened } = event
    calendar.question(key(letter), addDays(said, 1), question)
    calendar.references(key(letter), addDays(said, 1), comparedWith(letter, event, month, addDays(said, 1)))
    const known = addDays(question.deadline.date, 1)
    const outcome = resolutionOf(month, letter, happened, known)
    if (letter === 'b' && month % 3 === 0)
      calendar.sealed(key(letter), addDays(known, 1), [outcome, secondOpinion(month, outcome)])
    calendar.decide(key(letter), addDays(known, 2), outcome)
  }

  const bold = pushed(a.chance)
  const adas: Claim[] = [
    { key: `ada-${key('a')}`, quote: number(bold, a), question: key('a'), probability: bold },
  ]
  const bens: Claim[] = [
    {
      quote: number(a.chance, a),
      question: key('a'),
      probability: a.chance,
    },
    { quote: number(b.chance, b), question: key('b'), probability: b.chance },
    { quote: number(c.chance, c), question: key('c'), probability: c.chance },
  ]
  if (month % 9 === 4) adas[0] = { quote: range(bold, a), question: key('a'), probability: rangeOf(bold) }
  if (month % 17 === 6)
    adas[0] = { quote: number(bold, a), question: key('a'), probability: bold, voice: 'paraphrase' }
  const quarter = month % 3 === 0 ? other(month, said, random) : null
  if (quarter !== null) {
    calendar.question(key('d'), addDays(said, 1), quarter.question)
    calendar.decide(
      key('d'),
      addDays(quarter.question.deadline.date, 4),
      outcomeOf(quarter.outcome, addDays(quarter.question.deadline.date, 1)),
    )
    adas.push({
      quote: `On ${subjectOf(quarter.question)} I have hardly a doubt`,
      question: key('d'),
      probability: quarter.bold,
    })
    bens.push({
      quote: `On ${subjectOf(quarter.question)} I would spread my bets`,
      question: key('d'),
      probability: quarter.modest,
    })
  }
  calendar.interview(`ada-${month}`, { analyst: ADA, said, claims: adas })
  calendar.interview(`ben-${month}`, {
    analyst: BEN,
    said,
    source: {
      type: 'article',
      title: `The month ahead, by ${BEN}`,
      publisher: 'The Osterra Review, an invented newspaper',
    },
    claims: bens,
  })
  const cleos =
    month % 2 === 0 ? [words(a, key('a'), month), words(b, key('b'), month + 1)] : [words(c, key('c'), month)]
  calendar.interview(`cleo-${month}`, {
    analyst: CLEO,
    said,
    source: { type: 'broadcast', publisher: 'Radio Norrmark, an invented station' },
    claims: cleos,
  })
  if (month % 5 === 2) revise(calendar, month, said, a, bold)
  return { happenings: { a, b, c }, quarter }
}

const STATUS_QUO: ReferenceRequest = {
  kind: 'nothing_changes',
  probability: 0.1,
  source: 'It has not happened so far this year.',
}

/** Half of such events happen in this world; a market knows more, if not all; and the status quo is told now and then. */
function comparedWith(
  letter: 'a' | 'b' | 'c',
  { chance }: Happening,
  month: number,
  day: string,
): ReferenceRequest[] {
  const stays = month % 2 === 0 ? [STATUS_QUO] : []
  if (letter === 'a')
    return [
      { kind: 'base_rate', of: { k: 5, n: 10, class: 'years before' }, source: 'The almanac of Valdora' },
      ...stays,
    ]
  if (letter === 'c') return stays
  const price = Math.round((0.15 + 0.7 * chance) * 50) / 50
  return [
    {
      kind: 'market',
      probability: price,
      url: `https://example.com/exchange/${day}`,
      observed_at: `${day}T09:00:00.000Z`,
    },
  ]
}

/** A month later Ada says something else, or the same again. */
function revise(calendar: Calendar, month: number, said: string, a: Happening, bold: number): void {
  const isSame = month % 10 === 7
  const probability = isSame ? bold : Math.round((bold + (a.happened ? 0.97 : 0.03)) * 50) / 100
  calendar.interview(`ada-${month}-again`, {
    analyst: ADA,
    said: addDays(said, 33),
    claims: [{ quote: number(probability, a), question: `a-${month}`, probability }],
  })
}

function resolutionOf(month: number, letter: string, happened: boolean, known: string): ResolutionRequest {
  if (letter === 'a' && month === 30)
    return outcomeOf('annulled', known, {
      annulled_because: 'moot',
      rationale: 'The office was closed that season, so there was nothing to report.',
    })
  if (letter === 'a' && month === 45)
    return outcomeOf('ambiguous', known, {
      rationale: 'Two notices of that day contradict each other, and the criteria do not say which counts.',
    })
  return outcomeOf(happened ? 'yes' : 'no', known)
}

/** Now and then the second of two who decide a question on their own finds the notice wanting. */
const secondOpinion = (month: number, outcome: ResolutionRequest): ResolutionRequest =>
  month % 24 === 9
    ? { ...outcome, outcome: 'ambiguous', rationale: 'The notice of that day does not name the office.' }
    : outcome

const rangeOf = (chance: number) => ({
  low: Math.max(0.02, chance - 0.1),
  high: Math.min(0.98, chance + 0.1),
})
const range = (chance: number, event: Happening) => {
  const { low, high } = rangeOf(chance)
  return `Somewhere between ${percent(low)} and ${percent(high)} percent that ${event.event} in these three months`
}

/** What Cleo says of a chance: fair words for what is likely, too strong ones for the rest, now and then vague ones. */
function words(event: Happening, question: string, month: number): Claim {
  const said = (words: string, probability: Record<string, string> = {}) => ({
    quote: `${words.charAt(0).toUpperCase()}${words.slice(1)}: ${event.event} within three months`,
    question,
    probability: { words, ...probability },
  })
  const { chance } = event
  if (month % 9 === 5) return said('it might happen')
  if (chance >= 0.95) return said('it will happen', { categorical: 'yes' })
  if (chance <= 0.1) return said('it will not happen', { categorical: 'no' })
  if (chance >= 0.8) return said('highly likely')
  if (chance >= 0.7) return said('likely')
  if (chance >= 0.6) return said('better than even')
  return said('there is almost no chance')
}
