import type { Logged } from '../core/forecast.ts'
import { bandOf, isUnmeasured, kindOf, type Probability, type ProbabilityKind } from '../core/probability.ts'
import type { ForecastRow } from '../store/lookups.ts'
import type { Reply } from '../store/replies.ts'
import { type Column, recorded, refers } from './table.ts'

export type ForecastItem = ForecastRow & { logged: Logged; proven_at: string | null }

const KINDS: Record<ProbabilityKind, string> = {
  stated: 'A number.',
  stated_range: 'From one number to another.',
  worded: 'Words, read through the lexicon or by the editor.',
  categorical: 'Said flatly, without any word of probability.',
  unmeasured: 'Words that nobody measured; they lean to a side.',
  options: 'A number for each option: the rows of distributions.',
  quantiles: 'Values at some levels: the rows of distributions.',
  interval: 'A range of values, and how likely the answer lies in it.',
}
export const LOGGED: Record<Logged, string> = {
  live: 'Before the deadline, at most 30 days after it was said, and before the outcome was known.',
  late: 'After that, and before the outcome was known.',
  afterwards: 'When the outcome was known.',
}

const wordsOf = (probability: Probability) =>
  typeof probability === 'object' && 'words' in probability ? String(probability.words) : undefined
const readThrough = (probability: Probability) =>
  kindOf(probability) === 'worded'
    ? (probability as { lexicon?: string; key?: string; because?: string })
    : undefined
const flatly = (probability: Probability) =>
  isUnmeasured(probability)
    ? probability.leans
    : kindOf(probability) === 'categorical'
      ? (probability as { categorical: string }).categorical
      : undefined
const intervalOf = (probability: Probability) =>
  kindOf(probability) === 'interval'
    ? (probability as { interval: [unknown, unknown]; level: number })
    : undefined
const of = ({ record }: ForecastItem) => record.probability
export const CHANCE = 'probability, 0 to 1'
const READ =
  'For words the 10th percentile, the median and the 90th percentile of what readers understand; for a number three times that number. Empty for options, quantiles, intervals, and words that nobody measured.'

const forecastColumns: Column<ForecastItem>[] = [
  {
    name: 'id',
    type: 'string',
    meaning: 'Its id: that of the passage in statements.',
    read: ({ record }) => record.id,
    required: true,
  },
  {
    name: 'question',
    type: 'string',
    meaning: 'Of what: an id in questions.',
    read: ({ record }) => record.question,
    required: true,
  },
  {
    name: 'analyst',
    type: 'string',
    meaning: 'By whom: an id in analysts.',
    read: ({ record }) => record.analyst,
    required: true,
  },
  {
    name: 'source',
    type: 'string',
    meaning: 'Where it stands: an id in sources.',
    read: ({ source }) => source,
    required: true,
  },
  {
    name: 'said_from',
    type: 'date',
    meaning: 'The first day on which it can have been said.',
    read: ({ record }) => record.said_on.from,
    required: true,
  },
  {
    name: 'said_to',
    type: 'date',
    meaning: 'The last day on which it can have been said; the same where the day is known.',
    read: ({ record }) => record.said_on.to,
    required: true,
  },
  {
    name: 'kind',
    type: 'string',
    meaning: 'How the probability was given.',
    levels: KINDS,
    read: (item) => kindOf(of(item)),
    required: true,
  },
  {
    name: 'low',
    type: 'number',
    unit: CHANCE,
    meaning: 'The lowest reading of the probability of yes.',
    rule: READ,
    read: (item) => bandOf(of(item))?.low,
  },
  {
    name: 'mid',
    type: 'number',
    unit: CHANCE,
    meaning: 'The middle reading of the probability of yes.',
    rule: READ,
    read: (item) => bandOf(of(item))?.mid,
  },
  {
    name: 'high',
    type: 'number',
    unit: CHANCE,
    meaning: 'The highest reading of the probability of yes.',
    rule: READ,
    read: (item) => bandOf(of(item))?.high,
  },
  {
    name: 'words',
    type: 'string',
    rights: 'quoted',
    meaning: 'The words of probability, as they were said.',
    read: (item) => wordsOf(of(item)),
  },
  {
    name: 'lexicon',
    type: 'string',
    meaning: 'The version of the lexicon that they were read through.',
    read: (item) => readThrough(of(item))?.lexicon,
  },
  {
    name: 'phrase',
    type: 'string',
    meaning: 'The row of the lexicon; the page /methods of a ledger has them all.',
    read: (item) => readThrough(of(item))?.key,
  },
  {
    name: 'reading_because',
    type: 'string',
    meaning: 'Why the editor read the words otherwise than the lexicon.',
    read: (item) => readThrough(of(item))?.because,
  },
  {
    name: 'leans',
    type: 'string',
    meaning: 'What was said flatly, or the side that unmeasured words lean to.',
    levels: { yes: 'The event happens.', no: 'It does not.' },
    read: (item) => flatly(of(item)),
  },
  {
    name: 'interval_low',
    type: 'string',
    meaning: 'The lower end of an interval: a number or a day.',
    read: (item) => intervalOf(of(item))?.interval[0],
  },
  {
    name: 'interval_high',
    type: 'string',
    meaning: 'The upper end of an interval: a number or a day.',
    read: (item) => intervalOf(of(item))?.interval[1],
  },
  {
    name: 'interval_level',
    type: 'number',
    unit: CHANCE,
    meaning: 'How likely the answer lies in the interval.',
    read: (item) => intervalOf(of(item))?.level,
  },
  {
    name: 'cluster',
    type: 'string',
    meaning: 'What makes rows of a table of forecasts hang together, such as their day.',
    read: ({ record }) => record.cluster,
  },
  {
    name: 'logged',
    type: 'string',
    meaning: 'When it was recorded, against what could be known.',
    levels: LOGGED,
    read: ({ logged }) => logged,
    required: true,
  },
  {
    name: 'proven_at',
    type: 'datetime',
    unit: 'UTC',
    meaning: 'By when somebody outside attests that it was recorded, before the outcome could be known.',
    read: ({ proven_at }) => proven_at,
  },
  {
    name: 'withdrawn_on',
    type: 'date',
    meaning: 'The day on which the person took it back.',
    read: ({ withdrawal }) => withdrawal?.withdrawn_on,
  },
  {
    name: 'withdrawn_because',
    type: 'string',
    meaning: 'What they said to that.',
    read: ({ withdrawal }) => withdrawal?.because,
  },
  {
    name: 'retracted_because',
    type: 'string',
    meaning: 'Why the ledger recorded it by mistake; then it is in no figure.',
    read: ({ retraction }) => retraction?.because,
  },
  ...recorded<ForecastItem>((row) => row),
]
export const forecastTable = {
  name: 'forecasts',
  title: 'Forecasts',
  row: 'What an analyst gave for a question, at a time.',
  key: ['id'],
  references: [
    refers('id', 'statements'),
    refers('question', 'questions'),
    refers('analyst', 'analysts'),
    refers('source', 'sources'),
  ],
  columns: forecastColumns,
}

export type DistributionRow = {
  forecast: string
  position: number
  option: string | null
  probability: number
  value: number | string | null
}

/** Each option with its probability, or each level with its value. */
export function distributionOf(forecast: string, probability: Probability): DistributionRow[] {
  const kind = kindOf(probability)
  if (kind === 'options')
    return Object.entries(probability as Record<string, number>).map(([option, chance], i) => ({
      forecast,
      position: i + 1,
      option,
      probability: chance,
      value: null,
    }))
  if (kind !== 'quantiles') return []
  const { quantiles } = probability as { quantiles: Record<string, number | string> }
  return Object.entries(quantiles)
    .map(([level, value]) => ({ level: Number(level), value }))
    .sort((a, b) => a.level - b.level)
    .map(({ level, value }, i) => ({
      forecast,
      position: i + 1,
      option: null,
      probability: level,
      value,
    }))
}

const distributionColumns: Column<DistributionRow>[] = [
  {
    name: 'forecast',
    type: 'string',
    meaning: 'An id in forecasts.',
    read: ({ forecast }) => forecast,
    required: true,
  },
  {
    name: 'position',
    type: 'integer',
    meaning: 'Its place, from 1.',
    read: ({ position }) => position,
    required: true,
  },
  {
    name: 'option',
    type: 'string',
    meaning: 'The option.',
    rule: 'Given exactly where the kind of the forecast is options.',
    read: ({ option }) => option,
  },
  {
    name: 'probability',
    type: 'number',
    unit: CHANCE,
    meaning:
      'The probability of the option; of a quantile its level: how likely the answer is no higher than the value.',
    read: ({ probability }) => probability,
    required: true,
  },
  {
    name: 'value',
    type: 'string',
    meaning: 'The value at that level: a number or a day.',
    rule: 'Given exactly where the kind of the forecast is quantiles.',
    read: ({ value }) => value,
  },
]
export const distributionTable = {
  name: 'distributions',
  title: 'Distributions',
  row: 'One option, or one quantile, of a forecast.',
  key: ['forecast', 'position'],
  references: [refers('forecast', 'forecasts')],
  columns: distributionColumns,
}

const replyColumns: Column<Reply>[] = [
  {
    name: 'forecast',
    type: 'string',
    meaning: 'To what: an id in forecasts.',
    read: ({ record }) => record.forecast,
    required: true,
  },
  {
    name: 'text',
    type: 'string',
    rights: 'quoted',
    meaning: 'What the person concerned replied.',
    read: ({ record }) => record.text,
  },
  {
    name: 'url',
    type: 'string',
    rights: 'named',
    meaning: 'Where they said so.',
    read: ({ record }) => record.url,
  },
  {
    name: 'replied_on',
    type: 'date',
    meaning: 'The day of the reply.',
    read: ({ record }) => record.replied_on,
    required: true,
  },
  ...recorded<Reply>((row) => row),
]
export const replyTable = {
  name: 'replies',
  title: 'Replies',
  row: 'What the person concerned replied to a forecast.',
  key: ['seq'],
  references: [refers('forecast', 'forecasts')],
  columns: replyColumns,
}
