import type { Draft } from '../core/entry.ts'
import { type Existing, LedgerError } from '../core/error.ts'
import type { Question } from '../core/question.ts'
import type { Statement } from '../core/statement.ts'
import type { Statement as Sql } from '../store/database.ts'
import { findTwins, questionMade, refuseTwins, statementMade, type Twin } from '../store/twins.ts'
import type { Ledger } from './ledger.ts'

/** What keeps something from being recorded twice at the same moment: here, and in another program. */
export type Single = { claims: string[]; beside: Sql[] }

/** Refuses words that are recorded already: the same quote of the same analyst in the same source, to the same end. */
export async function requireSingleStatement(
  ledger: Ledger,
  made: { statement: Statement; entries: readonly Draft[] },
  question: Question | null,
): Promise<Single> {
  const { statement } = made
  const statements = [statementMade(statement, question)]
  // Where the analyst or the source is new too, nothing of it can stand yet.
  const [twin] = made.entries.length > 1 ? [] : await findTwins(ledger.db, statements)
  if (twin !== undefined) throw recordedAlready(statement, twin)
  const { source, analyst, quote } = statement
  return { claims: [`said:${source}:${analyst}:${quote.exact}`], beside: refuseTwins(statements) }
}

function recordedAlready({ kind }: Statement, { id, source, analyst, question }: Twin): LedgerError {
  const isForecast = kind === 'forecast' && question !== null
  const existing: Existing = {
    ...(isForecast ? { forecast: id, question } : {}),
    statement: id,
    ...(source === null ? {} : { source }),
    ...(analyst === null ? {} : { analyst }),
  }
  const what = isForecast
    ? `This forecast is recorded already, as ${id}: the same words of the same analyst in the same source, on the same question.`
    : `This remark is recorded already, as ${id}: the same words of the same analyst in the same source.`
  return new LedgerError(
    'duplicate',
    `${what} Words that stand there twice are told apart by a prefix, a suffix or a timecode.`,
    [{ pointer: '/quote', message: `is recorded already, as ${id}` }],
    { existing },
  )
}

/** Refuses a question that stands already, with its criteria and its deadline. */
export async function requireSingleQuestion(ledger: Ledger, question: Question): Promise<Single> {
  const questions = [questionMade(question)]
  const [twin] = await findTwins(ledger.db, questions)
  if (twin !== undefined)
    throw new LedgerError(
      'duplicate',
      `This question is recorded already, as ${twin.id}, with the same criteria and deadline: refer to it by its id.`,
      [{ pointer: '/title', message: `is asked already by ${twin.id}, with the same criteria and deadline` }],
      { existing: { question: twin.id } },
    )
  return { claims: [`asks:${question.title}`], beside: refuseTwins(questions) }
}
