import { type Event, isWithheld } from '../../core/entry.ts'
import { LedgerError } from '../../core/error.ts'
import { isRedaction, type Redacted, type RedactionRequest } from '../../core/redaction.ts'
import type { Statement } from '../../store/database.ts'
import { derivedAnew } from '../../store/migrate.ts'
import { dropKeysOf, dropRows, renamePrivately, rewordRows } from '../../store/private-words.ts'
import { keepRedactions, rewordRedactions } from '../../store/redactions.ts'
import { refuseWhere } from '../../store/refusal.ts'
import type { Scrubbed } from '../../store/scrub.ts'
import { draft } from '../draft.ts'
import { type Answer, type Ledger, perform, randomLetters, requireRole, type Unit } from '../ledger.ts'
import { type Plan, planRedaction, redactedBy } from './plan.ts'

/** What was taken out, and whether the bytes are gone from the files. */
export type Redaction = Answer & { plan: Plan; scrubbed: Scrubbed }

/** What would go; refused as `redact` would refuse. */
export function wouldRedact(ledger: Ledger, unit: Unit, request: RedactionRequest): Promise<Plan> {
  requireRole(unit, 'admin')
  return planRedaction(ledger.db, request, () => randomLetters(ledger))
}

/**
 * Takes words out of the ledger: an entry for each entry that holds them, in one batch with the openings, private texts,
 * captures and keys that go, and with everything derived, which is made anew. Then the file is written anew and its log
 * emptied. What others hold already, backups and copies of pages, nobody can reach from here.
 */
export async function redact(ledger: Ledger, unit: Unit, request: RedactionRequest): Promise<Redaction> {
  requireRole(unit, 'admin')
  // Whoever has written a lot must still be able to take something out.
  const { quotas: _, ...unbound } = unit
  let plan: Plan | null = null
  const answer = await perform(ledger, unbound, async () => {
    plan = await planRedaction(ledger.db, request, () => randomLetters(ledger))
    return decided(ledger, unbound, plan, request)
  })
  if (plan === null) throw new Error('a redaction is not answered twice')
  return { ...answer, plan, scrubbed: await ledger.db.scrub() }
}

async function decided(ledger: Ledger, unit: Unit, plan: Plan, request: RedactionRequest) {
  const isSealed = ({ entry }: Redacted) => isWithheld(plan.events[entry]?.type ?? '')
  // What everybody reads comes first, and stands for the request.
  const redacted = redactedBy(plan, request).toSorted((a, b) => Number(isSealed(a)) - Number(isSealed(b)))
  if (redacted.length === 0 && plan.rows.length === 0)
    throw new LedgerError(
      'not_found',
      'These words stand nowhere in the ledger: there is nothing to take out.',
    )
  if (redacted.length === 0)
    throw new LedgerError(
      'not_found',
      'These words stand in no entry; they stand in captures or notes of members, who can delete them.',
    )
  const last = new Map<string, number>()
  for (const { stream, rev } of plan.events) last.set(stream, rev)
  const entries = redacted.map((one) => {
    const { stream } = plan.events[one.entry] as Event
    const rev = (last.get(stream) ?? -1) + 1
    last.set(stream, rev)
    return draft(unit, isSealed(one) ? 'member.redacted' : 'redacted', { stream, rev }, one)
  })
  return {
    entries,
    beside: [
      headIs(plan.events.length - 1 + entries.length),
      ...rewordRedactions(
        plan.changes.flatMap(({ event: { seq, type }, payload }) =>
          isRedaction(type) ? [{ seq, redacted: payload as Redacted }] : [],
        ),
      ),
      ...keepRedactions(redacted),
      ...(await rewordRows(ledger.db, plan.rows, plan.without)),
      ...dropRows([...plan.rows, ...plan.texts.map(({ source }) => ({ what: 'text' as const, id: source }))]),
      dropKeysOf(plan.changes.map(({ event }) => event.seq)),
      ...(await renamePrivately(ledger.db, plan.renamed)),
    ],
    anew: plan.changes.length === 0 ? [] : derivedAnew(readAnew(plan)),
    claims: ['redaction', ...[...new Set(entries.map(({ stream }) => `stream:${stream}`))]],
    answer: 0,
  }
}

/** Decided on the log as it is, and written alone. */
const headIs = (seq: number): Statement =>
  refuseWhere('SELECT 1 WHERE (SELECT max(seq) FROM entry) IS NOT :head', { head: BigInt(seq) })

/** The log as it is read from now on. */
function readAnew({ events, changes }: Plan): Event[] {
  const replaced = new Map(changes.map(({ event, payload }) => [event.seq, payload]))
  return events.map((event) => ({ ...event, payload: replaced.get(event.seq) ?? event.payload }) as Event)
}
