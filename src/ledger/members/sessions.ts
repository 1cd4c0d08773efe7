import { LedgerError, notFound } from '../../core/error.ts'
import { grants } from '../../core/member.ts'
import type { Statement } from '../../store/database.ts'
import {
  countSecrets,
  dropOtherSignIns,
  dropSignIns,
  endSession,
  listMembers,
  sessionsOf,
} from '../../store/members.ts'
import { ask } from '../../store/query.ts'
import { draft, nextIn } from '../draft.ts'
import { type Ledger, perform, requireRole, type Unit } from '../ledger.ts'

/** Their own sessions end whoever is signed in; a token, and whoever ends those of others, needs to be an admin. */
function requireEnder(unit: Unit, member: string): void {
  if (unit.by.member !== member || unit.by.kind === 'token') requireRole(unit, 'admin')
}

/** Ends what a statement ends. Where somebody else does it an entry tells of it: one's own signing out the log never knew. */
async function ending(ledger: Ledger, unit: Unit, member: string, end: Statement, session?: string) {
  if (unit.by.member === member) {
    await ledger.db.write([end])
    return
  }
  const told = { id: member, ...(session === undefined ? {} : { session }) }
  await perform(ledger, unit, async () => ({
    entries: [draft(unit, 'member.signed_out', await nextIn(ledger.db, member), told)],
    beside: [end],
    claims: [`stream:${member}`],
    answer: 0,
  }))
}

/** Ends every session and unused link of a member, in every browser; answers how many there were. */
export async function signOutMember(ledger: Ledger, unit: Unit, id: string): Promise<number> {
  requireEnder(unit, id)
  if (!(await listMembers(ledger.db)).some((member) => member.id === id)) throw notFound('member', id)
  const [sessions, links] = await Promise.all([
    countSecrets(ledger.db, id, 'session', unit.now),
    countSecrets(ledger.db, id, 'link', unit.now),
  ])
  if (sessions + links > 0) await ending(ledger, unit, id, dropSignIns(id))
  return sessions + links
}

/** Ends one session, in one browser; answers whose it was. */
export async function signOutSession(ledger: Ledger, unit: Unit, id: string): Promise<string> {
  if (unit.by.kind === 'token') requireRole(unit, 'admin')
  const found = (await ask(ledger.db, sessionsOf(null, unit.now))).find((session) => session.id === id)
  // Whoever may not end it is not told that it is there.
  if (found === undefined || (found.member !== unit.by.member && !grants(unit.by, 'admin')))
    throw notFound('session', id)
  await ending(ledger, unit, found.member, endSession(found.member, id), id)
  return found.member
}

/** Ends every session of whoever is signed in but for the one in use, and the links they have not used. */
export async function signOutElsewhere(ledger: Ledger, unit: Unit): Promise<void> {
  const { kind, id, member } = unit.by
  if (kind !== 'session' || id === null)
    throw new LedgerError('forbidden', 'Only who is signed in has a session to keep.')
  await ledger.db.write([dropOtherSignIns(member, id)])
}
