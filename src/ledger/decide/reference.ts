import { startOfDay } from '../../core/calendar.ts'
import { LedgerError, refuseIf } from '../../core/error.ts'
import {
  baseRateProblem,
  declaredOf,
  futureInstantProblem,
  hindsightFrom,
  hindsightProblem,
  type ReferenceRequest,
  type ReferenceSaid,
  referenceUnfit,
  saidIn,
} from '../../core/reference.ts'
import { canonicalJson } from '../../log/canonical-json.ts'
import type { QuestionRow } from '../../store/lookups.ts'
import { draft, nextOn } from '../draft.ts'
import { type Deciding, decide, type KnownReference, put, type WantedReference } from './deciding.ts'
import { isNews } from './news.ts'

/** A reference that is asked for by itself, or beside a forecast. */
export const referenceWanted = (
  question: string,
  { primary, ...fields }: ReferenceRequest,
  again: NonNullable<WantedReference['again']>,
): WantedReference => ({
  question,
  record: saidIn(fields),
  primary: primary === true,
  withdrawn: null,
  again,
})

/** What a question is compared with: a new reference, or one that is held, and what was done to it. */
export function decideReference(d: Deciding, wanted: WantedReference): void {
  const question = d.questions.get(wanted.question) ?? d.held.question.get(wanted.question)
  // Whoever asks for it is told so by what else they ask for.
  if (question === undefined) return
  const all = knownOf(d, wanted.question)
  const known = all.find((one) => isMeant(one, wanted))
  if (known !== undefined && wanted.again !== 'refused') known.met = true
  const subject = { id: wanted.beside ?? wanted.question }
  const isNew = known === undefined
  const checks = isNew ? newChecks(d, question, wanted) : [() => refuseTwin(known, wanted)]
  decide(d, 'reference', subject, checks, () => {
    const one = known ?? record(d, question, wanted.record, all)
    if (!isNew) d.unchanged++
    if (wanted.primary && !isDeclared(d, question, one)) {
      const at = nextOn(question)
      put(d, 'declaration', draft(d.unit, 'reference.chosen', at, { question: wanted.question, id: one.id }))
      question.rev++
    }
    withdraw(d, question, wanted, one)
  })
}

function knownOf(d: Deciding, question: string): KnownReference[] {
  const known =
    d.references.get(question) ??
    (d.held.references.get(question) ?? []).map(({ id, record, withdrawn_because }) => ({
      id,
      record,
      withdrawn_because,
      met: false,
    }))
  d.references.set(question, known)
  return known
}

/** A file repeats what is held, one after the other; whoever asks anew means one that stands. */
const isMeant = (one: KnownReference, { record, again }: WantedReference): boolean =>
  canonicalJson(saidIn(one.record)) === canonicalJson(record) &&
  (again === undefined ? !one.met : one.withdrawn_because === null)

function refuseTwin({ id }: KnownReference, { question, again }: WantedReference): void {
  if (again !== 'refused') return
  throw new LedgerError(
    'duplicate',
    `This reference is recorded already, as ${id}.`,
    [{ pointer: '/kind', message: `is recorded already, as ${id}` }],
    { existing: { question } },
  )
}

function newChecks(d: Deciding, question: QuestionRow, { record }: WantedReference): (() => void)[] {
  return [
    () => refuseIf('/kind', referenceUnfit(question.record)),
    () => refuseIf('/probability', baseRateProblem(record)),
    () => refuseIf('/observed_at', futureInstantProblem(record, d.unit.now)),
    () => refuseIf('/observed_at', hindsightProblem(record, knownFrom(d, question))),
  ]
}

/** From when on the outcome is known, also by what is wanted in the same moment. */
function knownFrom(d: Deciding, { record, known_from }: QuestionRow): Date | null {
  if (known_from !== null) return known_from
  const wanted = d.wanted.questions.find((one) => one.record.id === record.id)?.resolution
  return wanted == null ? null : startOfDay(wanted.known_on, record.deadline.time_zone)
}

function record(d: Deciding, question: QuestionRow, said: ReferenceSaid, all: KnownReference[]) {
  const numbers = all.map(({ id }) => Number(/^ref(\d+)$/u.exec(id)?.[1] ?? 0))
  const payload = { id: `ref${Math.max(0, ...numbers) + 1}`, question: question.record.id, ...said }
  put(d, 'reference', draft(d.unit, 'reference.recorded', nextOn(question), payload))
  question.rev++
  const made: KnownReference = { id: payload.id, record: payload, withdrawn_because: null, met: true }
  all.push(made)
  return made
}

/** Whether the ledger holds that it was declared the primary; what was decided just now was not. */
function isDeclared(d: Deciding, question: QuestionRow, { id }: KnownReference): boolean {
  const held = d.held.references.get(question.record.id) ?? []
  return declaredOf(held, hindsightFrom(question))?.id === id
}

function withdraw(
  d: Deciding,
  question: QuestionRow,
  { withdrawn }: WantedReference,
  one: KnownReference,
): void {
  const held = one.withdrawn_because === null ? null : { because: one.withdrawn_because }
  if (!isNews(withdrawn, held)) return
  const payload = { question: question.record.id, id: one.id, ...withdrawn }
  put(d, 'withdrawal', draft(d.unit, 'reference.withdrawn', nextOn(question), payload))
  question.rev++
  one.withdrawn_because = withdrawn.because
}
