import { type Draft, type EntryType, type Payload, payloads } from '../core/entry.ts'
import { LedgerError, pointer } from '../core/error.ts'
import type { Database } from '../store/database.ts'
import { lastRev } from '../store/forecasts.ts'
import type { QuestionRow } from '../store/lookups.ts'
import type { Unit } from './ledger.ts'

/** An entry by the member of this unit of work. Refuses a payload that the log could not be read back from. */
export function draft<T extends EntryType>(
  unit: Unit,
  type: T,
  at: { stream: string; rev: number; refs?: string[] },
  payload: Payload<T>,
): Draft {
  const read = payloads[type].safeParse(payload)
  if (!read.success) {
    const problems = read.error.issues.map(({ path, message }) => ({ pointer: pointer(path), message }))
    throw new LedgerError('invalid', 'This cannot be recorded.', problems)
  }
  return { type, stream: at.stream, rev: at.rev, by: unit.by.member, refs: at.refs ?? [], payload } as Draft
}

/** The next place on a stream. */
export const nextIn = async (db: Database, stream: string) => ({
  stream,
  rev: (await lastRev(db, stream)) + 1,
})

/** Amendments and resolutions of a question follow each other on one stream, so two at once conflict. */
export const nextOn = (question: QuestionRow, ahead = 0) => ({
  stream: question.stream,
  rev: question.rev + 1 + ahead,
})
