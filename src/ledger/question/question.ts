import { LedgerError, notFound } from '../../core/error.ts'
import { findQuestion, type QuestionRow, resolutionsOf } from '../../store/lookups.ts'
import type { Ledger } from '../ledger.ts'

/** The question that a verb changes; `expectedRev` is the rev the client read (If-Match). */
export async function questionToChange(
  ledger: Ledger,
  id: string,
  expectedRev: number | undefined,
): Promise<QuestionRow> {
  const question = await findQuestion(ledger.db, id)
  if (question === null) throw notFound('question', id)
  if (expectedRev !== undefined && expectedRev !== question.rev)
    throw new LedgerError(
      'stale',
      `The question is at rev-${question.rev}, not rev-${expectedRev}: read it again.`,
    )
  return question
}

/** All that was proposed for a question, and the one of this id. */
export async function resolutionToChange({ db }: Ledger, question: string, id: string) {
  const resolutions = await resolutionsOf(db, question)
  const row = resolutions.find(({ record }) => record.id === id)
  if (row === undefined) throw notFound('resolution', id)
  return { resolutions, row }
}

export const claimOn = (question: QuestionRow): string => `stream:${question.stream}`
