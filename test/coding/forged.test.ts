import { expect, test } from 'vitest'
import type { Draft } from '../../src/core/entry.ts'
import { RedactionRequest } from '../../src/core/redaction.ts'
import { adjudicate } from '../../src/ledger/coding/adjudicate.ts'
import { redact } from '../../src/ledger/redaction/redact.ts'
import { findRound, type RoundRow } from '../../src/store/coding.ts'
import { lastRev } from '../../src/store/forecasts.ts'
import { verified } from '../support/check-ledger.ts'
import { testLedger } from '../support/ledger.ts'
import { claim, coded, openedRound } from './round.ts'

/** A round in this state, entries that no verb would write on it, and what `verify` says of them. */
async function forged(
  state: 'open' | 'coded' | 'adjudicated',
  make: (round: RoundRow, coder: string) => object[],
) {
  const held = await testLedger()
  held.spoil()
  const ada = await held.join('Ada Lovelace', 'recorder')
  const ben = await held.join('Benjamin Peirce', 'recorder')
  const id = await openedRound(held)
  await coded(held, id, ada, [claim()])
  if (state !== 'open') await coded(held, id, ben, [claim()])
  if (state === 'adjudicated') await adjudicate(held.ledger, held.unit, id, { takes: ['first'] })
  const round = (await findRound(held.ledger.db, id)) as RoundRow
  const rev = (await lastRev(held.ledger.db, round.stream)) + 1
  const common = { stream: round.stream, refs: [], by: ada.member }
  const entries = make(round, ada.member).map((entry, i) => ({
    ...common,
    rev: rev + i,
    ...entry,
  })) as unknown as Draft[]
  await held.ledger.writes.run(held.unit.now, async () => ({
    command: { entries, claims: [] },
    answer: () => null,
  }))
  return (await verified(held.ledger.db)).findings.flatMap(({ code, message }) =>
    code === 'coding' ? [message] : [],
  )
}

const nonce = 'A'.repeat(22)
const shown = (coder: string, round: RoundRow) => ({
  type: 'coding.revealed',
  payload: { round: round.record.id, coder, nonce, coding: { passages: [] } },
})

test('verify finds a coding that is shown early, or is another than was submitted', async () => {
  expect(await forged('open', (round, coder) => [shown(coder, round)])).toEqual([
    'A coding was shown before both were in.',
    'What was shown is not what its coder had submitted.',
  ])
  expect(await forged('coded', (round, coder) => [shown(coder, round)])).toEqual([
    'What was shown is not what its coder had submitted.',
  ])
})

test('verify finds a coder who decided though a third could have, and whatever comes after the end of a round', async () => {
  const joint = ({ record }: RoundRow) => ({
    type: 'coding.adjudicated',
    payload: { round: record.id, passages: [] },
  })
  expect(await forged('coded', (round) => [joint(round)])).toEqual([
    'One of the coders decided, though a third could have.',
  ])
  const claimed = (round: RoundRow) => ({
    type: 'coding.adjudicated',
    payload: {
      round: round.record.id,
      passages: [{ kind: 'vague', reason: 'no_event', quote: 'unite', start: 1, end: 6, origin: 'first' }],
    },
  })
  expect(await forged('coded', (round) => [claimed(round)])).toContain(
    'A joint reading is said to be of somebody who did not read so.',
  )
  expect(await forged('open', (round) => [joint(round)])).toContain(
    'A joint reading was recorded before both were in.',
  )
  expect(await forged('adjudicated', (round) => [joint(round)])).toEqual([
    'It is about a round of coding that is not there, or has ended.',
  ])
  const closed = ({ record }: RoundRow) => ({
    type: 'coding.closed',
    payload: { round: record.id, because: 'It is done.' },
  })
  expect(await forged('coded', (round) => [closed(round)])).toEqual([
    'A round was closed after both were in.',
  ])
})

test('words can be taken out of codings and of the joint reading, and the log still verifies', async () => {
  const held = await testLedger()
  const id = await openedRound(held)
  for (const name of ['Ada Lovelace', 'Benjamin Peirce'])
    await coded(held, id, await held.join(name, 'recorder'), [claim({ note: 'As Zzmarker said.' })])
  await adjudicate(held.ledger, held.unit, id, { takes: ['first'] })
  const request = RedactionRequest.parse({ words: ['Zzmarker'], because: 'A name.', class: 'update' })
  await redact(held.ledger, held.unit, request)
  expect(JSON.stringify(await findRound(held.ledger.db, id))).not.toContain('Zzmarker')
  expect((await verified(held.ledger.db)).findings).toEqual([])
})
