import type { Draft, EntryType, Event } from './entry.ts'
import type { Role } from './member.ts'

/** The least role that may write each type; the verbs ask the same before they write. */
export const leastRole: Record<EntryType, Role> = {
  'source.recorded': 'recorder',
  'source.archived': 'reader',
  'analyst.recorded': 'recorder',
  'statement.recorded': 'recorder',
  'statement.verified': 'recorder',
  'question.recorded': 'recorder',
  'question.amended': 'recorder',
  'condition.met': 'resolver',
  'outcome.sealed': 'resolver',
  'outcome.revealed': 'resolver',
  'reference.recorded': 'recorder',
  'reference.chosen': 'recorder',
  'reference.withdrawn': 'recorder',
  'forecast.recorded': 'recorder',
  'forecast.withdrawn': 'recorder',
  retracted: 'resolver',
  redacted: 'admin',
  'resolution.proposed': 'resolver',
  'resolution.confirmed': 'resolver',
  'resolution.disputed': 'resolver',
  'resolution.superseded': 'resolver',
  'reply.published': 'recorder',
  'correction_policy.published': 'admin',
  'report.closed': 'recorder',
  'questions.flagged': 'reader',
  'codebook.published': 'admin',
  'coding.opened': 'recorder',
  'coding.submitted': 'recorder',
  'coding.revealed': 'recorder',
  'coding.adjudicated': 'recorder',
  'coding.closed': 'recorder',
  'member.added': 'admin',
  'member.changed': 'admin',
  'member.invited': 'admin',
  'member.signed_out': 'admin',
  'member.sign_in_added': 'reader',
  'member.sign_in_removed': 'reader',
  'member.redacted': 'admin',
  'token.issued': 'reader',
  'token.revoked': 'reader',
  'policy.changed': 'admin',
  'lexicon.measured': 'admin',
  'checkpoint.anchored': 'reader',
  'clock.accepted': 'admin',
  'clock.corrected': 'admin',
  'log.restored': 'admin',
  'key.rotated': 'admin',
}

/** What is done to who keeps the ledger and how: `/settings/audit` tells it. */
export const administrative = [
  'member.added',
  'member.changed',
  'member.invited',
  'member.signed_out',
  'member.sign_in_added',
  'member.sign_in_removed',
  'member.redacted',
  'token.issued',
  'token.revoked',
  'policy.changed',
  'lexicon.measured',
  'clock.accepted',
  'clock.corrected',
  'key.rotated',
  'log.restored',
] as const satisfies readonly EntryType[]

/** Whether it takes an administrator: whoever is not oneself, and an account elsewhere also of oneself. */
export const needsAdmin = ({
  by,
  payload,
}: Pick<Event<'member.sign_in_added' | 'member.sign_in_removed'>, 'by' | 'payload'>): boolean =>
  payload.id !== by || ('kind' in payload && payload.kind === 'account')

/** A role that a member must hold; `unless_own` is a token on which nothing is asked of the member whose it is. */
export type Need = { member: string; role: Role; unless_own?: string }

/** What must be true of members at the moment in which an entry is written. */
export function needsOf({ type, by, payload }: Draft): Need[] {
  const author: Need = { member: by, role: leastRole[type] }
  if (type === 'token.revoked') return [author, { member: by, role: 'admin', unless_own: payload.id }]
  if (type === 'member.sign_in_added' || type === 'member.sign_in_removed')
    return needsAdmin({ by, payload }) ? [{ member: by, role: 'admin' }] : [author]
  if (type !== 'token.issued') return [author]
  const holder: Need = { member: payload.member, role: payload.role }
  return payload.member === by ? [author, holder] : [author, holder, { member: by, role: 'admin' }]
}
