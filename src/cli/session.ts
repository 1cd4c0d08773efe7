import { signOutSession } from '../ledger/members/sessions.ts'
import { listMembers, sessionsOf } from '../store/members.ts'
import { ask } from '../store/query.ts'
import type { Command } from './command.ts'
import { memberNamed, unitOf, withLedger } from './open-ledger.ts'
import { table } from './table.ts'

export const sessionList: Command = {
  name: 'session list',
  summary: 'list who is signed in in which browser',
  about:
    'The browser is what it said of itself; when it was used last is kept as a day (UTC), and no address is kept.',
  options: { member: { value: 'MEMBER', about: 'only those of this id or name' } },
  examples: [['reckon session list --member "Ada Lovelace"', 'Where Ada is signed in.']],
  run: (context, given) =>
    withLedger(context, async (opened) => {
      const { db } = opened.ledger
      const asked = given.text('member')
      const of = asked === undefined ? null : (await memberNamed(opened, asked)).id
      const [sessions, members] = await Promise.all([ask(db, sessionsOf(of, context.now())), listMembers(db)])
      const nameOf = (id: string) => members.find((member) => member.id === id)?.name ?? id
      const json = sessions.map((session) => ({ ...session, member_name: nameOf(session.member) }))
      if (sessions.length === 0) return { text: 'No sessions.', json }
      const text = table(
        context.terminal,
        [
          { title: 'ID', of: ({ id }) => id },
          { title: 'MEMBER', of: ({ member }) => nameOf(member), gives: true },
          { title: 'BROWSER', of: ({ browser }) => browser ?? 'not said', gives: true },
          { title: 'SINCE', of: ({ begun_at }) => begun_at?.slice(0, 10) ?? 'not kept' },
          { title: 'LAST USED', of: ({ seen_on }) => seen_on ?? 'not kept' },
        ],
        sessions,
      )
      return { text, json }
    }),
}

export const sessionEnd: Command = {
  name: 'session end',
  summary: 'end one session',
  operands: { shown: 'ID', least: 1, most: 1 },
  about:
    'That browser is signed out; the others stay. The id is what `reckon session list` shows. `reckon member sign-out` ends all of somebody.',
  examples: [['reckon session end 8fJq0Zt4KxLm', 'Ends the session with this id.']],
  run: (context, given) =>
    withLedger(context, async ({ ledger, administrator }) => {
      const id = given.positionals[0] as string
      const member = await signOutSession(ledger, unitOf(context, administrator), id)
      return { text: `Session ${id} has ended.`, json: { id, member, ended: true } }
    }),
}
