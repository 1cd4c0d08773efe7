import { LedgerError, notFound } from '../../core/error.ts'
import { grants, type SignInKind } from '../../core/member.ts'
import { base64url } from '../../log/encoding.ts'
import { Refused, type Statement } from '../../store/database.ts'
import {
  dropSignIn,
  findSignIn,
  keepChallenge,
  keepSignIn,
  knownBy,
  listSignIns,
} from '../../store/sign-ins.ts'
import { draft, nextIn } from '../draft.ts'
import { type Answer, type Ledger, perform, requireCover, requireRole, type Unit } from '../ledger.ts'
import { letters, personOf } from './membership.ts'

export { Email } from '../../core/email.ts'

type Key = { known_by: string; public_key: string | null; email: string | null }

const add = (
  ledger: Ledger,
  unit: Unit,
  {
    member,
    kind,
    name,
    taken,
    beside = [],
    ...key
  }: Key & { member: string; kind: SignInKind; name: string; taken: string; beside?: Statement[] },
): Promise<Answer> => {
  const duplicate = () => new LedgerError('duplicate', taken)
  return perform(ledger, unit, async () => {
    await personOf(ledger, member)
    if ((await findSignIn(ledger.db, [key.known_by])) !== null) throw duplicate()
    const sign_in = letters(ledger, 12)
    return {
      entries: [
        draft(unit, 'member.sign_in_added', await nextIn(ledger.db, member), {
          id: member,
          sign_in,
          kind,
          name,
        }),
      ],
      beside: [...beside, keepSignIn({ id: sign_in, member, ...key })],
      claims: [`stream:${member}`, `sign-in:${key.known_by}`],
      answer: 0,
    }
  }).catch((error: unknown) => {
    throw error instanceof Refused ? duplicate() : error
  })
}

/**
 * Lets a member sign in with the account that has this address at the provider. Whoever has the account signs in
 * without an end, so nothing that ends can name one.
 */
export function nameAccount(
  ledger: Ledger,
  unit: Unit,
  { member, email, issuer }: { member: string; email: string; issuer: string },
): Promise<Answer> {
  requireCover(unit, { role: 'admin', expires_at: null })
  const known_by = knownBy.address(issuer, email)
  const taken = 'A member signs in with this address already.'
  return add(ledger, unit, {
    member,
    kind: 'account',
    name: issuer,
    known_by,
    public_key: null,
    email,
    taken,
  })
}

const CHALLENGE_MS = 5 * 60_000

/** What a passkey has to sign within five minutes, once: one that this member adds, or any to sign in with. */
export async function newChallenge(ledger: Ledger, now: Date, member: string | null): Promise<string> {
  const challenge = base64url(ledger.random(32))
  await ledger.db.write(keepChallenge(challenge, member, now, new Date(now.getTime() + CHALLENGE_MS)))
  return challenge
}

/** Whose passkey has just answered our challenge: they are signed in, and it is theirs. */
export function addPasskey(
  ledger: Ledger,
  unit: Unit,
  { name, credential, public_key }: { name: string; credential: string; public_key: string },
): Promise<Answer> {
  if (unit.by.kind !== 'session')
    throw new LedgerError('forbidden', 'A passkey is added in the browser by who is signed in.')
  const known_by = knownBy.passkey(credential)
  const taken = 'This passkey is known already.'
  const { member } = unit.by
  return add(ledger, unit, { member, kind: 'passkey', name, known_by, public_key, email: null, taken })
}

/** Who reads letters to this address has just shown it: from now on they sign in by links in them. */
export const addLetters = (
  ledger: Ledger,
  unit: Unit,
  { target, email, beside }: { target: string; email: string; beside: Statement[] },
): Promise<Answer> =>
  add(ledger, unit, {
    ...{ member: unit.by.member, kind: 'email', name: 'links by e-mail', beside, email, public_key: null },
    ...{ known_by: knownBy.letters(target), taken: 'This address is confirmed already.' },
  })

/** Nobody signs in by letters to this target any more; what else goes with that is written in the same batch. */
export async function dropLetters(
  ledger: Ledger,
  unit: Unit,
  target: string,
  beside: Statement[],
): Promise<void> {
  const found = await findSignIn(ledger.db, [knownBy.letters(target)])
  if (found === null) {
    if (beside.length > 0) await ledger.db.write(beside)
    return
  }
  const { member, id } = found
  await perform(ledger, unit, async () => ({
    entries: [
      draft(unit, 'member.sign_in_removed', await nextIn(ledger.db, member), { id: member, sign_in: id }),
    ],
    beside: [...beside, dropSignIn(id)],
    claims: [`stream:${member}`],
    answer: 0,
  }))
}

/** Takes a way to sign in away: one's own, or as an admin anybody's. Sessions that began with it go on. */
export function removeSignIn(ledger: Ledger, unit: Unit, id: string): Promise<Answer> {
  if (unit.by.kind === 'token') requireRole(unit, 'admin')
  return perform(ledger, unit, async () => {
    const found = (await listSignIns(ledger.db, null)).find((held) => held.id === id)
    // Whoever may not take it away is not told that it is there.
    if (found === undefined || (found.member !== unit.by.member && !grants(unit.by, 'admin')))
      throw notFound('way to sign in', id)
    return {
      entries: [
        draft(unit, 'member.sign_in_removed', await nextIn(ledger.db, found.member), {
          id: found.member,
          sign_in: id,
        }),
      ],
      beside: [dropSignIn(id)],
      claims: [`stream:${found.member}`],
      answer: 0,
    }
  })
}
