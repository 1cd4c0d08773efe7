import type * as z from 'zod'
import { Misuse } from '../config.ts'
import { Instant, startOfDay } from '../core/calendar.ts'
import { notFound } from '../core/error.ts'
import {
  hindsightFrom,
  judged,
  type Reference,
  ReferenceRequest,
  ReferenceWithdrawal,
  referenceKinds,
} from '../core/reference.ts'
import { priceIn } from '../interchange/tracker/manifold-price.ts'
import { chooseReference, recordReference, withdrawReference } from '../ledger/question/record-reference.ts'
import type { Database } from '../store/database.ts'
import { findForecast, findQuestion } from '../store/lookups.ts'
import { ask } from '../store/query.ts'
import { referencesOn } from '../store/question-references.ts'
import { fitting } from './arguments.ts'
import type { Command, Given, Option } from './command.ts'
import { actingMember, unitOf, withLedger } from './open-ledger.ts'
import { table } from './table.ts'
import { fileAt } from './table-options.ts'

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
    from: {
      value: 'FILE',
      about:
        'of a market: JSON of Manifold (/v0/market/ID, /v0/bets?contractId=ID), out of which price, address and time are taken',
      repeats: true,
    },
    quote: {
      value: 'FORECAST',
      about: 'with --from: where the market stood when the day began on which this forecast was made',
    },
    primary: { about: 'declare it the one that counts' },
    member: MEMBER,
  },
  examples: [
    [
      'reckon reference add new-war --kind base_rate --of 2/20 --class "years since 2000" --source "UCDP, 2020 to 2024"',
      'Two of twenty.',
    ],
    ['reckon reference add new-war --kind nothing_changes --probability 0.02', 'There is no war now.'],
    [
      'reckon reference add new-war --kind market --from market.json --from bets.json --quote 2024-04-03-talk_new-war',
      'Where a market of Manifold stood before it was said.',
    ],
  ],
  run: (context, given) =>
    withLedger(context, async (held) => {
      const unit = unitOf(context, await actingMember(held, given.text('member')))
      const id = given.positionals[0] as string
      const request = given.flag('from') ? await pricedRequest(held.ledger.db, id, given) : requestOf(given)
      const { event } = await recordReference(held.ledger, unit, id, request)
      const record = event.payload as Reference
      const when = given.flag('from') ? `, as of ${record.observed_at}` : ''
      return { text: `Recorded ${record.id}: ${record.kind}, ${record.probability}${when}.`, json: record }
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
  if (read.success && !given.flag('quote')) return read.data
  if (read.success) throw new Misuse('--quote is for a market whose files --from names.')
  throw misuseOf(read.error, given)
}

/** Where a market stood, out of the files that Manifold answers. */
async function pricedRequest(db: Database, question: string, given: Given): Promise<ReferenceRequest> {
  if (given.text('kind') !== 'market') throw new Misuse('--from is of a market: say --kind market.')
  const stray = (['probability', 'of', 'class', 'source'] as const).find((name) => given.flag(name))
  if (stray !== undefined) throw new Misuse(`--${stray} is what the files of --from say.`)
  const observed = given.text('observed')
  const moment =
    observed === undefined
      ? await beginningOf(db, question, given.text('quote'))
      : new Date(fitting(Instant, '--observed', observed))
  const files = given.all('from').map(fileAt)
  const price = priceIn(files, moment, given.text('url'))
  if ('problem' in price) throw new Misuse(`${given.all('from').join(', ')} ${price.problem}.`, price.remedy)
  const primary = given.flag('primary') ? { primary: true as const } : {}
  return ReferenceRequest.parse({ kind: 'market', ...price, ...primary })
}

/** When the day began on which a forecast was made, where its question is due. */
async function beginningOf(db: Database, id: string, quote: string | undefined): Promise<Date | null> {
  if (quote === undefined) return null
  const [question, forecast] = [await findQuestion(db, id), await findForecast(db, quote)]
  if (question === null) throw notFound('question', id)
  if (forecast === null) throw notFound('forecast', quote)
  if (forecast.record.question !== id)
    throw new Misuse(`${quote} is a forecast on ${forecast.record.question}, not on ${id}.`)
  return startOfDay(forecast.record.said_on.from, question.record.deadline.time_zone)
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
