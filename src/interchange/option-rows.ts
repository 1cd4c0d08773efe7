import { addUpToOne, type OptionChances } from '../core/probability.ts'
import { MOST_OPTIONS } from '../core/question.ts'
import { LONGEST_QUOTE } from '../core/statement.ts'
import { shown } from './finding.ts'
import type { ForecastRow, TableMapping } from './forecast-row.ts'
import { grouped, momentOf, personIn } from './row-groups.ts'
import type { RowOutcome } from './row-outcome.ts'
import { type Report, whereOf } from './table-rows.ts'

type Wrong = (row: ForecastRow, message: string, remedy: string) => void

/**
 * The rows of a table with those of options put together: what one person gave the options of a question at a time is
 * one forecast. The options of a question are those that its rows name, in the order in which they come first.
 */
export function joined(rows: readonly ForecastRow[], mapping: TableMapping, report: Report): ForecastRow[] {
  const ofOptions = rows.filter(({ answer }) => answer.option !== undefined)
  if (ofOptions.length === 0) return [...rows]
  const wrong: Wrong = ({ row }, message, remedy) =>
    report({ line: row.line }, 'table_value', message, remedy)
  return [
    ...rows.filter(({ answer }) => answer.option === undefined),
    ...grouped(ofOptions, ({ key }) => key).flatMap((question) => joinedQuestion(question, mapping, wrong)),
  ].sort((a, b) => a.row.line - b.row.line)
}

const optionOf = ({ answer }: ForecastRow): string => answer.option as string
const chanceOf = (row: ForecastRow): number =>
  (row.answer.probability as OptionChances)[optionOf(row)] as number

function joinedQuestion(rows: ForecastRow[], mapping: TableMapping, wrong: Wrong): ForecastRow[] {
  const [first] = rows as [ForecastRow]
  const options = [...new Set(rows.map(optionOf))]
  if (options.length < 2) {
    wrong(
      first,
      `${shown(optionOf(first))} is the only option of ${shown(first.title)} that the table names`,
      'Give the others their rows, with probability 0 where nobody expects them; rows of one question share title and deadline, or their id.',
    )
    return []
  }
  if (options.length > MOST_OPTIONS) {
    wrong(
      first,
      `the table names ${options.length} options of ${shown(first.title)}`,
      `Put them together: a question has at most ${MOST_OPTIONS}.`,
    )
    return []
  }
  const outcome = outcomeOf(rows, options, mapping.columns.outcome, wrong)
  const known_on = rows.find((row) => row.outcome.value !== null)?.known_on ?? null
  const mayRepeat = mapping.columns.said === undefined && mapping.columns.id === undefined
  return grouped(rows, (row) => `${personIn(row)} ${momentOf(row)}`)
    .flatMap((saying) => setsOf(saying, mayRepeat, wrong))
    .map((set) => {
      const answer = answerOf(set, options, wrong)
      const { cluster } = set.find((row) => row.cluster.cluster !== undefined) ?? (set[0] as ForecastRow)
      return {
        ...(set[0] as ForecastRow),
        answer,
        outcome,
        cluster,
        known_on: outcome.value === null ? null : known_on,
      }
    })
}

/** Rows of one person and moment, by letters; an option that comes again is of another event of that name. */
function setsOf(saying: readonly ForecastRow[], mayRepeat: boolean, wrong: Wrong): ForecastRow[][] {
  const sets: ForecastRow[][] = []
  for (const same of grouped(saying, optionOf)) {
    const byChance = same.toSorted((a, b) => chanceOf(a) - chanceOf(b))
    const differing = byChance.filter(
      (row, n) => n === 0 || chanceOf(row) !== chanceOf(byChance[n - 1] as ForecastRow),
    )
    if (mayRepeat) for (const [n, row] of byChance.entries()) sets[n] = [...(sets[n] ?? []), row]
    else sets[0] = [...(sets[0] ?? []), differing[0] as ForecastRow]
    const [one, another] = differing
    if (!mayRepeat && one !== undefined && another !== undefined)
      wrong(
        another,
        `another probability of ${shown(optionOf(another))} by the same person, and nothing tells which came first: ${whereOf(one.row)} is on the same question`,
        'Name the column of the time with --map created=COLUMN.',
      )
  }
  return sets.map((set) => set.sort((a, b) => (optionOf(a) < optionOf(b) ? -1 : 1)))
}

/** What one person gave all options at a time. */
function answerOf(set: readonly ForecastRow[], options: string[], wrong: Wrong): ForecastRow['answer'] {
  const first = set.toSorted((a, b) => a.row.line - b.row.line)[0] as ForecastRow
  const chances = set.map(chanceOf)
  const total = Number(chances.reduce((sum, chance) => sum + chance, 0).toFixed(4))
  const given = set.toSorted((a, b) => chanceOf(b) - chanceOf(a)).map(({ answer }) => answer.text)
  const text = given.join(', ')
  if (!addUpToOne(chances))
    wrong(
      first,
      `what ${shown(first.title)} gives its options adds up to ${total}, not to 1: ${shown(text)} (${lines(set)})`,
      total < 1
        ? `Give a row to what is left out, such as “other” with ${Number((1 - total).toFixed(4))}; all rows of one saying need the same person and time.`
        : 'Options exclude each other, and their probabilities add up to 1. Events that can all happen are questions of their own: map no option, and put it into the title.',
    )
  else if (text.length > LONGEST_QUOTE - 400)
    wrong(first, 'the options are longer than a quote can be', 'Give them shorter names.')
  return {
    type: 'multiple_choice',
    probability: Object.fromEntries(set.map((row) => [optionOf(row), chanceOf(row)])),
    text,
    options,
  }
}

const lines = (rows: readonly ForecastRow[]): string => {
  const sorted = rows.toSorted((a, b) => a.row.line - b.row.line)
  const [first] = sorted
  if (first?.row.named !== undefined || sorted.length === 1) return whereOf((first as ForecastRow).row)
  const shown = sorted.slice(0, 10).map(({ row }) => row.line)
  return `lines ${shown.join(', ')}${sorted.length > 10 ? ' …' : ''}`
}

/** What happened: the name of an option in every row, or 1 in the rows of the one that came true. */
function outcomeOf(
  rows: readonly ForecastRow[],
  options: readonly string[],
  column: string,
  wrong: Wrong,
): RowOutcome {
  const open = { text: '', value: null }
  const told = rows.filter(({ outcome }) => outcome.text !== '')
  const decided = rows
    .filter(({ outcome }) => outcome.value !== null)
    .sort((a, b) => (optionOf(a) < optionOf(b) ? -1 : 1))
  const [first] = decided
  if (first === undefined) return open
  const differ = (row: ForecastRow, what: string, remedy: string) => {
    wrong(row, `${what}: ${whereOf(first.row)} is on the same question`, remedy)
    return open
  }
  const otherDay = decided.find(({ known_on }) => known_on !== first.known_on)
  if (otherDay !== undefined)
    return differ(
      otherDay,
      'the day of the outcome is another one',
      'Give each question its own id with --map id=COLUMN.',
    )
  const named = optionNamed(first.outcome.text, options)
  if (named !== null && told.every(({ outcome }) => optionNamed(outcome.text, options) === named))
    return { text: first.outcome.text, value: named }
  const stray = decided.find(({ outcome }) => !FLAGS.includes(String(outcome.value)))
  if (stray !== undefined) {
    wrong(
      stray,
      `${column} is ${shown(stray.outcome.text)}, none of the options ${shown(options.join(', '))}, or not in every row of them`,
      `Write the option that came true in every row of the question, as its own row does; or 1 in its row and 0 in the others; or say what it means with --outcome=${shown(`${stray.outcome.text}=ambiguous`)}.`,
    )
    return open
  }
  const flagged = (flag: string) => decided.filter(({ outcome }) => outcome.value === flag)
  const [yes] = flagged('yes')
  const another = flagged('yes').find((row) => optionOf(row) !== optionOf(yes as ForecastRow))
  const both = flagged('no').find((row) => yes !== undefined && optionOf(row) === optionOf(yes))
  const ended = decided.find(({ outcome }) => outcome.value === 'ambiguous' || outcome.value === 'annulled')
  const remedy = 'Of options one comes true: its rows have 1, the others 0.'
  if (another !== undefined) return differ(another, 'another option came true too', remedy)
  if (both !== undefined) return differ(both, 'the outcome of this option is another one', remedy)
  if (yes !== undefined)
    return ended === undefined
      ? { text: `1 beside ${optionOf(yes)}`, value: optionOf(yes) }
      : differ(ended, 'the outcome is another one', remedy)
  if (ended !== undefined) {
    const other = decided.find(
      ({ outcome }) =>
        outcome.value !== ended.outcome.value &&
        (outcome.value !== 'no' || ended.outcome.value === 'annulled'),
    )
    return other === undefined ? ended.outcome : differ(other, 'the outcome is another one', remedy)
  }
  if (new Set(decided.map(optionOf)).size < options.length) return open
  return differ(decided.at(-1) as ForecastRow, 'no option came true', `${remedy} Give a row to what did.`)
}

const FLAGS = ['yes', 'no', 'ambiguous', 'annulled']

const optionNamed = (text: string, options: readonly string[]): string | null =>
  options.find((option) => option === text) ??
  options.find((option) => option.toLowerCase() === text.toLowerCase()) ??
  null
