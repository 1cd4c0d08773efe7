import { type NewlyDue, newlyDue, queueReminders } from '../../store/due.ts'
import { noteDue } from '../../store/notices.ts'
import { draft } from '../draft.ts'
import { type Ledger, newId, type Unit } from '../ledger.ts'

export type Flagged = { flagged: Pick<NewlyDue, 'id' | 'what'>[]; reminders: number }

const ENTRY_HOLDS = 1000

/**
 * Flags whatever became due by now, once per question and deadline, at most 1,000 an entry; then queues the week's
 * reminders. Running it twice, late or at the same time elsewhere changes nothing. It never resolves anything.
 */
export async function flagDue(ledger: Ledger, unit: Unit): Promise<Flagged> {
  const flagged: Flagged['flagged'] = []
  for (;;) {
    const batch = await ledger.writes.run(unit.now, async () => {
      const due = await newlyDue(ledger.db, unit.now, ENTRY_HOLDS)
      if (due.length === 0) return { done: due }
      const questions = due.map(({ id, deadline_rev, what }) => ({ id, deadline_rev, what }))
      const entry = draft(
        unit,
        'questions.flagged',
        { stream: newId(ledger), rev: 0, refs: due.map(({ stream }) => stream) },
        { questions },
      )
      return { command: { entries: [entry], claims: ['flags'] }, answer: () => due }
    })
    flagged.push(...batch.map(({ id, what }) => ({ id, what })))
    if (batch.length < ENTRY_HOLDS) break
  }
  const [queued] = await ledger.db.write([queueReminders(unit.now), ...noteDue(unit.now)])
  return { flagged, reminders: (queued ?? []).length }
}
