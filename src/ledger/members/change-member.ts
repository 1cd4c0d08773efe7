import { LedgerError, notFound } from '../../core/error.ts'
import { acts, formerMember, type MemberChange, may } from '../../core/member.ts'
import { dropSignIns, keepingOrder, listMembers, type MemberRow } from '../../store/members.ts'
import { draft, nextIn } from '../draft.ts'
import { type Answer, type Ledger, perform, requireCover, requireRole, type Unit } from '../ledger.ts'
import { fourEyesFrom } from './membership.ts'

/**
 * Suspends or reinstates a person, or gives them another role; it holds at once for everything they act with. Who is
 * suspended is signed out for good; their tokens rest, and work again when they are reinstated.
 */
export function changeMember(ledger: Ledger, unit: Unit, id: string, change: MemberChange): Promise<Answer> {
  requireRole(unit, 'admin')
  return perform(ledger, unit, async () => {
    const members = await listMembers(ledger.db)
    const held = members.find((member) => member.id === id)
    if (held === undefined) throw notFound('member', id)
    if (held.machine) throw new LedgerError('forbidden', `${held.name} is a machine, which never changes.`)
    if (held.name === formerMember(id))
      throw new LedgerError(
        'conflict',
        'Their name was taken out, and they stay as they are: add them anew where they come back.',
      )
    const { role = held.role, suspended = held.suspended } = change
    const changed = { ...held, role, suspended }
    requireChange(held, changed)
    if (isRaised(held, changed)) requireCover(unit, { role, expires_at: null })
    const after = members.map((member) => (member.id === id ? changed : member))
    if (!after.some((member) => acts(member, 'admin')))
      throw new LedgerError(
        'conflict',
        `${held.name} is the only admin left: give somebody else the role admin first.`,
      )
    const payload = {
      id,
      ...(role === held.role ? {} : { role }),
      ...(suspended === held.suspended ? {} : { suspended }),
      because: change.because,
    }
    return {
      entries: [
        draft(unit, 'member.changed', await nextIn(ledger.db, id), payload),
        ...(await fourEyesFrom(ledger, unit, after)),
      ],
      beside: [...(suspended ? [dropSignIns(id)] : []), keepingOrder()],
      claims: ['policy', `stream:${id}`],
      answer: 0,
    }
  })
}

function requireChange(held: MemberRow, changed: MemberRow): void {
  if (held.role !== changed.role || held.suspended !== changed.suspended) return
  const state = held.suspended ? `${held.role} and suspended` : `${held.role} and not suspended`
  throw new LedgerError('already_decided', `${held.name} is ${state} already.`)
}

/** Whether somebody may do more afterwards: that outlasts whoever allows it. */
const isRaised = (held: MemberRow, changed: MemberRow): boolean =>
  !changed.suspended && (held.suspended || !may(held.role, changed.role))
