import { Misuse } from '../config.ts'
import { type FourEyes, fourEyesPolicies } from '../core/member.ts'
import { ANSWER_DAYS, AnswerDays, OBJECTION_HOURS, ObjectionHours } from '../core/objection.ts'
import { nearest } from '../interchange/finding.ts'
import { changeDecisionTimes } from '../ledger/members/decision-times.ts'
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
  summary: 'show or change whether four eyes are needed, and how long an outcome is open to objection',
  operands: { shown: '[four-eyes|objection-hours|answer-days VALUE]', least: 0, most: 2 },
  about: [
    'Four eyes: an outcome is confirmed by another member than the one who proposed it. Without a value it shows the policy; with one it changes it, and the change is an entry of the log.',
    ...Object.values(MEANING),
    'objection-hours: for so long an outcome is open to objection once it is confirmed, 0 to 720; only then is it called final. answer-days: so soon a dispute or a waiting reply is to be answered, 1 to 90.',
  ].join('\n'),
  examples: [
    ['reckon policy', 'What holds now.'],
    ['reckon policy four-eyes on', 'From now on nobody confirms alone.'],
    ['reckon policy objection-hours 72', 'Three days for what is confirmed from now on.'],
  ],
  run: (context, given) =>
    withLedger(context, async ({ ledger, administrator }) => {
      const [name, value] = given.positionals
      if (name !== undefined && name !== 'four-eyes' && !isTime(name))
        throw new Misuse(
          `There is no policy "${name}".`,
          'There are three: four-eyes, objection-hours and answer-days.',
        )
      const unit = unitOf(context, administrator)
      if (name !== undefined && value !== undefined)
        if (isTime(name)) await changeDecisionTimes(ledger, unit, { [TIMES[name].key]: timeOf(name, value) })
        else await changePolicy(ledger, unit, fourEyesOf(value))
      const held = await readPolicy(ledger.db)
      const four_eyes = held?.four_eyes ?? 'auto'
      const inForce = held?.four_eyes_in_force ?? false
      const times = {
        objection_hours: held?.objection_hours ?? OBJECTION_HOURS,
        answer_days: held?.answer_days ?? ANSWER_DAYS,
      }
      return {
        text: [
          `four-eyes ${MEANING[four_eyes]}.\n${inForce ? 'In force.' : 'Not in force now.'}`,
          `objection-hours ${times.objection_hours}: an outcome is final only so long after it was confirmed.`,
          `answer-days ${times.answer_days}: so soon a dispute or a waiting reply is to be answered.`,
        ].join('\n'),
        json: { four_eyes, four_eyes_in_force: inForce, ...times },
      }
    }),
}

const TIMES = {
  'objection-hours': { key: 'objection_hours', schema: ObjectionHours, says: '0 to 720' },
  'answer-days': { key: 'answer_days', schema: AnswerDays, says: '1 to 90' },
} as const

const isTime = (name: string): name is keyof typeof TIMES => Object.hasOwn(TIMES, name)

function timeOf(name: keyof typeof TIMES, value: string): number {
  const read = TIMES[name].schema.safeParse(/^\d{1,3}$/u.test(value) ? Number(value) : Number.NaN)
  if (read.success) return read.data
  throw new Misuse(`${name} is a whole number from ${TIMES[name].says}, not "${value}".`)
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
