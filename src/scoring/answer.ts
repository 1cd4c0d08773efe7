import { type BinaryRow, isBinary } from './figures.ts'
import type { Row } from './scored-row.ts'
import { scoredRows } from './track-record.ts'
import type { Read } from './verbal-range.ts'

/** What a comparison needs of one answer to a yes/no question; no more, so that the answers of many can be kept. */
export type Answer = Read & {
  question: string
  said_on: string
  stated: boolean
  source_cluster: string
  family_cluster: string
}

export function answerOf({ unit, said, kind, binary, source_cluster, family_cluster }: BinaryRow): Answer {
  const { question } = unit
  return {
    question,
    said_on: said.said_on,
    stated: kind === 'stated',
    source_cluster,
    family_cluster,
    ...binary,
  }
}

/** The scored yes/no questions of some rows, each with what counts of the answer: the first statement. */
export const answersOf = (rows: readonly Row[]): Answer[] => scoredRows(rows).filter(isBinary).map(answerOf)

/** Two answers to one question. */
export type Common = { a: Answer; b: Answer }

/** The questions that both answered, in the order of a's. */
export function commonOf(a: readonly Answer[], b: readonly Answer[]): Common[] {
  const others = new Map(b.map((answer) => [answer.question, answer]))
  return a.flatMap((own) => {
    const other = others.get(own.question)
    return other === undefined ? [] : [{ a: own, b: other }]
  })
}
