import type { Draft } from '../../core/entry.ts'
import type { LedgerRecords } from '../../core/folder.ts'
import type { Question } from '../../core/question.ts'
import type { Database, Statement as Sql } from '../../store/database.ts'
import {
  findTwins,
  type Made,
  questionMade,
  refuseTwins,
  sourceMade,
  statementMade,
} from '../../store/twins.ts'

/** What an import says anew and the ledger holds under another id. */
export type ImportTwins = { refused: { noun: string; id: string; message: string }[]; beside: Sql[] }

/**
 * Looks for what an import would record a second time. An id that the import names itself is none of it: an export of a
 * ledger that holds something twice must import again.
 */
export async function twinsOfImport(
  db: Database,
  records: LedgerRecords,
  drafts: readonly Draft[],
): Promise<ImportTwins> {
  const made = newOf(records, drafts)
  const named = [
    ...records.sources,
    ...records.questions,
    ...records.statements.map((record) => ({ record })),
  ].map(({ record }) => record.id)
  const nouns = new Map(made.map(({ id, noun }) => [id, noun]))
  const refused = (await findTwins(db, made, named)).map(({ of, id }) => ({
    noun: nouns.get(of) ?? 'statement',
    id: of,
    message: `is recorded already, as ${id}`,
  }))
  return { refused, beside: refuseTwins(made, named) }
}

/** A question that a forecast asks stands and falls with the words of the forecast. */
function newOf({ questions, forecasts }: LedgerRecords, drafts: readonly Draft[]): Made[] {
  const asked = new Map<string, Question>(questions.map(({ record }) => [record.id, record]))
  const answers = new Map(forecasts.map((forecast) => [forecast.record.id, forecast]))
  const answered = new Set(forecasts.map(({ record }) => record.question))
  return drafts.flatMap((draft) => {
    if (draft.type === 'source.recorded' && draft.rev === 0) return [sourceMade(draft.payload.record)]
    if (draft.type === 'question.recorded')
      return answered.has(draft.payload.id) ? [] : [questionMade(draft.payload)]
    if (draft.type !== 'statement.recorded') return []
    const answer = answers.get(draft.payload.id)
    // What is retracted when it comes does not count, and keeps nothing else out.
    if (answer !== undefined && answer.retracted !== null) return []
    return [statementMade(draft.payload, asked.get(answer?.record.question ?? '') ?? null)]
  })
}
