import type { Analyst } from '../core/analyst.ts'
import type { LedgerRecords } from '../core/folder.ts'
import type { WithdrawalRequest } from '../core/forecast.ts'
import type { Question } from '../core/question.ts'
import type { FileResolution, Outcome } from '../core/resolution.ts'
import { slugCandidates, statementId } from '../core/slug.ts'
import type { Source } from '../core/source.ts'
import type { ForecastRow, TableMapping } from './forecast-row.ts'
import { grouped, personIn, questionsIn, sayingsOf } from './row-groups.ts'

/** The analysts of a table: one, or by the name that a column gives. */
export type AnalystOf = (name: string | null) => Analyst
/** The local ids that are taken, each with how many more were made of it. */
type Taken = { get: (id: string) => number | undefined; set: (id: string, more: number) => unknown }

/** The forecasts as the records of one source of type `dataset`, in an order that the order of the rows has no part in. */
export function recordsOf(
  rows: readonly ForecastRow[],
  { columns, time_zone, accessed, says }: TableMapping,
  source: Source,
  analystOf: AnalystOf,
  /** The ids that other rows of the table have, where these are a part of it. */
  taken: Taken = new Map<string, number>(),
): LedgerRecords {
  const records: LedgerRecords = {
    analysts: [],
    sources: [{ record: source, amends: 'The table was read again and has grown.' }],
    statements: [],
    questions: [],
    references: [],
    forecasts: [],
  }
  const analysts = new Map<string, Analyst>()
  const address = source.url as string
  for (const question of questionsIn(rows, columns)) {
    const [first] = question as [ForecastRow]
    const id = statementId(source.id, localId(first.key, taken))
    const decided = question.find(({ outcome }) => outcome.value !== null)
    records.questions.push({
      record: {
        id,
        title: first.title,
        ...kindOf(first),
        criteria:
          question.find(({ criteria }) => criteria !== null)?.criteria ??
          criteriaOf(first, columns.outcome, says),
        deadline: {
          date: first.deadline,
          time_zone,
          ...(first.reasons.deadline === undefined ? {} : { because: first.reasons.deadline }),
        },
      },
      condition_met: null,
      resolution: decided === undefined ? null : resolutionOf(decided, columns.outcome, address, accessed),
    })
    for (const own of grouped(question, personIn)) {
      const said = sayingsOf(own)
      for (const [n, row] of said.entries()) {
        const analyst = analystOf(row.name)
        analysts.set(analyst.id, analyst)
        const local = `${id}${columns.analyst === undefined ? '' : `-by-${analyst.id}`}`
        const nth = said.filter((other, at) => at < n && other.said.day === row.said.day).length
        const day = n === 0 ? '' : `, ${row.said.day}${nth === 0 ? '' : ` (${nth + 1})`}`
        const statement = n === 0 ? local : `${local}-of-${row.said.day}${nth === 0 ? '' : `-${nth + 1}`}`
        records.statements.push({
          id: statement,
          source: source.id,
          analyst: analyst.id,
          quote: { exact: `${row.title}${day}: ${row.answer.text}` },
          voice: 'quote',
          kind: 'forecast',
          checked: 'unchecked',
        })
        records.forecasts.push({
          record: {
            id: statement,
            question: id,
            analyst: analyst.id,
            statement,
            said_on: { from: row.said.day, to: row.said.day },
            probability: row.answer.probability,
            ...row.cluster,
          },
          withdrawn: n === said.length - 1 ? endOf(row, address, accessed) : null,
          retracted: null,
        })
      }
    }
  }
  records.analysts = [...analysts.values()].map((record) => ({ record }))
  return records
}

/** What the question is besides one of yes or no. */
function kindOf({
  answer: { type, options, range },
}: ForecastRow): Pick<Question, 'type' | 'options' | 'range'> {
  if (type === 'binary') return {}
  return { type, ...(options === undefined ? {} : { options }), ...(range === undefined ? {} : { range }) }
}

/** What is asked, in the words of the table, where it gives no criteria. */
function criteriaOf(
  { answer: { type }, title, deadline }: ForecastRow,
  column: string,
  { yes, no } = { yes: '1', no: '0' },
): string {
  const gives = `that the column "${column}" of the table gives for ${title} on ${deadline}.`
  switch (type) {
    case 'binary':
      return `Yes when the column "${column}" of the table says ${yes} for ${title} on ${deadline}, no when it says ${no}.`
    case 'multiple_choice':
      return `The option ${gives}`
    case 'numeric':
      return `The number ${gives}`
    case 'date':
      return `The day ${gives}`
  }
}

function resolutionOf(
  { outcome, title, deadline, known_on, reasons }: ForecastRow,
  column: string,
  url: string,
  accessed: string,
): FileResolution {
  const says = `${column} is ${outcome.text} for ${title} on ${deadline}.`
  const value = outcome.value as Outcome
  return {
    outcome: value,
    ...(value === 'annulled' ? { annulled_because: 'moot' as const } : {}),
    known_on: known_on as string,
    evidence: [{ url, says, accessed }],
    rationale: ['As the table says.', reasons.known_on].filter((text) => text !== undefined).join(' '),
    ...(value !== 'annulled' && (known_on as string) < deadline
      ? { because_early: reasons.known_on ?? 'The table gives the day on which the outcome was known.' }
      : {}),
  }
}

/** The last that somebody said ended while the question was open: they held it no longer. */
function endOf(
  { said, ends, deadline, known_on }: ForecastRow,
  url: string,
  accessed: string,
): WithdrawalRequest | null {
  const isOpen = ends !== null && ends < deadline && (known_on === null || ends < known_on)
  return isOpen && ends >= said.day && ends <= accessed ? { withdrawn_on: ends, because: ENDED, url } : null
}
const ENDED = 'The file says when it ended, and names no later one: it expired, or was taken back.'

const idOf = (title: string): string => slugCandidates('table', title, 'of-forecasts')[0] as string

/** A slug of its own for each question; those of one day and event are numbered in their order. */
function localId(title: string, taken: Taken): string {
  const base = idOf(title)
  let more = taken.get(base)
  if (more === undefined) {
    taken.set(base, 0)
    return base
  }
  let id: string
  do id = `${base}-${++more + 1}`
  while (taken.get(id) !== undefined)
  taken.set(id, 0)
  taken.set(base, more)
  return id
}
