import type { EntryType, Event } from '../core/entry.ts'
import type { Statement } from './database.ts'
import { anchorProjectors } from './projected-anchors.ts'
import { clockProjectors } from './projected-clock.ts'
import { codingProjectors } from './projected-coding.ts'
import { correctionProjectors } from './projected-corrections.ts'
import { lexiconProjectors } from './projected-lexicons.ts'
import { memberProjectors } from './projected-members.ts'
import { questionProjectors } from './projected-questions.ts'
import { statementProjectors } from './projected-statements.ts'
import type { Projector } from './projection-sql.ts'

/** Every projection, in the order in which they are written: one SQL statement a line, whatever the number of events. */
const projectors: readonly Projector[] = [
  ...statementProjectors,
  ...questionProjectors,
  ...memberProjectors,
  ...lexiconProjectors,
  ...correctionProjectors,
  ...codingProjectors,
  ...clockProjectors,
  ...anchorProjectors,
]

// After one of these the order matters, so it ends the run of events that are written together.
const endsRun = (event: { type: EntryType; rev: number }) =>
  event.type === 'question.amended' ||
  event.type === 'policy.changed' ||
  event.type === 'member.changed' ||
  event.type === 'clock.corrected' ||
  event.type === 'checkpoint.anchored' ||
  ((event.type === 'source.recorded' || event.type === 'analyst.recorded') && event.rev > 0)

/**
 * The statements that write these events, in log order, into the projections, which must stand just before them.
 * The same code serves an append and a rebuild.
 */
export function project(events: readonly Omit<Event, 'seq'>[]): Statement[] {
  const statements: Statement[] = []
  let run: Omit<Event, 'seq'>[] = []
  const flush = () => {
    if (run.length === 0) return
    statements.push(...projectRun(run))
    run = []
  }
  for (const event of events) {
    if (endsRun(event)) flush()
    run.push(event)
    if (endsRun(event)) flush()
  }
  flush()
  return statements
}

function projectRun(run: readonly Omit<Event, 'seq'>[]): Statement[] {
  const byType = new Map<EntryType, (Omit<Event, 'seq'> & { n: number })[]>()
  run.forEach((event, n) => {
    const placed = { ...event, n }
    const list = byType.get(event.type)
    if (list === undefined) byType.set(event.type, [placed])
    else list.push(placed)
  })
  const statements: Statement[] = []
  for (const projector of projectors) {
    const rows = (byType.get(projector.on) ?? []).flatMap((event) => projector.rows(event as never))
    if (rows.length > 0) statements.push({ sql: projector.sql, args: { rows: JSON.stringify(rows) } })
  }
  statements.push({ sql: 'UPDATE projection SET seq = seq + :count', args: { count: BigInt(run.length) } })
  return statements
}
