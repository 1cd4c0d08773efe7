import { Misuse } from '../config.ts'
import { type FourEyes, fourEyesPolicies } from '../core/member.ts'
import { nearest } from '../interchange/finding.ts'
import { changePolicy } from '../ledger/members/membership.ts'
import { readPolicy } from '../store/members.ts'
import type { Command } from './command.ts'
import { unitOf, withLedger } from './open-ledger.ts'

const MEANING: Record<FourEyes, string> = {
  auto: 'auto: four eyes hold as soon as two members may resolve',
  on: 'on: an outcome is always confirmed by somebody else than its proposer',
  off: 'off: a proposer may confirm, and is shown to have done so',
}

export const policy: Command = {
  name: 'policy',
  summary: 'show or change whether four eyes are needed',
  operands: { shown: '[four-eyes auto|on|off]', least: 0, most: 2 },
  about: [
    'Four eyes: an outcome is confirmed by another member than the one who proposed it. Without a value it shows the policy; with one it changes it, and the change is an entry of the log.',
    ...Object.values(MEANING),
  ].join('\n'),
  examples: [
    ['reckon policy', 'What holds now.'],
    ['reckon policy four-eyes on', 'From now on nobody confirms alone.'],
  ],
  run: (context, given) =>
    withLedger(context, async ({ ledger, administrator }) => {
      const [name, value] = given.positionals
      if (name !== undefined && name !== 'four-eyes')
        throw new Misuse(`There is no policy "${name}".`, 'There is one: four-eyes.')
      if (value !== undefined) await changePolicy(ledger, unitOf(context, administrator), fourEyesOf(value))
      const held = await readPolicy(ledger.db)
      const four_eyes = held?.four_eyes ?? 'auto'
      const inForce = held?.four_eyes_in_force ?? false
      return {
        text: `four-eyes ${MEANING[four_eyes]}.\n${inForce ? 'In force.' : 'Not in force now.'}`,
        json: { four_eyes, four_eyes_in_force: inForce },
      }
    }),
}

function fourEyesOf(value: string): FourEyes {
  const found = fourEyesPolicies.find((known) => known === value)
  if (found !== undefined) return found
  const meant = nearest(value, fourEyesPolicies)
  throw new Misuse(
    `four-eyes is auto, on or off, not "${value}".`,
    meant === null ? null : `Did you mean ${meant}?`,
  )
}
