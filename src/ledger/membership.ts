import type { Draft } from '../core/entry.ts'
import { LedgerError, notFound } from '../core/error.ts'
import { type FourEyes, type Member, may, type Role } from '../core/member.ts'
import { atMost, type Quotas, UNLIMITED } from '../core/quota.ts'
import { nameKey } from '../core/text.ts'
import { textHash } from '../log/entry.ts'
import { Refused } from '../store/database.ts'
import { lastRev } from '../store/forecasts.ts'
import {
  dropExpired,
  dropSecret,
  endOldestSessions,
  findToken,
  keepSecret,
  listMembers,
  readPolicy,
  type SecretKind,
} from '../store/members.ts'
import { draft } from './draft.ts'
import { type Answer, type Ledger, newId, perform, requireRole, type Unit } from './ledger.ts'
import { requireSecretsLeft } from './quota.ts'
import { crc32 } from './secret.ts'

/** The machines that write: files of an import, and the clock. They cannot sign in. */
export const IMPORT = 'import'
export const SCHEDULER = 'scheduler'

const ADMINISTRATOR = 'administrator'
const LINK_MS = 15 * 60_000
const SESSION_MS = 30 * 86_400_000

/**
 * The founding of a new ledger: the machine members, one administrator and the policy, in one batch. Does nothing
 * where members exist. Answers the first administrator.
 */
export async function foundLedger(ledger: Ledger, now: Date, fourEyes: FourEyes = 'auto'): Promise<Member> {
  return ledger.writes.run(now, async () => {
    const members = await listMembers(ledger.db)
    const first = members.find((member) => member.role === 'admin')
    if (first !== undefined)
      return { done: { id: first.id, name: first.name, role: first.role } satisfies Member }
    const administrator: Member = { id: newId(ledger), name: ADMINISTRATOR, role: 'admin' }
    const machines: Member[] = [
      { id: newId(ledger), name: IMPORT, role: 'resolver', machine: true },
      { id: newId(ledger), name: SCHEDULER, role: 'reader', machine: true },
    ]
    const unit: Unit = { now, by: { member: administrator.id, role: 'admin' } }
    const entries = [administrator, ...machines].map((member) =>
      draft(unit, 'member.added', { stream: member.id, rev: 0 }, member),
    )
    entries.push(
      draft(
        unit,
        'policy.changed',
        { stream: newId(ledger), rev: 0 },
        { four_eyes: fourEyes, four_eyes_in_force: fourEyes === 'on' },
      ),
    )
    return { command: { entries, claims: ['founding'] }, answer: () => administrator }
  })
}

/** The member of that name who acts for a machine. */
export async function machineMember(
  ledger: Ledger,
  name: typeof IMPORT | typeof SCHEDULER,
): Promise<{ member: string; role: Role }> {
  const found = (await listMembers(ledger.db)).find((member) => member.machine && member.name === name)
  if (found === undefined)
    throw new LedgerError('behind', 'The ledger has no members yet: start it once, or run `reckon migrate`.')
  return { member: found.id, role: found.role }
}

/** Adds a person. The second who may resolve turns four eyes on, in the same batch, where the policy is `auto`. */
export function addMember(
  ledger: Ledger,
  unit: Unit,
  request: { name: string; role: Role },
): Promise<Answer> {
  requireRole(unit, 'admin')
  return perform(ledger, unit, async () => {
    const members = await listMembers(ledger.db)
    const known = members.find(({ name }) => nameKey(name) === nameKey(request.name))
    if (known !== undefined)
      throw new LedgerError(
        'duplicate',
        `There is a member named ${JSON.stringify(known.name)} already.`,
        [{ pointer: '/name', message: 'belongs to a member already' }],
        { existing: { member: known.id } },
      )
    const member: Member = { id: newId(ledger), ...request }
    const entries: Draft[] = [draft(unit, 'member.added', { stream: member.id, rev: 0 }, member)]
    const resolvers = members.filter((other) => !other.machine && may(other.role, 'resolver')).length
    const policy = await readPolicy(ledger.db)
    const turnsOn =
      policy?.four_eyes === 'auto' &&
      !policy.four_eyes_in_force &&
      may(request.role, 'resolver') &&
      resolvers >= 1
    if (turnsOn && policy !== null)
      entries.push(
        draft(
          unit,
          'policy.changed',
          { stream: policy.stream, rev: (await lastRev(ledger.db, policy.stream)) + 1 },
          { four_eyes: 'auto', four_eyes_in_force: true },
        ),
      )
    return { entries, claims: ['policy', `member:${request.name}`], answer: 0 }
  })
}

/** Sets the four-eyes policy. `auto` takes hold from the second member who may resolve. */
export function changePolicy(ledger: Ledger, unit: Unit, fourEyes: FourEyes): Promise<Answer> {
  requireRole(unit, 'admin')
  return perform(ledger, unit, async () => {
    const policy = await readPolicy(ledger.db)
    if (policy === null) throw new LedgerError('behind', 'The ledger has no members yet.')
    const resolvers = (await listMembers(ledger.db)).filter(
      (member) => !member.machine && may(member.role, 'resolver'),
    ).length
    const in_force = fourEyes === 'on' || (fourEyes === 'auto' && resolvers >= 2)
    const at = { stream: policy.stream, rev: (await lastRev(ledger.db, policy.stream)) + 1 }
    return {
      entries: [draft(unit, 'policy.changed', at, { four_eyes: fourEyes, four_eyes_in_force: in_force })],
      claims: ['policy'],
      answer: 0,
    }
  })
}

/** A token, of which the database keeps the id and the hash of the secret; it is shown once. */
export async function issueToken(
  ledger: Ledger,
  unit: Unit,
  request: { member: string; name: string; role: Role; expires_at?: string },
): Promise<{ token: string; id: string }> {
  const members = await listMembers(ledger.db)
  const member = members.find(({ id }) => id === request.member)
  if (member === undefined) throw notFound('member', request.member)
  if (member.machine) throw new LedgerError('forbidden', 'A machine member has no tokens.')
  if (request.member !== unit.by.member) requireRole(unit, 'admin')
  if (!may(member.role, request.role))
    throw new LedgerError(
      'forbidden',
      `${member.name} is ${member.role}: a token cannot be more than its member.`,
    )
  const id = letters(ledger, 12)
  const secret = letters(ledger, 32)
  const token = `rk_pat_${id}${secret}${crc32(id + secret)}`
  await perform(ledger, unit, async () => ({
    beside: [
      keepSecret(
        {
          id,
          kind: 'token',
          member: member.id,
          sha256: textHash(secret),
          expires_at: request.expires_at ?? null,
        },
        unit.now,
        await requireSecretsLeft(ledger.db, unit, member, 'token'),
      ),
    ],
    entries: [
      draft(
        unit,
        'token.issued',
        { stream: newId(ledger), rev: 0 },
        {
          id,
          member: member.id,
          name: request.name,
          role: request.role,
          ...(request.expires_at === undefined ? {} : { expires_at: request.expires_at }),
        },
      ),
    ],
    claims: [`token:${id}`, `tokens:${member.id}`],
    answer: 0,
  }))
  return { token, id }
}

/** A revoked token stops at once; what was done with it stays. */
export function revokeToken(ledger: Ledger, unit: Unit, id: string): Promise<Answer> {
  return perform(ledger, unit, async () => {
    const token = await findToken(ledger.db, id)
    if (token === null) throw notFound('token', id)
    if (token.member !== unit.by.member) requireRole(unit, 'admin')
    if (token.revoked_at !== null) throw new LedgerError('already_decided', 'This token is revoked already.')
    return {
      entries: [draft(unit, 'token.revoked', { stream: token.stream, rev: 1 }, { id })],
      beside: [dropSecret(id)],
      claims: [`stream:${token.stream}`],
      answer: 0,
    }
  })
}

/**
 * A one-time link (15 minutes) or a web session (30 days): private, and no entry of the log. Where quotas bind the
 * member, a session too many ends the oldest one, and a link too many is refused.
 */
export async function openSecret(
  ledger: Ledger,
  now: Date,
  member: string,
  kind: Exclude<SecretKind, 'token'>,
  quotas: Quotas = UNLIMITED,
): Promise<string> {
  const holder = (await listMembers(ledger.db)).find((found) => found.id === member)
  if (holder === undefined) throw notFound('member', member)
  if (holder.machine) throw new LedgerError('forbidden', `${holder.name} is a machine and cannot sign in.`)
  const id = letters(ledger, 12)
  const secret = letters(ledger, 32)
  const expires_at = new Date(now.getTime() + (kind === 'link' ? LINK_MS : SESSION_MS)).toISOString()
  const made = { id, kind, member, sha256: textHash(secret), expires_at }
  const unit = { now, quotas }
  const most =
    kind === 'link' ? await requireSecretsLeft(ledger.db, unit, holder, kind) : atMost(quotas.sessions)
  const room = kind === 'link' ? [] : [endOldestSessions(member, most - 1)]
  try {
    await ledger.db.write([dropExpired(now), ...room, keepSecret(made, now, most)])
  } catch (error) {
    // Others took the last place meanwhile.
    if (error instanceof Refused && kind === 'link') await requireSecretsLeft(ledger.db, unit, holder, kind)
    throw error
  }
  return id + secret
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** Letters and digits without bias: bytes beyond the last whole multiple of 62 are drawn again. */
function letters(ledger: Pick<Ledger, 'random'>, length: number): string {
  let text = ''
  while (text.length < length)
    for (const byte of ledger.random(length))
      if (byte < 248 && text.length < length) text += LETTERS[byte % 62]
  return text
}
