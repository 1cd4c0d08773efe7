import * as z from 'zod'
import { TimeZone } from './calendar.ts'
import type { Problem } from './error.ts'
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
] as const
export type ColumnKey = (typeof COLUMN_KEYS)[number]
export type ColumnNames = { probability: string; outcome: string } & { [K in ColumnKey]?: string | undefined }

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
export function disagreements({ analyst, columns: at = {} }: TableMappingFile): Problem[] {
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
  return problems
}

/** The columns by their usual names where nothing is said. */
export function columnsNamed(told: { [K in ColumnKey]?: string | undefined }): ColumnNames {
  const isDivided = told.deadline !== undefined || told.known_on !== undefined
  const { probability = 'probability', outcome = 'outcome', ...others } = told
  return { ...(isDivided ? {} : { date: 'date' }), ...others, probability, outcome }
}
