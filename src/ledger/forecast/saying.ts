import { type Analyst, nameKeysOf } from '../../core/analyst.ts'
import { type DaySpan, spanOf } from '../../core/calendar.ts'
import type { Draft } from '../../core/entry.ts'
import type { ForecastRequest, StatementRequest } from '../../core/forecast.ts'
import type { Source } from '../../core/source.ts'
import type { Statement } from '../../core/statement.ts'
import type { Statement as Sql } from '../../store/database.ts'
import { type QuestionRow, takenIds } from '../../store/lookups.ts'
import { readReferences } from '../../store/references.ts'
import { analystFrom } from '../analyst/analyst.ts'
import { draft } from '../draft.ts'
import { type Ledger, newId, type Unit } from '../ledger.ts'
import { firstFree, idClaim, statementIds } from '../naming.ts'
import { sourceFrom, sourceSought } from '../source/source.ts'
import { checkQuote } from './quote.ts'

/** Somebody said something somewhere: the analyst and the source, held or new, and the checked statement. */
export type Saying = {
  id: string
  analyst: Analyst
  source: Source
  statement: Statement
  said: DaySpan
  question: QuestionRow | null
  /** The forecast by which the analyst answered the question in this source already. */
  repeated: string | null
  /** Entries for what is new, the statement last. */
  entries: Draft[]
  refs: { analyst: string; statement: string }
  beside: Sql[]
  claims: string[]
}

type Said = Pick<ForecastRequest | StatementRequest, 'analyst' | 'source' | 'quote' | 'voice' | 'timecode'>

/**
 * Resolves whom and what a request refers to, checks the quote against the source's text where that is held, and
 * finds the statement a free id from `title`.
 */
export async function saying(
  ledger: Ledger,
  unit: Unit,
  request: Said,
  as: { title: string; question?: string | undefined; fields: Pick<Statement, 'kind'> & Partial<Statement> },
  isClaimed: (claim: string) => boolean,
): Promise<Saying> {
  const { analyst: by, source: where } = request
  const known = typeof where === 'string' ? statementIds(ledger, where, as.title) : undefined
  const referred = await readReferences(ledger.db, {
    ...(typeof by === 'string' ? { analyst: by } : { name_keys: nameKeysOf(by) }),
    ...(typeof where === 'string' ? { source: where } : sourceSought(where)),
    question: as.question,
    candidates: known,
  })
  const analyst = await analystFrom(ledger, unit, by, referred.analysts, isClaimed)
  const source = await sourceFrom(ledger, unit, where, referred, isClaimed)
  const candidates = known ?? statementIds(ledger, source.record.id, as.title)
  const taken =
    known === undefined ? await takenIds(ledger.db, ['statement', 'question'], candidates) : referred.taken
  const id = firstFree('statement', candidates, taken, isClaimed)
  const stream = newId(ledger)
  const statement: Statement = {
    id,
    source: source.record.id,
    analyst: analyst.record.id,
    ...checkQuote(request.quote, source.text),
    ...(request.timecode === undefined ? {} : { timecode: request.timecode }),
    voice: request.voice ?? 'quote',
    ...as.fields,
  }
  return {
    id,
    analyst: analyst.record,
    source: source.record,
    statement,
    said: spanOf(source.record.published),
    question: referred.question,
    repeated: referred.repeated,
    entries: [
      ...analyst.entries,
      ...source.entries,
      draft(unit, 'statement.recorded', { stream, rev: 0, refs: [source.stream, analyst.stream] }, statement),
    ],
    refs: { analyst: analyst.stream, statement: stream },
    beside: source.beside,
    claims: [...analyst.claims, ...source.claims, idClaim('statement', id)],
  }
}
