import type * as z from 'zod'
import { Misuse } from '../config.ts'
import { latestDate } from '../core/calendar.ts'
import { correctionClasses } from '../core/correction.ts'
import { LedgerError, notFound } from '../core/error.ts'
import { reserveText } from '../core/objection.ts'
import { typeOf } from '../core/question.ts'
import { annulledReasons, ConditionRequest, type Resolution, ResolutionRequest } from '../core/resolution.ts'
import { recordCondition } from '../ledger/question/record-condition.ts'
import { confirmResolution } from '../ledger/resolution/confirm-resolution.ts'
import { proposeResolution } from '../ledger/resolution/propose-resolution.ts'
import { sealOutcome } from '../ledger/resolution/seal-outcome.ts'
import { findQuestion, type QuestionRow } from '../store/lookups.ts'
import type { Command, Given } from './command.ts'
import { actingMember, type Opened, unitOf, withLedger } from './open-ledger.ts'

export const resolve: Command = {
  name: 'resolve',
  summary: 'propose what happened, with evidence, or confirm it',
  operands: { shown: 'QUESTION', least: 1, most: 1 },
  about: [
    'Proposes an outcome with at least one piece of dated evidence. With --confirm it is confirmed in the same go; without --outcome, --confirm confirms what stands proposed. An outcome scores from the moment it is confirmed.',
    'A question with a condition has an answer only once the condition was recorded as met, with --condition-met and its own evidence; unmet, it is annulled.',
    'Where four eyes hold, another member than the proposer must confirm: name them with --member.',
  ].join('\n'),
  options: {
    outcome: {
      value: 'OUTCOME',
      about: 'yes, no, an option, a number, a date, not_by_deadline, annulled or ambiguous',
    },
    'annulled-because': { value: 'WHY', about: 'with the outcome annulled', choices: annulledReasons },
    'condition-met': {
      value: 'DATE',
      about: 'record, with its evidence, that the condition of the question was met on this day',
    },
    'known-on': { value: 'DATE', about: 'the day on which it was known, in the zone of the question' },
    evidence: { value: 'URL', about: 'where it is reported; may be given several times', repeats: true },
    says: { value: 'TEXT', about: 'what that report says; one for each --evidence', repeats: true },
    accessed: { value: 'DATE', about: 'when the evidence was read (today)' },
    rationale: { value: 'TEXT', about: 'why this evidence decides the question' },
    'because-early': { value: 'TEXT', about: 'why it can be decided before the deadline' },
    also: {
      value: 'QUESTION',
      about: 'another of its family that the same evidence decides; may be given several times',
      repeats: true,
    },
    supersedes: { value: 'ID', about: 'the resolution that this one corrects, such as r1' },
    class: {
      value: 'CLASS',
      about: 'with --supersedes of a confirmed outcome: what that is (correction)',
      choices: correctionClasses,
    },
    confirm: { about: 'confirm it as well' },
    sealed: {
      about: 'keep it sealed until a second member has decided the question, too; then both are shown',
    },
    member: { value: 'ID', about: 'who acts, by id or name (the first administrator)' },
  },
  examples: [
    [
      'reckon resolve new-war --outcome no --known-on 2025-04-09 --evidence https://example.org/report --says "No casualties since February." --rationale "No fighting was reported." --confirm',
      'Proposes and confirms.',
    ],
    ['reckon resolve new-war --confirm --member "Ada Lovelace"', 'A second person confirms the proposal.'],
  ],
  run: (context, given) =>
    withLedger(context, async (held) => {
      const id = given.positionals[0] as string
      const question = await findQuestion(held.ledger.db, id)
      if (question === null) throw notFound('question', id)
      const unit = unitOf(context, await actingMember(held, given.text('member')))
      const today = latestDate(context.now())
      if (given.text('condition-met') !== undefined) return meetCondition(held, unit, id, given, today)
      if (given.text('outcome') === undefined) return confirmStanding(held, unit, question, given)
      if (given.flag('sealed')) return seal(held, unit, question, given, today)
      const request = requestOf(question, given, today)
      const { event } = await proposeResolution(held.ledger, unit, id, request)
      const { id: resolution } = event.payload as Resolution
      const json = { question: id, id: resolution, outcome: request.outcome, state: 'proposed' as const }
      if (!given.flag('confirm'))
        return {
          text: `Proposed ${resolution}: ${request.outcome}. It scores once somebody confirms it.`,
          json,
        }
      for (const one of new Set([id, ...(request.also ?? [])]))
        await confirmProposed(held, { ...unit, now: context.now() }, one)
      const { text, final_at } = await standingOf(held, unit.now, id)
      return {
        text: `Resolved: ${request.outcome} (${resolution}).${text}`,
        json: { ...json, state: 'confirmed', final_at },
      }
    }),
}

type UnitOf = Parameters<typeof confirmResolution>[1]

/** Decides for oneself: an outcome is proposed by itself, when both are in. */
async function seal({ ledger }: Opened, unit: UnitOf, question: QuestionRow, given: Given, today: string) {
  const { id } = question.record
  for (const option of ['supersedes', 'class'])
    if (given.text(option) !== undefined)
      throw new Misuse(`--sealed corrects nothing: leave out --${option}.`)
  if (given.flag('confirm') || given.all('also').length > 0)
    throw new Misuse('--sealed decides one question and puts nothing in force: no --confirm, no --also.')
  await sealOutcome(ledger, unit, id, requestOf(question, given, today))
  const both = question.sealed === 1
  return {
    text: both
      ? `Both are in, and shown on the page of ${id}. Neither is in force: propose an outcome.`
      : 'Sealed. It is shown when a second member has decided the question, too.',
    json: { question: id, state: both ? ('shown' as const) : ('sealed' as const) },
  }
}

async function meetCondition({ ledger }: Opened, unit: UnitOf, id: string, given: Given, today: string) {
  if (given.text('outcome') !== undefined || given.flag('confirm'))
    throw new Misuse('--condition-met stands by itself: propose the outcome after it, with its own evidence.')
  const read = ConditionRequest.safeParse({
    met_on: given.text('condition-met'),
    evidence: evidenceOf(given, today),
    ...(given.text('rationale') === undefined ? {} : { rationale: given.text('rationale') }),
  })
  if (!read.success) throw misuseOf(read.error, given, { met_on: 'condition-met' })
  await recordCondition(ledger, unit, id, read.data)
  return {
    text: `The condition is recorded as met on ${read.data.met_on}.`,
    json: { question: id, condition_met: read.data.met_on },
  }
}

async function confirmStanding(held: Opened, unit: UnitOf, question: QuestionRow, given: Given) {
  if (!given.flag('confirm'))
    throw new Misuse(
      'Name an --outcome, or --confirm the one that stands proposed.',
      'reckon resolve --help says more.',
    )
  const { id } = question.record
  const resolution = await confirmProposed(held, unit, id)
  const { text, final_at } = await standingOf(held, unit.now, id)
  return {
    text: `Confirmed ${resolution}.${text}`,
    json: { question: id, id: resolution, state: 'confirmed' as const, final_at },
  }
}

/** With what reserve the outcome stands now. */
async function standingOf({ ledger }: Opened, now: Date, id: string) {
  const question = await findQuestion(ledger.db, id)
  const reserve = question === null ? null : reserveText(question, now)
  return {
    text: reserve === null ? '' : ` It counts, and is ${reserve}.`,
    final_at: question?.final_at?.toISOString() ?? null,
  }
}

async function confirmProposed({ ledger }: Opened, unit: UnitOf, id: string): Promise<string> {
  const pending = (await findQuestion(ledger.db, id))?.pending ?? null
  if (pending === null) throw new LedgerError('not_found', `No outcome stands proposed for ${id}.`)
  await confirmResolution(ledger, unit, id, pending)
  return pending
}

function requestOf(question: QuestionRow, given: Given, today: string): ResolutionRequest {
  const outcome = given.text('outcome') as string
  const isNumber = typeOf(question.record) === 'numeric' && /^[+-]?[\d.]+(e[+-]?\d+)?$/iu.test(outcome)
  const optional = {
    annulled_because: 'annulled-because',
    because_early: 'because-early',
    supersedes: 'supersedes',
    class: 'class',
  }
  const read = ResolutionRequest.safeParse({
    outcome: isNumber ? Number(outcome) : outcome,
    known_on: given.text('known-on'),
    evidence: evidenceOf(given, today),
    rationale: given.text('rationale'),
    ...(given.all('also').length === 0 ? {} : { also: given.all('also') }),
    ...Object.fromEntries(
      Object.entries(optional).flatMap(([key, option]) =>
        given.text(option) === undefined ? [] : [[key, given.text(option)]],
      ),
    ),
  })
  if (read.success) return read.data
  throw misuseOf(read.error, given)
}

function evidenceOf(given: Given, today: string) {
  const [urls, says] = [given.all('evidence'), given.all('says')]
  if (urls.length !== says.length)
    throw new Misuse(
      `${urls.length} --evidence and ${says.length} --says: each piece of evidence says something.`,
    )
  return urls.map((url, i) => ({ url, says: says[i], accessed: given.text('accessed') ?? today }))
}

/** What is wrong with the options; a key of the request may be another option than its own name. */
function misuseOf({ issues }: z.ZodError, given: Given, options: Record<string, string> = {}): Misuse {
  const wrong = issues.map(({ path, message }) => {
    const [key, , field] = path
    const name = String(key === 'evidence' && field !== undefined && field !== 'url' ? field : key)
    const option = options[name] ?? name.replaceAll('_', '-')
    return given.text(option) === undefined ? `--${option} is required` : `--${option} ${message}`
  })
  return new Misuse(`${[...new Set(wrong)].join('; ')}.`, 'reckon resolve --help says more.')
}
