import type { PassageRequest } from '../../src/core/coding.ts'
import { SourceRequest } from '../../src/core/source.ts'
import { saveCoding, submitCoding } from '../../src/ledger/coding/code.ts'
import { openRound } from '../../src/ledger/coding/round.ts'
import { recordSource } from '../../src/ledger/source/record-source.ts'
import type { TestLedger } from '../support/ledger.ts'

export const SOURCE = '2026-11-a-talk-about-the-winter'
export const TEXT = `What will the winter bring?

There will be no new war this year, I am sure of it. The pressure will probably continue until the elections.

The opposition may or may not unite. I would wish that it did.`

export const claim = (changes: Record<string, unknown> = {}): PassageRequest =>
  ({
    quote: 'There will be no new war this year',
    kind: 'flat',
    event: 'A new war begins',
    deadline: '2027-12-31',
    band: { low: 0.02, high: 0.1 },
    own: 0.2,
    ...changes,
  }) as PassageRequest

export const other = (changes: Record<string, unknown> = {}): PassageRequest =>
  ({
    quote: 'The opposition may or may not unite.',
    kind: 'vague',
    reason: 'no_event',
    ...changes,
  }) as PassageRequest

/** A source with its text, put up for coding by two. */
export async function openedRound(held: TestLedger): Promise<string> {
  await recordSource(
    held.ledger,
    held.unit,
    SourceRequest.parse({
      title: 'A talk about the winter',
      type: 'interview',
      published: '2026-11-01',
      url: 'https://example.com/winter',
      text: TEXT,
    }),
  )
  const { event } = await openRound(held.ledger, held.unit, { source: SOURCE })
  return (event.payload as { id: string }).id
}

type Person = { member: string; role: 'recorder' | 'resolver' | 'admin' | 'reader' }

/** Keeps and submits a coding. */
export async function coded(
  held: TestLedger,
  round: string,
  who: Person,
  passages: PassageRequest[],
): Promise<void> {
  await saveCoding(held.ledger, held.as(who), round, { passages })
  await submitCoding(held.ledger, held.as(who), round)
}
