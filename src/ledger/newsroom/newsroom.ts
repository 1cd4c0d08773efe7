import { futureProblem, latestDate, startOfDay } from '../../core/calendar.ts'
import { invalid, LedgerError, notFound, refuseIf } from '../../core/error.ts'
import { acts } from '../../core/member.ts'
import type {
  AskedRequest,
  AssignmentRequest,
  HeardRequest,
  NoteRequest,
  SnoozeRequest,
} from '../../core/newsroom.ts'
import { Refused } from '../../store/database.ts'
import { findForecast } from '../../store/lookups.ts'
import { listMembers } from '../../store/members.ts'
import { dropPrivately, keepPrivately, noteIsStill } from '../../store/newsroom.ts'
import { type Ledger, requireRole, type Unit } from '../ledger.ts'
import { questionToChange } from '../question/question.ts'
import { spend, weightOfText } from '../quota.ts'

const kept = <T extends object>(unit: Unit, body: T) => ({
  ...body,
  by: unit.by.member,
  at: unit.now.toISOString(),
})

/** Lays a question on the desk of a member who can work on it, or takes it from there. Private. */
export async function assignQuestion(
  ledger: Ledger,
  unit: Unit,
  id: string,
  { member }: AssignmentRequest,
): Promise<void> {
  requireRole(unit, 'recorder')
  await questionToChange(ledger, id, undefined)
  if (member === undefined) {
    await ledger.db.write([dropPrivately(id, 'assignment')])
    return
  }
  const person = (await listMembers(ledger.db)).find((one) => one.id === member)
  if (person === undefined || !acts(person, 'recorder'))
    throw invalid('/member', 'is nobody who can work on it')
  await ledger.db.write([keepPrivately(id, 'assignment', kept(unit, { member }))])
}

/** Puts a reminder off, with a reason. Private: the deadline does not move, and the question stays due. */
export async function snoozeQuestion(
  ledger: Ledger,
  unit: Unit,
  id: string,
  request: SnoozeRequest,
): Promise<void> {
  requireRole(unit, 'recorder')
  const question = await questionToChange(ledger, id, undefined)
  if (question.outcome !== null) throw new LedgerError('already_decided', 'The question is decided already.')
  const until = startOfDay(request.until, question.record.deadline.time_zone)
  if (until <= unit.now) throw invalid('/until', 'must lie in the future')
  if (until.getTime() - unit.now.getTime() > LONGEST_SNOOZE_MS)
    throw invalid('/until', 'must lie within a year')
  await ledger.db.write([
    keepPrivately(id, 'snooze', kept(unit, { ...request, until_at: until.toISOString() })),
    ...(await spend(ledger.db, unit, weightOfText(request.because))),
  ])
}

const LONGEST_SNOOZE_MS = 366 * 86_400_000

/** Reminds of a question again from now on. */
export async function wakeQuestion(ledger: Ledger, unit: Unit, id: string): Promise<void> {
  requireRole(unit, 'recorder')
  await questionToChange(ledger, id, undefined)
  await ledger.db.write([dropPrivately(id, 'snooze')])
}

/** Keeps a note about a question among members. When somebody else changed it meanwhile, theirs stays. */
export async function noteQuestion(
  ledger: Ledger,
  unit: Unit,
  id: string,
  { text, read_at }: NoteRequest,
): Promise<void> {
  requireRole(unit, 'recorder')
  await questionToChange(ledger, id, undefined)
  try {
    await ledger.db.write([
      noteIsStill(id, read_at ?? null),
      text === undefined ? dropPrivately(id, 'note') : keepPrivately(id, 'note', kept(unit, { text })),
      ...(await spend(ledger.db, unit, weightOfText(text ?? ''))),
    ])
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    throw new LedgerError('stale', 'Somebody else changed the note meanwhile: read theirs, and save again.')
  }
}

/** Keeps when the person concerned was asked for a reply to a forecast, and by whom. Private. */
export async function noteAsked(
  ledger: Ledger,
  unit: Unit,
  id: string,
  request: AskedRequest,
): Promise<void> {
  requireRole(unit, 'recorder')
  const forecast = await findForecast(ledger.db, id)
  if (forecast === null) throw notFound('forecast', id)
  refuseIf('/asked_on', futureProblem(request.asked_on, latestDate(unit.now)))
  await ledger.db.write([keepPrivately(id, 'asked', kept(unit, request))])
}

/** Keeps what a member heard from the person concerned, until another records the same. Private. */
export async function keepHeard(
  ledger: Ledger,
  unit: Unit,
  id: string,
  { reply, withdrawal }: HeardRequest,
): Promise<void> {
  requireRole(unit, 'recorder')
  if ((await findForecast(ledger.db, id)) === null) throw notFound('forecast', id)
  const rows = [
    ...(reply === undefined ? [] : [keepPrivately(id, 'reply', kept(unit, reply))]),
    ...(withdrawal === undefined ? [] : [keepPrivately(id, 'withdrawal', kept(unit, withdrawal))]),
  ]
  await ledger.db.write(rows)
}
