import type * as z from 'zod'
import { Misuse } from '../config.ts'
import { notFound } from '../core/error.ts'
import {
  hindsightFrom,
  judged,
  type Reference,
  ReferenceRequest,
  ReferenceWithdrawal,
  referenceKinds,
} from '../core/reference.ts'
import { chooseReference, recordReference, withdrawReference } from '../ledger/question/record-reference.ts'
import { findQuestion } from '../store/lookups.ts'
import { ask } from '../store/query.ts'
import { referencesOn } from '../store/question-references.ts'
import { fitting } from './arguments.ts'
import type { Command, Given, Option } from './command.ts'
import { actingMember, unitOf, withLedger } from './open-ledger.ts'
import { table } from './table.ts'

const MEMBER: Option = { value: 'ID', about: 'who acts, by id or name (the first administrator)' }
const ONE = { shown: 'QUESTION ID', least: 2, most: 2 }

export const referenceAdd: Command = {
  name: 'reference add',
  summary: 'record what forecasts on a question are compared with',
  operands: { shown: 'QUESTION', least: 1, most: 1 },
  about: [
    'A probability of yes from elsewhere: nothing_changes, base_rate (so many of so many), market or crowd. An easy call looks like skill until it is held against one.',
    'It counts only if it is recorded before the outcome is known and before the deadline; later it is marked as hindsight. The first counts, unless another one is declared the primary.',
  ].join('\n'),
  options: {
    kind: { value: 'KIND', about: 'what it is', required: true, choices: referenceKinds },
    probability: { value: 'P', about: 'of yes, from 0 to 1; of a base rate it is its share without it' },
    of: { value: 'K/N', about: 'of a base rate: how often it happened, such as 3/20' },
    class: { value: 'TEXT', about: 'of a base rate: which cases these are' },
    source: { value: 'TEXT', about: 'where it is from' },
    url: { value: 'URL', about: 'its address; of a market price it is needed' },
    observed: { value: 'INSTANT', about: 'when it stood there, such as 2026-11-22T14:00:00.000Z' },
    primary: { about: 'declare it the one that counts' },
    member: MEMBER,
  },
  examples: [
    [
      'reckon reference add new-war --kind base_rate --of 2/20 --class "years since 2000" --source "UCDP, 2020 to 2024"',
      'Two of twenty.',
    ],
    ['reckon reference add new-war --kind nothing_changes --probability 0.02', 'There is no war now.'],
  ],
  run: (context, given) =>
    withLedger(context, async (held) => {
      const unit = unitOf(context, await actingMember(held, given.text('member')))
      const id = given.positionals[0] as string
      const { event } = await recordReference(held.ledger, unit, id, requestOf(given))
      const record = event.payload as Reference
      return { text: `Recorded ${record.id}: ${record.kind}, ${record.probability}.`, json: record }
    }),
}

export const referenceList: Command = {
  name: 'reference list',
  summary: 'list what forecasts on a question are compared with',
  operands: { shown: 'QUESTION', least: 1, most: 1 },
  about:
    'In the order of recording: the primary is the one that counts; what was recorded with hindsight, or withdrawn in time, is in no figure.',
  examples: [['reckon reference list new-war', 'Everything that was ever recorded.']],
  run: (context, given) =>
    withLedger(context, async ({ ledger }) => {
      const id = given.positionals[0] as string
      const question = await findQuestion(ledger.db, id)
      if (question === null) throw notFound('question', id)
      const rows = judged(await ask(ledger.db, referencesOn({ question: id })), hindsightFrom(question))
      const listed = rows.map(({ record, at, hindsight, primary, gone, withdrawn_because }) => {
        const { question: _, ...said } = record
        return { ...said, recorded_at: at, hindsight, primary, withdrawn: gone, withdrawn_because }
      })
      const text = table(
        context.terminal,
        [
          { title: 'ID', of: (row) => row.id },
          { title: 'KIND', of: ({ kind }) => kind },
          { title: 'P', of: ({ probability }) => String(Number(probability.toFixed(4))), align: 'right' },
          { title: 'COUNTS', of: countsOf },
          { title: 'RECORDED', of: (row) => row.recorded_at.slice(0, 10) },
          { title: 'FROM', of: ({ of, source, url }) => source ?? of?.class ?? url ?? '', gives: true },
        ],
        listed,
      )
      return { text: rows.length === 0 ? 'Nothing is recorded to compare with.' : text, json: listed }
    }),
}

type Counting = { primary: boolean; withdrawn: boolean; hindsight: boolean }
const countsOf = ({ primary, withdrawn, hindsight }: Counting): string =>
  primary ? 'primary' : withdrawn ? 'withdrawn' : hindsight ? 'hindsight' : ''

export const referenceChoose: Command = {
  name: 'reference choose',
  summary: 'declare which reference of a question counts',
  operands: ONE,
  about:
    'The last one that is declared before the outcome is known counts; a declaration with hindsight changes nothing. ID is that of `reckon reference list`.',
  options: { member: MEMBER },
  examples: [['reckon reference choose new-war ref2', 'The second one counts.']],
  run: (context, given) =>
    withLedger(context, async (held) => {
      const unit = unitOf(context, await actingMember(held, given.text('member')))
      const [question = '', id = ''] = given.positionals
      await chooseReference(held.ledger, unit, question, id)
      return { text: `Declared ${id} the primary.`, json: { question, id, primary: true } }
    }),
}

export const referenceWithdraw: Command = {
  name: 'reference withdraw',
  summary: 'take a reference of a question back, with a reason',
  operands: ONE,
  about:
    'Nothing is erased: it stays, with the reason. A withdrawal after the outcome could be known takes it out of no figure.',
  options: {
    because: { value: 'TEXT', about: 'why it should not have been recorded', required: true },
    member: MEMBER,
  },
  examples: [
    ['reckon reference withdraw new-war ref1 --because "It was of another war."', 'Recorded by mistake.'],
  ],
  run: (context, given) =>
    withLedger(context, async (held) => {
      const unit = unitOf(context, await actingMember(held, given.text('member')))
      const [question = '', id = ''] = given.positionals
      const because = fitting(ReferenceWithdrawal.shape.because, '--because', given.text('because'))
      await withdrawReference(held.ledger, unit, question, id, { because })
      return { text: `Withdrew ${id}.`, json: { question, id, because } }
    }),
}

const numberIn = (text: string): number | string => (/^\d+(\.\d+)?$/u.test(text) ? Number(text) : text)

function requestOf(given: Given): ReferenceRequest {
  const text = (option: string, key = option) =>
    given.text(option) === undefined ? {} : { [key]: given.text(option) }
  const [k = '', n = ''] = given.text('of')?.split('/') ?? []
  const isRate = given.text('of') !== undefined || given.text('class') !== undefined
  const probability = given.text('probability')
  const read = ReferenceRequest.safeParse({
    ...text('kind'),
    ...(probability === undefined ? {} : { probability: numberIn(probability) }),
    ...(isRate ? { of: { k: numberIn(k), n: numberIn(n), ...text('class') } } : {}),
    ...text('source'),
    ...text('url'),
    ...text('observed', 'observed_at'),
    ...(given.flag('primary') ? { primary: true } : {}),
  })
  if (read.success) return read.data
  throw misuseOf(read.error, given)
}

const OPTIONS: Readonly<Record<string, string>> = { observed_at: 'observed' }

function misuseOf({ issues }: z.ZodError, given: Given): Misuse {
  const isShare = /^\d+\/\d+$/u.test(given.text('of') ?? '')
  const wrong = issues.map(({ path: [key, part], message }) => {
    if (part === 'class') return `--class ${given.text('class') === undefined ? 'is required' : message}`
    if (key === 'of' && part !== undefined)
      return `--of ${isShare ? `${String(part)} ${message}` : 'must be two whole numbers such as 3/20'}`
    return `--${OPTIONS[String(key)] ?? String(key)} ${message}`
  })
  return new Misuse(`${[...new Set(wrong)].join('; ')}.`, 'reckon reference add --help says more.')
}
