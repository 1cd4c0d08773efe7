import { localPath } from '../../http/session.ts'
import { signInWithPasskey, UsedPasskey } from '../../http/sign-in.ts'
import { newChallenge } from '../../ledger/members/sign-ins.ts'
import { type Fields, onceEach } from '../ui/fields.ts'
import { type ArrivalRoute, seeWith } from '../ui/page.ts'
import { parsed } from '../ui/problem.ts'
import { requestOf } from '../ui/typed.ts'

export const passkeyFields: Fields = {
  own: onceEach(['next', '/id', '/client_data', '/authenticator_data', '/signature']),
}

/** What a passkey is asked, for the script that asks it. */
export const challenged = (challenge: string): Response =>
  new Response(JSON.stringify({ challenge }), { headers: { 'content-type': 'application/json' } })

export const challengePasskey: ArrivalRoute['act'] = async ({ host }) =>
  challenged(await newChallenge(host.ledger, host.now(), null))

export const signInByPasskey: ArrivalRoute['act'] = async ({ host, form, arrival }) => {
  const next = localPath(form.get('next')?.[0] ?? null)
  return seeWith(next, [await signInWithPasskey(host, arrival, parsed(UsedPasskey, requestOf(form)))])
}
