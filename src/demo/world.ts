import { addDays, addMonthsTo } from '../core/calendar.ts'
import type { QuestionRequest } from '../core/question.ts'
import type { Outcome, ResolutionRequest } from '../core/resolution.ts'

/** The invented world of the demo: people and countries that do not exist, and what may happen. */
export const ADA = 'Ada Overton (invented)'
export const BEN = 'Ben Calder (invented)'
export const CLEO = 'Cleo Marsh (invented)'
export const DAN = 'Dan Ellery (invented)'

/** An outcome with its evidence, as it is read some days after it was known. */
export const outcomeOf = (
  outcome: Outcome,
  known_on: string,
  more: Partial<ResolutionRequest> = {},
): ResolutionRequest => ({
  outcome,
  known_on,
  evidence: [
    {
      url: `https://example.com/gazette/${known_on}`,
      says: 'The invented notice of that day says so.',
      accessed: addDays(known_on, 1),
    },
  ],
  rationale: 'As the notice says.',
  ...more,
})

type Theme = {
  tag: string
  event: (place: string) => string
  /** What happened, as a short clause: where it did, and where it did not. */
  ended: (place: string) => { if_yes: string; if_no: string }
  source: string
}

const THEMES: readonly Theme[] = [
  {
    tag: 'economy',
    event: (place) => `the central bank of ${place} raises its key rate`,
    ended: (place) => ({
      if_yes: `the central bank of ${place} raised its key rate`,
      if_no: `the central bank of ${place} did not raise its key rate`,
    }),
    source: 'the central bank',
  },
  {
    tag: 'politics',
    event: (place) => `the government of ${place} loses a vote of confidence`,
    ended: (place) => ({
      if_yes: `the government of ${place} lost a vote of confidence`,
      if_no: `the government of ${place} lost no vote of confidence`,
    }),
    source: 'the gazette',
  },
  {
    tag: 'energy',
    event: (place) => `power in ${place} costs more than 90 crowns for a week`,
    ended: (place) => ({
      if_yes: `power in ${place} cost more than 90 crowns for a week`,
      if_no: `power in ${place} never cost so much for a week`,
    }),
    source: 'the exchange',
  },
  {
    tag: 'security',
    event: (place) => `a breach of the truce is confirmed on the border of ${place}`,
    ended: (place) => ({
      if_yes: `a breach of the truce was confirmed on the border of ${place}`,
      if_no: `no breach of the truce was confirmed on the border of ${place}`,
    }),
    source: 'the observers',
  },
  {
    tag: 'trade',
    event: (place) => `${place} raises a tariff on imported steel`,
    ended: (place) => ({
      if_yes: `${place} raised a tariff on imported steel`,
      if_no: `${place} raised no tariff on imported steel`,
    }),
    source: 'the customs office',
  },
  {
    tag: 'weather',
    event: (place) => `${place} declares an emergency because of drought`,
    ended: (place) => ({
      if_yes: `${place} declared an emergency because of drought`,
      if_no: `${place} declared no emergency because of drought`,
    }),
    source: 'the gazette',
  },
]
const PLACES = ['Valdora', 'Osterra', 'Norrmark', 'Merin'] as const

/** One of the questions of a month: which one, when it is asked, and how likely the event is in truth. */
export type Happening = {
  event: string
  theme: number
  question: QuestionRequest
  chance: number
  happened: boolean
}

const CHANCES = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95]
export const ZONE = 'Europe/Vienna'
const CRITERIA =
  'A notice in the gazette of Valdora says so; where there is none, two invented newspapers of record count.'

/** A yes/no question that no month asks. */
export const asking = (
  title: string,
  date: string,
  more: Partial<QuestionRequest> = {},
): QuestionRequest => ({
  title,
  criteria: CRITERIA,
  deadline: { date, time_zone: ZONE },
  tags: ['particulars'],
  ...more,
})

const DAY = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
})
export const inWords = (day: string) => DAY.format(new Date(`${day}T00:00:00Z`))

/** The yes/no question that month `month` asks about place `series`. */
export function happening(
  month: number,
  series: 0 | 1 | 2 | 3,
  said: string,
  random: () => number,
): Happening {
  const at = (month + 2 * series) % THEMES.length
  const theme = THEMES[at] as Theme
  const place = PLACES[series]
  const date = addMonthsTo(said, 3)
  const event = theme.event(place)
  const chance = CHANCES[Math.floor(random() * CHANCES.length)] as number
  return {
    event,
    theme: at,
    chance,
    happened: random() < chance,
    question: {
      title: `By ${inWords(date)}, ${event}`,
      criteria: `A notice of ${theme.source} says so, for a day up to ${inWords(date)}. Where there is none, two invented newspapers of record count.`,
      deadline: { date, time_zone: ZONE },
      tags: [theme.tag],
      ...theme.ended(place),
      ...(theme.tag === 'security' ? { family: `truce-${place.toLowerCase()}-${said.slice(0, 4)}` } : {}),
      ...(month % 11 === 3
        ? { low_information: 'The notice was already announced, or already ruled out.' }
        : {}),
    },
  }
}

/** Odds pushed away from one half, to the next 5 %: what an overconfident person says of a chance. */
export function pushed(chance: number): number {
  const odds = (chance / (1 - chance)) ** 2.2
  return Math.min(0.98, Math.max(0.02, Math.round((odds / (1 + odds)) * 20) / 20))
}

/** A number with a normal distribution of mean 0 and deviation 1, near enough (Irwin–Hall). */
export const bell = (random: () => number): number =>
  Array.from({ length: 12 }, random).reduce((sum, x) => sum + x, -6)

export const percent = (chance: number): number => Math.round(chance * 100)
/** A number that is said of an event of these months. */
export const number = (chance: number, { event }: Pick<Happening, 'event'>): string =>
  `I put it at ${percent(chance)} percent that ${event} in these three months`

/** What a question is about, in the middle of a sentence. */
export const subjectOf = ({ title }: Pick<QuestionRequest, 'title'>): string => {
  const bare = title.replace(/ \(.*\)$/u, '')
  return bare.slice(0, 1).toLowerCase() + bare.slice(1)
}

/** What a quarter asks besides: a choice, an ordered choice, a number or a date. */
export type Other = {
  question: QuestionRequest
  outcome: string | number
  modest: Record<string, unknown>
  bold: Record<string, unknown>
}

/** What one month asked. */
export type Asked = { happenings: { a: Happening; b: Happening; c: Happening }; quarter: Other | null }

const PARTIES = ['Greens', 'Liberals', 'Workers', 'other']
const SEATS = ['fewer than 40', '40 to 59', '60 or more']

function drawn(options: readonly string[], chances: readonly number[], random: () => number): string {
  const drawn = random()
  const at = chances.findIndex(
    (_, i) => drawn < chances.slice(0, i + 1).reduce((sum, chance) => sum + chance, 0),
  )
  return options[at === -1 ? options.length - 1 : at] as string
}

/** Probabilities for options, each pushed or as it is, adding up to 1. */
function shares(
  options: readonly string[],
  chances: readonly number[],
  power: number,
): Record<string, number> {
  const raised = chances.map((chance) => chance ** power)
  const total = raised.reduce((sum, x) => sum + x, 0)
  const rounded = raised.map((x) => Math.max(0.01, Math.round((x / total) * 100) / 100))
  const over = rounded.reduce((sum, x) => sum + x, 0) - 1
  const widest = rounded.indexOf(Math.max(...rounded))
  return Object.fromEntries(
    options.map((name, i) => [name, Number(((rounded[i] as number) - (i === widest ? over : 0)).toFixed(2))]),
  )
}

export function other(month: number, said: string, random: () => number): Other {
  const date = addMonthsTo(said, 3)
  const common = (title: string, criteria: string) => ({
    title: `${title} (${inWords(date)})`,
    criteria,
    deadline: { date, time_zone: ZONE },
    tags: ['figures'],
  })
  const turn = (month / 3) % 4
  if (turn < 2) {
    const isOrdered = turn === 1
    const options = isOrdered ? SEATS : PARTIES
    const chances = isOrdered ? [0.2, 0.5, 0.3] : [0.45, 0.25, 0.2, 0.1]
    const title = isOrdered
      ? 'Seats of the Liberals in the assembly of Osterra'
      : 'The party that leads the poll in Valdora'
    return {
      question: {
        ...common(title, 'The count that the electoral office publishes last before the deadline.'),
        type: 'multiple_choice',
        options: [...options],
        ...(isOrdered ? { ordered: true } : {}),
      },
      outcome: drawn(options, chances, random),
      modest: shares(options, chances, 1),
      bold: shares(options, chances, 3),
    }
  }
  if (turn === 2) {
    const expected = 5 + Math.round(random() * 20) / 10
    const tenth = (value: number) => Math.round(value * 10) / 10
    return {
      question: {
        ...common(
          'The rate of unemployment in Norrmark',
          'The first figure that the statistics office publishes.',
        ),
        type: 'numeric',
        range: { low: 0, high: 15, unit: '%' },
      },
      outcome: tenth(expected + 0.8 * bell(random)),
      modest: { quantiles: { '0.1': tenth(expected - 1), '0.5': expected, '0.9': tenth(expected + 1) } },
      bold: { interval: [tenth(expected - 0.3), tenth(expected + 0.3)], level: 0.8 },
    }
  }
  const middle = addDays(said, 40)
  const came = addDays(middle, Math.round(25 * bell(random)))
  return {
    question: {
      ...common('The day on which Valdora adopts its budget', 'The day of the vote, in the gazette.'),
      type: 'date',
      range: { low: said, high: addDays(date, 60) },
    },
    outcome: came > date ? 'not_by_deadline' : came < addDays(said, 3) ? addDays(said, 3) : came,
    modest: { quantiles: { '0.1': addDays(middle, -30), '0.5': middle, '0.9': addDays(middle, 32) } },
    bold: { quantiles: { '0.1': addDays(middle, -6), '0.5': middle, '0.9': addDays(middle, 6) } },
  }
}
