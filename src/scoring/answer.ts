import { type BinaryRow, isBinary } from './figures.ts'
import type { Row } from './scored-row.ts'
import { scoredRows } from './track-record.ts'
import type { Read } from './verbal-range.ts'

/** What a comparison needs of one answer to a yes/no question; no more, so that the answers of many can be kept. */
export type Answer = Read & {
  /** The first forecast on the question. */
  forecast: string
  question: string
  said_on: string
  stated: boolean
  source_cluster: string
  /** Null where the question is part of no development. */
  family: string | null
}

export const answerOf = ({ unit, said, kind, binary, source_cluster }: BinaryRow): Answer => ({
  forecast: unit.id,
  question: unit.question,
  said_on: said.said_on,
  stated: kind === 'stated',
  source_cluster,
  family: unit.family,
  ...binary,
})

/** The scored yes/no questions of some rows, each with what counts of the answer: the first statement. */
export const answersOf = (rows: readonly Row[]): Answer[] => scoredRows(rows).filter(isBinary).map(answerOf)

export const byQuestion = (answers: readonly Answer[]): ReadonlyMap<string, Answer> =>
  new Map(answers.map((answer) => [answer.question, answer]))

/** Two answers to one question. */
export type Common = { a: Answer; b: Answer }

/** The questions that both answered, in the order of a's. */
export function commonOf(a: readonly Answer[], b: ReadonlyMap<string, Answer>): Common[] {
  return a.flatMap((own) => {
    const other = b.get(own.question)
    return other === undefined ? [] : [{ a: own, b: other }]
  })
}
