import { type Probability, percentNumber, RESERVED_OPTIONS } from '../core/probability.ts'
import { Option, type QuestionType, Range } from '../core/question.ts'
import { shown } from './finding.ts'
import type { Cells, TableMapping } from './forecast-row.ts'
import { chanceIn, numberIn } from './table-cells.ts'

/** What a row says will happen, and what kind of question that answers. */
export type Answer = {
  type: QuestionType
  probability: Probability
  /** In the words of the table. */
  text: string
  /** Of a row of options: which of them it is of, until they are put together. */
  option?: string
  options?: string[]
  range?: Range
}

type Quantity = number | string

/** The answer of a row, of the kind that its filled cells are of; or null where something is wrong with them. */
export function answerIn(cells: Cells, mapping: TableMapping): Answer | null {
  const { columns, quantiles = new Map() } = mapping
  const isFilled = (column: string | undefined) => column !== undefined && cells.of(column) !== ''
  const chance = isFilled(columns.probability) ? columns.probability : undefined
  const number = [...quantiles.values(), columns.low, columns.high, columns.value].find(isFilled)
  const option = isFilled(columns.option) ? columns.option : undefined
  if (number !== undefined && (option ?? chance) !== undefined) {
    cells.bad(
      number,
      `beside ${shown(cells.of((option ?? chance) as string))} in ${option ?? chance}`,
      'A row gives a probability, or numbers or days: leave the cells of the other kind blank, or their columns out.',
    )
    return null
  }
  if (number !== undefined) return quantityIn(cells, mapping)
  return chanceAnswer(cells, mapping, option)
}

function chanceAnswer(cells: Cells, { columns }: TableMapping, column: string | undefined): Answer | null {
  const { probability } = columns
  if (probability === undefined) {
    cells.wrong(
      'the row gives neither numbers nor days, and no column is said to be a probability',
      'Fill its cells, leave such rows out with --where, or name the column with --map probability=COLUMN.',
    )
    return null
  }
  const text = cells.of(probability)
  const chance = chanceIn(text, cells.hasCommas)
  if (chance === null)
    cells.bad(probability, 'not a probability from 0 to 1', 'Write 0.7 or 70 % for 70 %, with a point.')
  if (column === undefined) return chance === null ? null : { type: 'binary', probability: chance, text }
  const option = cells.of(column)
  const problem = Option.safeParse(option).error?.issues[0]?.message
  if (problem !== undefined) {
    cells.bad(
      column,
      `which ${problem}`,
      RESERVED_OPTIONS.includes(option)
        ? 'Write it otherwise, such as with a capital.'
        : 'Name each option in one line.',
    )
    return null
  }
  return chance === null
    ? null
    : { type: 'multiple_choice', option, probability: { [option]: chance }, text: `${option} ${text}` }
}

/** What a row of numbers or of days says. */
function quantityIn(cells: Cells, mapping: TableMapping): Answer | null {
  const { columns, quantiles = new Map<string, string>(), level } = mapping
  const isFilled = (column: string | undefined): column is string =>
    column !== undefined && cells.of(column) !== ''
  const levels = [...quantiles]
    .filter(([, column]) => isFilled(column))
    .sort(([a], [b]) => Number(a) - Number(b))
  const ends = [columns.low, columns.high].filter(isFilled)
  const named = [...levels.map(([, column]) => column), ...ends, columns.value].filter(isFilled)
  const [first] = named as [string]
  if (levels.length === 0 && ends.length === 0) {
    cells.bad(
      first,
      'and says nothing of how probable it is, so nothing can be scored',
      'Give quantiles or an interval beside it. If it is a median, say so: --map q0.5=COLUMN.',
    )
    return null
  }
  if (levels.length > 0 && ends.length > 0) {
    const needs = 'beside quantiles in the same row'
    cells.bad(ends[0] as string, needs, 'Leave low and high out, or the quantiles.')
    return null
  }
  if (ends.length === 1) {
    const missing = (ends[0] === columns.low ? columns.high : columns.low) as string
    cells.bad(missing, 'and the other end of the interval is given', 'Give both ends, or neither.')
    return null
  }
  const type = numberIn(cells.of(first), cells.hasCommas) === null ? 'date' : 'numeric'
  const read = new Map(named.map((column) => [column, cells.quantity(column, type)]))
  const range = rangeIn(cells, mapping, type)
  if (range === null || [...read.values()].includes(null)) return null
  const values = (of: readonly string[]) => of.map((column) => read.get(column) as Quantity)
  const ordered = levels.length > 0 ? levels.map(([, column]) => column) : ends
  const falls = ordered.find((_, i) => i > 0 && less(values(ordered)[i], values(ordered)[i - 1]))
  if (falls !== undefined) {
    const before = ordered[ordered.indexOf(falls) - 1] as string
    cells.bad(
      falls,
      `less than ${shown(cells.of(before))} in ${before}`,
      'Quantiles must not fall, and an interval must not end before it begins: see which column is which.',
    )
    return null
  }
  const probability = (
    levels.length > 0
      ? { quantiles: Object.fromEntries(levels.map(([at], i) => [at, values(ordered)[i]])) }
      : { interval: values(ends), level }
  ) as Probability
  const figures =
    levels.length > 0
      ? levels.map(([at, column]) => `${cells.of(column)} (${percentNumber(Number(at))} %)`)
      : [`${ends.map(cells.of).join(' to ')} (${percentNumber(level as number)} %)`]
  const value = isFilled(columns.value) ? [cells.of(columns.value)] : []
  const words = isFilled(mapping.words) ? cells.of(mapping.words) : [...value, ...figures].join(', ')
  return { type, probability, text: words, range }
}

const less = (a: Quantity | undefined, b: Quantity | undefined) => (a as Quantity) < (b as Quantity)

/** From where to where the answer can lie: as the row says it, or else the table. */
function rangeIn(cells: Cells, { columns, range }: TableMapping, type: 'numeric' | 'date'): Range | null {
  const { range_low: low, range_high: high } = columns
  const own =
    low === undefined || high === undefined || cells.of(low) + cells.of(high) === '' ? null : { low, high }
  if (own === null && range === undefined) {
    cells.wrong(
      `the row gives ${type === 'date' ? 'days' : 'numbers'}, and nothing says from where to where the answer can lie`,
      'Fill the columns of --map range_low=COLUMN,range_high=COLUMN, or say it of all rows with --range LOW..HIGH.',
    )
    return null
  }
  const [from, to] =
    own === null ? [range?.low, range?.high] : [cells.quantity(own.low, type), cells.quantity(own.high, type)]
  if (from === null || to === null) return null
  const told = columns.unit === undefined ? '' : cells.of(columns.unit)
  const unit = told !== '' ? told : range !== undefined && 'unit' in range ? range.unit : undefined
  const read = Range.safeParse({
    low: from,
    high: to,
    ...(type === 'date' || unit === undefined ? {} : { unit }),
  })
  const isOfType = (typeof from === 'string') === (type === 'date')
  if (read.success && isOfType) return read.data
  const column = own?.high ?? columns.unit
  const why = isOfType
    ? `from ${shown(from)} to ${shown(to)}${unit === undefined ? '' : ` ${unit}`} is no range`
    : `the row gives ${type === 'date' ? 'days' : 'numbers'}, and the range is one of ${type === 'date' ? 'numbers' : 'days'}`
  const remedy =
    'Give a range of the same kind that ends above its beginning, and a unit of at most 60 characters.'
  if (column === undefined || !isOfType) cells.wrong(why, remedy)
  else cells.bad(column, why, remedy)
  return null
}
