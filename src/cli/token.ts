import * as z from 'zod'
import { NO_INSTANT } from '../core/calendar.ts'
import { type Role, roles, type Scope, scopes } from '../core/member.ts'
import { line } from '../core/text.ts'
import { issueToken, revokeToken } from '../ledger/members/membership.ts'
import { listMembers, listTokens, type TokenRow } from '../store/members.ts'
import { fitting } from './arguments.ts'
import type { Command } from './command.ts'
import { actingMember, unitOf, withLedger, withPreparedLedger } from './open-ledger.ts'
import { table } from './table.ts'

/** Typed by hand, an instant may leave out the milliseconds and stand in another zone. */
const TypedInstant = z.iso.datetime({ offset: true, error: NO_INSTANT }).transform((text) => new Date(text))

export const tokenCreate: Command = {
  name: 'token create',
  summary: 'issue a token for scripts and the API',
  about: [
    'Prints the token alone on standard output; it is shown this once. It belongs to the first administrator, or to --member, and can do what its role may do, never more than its member.',
    'On a new database it founds the ledger first. It works whether or not a server runs, and never makes a second member.',
  ].join('\n'),
  options: {
    name: { value: 'LABEL', about: 'what it is for', required: true },
    role: { value: 'ROLE', about: 'what it may do', required: true, choices: roles },
    scope: {
      value: 'SCOPE',
      about: 'only this, within its role; may be given several times',
      repeats: true,
      choices: scopes,
    },
    member: { value: 'ID', about: 'the id or the name of the member to whom it belongs' },
    expires: { value: 'INSTANT', about: 'when it stops working, such as 2027-01-31T00:00:00Z' },
  },
  examples: [
    ['reckon token create --name newsroom --role recorder', 'A token that may log forecasts.'],
    ['reckon token create --name feed --role recorder --scope log', 'It logs, and reads nothing private.'],
    ['TOKEN=$(reckon token create --name script --role admin)', 'Keeps it in a variable.'],
  ],
  run: (context, given) =>
    withPreparedLedger(context, async (opened) => {
      const member = await actingMember(opened, given.text('member'))
      const expires = given.text('expires')
      const expires_at =
        expires === undefined ? undefined : fitting(TypedInstant, '--expires', expires).toISOString()
      const name = fitting(line(200), '--name', given.text('name'))
      const role = given.text('role') as Role
      const held = scopes.filter((scope) => given.all('scope').includes(scope)) as Scope[]
      const only = held.length === 0 ? {} : { scopes: held }
      const request = {
        member: member.id,
        name,
        role,
        ...only,
        ...(expires_at === undefined ? {} : { expires_at }),
      }
      const { token, id } = await issueToken(opened.ledger, unitOf(context, opened.administrator), request)
      return { text: token, json: { token, id, member: member.id, name, role, ...only } }
    }),
}

export const tokenList: Command = {
  name: 'token list',
  summary: 'list the tokens, without their secrets',
  about: 'Shows who holds a token, what it may do and whether it still works.',
  examples: [['reckon token list', 'All tokens, oldest first.']],
  run: (context) =>
    withLedger(context, async ({ ledger }) => {
      const [tokens, members] = await Promise.all([listTokens(ledger.db), listMembers(ledger.db)])
      const nameOf = (id: string) => members.find((member) => member.id === id)?.name ?? id
      const stateOf = (token: TokenRow) => {
        if (token.revoked_at !== null) return `revoked ${token.revoked_at.slice(0, 10)}`
        const holder = members.find(({ id }) => id === token.member)
        if (holder?.suspended) return 'rests (suspended)'
        if (token.expires_at === null) return 'works'
        return token.expires_at > context.now().toISOString()
          ? `works until ${token.expires_at.slice(0, 10)}`
          : 'expired'
      }
      const json = tokens.map(({ stream: _, ...token }) => ({ ...token, member_name: nameOf(token.member) }))
      if (tokens.length === 0) return { text: 'No tokens.', json }
      const text = table(
        context.terminal,
        [
          { title: 'ID', of: ({ id }) => id },
          { title: 'NAME', of: ({ name }) => name, gives: true },
          {
            title: 'ROLE',
            of: ({ role, scopes }) => (scopes === null ? role : `${role}: ${scopes.join(', ')}`),
          },
          { title: 'MEMBER', of: ({ member }) => nameOf(member), gives: true },
          { title: 'ISSUED', of: ({ issued_at }) => issued_at.slice(0, 10) },
          { title: 'STATE', of: stateOf },
        ],
        tokens,
      )
      return { text, json }
    }),
}

export const tokenRevoke: Command = {
  name: 'token revoke',
  summary: 'stop a token at once',
  operands: { shown: 'ID', least: 1, most: 1 },
  about:
    'The token stops working; what was done with it stays in the ledger. The id is what `reckon token list` shows.',
  examples: [['reckon token revoke 8fJq0Zt4KxLm', 'Stops the token with this id.']],
  run: (context, given) =>
    withLedger(context, async ({ ledger, administrator }) => {
      const id = given.positionals[0] as string
      await revokeToken(ledger, unitOf(context, administrator), id)
      return { text: `Token ${id} is revoked.`, json: { id, revoked: true } }
    }),
}
