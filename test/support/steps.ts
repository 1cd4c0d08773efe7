import type { EntryType, Event } from '../../src/core/entry.ts'
import { LedgerError } from '../../src/core/error.ts'
import type { Forecast } from '../../src/core/forecast.ts'
import { ConditionRequest, type Resolution, ResolutionRequest } from '../../src/core/resolution.ts'
import { recordForecast } from '../../src/ledger/forecast/record-forecast.ts'
import type { Unit } from '../../src/ledger/ledger.ts'
import { confirmResolution } from '../../src/ledger/resolution/confirm-resolution.ts'
import { proposeResolution } from '../../src/ledger/resolution/propose-resolution.ts'
import { readEvents } from '../../src/store/events.ts'
import { findQuestion } from '../../src/store/lookups.ts'
import { aForecast, type TestLedger } from './ledger.ts'

/** The refusal of some work: its code and where it points; null when nothing was refused. Defects go through. */
export async function refusal(
  work: () => unknown,
): Promise<{ code: string; pointers: string[]; message: string } | null> {
  try {
    await work()
    return null
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error
    return {
      code: error.code,
      pointers: error.problems.map(({ pointer }) => pointer),
      message: error.message,
    }
  }
}

/** The whole log, oldest first, without the founding and the first token unless asked for. */
export async function theLog(test: TestLedger, from = 5): Promise<Event[]> {
  return (await readEvents(test.ledger.db, 0, 10_000)).filter(({ seq }) => seq >= from)
}
export const typesOf = (events: Event[]): EntryType[] => events.map(({ type }) => type)

/** Logs the smallest forecast with some changes. */
export async function log(
  test: TestLedger,
  changes: Record<string, unknown> = {},
  unit: Unit = test.unit,
): Promise<Forecast> {
  const { event } = await recordForecast(test.ledger, unit, aForecast(changes))
  return event.payload as Forecast
}

const question = aForecast().question as Exclude<ReturnType<typeof aForecast>['question'], string>
/** The question of the smallest forecast with some changes. */
export const aQuestion = (changes: Record<string, unknown> = {}) => ({ ...question, ...changes })

/** The id of a question of the family `baku`, with a forecast on it. */
export const rung = async (test: TestLedger, title: string, changes: Record<string, unknown> = {}) =>
  (await log(test, { quote: `no ${title}`, question: aQuestion({ title, family: 'baku', ...changes }) }))
    .question

export const evidence = [
  { url: 'https://example.com/evidence', says: 'It is reported.', accessed: '2026-11-22' },
]

/** A flat no, known the day after the deadline of the smallest forecast, with some changes. */
export const aResolution = (changes: Record<string, unknown> = {}): ResolutionRequest =>
  ResolutionRequest.parse({
    outcome: 'no',
    known_on: '2027-01-01',
    evidence,
    rationale: 'Nothing happened.',
    ...changes,
  })

export const metOn = (met_on: string): ConditionRequest => ConditionRequest.parse({ met_on, evidence })

/** An instant after the deadline of the smallest forecast. */
export const AFTERWARDS = '2027-01-02T00:00:00.000Z'

export async function propose(
  test: TestLedger,
  id: string,
  changes: Record<string, unknown> = {},
  unit: Unit = test.unit,
): Promise<Resolution> {
  const { event } = await proposeResolution(test.ledger, unit, id, aResolution(changes))
  return event.payload as Resolution
}

export const confirm = (test: TestLedger, id: string, resolution: string, unit: Unit = test.unit) =>
  confirmResolution(test.ledger, unit, id, resolution)

/** A question as it stands. */
export async function questionOf(test: TestLedger, id: string) {
  const row = await findQuestion(test.ledger.db, id)
  if (row === null) throw new Error(`there is no question ${id}`)
  return row
}
