import * as z from 'zod'
import { LedgerError } from '../core/error.ts'
import { RandomId, scopesHeld } from '../core/member.ts'
import * as paths from '../http/paths.ts'
import { signOutSession } from '../ledger/members/sessions.ts'
import { Email, nameAccount, removeSignIn } from '../ledger/members/sign-ins.ts'
import type { Bearer } from '../store/members.ts'
import { sessionsOf } from '../store/members.ts'
import { ask } from '../store/query.ts'
import { listSignIns } from '../store/sign-ins.ts'
import { SeqPlace } from './cursor.ts'
import * as answers from './member-answers.ts'
import { act, fields, list, pageOfAll, type Route, read, write } from './route.ts'

const OfMember = { member: RandomId.optional().describe('Only those of this member.') }
const AccountRequest = z.strictObject({ member: RandomId, email: Email })

export const signInRoutes: Route[] = [
  read({
    path: '/me',
    summary: 'Whose token this is, and what it may be used for now.',
    role: 'reader',
    fresh: true,
    answer: answers.MeAnswer,
    run: async ({ unit }) => {
      const { member, name, role, scopes, id, expires_at } = unit.by as Bearer
      return { body: { member, name, role, scopes: scopesHeld({ role, scopes }), token: id, expires_at } }
    },
  }),
  ...list({
    path: '/sessions',
    summary: 'Who is signed in in which browser, the latest first.',
    role: 'admin',
    fresh: true,
    query: OfMember,
    item: answers.SessionAnswer,
    place: SeqPlace,
    list: async ({ db, host, query: { member } }, page) =>
      pageOfAll(await ask(db, sessionsOf(member ?? null, host.now())), page),
    read: (session) => session,
    columns: fields('id', 'member', 'begun_at', 'seen_on', 'browser', 'expires_at'),
  }),
  act({
    method: 'DELETE',
    path: '/sessions/:id',
    summary: 'Ends one session.',
    role: 'admin',
    answer: answers.SessionEnded,
    run: async ({ ledger, unit, id }) => ({
      body: { id, member: await signOutSession(ledger, unit, id) },
    }),
  }),
  ...list({
    path: '/sign-ins',
    summary:
      'Passkeys, accounts and confirmed addresses with which members sign in, in the order in which they were added.',
    role: 'admin',
    fresh: true,
    query: OfMember,
    item: answers.SignInAnswer,
    place: SeqPlace,
    list: async ({ db, query: { member } }, page) => pageOfAll(await listSignIns(db, member ?? null), page),
    read: (held) => held,
    columns: fields('id', 'member', 'kind', 'name', 'email', 'added_at'),
  }),
  write({
    path: '/sign-ins',
    summary: 'Lets a member sign in with the account that has this address at the provider of this ledger.',
    role: 'admin',
    body: AccountRequest,
    record: answers.SignInAddedRecord,
    location: () => paths.api.signIns(),
    run: ({ host, ledger, unit, body }) => {
      if (host.accounts === undefined)
        throw new LedgerError('conflict', 'This ledger has no provider of accounts (RECKONING_OIDC_ISSUER).')
      return nameAccount(ledger, unit, { ...body, issuer: host.accounts.issuer })
    },
  }),
  write({
    path: '/sign-ins/:id/removal',
    summary: 'Takes a passkey or an account away from its member. Sessions that began with it go on.',
    role: 'admin',
    record: answers.SignInRemovedRecord,
    location: () => paths.api.signIns(),
    run: ({ ledger, unit, id }) => removeSignIn(ledger, unit, id),
  }),
]
