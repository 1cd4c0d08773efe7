import { Misuse, providerOf } from '../config.ts'
import type { SignInAdded } from '../core/member.ts'
import { Email, nameAccount, removeSignIn } from '../ledger/members/sign-ins.ts'
import { listMembers } from '../store/members.ts'
import { listSignIns } from '../store/sign-ins.ts'
import { fitting } from './arguments.ts'
import type { Command } from './command.ts'
import { memberNamed, unitOf, withLedger } from './open-ledger.ts'
import { table } from './table.ts'

export const accountAdd: Command = {
  name: 'account add',
  summary: 'let a member sign in with an account elsewhere',
  operands: { shown: 'MEMBER EMAIL', least: 2, most: 2 },
  about:
    'The account is one at the provider of RECKONING_OIDC_ISSUER, which must say that this address is verified. From the first sign-in on it is that account, whatever address it has then.',
  examples: [['reckon account add "Ada Lovelace" ada@example.org', 'She signs in there from now on.']],
  run: (context, given) =>
    withLedger(context, async (opened) => {
      const trusted = providerOf(context.config())
      if (trusted === null)
        throw new Misuse('This ledger has no provider of accounts.', 'RECKONING_OIDC_ISSUER names one.')
      const email = fitting(Email, 'The address', given.positionals[1])
      const { id, name } = await memberNamed(opened, given.positionals[0] as string)
      const { issuer } = trusted
      const unit = unitOf(context, opened.administrator)
      const { event } = await nameAccount(opened.ledger, unit, { member: id, email, issuer })
      const { sign_in } = event.payload as SignInAdded
      return {
        text: `${name} signs in at ${issuer} as ${email} (${sign_in}).`,
        json: { id: sign_in, member: id, name: issuer, email },
      }
    }),
}

export const accountList: Command = {
  name: 'account list',
  summary: 'list passkeys and accounts to sign in with',
  about: 'Passkeys are added by members themselves, in Settings.',
  examples: [['reckon account list', 'Of every member, in the order in which they were added.']],
  run: (context) =>
    withLedger(context, async ({ ledger: { db } }) => {
      const [held, members] = await Promise.all([listSignIns(db, null), listMembers(db)])
      const nameOf = (id: string) => members.find((member) => member.id === id)?.name ?? id
      const json = held.map((signIn) => ({ ...signIn, member_name: nameOf(signIn.member) }))
      if (held.length === 0) return { text: 'None: members sign in with links.', json }
      const text = table(
        context.terminal,
        [
          { title: 'ID', of: ({ id }) => id },
          { title: 'MEMBER', of: ({ member }) => nameOf(member), gives: true },
          { title: 'KIND', of: ({ kind }) => kind },
          { title: 'NAME', of: ({ email, name }) => email ?? name, gives: true },
          { title: 'ADDED', of: ({ added_at }) => added_at.slice(0, 10) },
        ],
        held,
      )
      return { text, json }
    }),
}

export const accountRemove: Command = {
  name: 'account remove',
  summary: 'take a passkey or an account away',
  operands: { shown: 'ID', least: 1, most: 1 },
  about:
    'Nobody signs in with it any more; sessions that began with it go on (`reckon member sign-out`). The id is what `reckon account list` shows.',
  examples: [['reckon account remove 8fJq0Zt4KxLm', 'After a phone was lost.']],
  run: (context, given) =>
    withLedger(context, async ({ ledger, administrator }) => {
      const id = given.positionals[0] as string
      await removeSignIn(ledger, unitOf(context, administrator), id)
      return { text: `Nobody signs in with ${id} any more.`, json: { id, removed: true } }
    }),
}
