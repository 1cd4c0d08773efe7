import { type Member, type Role, roles } from '../core/member.ts'
import { personName } from '../core/text.ts'
import { addMember } from '../ledger/membership.ts'
import { listMembers, readPolicy } from '../store/members.ts'
import { fitting } from './arguments.ts'
import type { Command } from './command.ts'
import { unitOf, withLedger } from './open-ledger.ts'
import { table } from './table.ts'

export const memberAdd: Command = {
  name: 'member add',
  summary: 'add a person to the ledger',
  operands: { shown: 'NAME', least: 1, most: 1 },
  about: [
    'Prints the id of the new member. They sign in with the link of `reckon sign-in --member ID`; there are no passwords.',
    'Roles: a reader reads, a recorder logs, a resolver also proposes and confirms outcomes, an admin also looks after members and tokens. With the second member who may resolve, four eyes hold: nobody confirms an outcome that they proposed themselves.',
  ].join('\n'),
  options: { role: { value: 'ROLE', about: 'what they may do', required: true, choices: roles } },
  examples: [['reckon member add "Ada Lovelace" --role resolver', 'A second pair of eyes.']],
  run: (context, given) =>
    withLedger(context, async ({ ledger, administrator }) => {
      const name = fitting(personName(), 'The name', given.positionals[0])
      const role = given.text('role') as Role
      const before = await readPolicy(ledger.db)
      const { event } = await addMember(ledger, unitOf(context, administrator), { name, role })
      const after = await readPolicy(ledger.db)
      const { id } = event.payload as Member
      if (before?.four_eyes_in_force !== true && after?.four_eyes_in_force === true)
        context.note(
          'From now on four eyes hold: an outcome is confirmed by somebody else than its proposer.',
        )
      return { text: id, json: { id, name, role, four_eyes_in_force: after?.four_eyes_in_force ?? false } }
    }),
}

export const memberList: Command = {
  name: 'member list',
  summary: 'list the members, machines included',
  about: 'Machines (import, scheduler) write on behalf of files and the clock; they cannot sign in.',
  options: {},
  examples: [['reckon member list --json', 'For a script.']],
  run: (context) =>
    withLedger(context, async ({ ledger }) => {
      const members = await listMembers(ledger.db)
      const text = table(
        context.terminal,
        [
          { title: 'ID', of: ({ id }) => id },
          { title: 'NAME', of: ({ name }) => name, gives: true },
          { title: 'ROLE', of: ({ role, machine }) => (machine ? `${role} (machine)` : role) },
          { title: 'ADDED', of: ({ at }) => at.slice(0, 10) },
        ],
        members,
      )
      return { text, json: members }
    }),
}
