import type { LedgerRecords } from '../../core/folder.ts'
import { counted } from '../../core/text.ts'
import { MAX_FINDINGS } from '../../interchange/table-file.ts'
import type { Table } from '../../interchange/table-rows.ts'
import type { Database } from '../../store/database.ts'
import { readEvidenceDays, readOfSource, readOptions } from '../../store/records.ts'
import type { Index, Scratch } from '../../store/scratch.ts'

/** Records of some questions of a table, and in which line each question comes first. */
export type TablePart = {
  records: Pick<LedgerRecords, 'statements' | 'questions' | 'forecasts'>
  lines: Record<string, number>
}
/** The ids that a table names: of questions and of statements. */
export type Named = { questions: Index<true>; statements: Index<true> }

/**
 * Refuses a row that would ask a question anew which is open in the ledger under another day, and says where a table is
 * older than what the ledger has of it.
 */
export async function besideHeld(
  db: Database,
  source: string,
  { parts, named }: { parts: Iterable<TablePart>; named: Named },
  { findings, report }: Table,
  room: Scratch,
): Promise<string[]> {
  const [held, open] = [room.index<true>(), room.index<string>()]
  let [missing, isOpen] = [0, false]
  for await (const page of readOfSource(db, source))
    for (const { statement, question, title, deadline, isDecided } of page) {
      if (named.statements.get(statement) === undefined) missing++
      held.set(question, true)
      if (isDecided || named.questions.get(question) !== undefined) continue
      open.set(title, deadline)
      isOpen = true
    }
  if (isOpen)
    for (const { records, lines } of parts)
      for (const { record } of records.questions) {
        const deadline = open.get(record.title)
        if (deadline === undefined || held.get(record.id) !== undefined) continue
        if (findings.length >= MAX_FINDINGS) return []
        report(
          { line: lines[record.id] ?? 1 },
          'table_value',
          `the ledger holds this event from this table, open until ${deadline}`,
          'Say which day is which: --map deadline=COLUMN,known_on=COLUMN; or map the columns as when it came first.',
        )
      }
  return missing === 0
    ? []
    : [
        `The ledger holds ${counted(missing, 'forecast')} of this source that ${missing === 1 ? 'is' : 'are'} not in this table: they stay.`,
      ]
}

/** What was read on an earlier day keeps that day, so that reading the same table again changes nothing. */
export async function keepEarlierDays(db: Database, { records }: TablePart): Promise<void> {
  const days = await readEvidenceDays(
    db,
    records.questions.map(({ record }) => record.id),
  )
  for (const { record, resolution } of records.questions) {
    const day = days.get(record.id)
    if (day !== undefined && resolution !== null)
      for (const evidence of resolution.evidence) evidence.accessed = day
  }
}

/**
 * Options that the ledger holds stay, in their order, so that rows in another order, and a part of them, are the same
 * question. One that is new is no option of what was asked.
 */
export async function keepOptions(
  db: Database,
  { records, lines }: TablePart,
  { findings, report }: Table,
): Promise<void> {
  const ofOptions = records.questions.flatMap(({ record }) => (record.options === undefined ? [] : [record]))
  if (ofOptions.length === 0) return
  const held = await readOptions(
    db,
    ofOptions.map(({ id }) => id),
  )
  for (const record of ofOptions) {
    const options = held.get(record.id)
    if (options === undefined) continue
    const more = record.options?.find((option) => !options.includes(option))
    record.options = [...options]
    if (more === undefined || findings.length >= MAX_FINDINGS) continue
    report(
      { line: lines[record.id] ?? 1 },
      'table_value',
      `the ledger holds this question without the option ${JSON.stringify(more)}: its options are ${options.join(', ')}`,
      `Amend the question ${record.id} first, which says why; or put the option together with one of them.`,
    )
  }
}
