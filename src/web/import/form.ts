import { COLUMN_KEYS, DATE_FORMATS, MEANINGS, TableMappingFile } from '../../core/table-mapping.ts'
import { typedDay } from '../../core/typed-date.ts'
import type { Typed } from '../../http/form.ts'
import type { FileReader } from '../../ledger/import/read-file.ts'
import type { FormTable, Options } from '../ui/field.tsx'
import { type Fields, many, onceEach, text } from '../ui/fields.ts'
import { parsed } from '../ui/problem.ts'

const ANY_LENGTH = Number.POSITIVE_INFINITY
const MOST_FILES = 100
export const MOST_QUANTILES = 50

/** Everything that the form of an import can hold, through all of its steps. */
export const importFields: Fields = {
  own: {
    ...onceEach([
      ...COLUMN_KEYS.map((key) => `/columns/${key}`),
      '/url',
      '/source',
      '/analyst',
      '/analyst_id',
      '/distinct_from',
      '/title',
      '/cluster',
      '/where/column',
      '/where/value',
      '/date_format',
      '/time_zone',
      '/level',
      '/range/low',
      '/range/high',
      '/range/unit',
      'do',
      'tried',
    ]),
    name: many(text(300), MOST_FILES),
    content: many(text(ANY_LENGTH), MOST_FILES),
    '/not_analyst': many(text(1000), 20),
    '/outcomes/value': many(text(100), 50),
    '/outcomes/meaning': many(text(20), 50),
    '/quantiles/level': many(text(20), MOST_QUANTILES),
    '/quantiles/column': many(text(1000), MOST_QUANTILES),
  },
}

const columnLabels: Record<(typeof COLUMN_KEYS)[number], [label: string, hint: string]> = {
  probability: ['Probability', '0.7 or 70 %.'],
  outcome: ['Outcome', '1 or 0, yes or no, an option, a number, a day, N/A; blank while it is open.'],
  date: ['Date', 'When the outcome was known, which is the deadline too.'],
  deadline: ['Deadline', 'Where it is not the day on which the outcome was known.'],
  known_on: ['Known on', 'The day on which the outcome was known.'],
  said: ['Said on', 'Without it the day before the outcome was known or due.'],
  created: ['Time it was said', 'What orders several of one day.'],
  analyst: ['Who said it', 'Where the table is of several people.'],
  id: ['What tells questions apart', 'Rows that share it are of one question.'],
  criteria: ['Criteria', 'How each was to be decided; without it a sentence that names the table.'],
  option: ['Option', 'Where a row is one of several answers: its probability is that of this one.'],
  low: ['Low end', 'Of an interval in which a number or a day was expected.'],
  high: ['High end', 'Its other end.'],
  value: ['Single estimate', 'Is quoted beside quantiles or an interval; alone it cannot be scored.'],
  range_low: ['Answers from', 'The least that an answer can be.'],
  range_high: ['Answers to', 'The most that an answer can be.'],
  unit: ['Unit', 'Such as people, or %.'],
}
const MEANT: Record<(typeof MEANINGS)[number], string> = {
  yes: 'it happened',
  no: 'it did not',
  ambiguous: 'nobody can say',
  annulled: 'no result',
  open: 'still open',
}
export const MEANING_OPTIONS: Options = [['', 'choose'], ...MEANINGS.map((one) => [one, MEANT[one]] as const)]

/** The fields of a mapping, where the table has these columns. */
export function mappingForm(columns: readonly string[]): FormTable {
  const none = (words: string): Options => [['', words], ...columns.map((name) => [name, name] as const)]
  const ofColumns = Object.fromEntries(
    COLUMN_KEYS.map((key) => {
      const [label, hint] = columnLabels[key]
      return [`/columns/${key}`, { label, hint, options: none('none of them') }]
    }),
  )
  return {
    ...ofColumns,
    '/title': {
      label: 'The event',
      maxlength: 1000,
      hint: 'Worded so that a 1 means it happened; {column} stands for its cell, as in “{team1} beat {team2}”.',
    },
    '/url': {
      label: 'Where it was published',
      maxlength: 2048,
      placeholder: 'https://',
      hint: 'The source of all rows, and what tells this table from others.',
    },
    '/source': {
      label: 'Title of the source',
      maxlength: 300,
      hint: 'Of a new one; without it the name of the file.',
    },
    '/analyst': {
      label: 'Whose probabilities these are',
      maxlength: 200,
      hint: 'A person or a model. Leave it empty where a column says it.',
    },
    '/analyst_id': {
      label: 'Id of a new analyst',
      maxlength: 80,
      hint: 'Only where the name cannot be written in Latin letters here.',
    },
    '/distinct_from': {
      label: 'Is not',
      maxlength: 80,
      hint: 'The id of a recorded analyst of a name like this one who is somebody else.',
    },
    '/date_format': {
      label: 'Dates of numbers',
      options: [
        ['', 'have one meaning'],
        ...DATE_FORMATS.map(
          (one) =>
            [
              one,
              one === 'day-first' ? 'day first: 8/4/2025 is in April' : 'month first: 4/8/2025 is in April',
            ] as const,
        ),
      ],
      hint: 'Where 4/8/2025 could be two days.',
    },
    '/time_zone': {
      label: 'Time zone of the dates',
      maxlength: 60,
      placeholder: 'UTC',
      hint: 'Such as Asia/Yerevan; without it UTC.',
    },
    '/cluster': {
      label: 'What makes rows depend on each other',
      options: none('each stands alone'),
      hint: 'Such as the day of several games.',
    },
    '/level': {
      label: 'Probability of the interval',
      maxlength: 20,
      placeholder: '0.8',
      hint: 'How probable an answer from the low to the high end is.',
    },
    '/range/low': {
      label: 'All answers from',
      maxlength: 40,
      hint: 'A number or a day, where no column says it.',
    },
    '/range/high': { label: 'All answers to', maxlength: 40 },
    '/range/unit': { label: 'Unit of all', maxlength: 60 },
    '/where/column': { label: 'Only rows in which', options: none('all rows') },
    '/where/value': { label: 'is', maxlength: 1000 },
  }
}

const said = (typed: Typed, name: string): string | undefined => {
  const value = typed.get(name)?.[0] ?? ''
  return value === '' ? undefined : value
}

/** A number, or else a day as people write it. */
function endIn(text: string | undefined): number | string | undefined {
  if (text === undefined) return undefined
  const number = Number(text.replace(',', '.'))
  if (!Number.isNaN(number)) return number
  const read = typedDay(text)
  return 'day' in read ? read.day : text
}

/** What a table is told, as the form says it; refused as the API refuses it. */
export function mappingIn(typed: Typed, { chanceIn }: Pick<FileReader, 'chanceIn'>): TableMappingFile {
  const at = Object.fromEntries(
    COLUMN_KEYS.flatMap((key) => {
      const column = said(typed, `/columns/${key}`)
      return column === undefined ? [] : [[key, column]]
    }),
  )
  const meanings = typed.get('/outcomes/meaning') ?? []
  const outcomes = (typed.get('/outcomes/value') ?? [])
    .map((value, i) => ({ value, meaning: meanings[i] ?? '' }))
    .filter(({ value, meaning }) => value !== '' && meaning !== '')
  const columns = typed.get('/quantiles/column') ?? []
  const quantiles = (typed.get('/quantiles/level') ?? [])
    .map((level, i) => [level.replace(/^\./u, '0.'), columns[i] ?? ''] as const)
    .filter(([level, column]) => level !== '' && column !== '')
  const level = said(typed, '/level')
  const range = {
    low: endIn(said(typed, '/range/low')),
    high: endIn(said(typed, '/range/high')),
    unit: said(typed, '/range/unit'),
  }
  const whereColumn = said(typed, '/where/column')
  const distinct = said(typed, '/distinct_from')
  const request = {
    url: said(typed, '/url') ?? '',
    source: said(typed, '/source'),
    analyst: said(typed, '/analyst'),
    analyst_id: said(typed, '/analyst_id'),
    distinct_from: distinct?.split(/[\s,]+/u),
    columns: Object.keys(at).length === 0 ? undefined : at,
    quantiles: quantiles.length === 0 ? undefined : Object.fromEntries(quantiles),
    level: level === undefined ? undefined : (chanceIn(level, true) ?? level),
    range: Object.values(range).every((part) => part === undefined) ? undefined : range,
    title: said(typed, '/title'),
    cluster: said(typed, '/cluster'),
    where:
      whereColumn === undefined
        ? undefined
        : [{ column: whereColumn, value: typed.get('/where/value')?.[0] ?? '' }],
    not_analyst: typed.get('/not_analyst'),
    outcomes: outcomes.length === 0 ? undefined : outcomes,
    date_format: said(typed, '/date_format'),
    time_zone: said(typed, '/time_zone'),
  }
  return parsed(TableMappingFile, JSON.parse(JSON.stringify(request)))
}

/** A mapping that was read from a file, as the fields of the form. */
export function typedOf(told: TableMappingFile): [string, string[]][] {
  const plain = [
    'url',
    'source',
    'analyst',
    'analyst_id',
    'title',
    'cluster',
    'date_format',
    'time_zone',
  ] as const
  const [where] = told.where ?? []
  const all: [string, string | undefined][] = [
    ...COLUMN_KEYS.map((key): [string, string | undefined] => [`/columns/${key}`, told.columns?.[key]]),
    ...plain.map((key): [string, string | undefined] => [`/${key}`, told[key]]),
    ['/distinct_from', told.distinct_from?.join(' ')],
    ['/level', told.level?.toString()],
    ['/range/low', told.range?.low.toString()],
    ['/range/high', told.range?.high.toString()],
    ['/range/unit', told.range !== undefined && 'unit' in told.range ? told.range.unit : undefined],
    ['/where/column', where?.column],
    ['/where/value', where?.value],
  ]
  return [
    ...all.flatMap(([name, value]): [string, string[]][] => (value === undefined ? [] : [[name, [value]]])),
    ['/not_analyst', told.not_analyst ?? []],
    ['/quantiles/level', Object.keys(told.quantiles ?? {})],
    ['/quantiles/column', Object.values(told.quantiles ?? {})],
    ['/outcomes/value', (told.outcomes ?? []).map(({ value }) => value)],
    ['/outcomes/meaning', (told.outcomes ?? []).map(({ meaning }) => meaning)],
  ]
}
