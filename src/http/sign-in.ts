import * as z from 'zod'
import { LedgerError } from '../core/error.ts'
import type { Accounts } from '../identity/accounts.ts'
import {
  challengeIn,
  checkNewPasskey,
  checkUsedPasskey,
  type NewPasskey,
  type UsedPasskey,
} from '../identity/passkey.ts'
import type { Answer, Unit } from '../ledger/ledger.ts'
import { addPasskey } from '../ledger/members/sign-ins.ts'
import { base64url, fromBase64url, utf8 } from '../log/encoding.ts'
import { Refused } from '../store/database.ts'
import { answerChallenge, bindSignIn, findSignIn, knownBy } from '../store/sign-ins.ts'
import type { Host } from './host.ts'
import * as paths from './paths.ts'
import { type Arrival, beginSession, cookieNamed, kept, requireSafeOrigin } from './session.ts'

export { NewPasskey, takesPasskeys, UsedPasskey } from '../identity/passkey.ts'

const ACCOUNT = 'account'
const AWAY_MS = 10 * 60_000

/** What the browser keeps while its user is at the provider. Nobody else can set it: it is as good as our own note. */
const Away = z.strictObject({ kept: z.string(), until: z.number(), next: z.string() })

function awayOf(value: string | undefined): z.infer<typeof Away> | null {
  try {
    return Away.parse(JSON.parse(new TextDecoder().decode(fromBase64url(value ?? '') ?? new Uint8Array())))
  } catch {
    return null
  }
}

/** The provider that the settings name. */
export function accountsOf(host: Host): Accounts {
  if (host.accounts === undefined)
    throw new LedgerError('not_found', 'This ledger has no provider of accounts: sign in with a link.')
  return host.accounts
}

/** Sends a browser to the provider; answers where that is and the cookie with which it comes back. */
export async function goToProvider(
  host: Host,
  origin: string,
  next: string,
): Promise<{ address: string; cookie: string }> {
  requireSafeOrigin(origin)
  const begun = await accountsOf(host).begin(origin + paths.accountAnswer())
  const away = { kept: begun.kept, until: host.now().getTime() + AWAY_MS, next }
  const value = base64url(utf8(JSON.stringify(away)))
  return { address: begun.address, cookie: cookieNamed(origin, ACCOUNT, value, AWAY_MS / 1000) }
}

/** Takes a browser that comes back from the provider: answers where it goes on, and its cookies. */
export async function comeFromProvider(
  host: Host,
  arrival: Arrival,
  came: URLSearchParams,
): Promise<{ next: string; cookies: string[] }> {
  const { headers, origin } = arrival
  requireSafeOrigin(origin)
  const accounts = accountsOf(host)
  const away = awayOf(kept(headers, origin, ACCOUNT))
  if (away === null || away.until <= host.now().getTime())
    throw new LedgerError(
      'unauthenticated',
      'This sign-in was not begun in this browser, or more than ten minutes ago. Begin again.',
    )
  const { subject, email } = await accounts.finish(origin + paths.accountAnswer(), away.kept, came)
  const { issuer } = accounts
  const account = knownBy.account(issuer, subject)
  const names = email === null ? [account] : [account, knownBy.address(issuer, email)]
  const found = await findSignIn(host.ledger.db, names)
  if (found === null)
    throw new LedgerError(
      'forbidden',
      email === null
        ? `No member of this ledger signs in with this account at ${issuer}, which does not say that its address is verified.`
        : `No member of this ledger signs in with this account at ${issuer}. An administrator can name its address.`,
    )
  const bound = bindSignIn(found.id, found.known_by, account)
  const session = await beginSession(host, arrival, found.member, bound).catch(orGone)
  return { next: away.next, cookies: [session, cookieNamed(origin, ACCOUNT, '', 0)] }
}

/** Somebody took the way to sign in away meanwhile. */
const orGone = (error: unknown): never => {
  throw error instanceof Refused
    ? new LedgerError('unauthenticated', 'This way to sign in was taken away meanwhile.')
    : error
}

/** Refuses an answer to a challenge that is not ours, is older than five minutes or was answered before. */
async function requireChallenge(host: Host, client_data: string, member: string | null): Promise<void> {
  if (!(await answerChallenge(host.ledger.db, challengeIn(client_data), member, host.now())))
    throw new LedgerError('unauthenticated', 'This passkey answered too late, or twice. Try again.')
}

/** Signs in whose passkey answers; answers the cookie to set. */
export async function signInWithPasskey(host: Host, arrival: Arrival, used: UsedPasskey): Promise<string> {
  requireSafeOrigin(arrival.origin)
  await requireChallenge(host, used.client_data, null)
  const found = await findSignIn(host.ledger.db, [knownBy.passkey(used.id)])
  if (found === null || found.public_key === null)
    throw new LedgerError('unauthenticated', 'No member of this ledger has this passkey.')
  await checkUsedPasskey(used, found.public_key, arrival.origin)
  const stays = bindSignIn(found.id, found.known_by, found.known_by)
  return beginSession(host, arrival, found.member, stays).catch(orGone)
}

/** Adds the passkey that a browser has made for who is signed in. */
export async function takePasskey(
  host: Host,
  unit: Unit,
  origin: string,
  { name, ...made }: NewPasskey & { name: string },
): Promise<Answer> {
  await requireChallenge(host, made.client_data, unit.by.member)
  await checkNewPasskey(made, origin)
  return addPasskey(host.ledger, unit, { name, credential: made.id, public_key: made.public_key })
}
