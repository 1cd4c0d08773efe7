import { expect, test } from 'vitest'
import type { Draft } from '../../src/core/entry.ts'
import { amendQuestion } from '../../src/ledger/question/amend-question.ts'
import { redact } from '../../src/ledger/redaction/redact.ts'
import { takeBackResolution } from '../../src/ledger/resolution/take-back-resolution.ts'
import { readEvents } from '../../src/store/events.ts'
import { verified } from '../support/check-ledger.ts'
import { testLedger } from '../support/ledger.ts'
import { AFTERWARDS, aQuestion, log, propose } from '../support/steps.ts'

const RECEIVED = '2026-11-22T09:00:00.000Z'

/** What verify says of reports that name each of these entries as what mends them. */
async function said(make: (held: Awaited<ReturnType<typeof testLedger>>) => Promise<void>) {
  const held = await testLedger()
  held.spoil()
  const before = (await readEvents(held.ledger.db, 0, 1000)).length
  await make(held)
  const made = (await readEvents(held.ledger.db, before, 1000)).map(({ seq, type }) => ({ seq, type }))
  const entries = made.map(({ seq }, i) => ({
    type: 'report.closed',
    stream: `report${i}`.padEnd(22, 'A'),
    rev: 0,
    refs: [],
    by: held.unit.by.member,
    payload: { about: 'analyst:x', received_at: RECEIVED, outcome: 'mended', mended_by: seq, because: 'So.' },
  })) as unknown as Draft[]
  await held.ledger.writes.run(held.host.now(), async () => ({
    command: { entries, claims: [] },
    answer: () => null,
  }))
  const { findings } = await verified(held.ledger.db)
  const refused = new Set(findings.flatMap(({ code, seq }) => (code === 'report' ? [seq] : [])))
  const first = (made.at(-1)?.seq ?? 0) + 1
  return made.filter((_, i) => !refused.has(first + i)).map(({ type }) => type)
}

test('of what one request took out, its first entry alone mends a report', async () => {
  const mending = await said(async (held) => {
    await log(held, { quote: 'a quixotic war', question: aQuestion({ title: 'A quixotic war begins' }) })
    await redact(held.ledger, held.unit, {
      words: ['quixotic'],
      because: 'It was asked for.',
      class: 'update',
    })
  })
  expect(mending).toEqual(['redacted'])
})

test('an amendment mends, and a proposal that never was in force does not by giving way', async () => {
  const mending = await said(async (held) => {
    const { question } = await log(held, { question: aQuestion() })
    await amendQuestion(held.ledger, held.unit, question, { criteria: 'Clearer.', because: 'So.' })
    held.at(AFTERWARDS)
    const { id } = await propose(held, question)
    await takeBackResolution(held.ledger, held.unit, question, id)
  })
  expect(mending).toEqual(['question.amended'])
})
