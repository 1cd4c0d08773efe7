import type { Draft } from '../../core/entry.ts'
import { invalid, LedgerError, notFound } from '../../core/error.ts'
import {
  acts,
  beyondRole,
  type Credential,
  commandOf,
  covers,
  type FourEyes,
  grants,
  type Member,
  may,
  type Role,
  type Scope,
  suspendedMember,
} from '../../core/member.ts'
import { nameKey } from '../../core/name.ts'
import { ANSWER_DAYS, OBJECTION_HOURS } from '../../core/objection.ts'
import { atMost, type Quotas, UNLIMITED } from '../../core/quota.ts'
import { textHash } from '../../log/entry.ts'
import { Refused, type Statement } from '../../store/database.ts'
import {
  dropExpired,
  dropSecret,
  endOldestSessions,
  findToken,
  keepingOrder,
  keepSecret,
  listMembers,
  type MemberRow,
  readPolicy,
  type SecretKind,
  type TokenRow,
} from '../../store/members.ts'
import { draft, nextIn } from '../draft.ts'
import { type Answer, type Ledger, newId, perform, requireCover, requireRole, type Unit } from '../ledger.ts'
import { requireSecretsLeft } from '../quota.ts'
import { crc32 } from './secret.ts'

/** The machines that write: files of an import, and the clock. They cannot sign in. */
export const IMPORT = 'import'
export const SCHEDULER = 'scheduler'

const ADMINISTRATOR = 'administrator'
const LINK_MS = 15 * 60_000
export const SESSION_MS = 30 * 86_400_000

/**
 * The founding of a new ledger: the machine members, one administrator and the policy, in one batch. Does nothing
 * where members exist. Answers the first administrator.
 */
export async function foundLedger(ledger: Ledger, now: Date, fourEyes: FourEyes = 'auto'): Promise<Member> {
  // Whoever is there already does not wait for the clock.
  const there = await firstAdministrator(ledger)
  if (there !== null) return there
  return ledger.writes.run(now, async () => {
    const first = await firstAdministrator(ledger)
    if (first !== null) return { done: first }
    const administrator: Member = { id: newId(ledger), name: ADMINISTRATOR, role: 'admin' }
    const machines: Member[] = [
      { id: newId(ledger), name: IMPORT, role: 'resolver', machine: true },
      { id: newId(ledger), name: SCHEDULER, role: 'reader', machine: true },
    ]
    const unit: Unit = { now, by: commandOf(administrator) }
    const entries = [administrator, ...machines].map((member) =>
      draft(unit, 'member.added', { stream: member.id, rev: 0 }, member),
    )
    entries.push(
      draft(
        unit,
        'policy.changed',
        { stream: newId(ledger), rev: 0 },
        {
          four_eyes: fourEyes,
          four_eyes_in_force: fourEyes === 'on',
          objection_hours: OBJECTION_HOURS,
          answer_days: ANSWER_DAYS,
        },
      ),
    )
    return { command: { entries, claims: ['founding'] }, answer: () => administrator }
  })
}

async function firstAdministrator(ledger: Ledger): Promise<Member | null> {
  const first = (await listMembers(ledger.db)).find((member) => acts(member, 'admin'))
  return first === undefined ? null : { id: first.id, name: first.name, role: first.role }
}

/** What a machine acts with: it has no secret, and only this program starts it. */
export async function machineMember(
  ledger: Ledger,
  name: typeof IMPORT | typeof SCHEDULER,
): Promise<Credential> {
  const found = (await listMembers(ledger.db)).find((member) => member.machine && member.name === name)
  if (found === undefined)
    throw new LedgerError('behind', 'The ledger has no members yet: start it once, or run `reckon migrate`.')
  return { ...commandOf(found), kind: 'machine' }
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
    const added = { ...member, machine: false, suspended: false, because: null, at: unit.now.toISOString() }
    return {
      entries: [
        draft(unit, 'member.added', { stream: member.id, rev: 0 }, member),
        ...(await fourEyesFrom(ledger, unit, [...members, added])),
      ],
      beside: [keepingOrder()],
      claims: ['policy', `member:${request.name}`],
      answer: 0,
    }
  })
}

const mayResolve = (members: readonly MemberRow[]): number =>
  members.filter((member) => acts(member, 'resolver')).length

/**
 * The entry that turns an `auto` policy on with the second who may resolve. Once on it stays, also when only one is
 * left: else whoever suspends a colleague for a minute could confirm alone. Only a change of policy turns it off.
 */
export async function fourEyesFrom(
  ledger: Ledger,
  unit: Unit,
  members: readonly MemberRow[],
): Promise<Draft[]> {
  const policy = await readPolicy(ledger.db)
  if (policy === null || policy.four_eyes !== 'auto' || policy.four_eyes_in_force || mayResolve(members) < 2)
    return []
  const at = await nextIn(ledger.db, policy.stream)
  return [draft(unit, 'policy.changed', at, { four_eyes: 'auto', four_eyes_in_force: true })]
}

/** Sets the four-eyes policy. `auto` takes hold from the second member who may resolve. */
export function changePolicy(ledger: Ledger, unit: Unit, fourEyes: FourEyes): Promise<Answer> {
  requireRole(unit, 'admin')
  return perform(ledger, unit, async () => {
    const policy = await readPolicy(ledger.db)
    if (policy === null) throw new LedgerError('behind', 'The ledger has no members yet.')
    const members = await listMembers(ledger.db)
    const in_force = fourEyes === 'on' || (fourEyes === 'auto' && mayResolve(members) >= 2)
    const at = await nextIn(ledger.db, policy.stream)
    return {
      entries: [draft(unit, 'policy.changed', at, { four_eyes: fourEyes, four_eyes_in_force: in_force })],
      beside: [keepingOrder()],
      claims: ['policy'],
      answer: 0,
    }
  })
}

/** The person of this id, who can be given something to act with. */
export async function personOf(ledger: Ledger, id: string): Promise<MemberRow> {
  const member = (await listMembers(ledger.db)).find((found) => found.id === id)
  if (member === undefined) throw notFound('member', id)
  if (member.machine)
    throw new LedgerError('forbidden', `${member.name} is a machine: it has no tokens and cannot sign in.`)
  if (member.suspended) throw suspendedMember(member.name)
  return member
}

/** A token, of which the database keeps the id and the hash of the secret; it is shown once. */
export async function issueToken(
  ledger: Ledger,
  unit: Unit,
  request: { member: string; name: string; role: Role; scopes?: readonly Scope[]; expires_at?: string },
): Promise<{ token: string; id: string }> {
  if (request.member !== unit.by.member) requireRole(unit, 'admin')
  const { role, name, scopes, expires_at } = request
  const [beyond] = beyondRole(scopes ?? [], role)
  if (beyond !== undefined) throw invalid('/scopes', `names ${beyond}, which the role ${role} does not have`)
  requireCover(unit, { role, scopes, expires_at: expires_at ?? null })
  const { id, secret } = drawn(ledger)
  const token = `rk_pat_${id}${secret}${crc32(id + secret)}`
  await perform(ledger, unit, async () => {
    const member = await personOf(ledger, request.member)
    if (!may(member.role, request.role))
      throw new LedgerError(
        'forbidden',
        `${member.name} is ${member.role}: a token cannot be more than its member.`,
      )
    const most = await requireSecretsLeft(ledger.db, unit, member, 'token')
    const issued = {
      ...{ id, member: member.id, name, role },
      ...(scopes === undefined ? {} : { scopes: [...scopes] }),
      ...(expires_at === undefined ? {} : { expires_at }),
    }
    const secretOf = { id, member: member.id, sha256: textHash(secret), expires_at: expires_at ?? null }
    return {
      entries: [draft(unit, 'token.issued', { stream: newId(ledger), rev: 0 }, issued)],
      beside: keepSecret({ ...secretOf, kind: 'token' }, unit.now, most),
      claims: [`token:${id}`, `tokens:${member.id}`],
      answer: 0,
    }
  })
  return { token, id }
}

/** Whoever looks after the ledger may end any token; otherwise only the token itself, or a greater one of its member. */
function requireRevoker({ by }: Unit, token: TokenRow): void {
  if (grants(by, 'admin') || (by.kind === 'token' && by.id === token.id)) return
  // What a session may do is what its member may do at present, and no token of theirs may do more.
  if (by.member === token.member && (by.kind !== 'token' || covers(by, token))) return
  throw new LedgerError(
    'forbidden',
    by.member === token.member
      ? 'The token in use may do less than this one, or ends before it: sign in to revoke it.'
      : `A token of somebody else is revoked by an admin; your role here is ${by.role}.`,
  )
}

/** A revoked token stops at once; what was done with it stays. */
export function revokeToken(ledger: Ledger, unit: Unit, id: string): Promise<Answer> {
  return perform(ledger, unit, async () => {
    const token = await findToken(ledger.db, id)
    if (token === null) throw notFound('token', id)
    requireRevoker(unit, token)
    if (token.revoked_at !== null) throw new LedgerError('already_decided', 'This token is revoked already.')
    return {
      entries: [draft(unit, 'token.revoked', { stream: token.stream, rev: 1 }, { id })],
      beside: [dropSecret(id)],
      claims: [`stream:${token.stream}`],
      answer: 0,
    }
  })
}

/** A link for a member to sign in with. It leads to a session without an end, so nothing that ends can make one. */
export async function openLink(ledger: Ledger, unit: Unit, member: string): Promise<string> {
  requireCover(unit, { role: 'admin', expires_at: null })
  const link = drawn(ledger)
  const { now } = unit
  await perform(ledger, unit, async () => {
    const holder = await personOf(ledger, member)
    const most = await requireSecretsLeft(ledger.db, unit, holder, 'link')
    return {
      entries: [draft(unit, 'member.invited', await nextIn(ledger.db, member), { id: member })],
      beside: [dropExpired(now), ...keepSecret(openedSecret(link, member, 'link', now), now, most)],
      claims: [`stream:${member}`],
      answer: 0,
    }
  })
  return link.id + link.secret
}

type Drawn = { id: string; secret: string }

const drawn = (ledger: Pick<Ledger, 'random'>): Drawn => ({
  id: letters(ledger, 12),
  secret: letters(ledger, 32),
})

function openedSecret({ id, secret }: Drawn, member: string, kind: 'link' | 'session', now: Date) {
  const expires_at = new Date(now.getTime() + (kind === 'link' ? LINK_MS : SESSION_MS)).toISOString()
  return { id, kind, member, sha256: textHash(secret), expires_at }
}

/**
 * A one-time link (15 minutes) or a web session (30 days): private, and no entry of the log. Where quotas bind the
 * member, a session too many ends the oldest one, and a link too many is refused. Signing in and the founding of a
 * ledger open them; everybody else asks `openLink`. What is spent for it goes `beside` it, in the same batch.
 */
export async function openSecret(
  ledger: Ledger,
  now: Date,
  member: string,
  kind: Exclude<SecretKind, 'token'>,
  quotas: Quotas = UNLIMITED,
  beside: readonly Statement[] = [],
  browser: string | null = null,
): Promise<string> {
  const holder = await personOf(ledger, member)
  const { id, secret } = drawn(ledger)
  const made = { ...openedSecret({ id, secret }, member, kind, now), browser }
  const unit = { now, quotas }
  const most =
    kind === 'link' ? await requireSecretsLeft(ledger.db, unit, holder, kind) : atMost(quotas.sessions)
  const room = kind === 'link' ? [] : [endOldestSessions(member, most - 1)]
  try {
    await ledger.db.write([...beside, dropExpired(now), ...room, ...keepSecret(made, now, most)])
  } catch (error) {
    // Others took the last place meanwhile.
    if (error instanceof Refused && kind === 'link') await requireSecretsLeft(ledger.db, unit, holder, kind)
    throw error
  }
  return id + secret
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** Letters and digits without bias: bytes beyond the last whole multiple of 62 are drawn again. */
export function letters(ledger: Pick<Ledger, 'random'>, length: number): string {
  let text = ''
  while (text.length < length)
    for (const byte of ledger.random(length))
      if (byte < 248 && text.length < length) text += LETTERS[byte % 62]
  return text
}
