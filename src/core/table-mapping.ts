import * as z from 'zod'
import { TimeZone } from './calendar.ts'
import type { Problem } from './error.ts'
import { IntervalLevel, QuantileLevel } from './probability.ts'
import { Range } from './question.ts'
import { Slug } from './slug.ts'
import { line, personName, webAddress } from './text.ts'

/** What a column can be. */
export const COLUMN_KEYS = [
  'probability',
  'outcome',
  'date',
  'deadline',
  'known_on',
  'said',
  'created',
  'analyst',
  'id',
  'criteria',
  'option',
  'low',
  'high',
  'value',
  'range_low',
  'range_high',
  'unit',
] as const
export type ColumnKey = (typeof COLUMN_KEYS)[number]
export type ColumnNames = { outcome: string } & { [K in ColumnKey]?: string | undefined }

export const MEANINGS = ['yes', 'no', 'ambiguous', 'annulled', 'open'] as const
export type Meaning = (typeof MEANINGS)[number]

export const DATE_FORMATS = ['day-first', 'month-first'] as const
export type DateFormat = (typeof DATE_FORMATS)[number]

const Name = z.string().min(1).max(1000)
const columns = Object.fromEntries(COLUMN_KEYS.map((key) => [key, Name.optional()])) as {
  [K in ColumnKey]: z.ZodOptional<typeof Name>
}

/**
 * What a table of forecasts has to be told besides its rows: by options of the command, in a form, or in a file beside
 * it. A predictions file says it all itself.
 */
export const TableMappingFile = z.strictObject({
  url: webAddress().describe('Where the table was published: what tells it from others.'),
  source: line().optional().describe('The title of a new source; without it the name of the file.'),
  analyst: personName().optional().describe('Whose probabilities all of these are.'),
  analyst_id: Slug.optional().describe('The id of a new analyst whose name gives none.'),
  distinct_from: z.array(Slug).max(20).optional().describe('Recorded analysts who are somebody else.'),
  columns: z
    .strictObject(columns)
    .optional()
    .describe(
      'The names of the columns; `date` is when the outcome was known, and the deadline, where `deadline` and `known_on` are not two.',
    ),
  quantiles: z
    .record(QuantileLevel, Name)
    .optional()
    .describe('Of numbers and days: the columns of their quantiles, by level, such as 0.05.'),
  level: IntervalLevel.optional().describe('How probable an answer from `low` to `high` is.'),
  range: Range.optional().describe(
    'Of numbers and days: from where to where an answer can lie, where no column says it.',
  ),
  title: z.string().min(1).max(1000).optional().describe('The event, with the cells of `{column}`.'),
  cluster: Name.optional().describe('Rows that share this cell depend on each other.'),
  where: z
    .array(z.strictObject({ column: Name, value: z.string().max(1000) }))
    .max(20)
    .optional()
    .describe('Only rows with these cells.'),
  not_analyst: z
    .array(Name)
    .max(20)
    .optional()
    .describe('Columns that do not say who made a forecast, although they look so.'),
  outcomes: z
    .array(z.strictObject({ value: z.string().min(1).max(100), meaning: z.enum(MEANINGS) }))
    .max(50)
    .optional()
    .describe('What cells of the outcome mean, such as -1.'),
  date_format: z.enum(DATE_FORMATS).optional().describe('Where dates are numbers that can be two days.'),
  time_zone: TimeZone.optional().describe('Of the dates; without it UTC.'),
})
export type TableMappingFile = z.infer<typeof TableMappingFile>

/** What does not go together in what a table was told. */
export function disagreements(told: TableMappingFile): Problem[] {
  const { analyst, columns: at = {} } = told
  const problems: Problem[] = []
  const fail = (pointer: string, message: string) => problems.push({ pointer, message })
  if (analyst === undefined && at.analyst === undefined)
    fail('/analyst', 'is needed: whose probabilities these are, or the column that says so')
  if (analyst !== undefined && at.analyst !== undefined)
    fail('/analyst', 'names one person, and a column of many is given too: leave one of them out')
  if (at.deadline !== undefined && at.known_on === undefined && at.date === undefined)
    fail('/columns/known_on', 'is needed beside a deadline: the day on which the outcome was known')
  if (at.known_on !== undefined && at.deadline === undefined && at.date === undefined)
    fail('/columns/deadline', 'is needed beside the day on which the outcome was known')
  return [...problems, ...ofQuantities(told)]
}

const gives = ({
  columns: at = {},
  quantiles = {},
}: Pick<TableMappingFile, 'columns' | 'quantiles'>): boolean =>
  Object.keys(quantiles).length > 0 || at.low !== undefined || at.high !== undefined

/** What does not go together in what a table was told of numbers and days. */
function ofQuantities(told: TableMappingFile): Problem[] {
  const { columns: at = {}, level, range, quantiles = {} } = told
  const problems: Problem[] = []
  const fail = (pointer: string, message: string) => problems.push({ pointer, message })
  const levels = Object.keys(quantiles)
  if (new Set(levels.map(Number)).size < levels.length) fail('/quantiles', 'gives a level twice')
  for (const [one, other] of [
    ['low', 'high'],
    ['range_low', 'range_high'],
  ] as const) {
    if (at[one] === undefined && at[other] !== undefined) fail(`/columns/${one}`, `is needed beside ${other}`)
    if (at[one] !== undefined && at[other] === undefined) fail(`/columns/${other}`, `is needed beside ${one}`)
  }
  if (at.low !== undefined && level === undefined)
    fail('/level', 'is needed beside low and high: how probable an answer between them is, such as 0.8')
  if (at.low === undefined && level !== undefined)
    fail('/level', 'is of low and high, and no column is said to be these')
  if (gives(told) && range === undefined && at.range_low === undefined)
    fail('/range', 'is needed for numbers and days: from where to where an answer can lie')
  if (!gives(told) && at.value !== undefined)
    fail(
      '/columns/value',
      'says which number and not how probable it is, so nothing can be scored: name quantiles (a median is that of 0.5), or low and high with a level',
    )
  return problems
}

/** The columns by their usual names where nothing is said. */
export function columnsNamed(told: Pick<TableMappingFile, 'columns' | 'quantiles'>): ColumnNames {
  const { columns: at = {} } = told
  const isDivided = at.deadline !== undefined || at.known_on !== undefined
  return {
    ...(gives(told) ? {} : { probability: 'probability' }),
    outcome: 'outcome',
    ...(isDivided ? {} : { date: 'date' }),
    ...Object.fromEntries(Object.entries(at).filter(([, name]) => name !== undefined)),
  }
}
