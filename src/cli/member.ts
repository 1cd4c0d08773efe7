import { type Member, MemberChange, type Role, roles } from '../core/member.ts'
import { personName } from '../core/text.ts'
import { changeMember } from '../ledger/members/change-member.ts'
import { addMember } from '../ledger/members/membership.ts'
import { signOutMember } from '../ledger/members/sessions.ts'
import { listMembers, type MemberRow, readPolicy } from '../store/members.ts'
import { fitting } from './arguments.ts'
import type { Command, Context, Given, Outcome } from './command.ts'
import { memberNamed, type Opened, unitOf, withLedger } from './open-ledger.ts'
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
    withLedger(context, async (opened) => {
      const { ledger, administrator } = opened
      const name = fitting(personName(), 'The name', given.positionals[0])
      const role = given.text('role') as Role
      const [{ event }, four_eyes_in_force] = await sayingFourEyes(context, opened, () =>
        addMember(ledger, unitOf(context, administrator), { name, role }),
      )
      const { id } = event.payload as Member
      return { text: id, json: { id, name, role, four_eyes_in_force } }
    }),
}

/** Does something with members, and says so where it brings four eyes into force. */
async function sayingFourEyes<T>(
  context: Context,
  { ledger }: Opened,
  work: () => Promise<T>,
): Promise<[T, boolean]> {
  const inForce = async () => (await readPolicy(ledger.db))?.four_eyes_in_force ?? false
  const before = await inForce()
  const done = await work()
  const after = await inForce()
  if (!before && after)
    context.note('From now on four eyes hold: an outcome is confirmed by somebody else than its proposer.')
  return [done, after]
}

const roleOf = ({ role, machine, suspended }: MemberRow): string =>
  machine ? `${role} (machine)` : suspended ? `${role} (suspended)` : role

export const memberList: Command = {
  name: 'member list',
  summary: 'list the members, machines included',
  about: 'Machines (import, scheduler) write on behalf of files and the clock; they cannot sign in.',
  examples: [['reckon member list --json', 'For a script.']],
  run: (context) =>
    withLedger(context, async ({ ledger }) => {
      const members = await listMembers(ledger.db)
      const text = table(
        context.terminal,
        [
          { title: 'ID', of: ({ id }) => id },
          { title: 'NAME', of: ({ name }) => name, gives: true },
          { title: 'ROLE', of: roleOf },
          { title: 'ADDED', of: ({ at }) => at.slice(0, 10) },
        ],
        members,
      )
      return { text, json: members }
    }),
}

const PERSON = { shown: 'MEMBER', least: 1, most: 1 }
const BECAUSE = { value: 'TEXT', about: 'why, for whoever looks after the ledger', required: true }

/** Changes the member of that id or name, and says what they are now. */
const changing = (context: Context, given: Given, change: Omit<MemberChange, 'because'>): Promise<Outcome> =>
  withLedger(context, async (opened) => {
    const { ledger, administrator } = opened
    const { because } = MemberChange.shape
    const request = { ...change, because: fitting(because, '--because', given.text('because')) }
    const { id, name } = await memberNamed(opened, given.positionals[0] as string)
    const [, four_eyes_in_force] = await sayingFourEyes(context, opened, () =>
      changeMember(ledger, unitOf(context, administrator), id, request),
    )
    const { role, suspended } = await memberNamed(opened, id)
    return {
      text: `${name} is ${role}${suspended ? ' and suspended' : ''}.`,
      json: { id, name, role, suspended, four_eyes_in_force },
    }
  })

export const memberSuspend: Command = {
  name: 'member suspend',
  summary: 'put somebody out, at once',
  operands: PERSON,
  about:
    'MEMBER is an id or a name. They are signed out in every browser and their tokens rest; what they did stays. The only admin left cannot be suspended. Four eyes stay in force when fewer may resolve; `reckon policy four-eyes auto` looks anew.',
  options: { because: BECAUSE },
  examples: [['reckon member suspend "Ada Lovelace" --because "Left the desk."', 'Stops all her tokens.']],
  run: (context, given) => changing(context, given, { suspended: true }),
}

export const memberReinstate: Command = {
  name: 'member reinstate',
  summary: 'let somebody act again who was suspended',
  operands: PERSON,
  about: 'Tokens that were not revoked meanwhile work again; they sign in with a new link.',
  options: { because: BECAUSE },
  examples: [['reckon member reinstate "Ada Lovelace" --because "Is back."', 'She may act again.']],
  run: (context, given) => changing(context, given, { suspended: false }),
}

export const memberRole: Command = {
  name: 'member role',
  summary: 'give somebody another role',
  operands: PERSON,
  about:
    'It holds at once, for every session and token of theirs: none lets do more than its member may. The only admin left stays one.',
  options: {
    role: { value: 'ROLE', about: 'what they may do', required: true, choices: roles },
    because: BECAUSE,
  },
  examples: [['reckon member role "Ada Lovelace" --role recorder --because "Logs only."', 'A lesser role.']],
  run: (context, given) => changing(context, given, { role: given.text('role') as Role }),
}

export const memberSignOut: Command = {
  name: 'member sign-out',
  summary: 'end every session of somebody',
  operands: PERSON,
  about:
    'In every browser, with the sign-in links not used yet. Their tokens go on: `reckon token revoke` ends one, `reckon member suspend` makes all of them rest.',
  examples: [['reckon member sign-out "Ada Lovelace"', 'After a laptop was lost.']],
  run: (context, given) =>
    withLedger(context, async (opened) => {
      const { id, name } = await memberNamed(opened, given.positionals[0] as string)
      const ended = await signOutMember(opened.ledger, unitOf(context, opened.administrator), id)
      return { text: `${name} is signed out everywhere (${ended}).`, json: { id, name, ended } }
    }),
}
