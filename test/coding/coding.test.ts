import { expect, test } from 'vitest'
import { roundAnswer } from '../../src/api/coding-answers.ts'
import { adjudicate, pairsOf } from '../../src/ledger/coding/adjudicate.ts'
import { saveCoding, submitCoding } from '../../src/ledger/coding/code.ts'
import { closeRound, openRound, publishCodebook } from '../../src/ledger/coding/round.ts'
import { recordForecast } from '../../src/ledger/forecast/record-forecast.ts'
import { findCoding, findRound, type RoundRow } from '../../src/store/coding.ts'
import { readEvents } from '../../src/store/events.ts'
import { aForecast, type TestLedger, testLedger } from '../support/ledger.ts'
import { claim, coded, openedRound, other, SOURCE } from './round.ts'

const roundOf = async (held: TestLedger, id: string) => (await findRound(held.ledger.db, id)) as RoundRow
const people = async (held: TestLedger) => ({
  ada: await held.join('Ada Lovelace', 'recorder'),
  ben: await held.join('Benjamin Peirce', 'recorder'),
})

test('the log gets a hash of the first coding, and both in one batch when the second is in', async () => {
  const held = await testLedger()
  const { ada, ben } = await people(held)
  const round = await openedRound(held)
  await coded(held, round, ada, [claim(), other()])
  const before = await readEvents(held.ledger.db, 0, 100)
  expect(before.at(-1)).toMatchObject({ type: 'coding.submitted', by: ada.member })
  expect(JSON.stringify(before)).not.toContain('A new war begins')
  expect(await roundOf(held, round)).toMatchObject({ state: 'open', sent: [{ coding: null }] })

  await coded(held, round, ben, [claim({ band: { low: 0, high: 0.05 }, own: 0.1 })])
  const after = (await readEvents(held.ledger.db, before.length, 100)).map(({ type, by, at }) => [
    type,
    by,
    at,
  ])
  const at = held.unit.now.toISOString()
  expect(after).toEqual([
    ['coding.submitted', ben.member, at],
    ['coding.revealed', ben.member, at],
    ['coding.revealed', ben.member, at],
  ])
  const row = await roundOf(held, round)
  expect(row.state).toBe('coded')
  expect(row.sent.map(({ coding }) => coding?.passages.length).sort()).toEqual([1, 2])
  expect(await findCoding(held.ledger.db, round, ada.member)).toBeNull()
})

test('a coding that is submitted changes no more, and a third is not taken', async () => {
  const held = await testLedger()
  const { ada, ben } = await people(held)
  const round = await openedRound(held)
  const save = (who: typeof ada, rev?: number) =>
    saveCoding(held.ledger, held.as(who), round, { passages: [claim()] }, rev)
  await expect(submitCoding(held.ledger, held.as(ada), round)).rejects.toMatchObject({ code: 'invalid' })
  await coded(held, round, ada, [])
  await expect(save(ada)).rejects.toMatchObject({ code: 'already_decided' })
  await expect(submitCoding(held.ledger, held.as(ada), round)).rejects.toMatchObject({
    code: 'already_decided',
  })
  await save(ben)
  await expect(save(ben, 7)).rejects.toMatchObject({ code: 'stale' })
  await submitCoding(held.ledger, held.as(ben), round)
  const cleo = await held.join('Cleo Patra', 'recorder')
  await expect(save(cleo)).rejects.toMatchObject({ code: 'already_decided' })
  await expect(openRound(held.ledger, held.unit, { source: SOURCE })).rejects.toMatchObject({
    code: 'conflict',
  })
})

test('two who submit at one moment are both taken, and each once', async () => {
  const held = await testLedger()
  const { ada, ben } = await people(held)
  const round = await openedRound(held)
  for (const who of [ada, ben]) await saveCoding(held.ledger, held.as(who), round, { passages: [claim()] })
  await Promise.all(
    [ada, ben, ada].map((who) => submitCoding(held.ledger, held.as(who), round).catch(() => null)),
  )
  expect(await roundOf(held, round)).toMatchObject({ state: 'coded', sent: [{}, {}] })
})

test('a member who did not code records the joint reading, and one who did only where there is no third', async () => {
  const held = await testLedger()
  const { ada, ben } = await people(held)
  const round = await openedRound(held)
  const joint = (who: typeof ada, takes: ('first' | 'second' | 'neither')[]) =>
    adjudicate(held.ledger, held.as(who), round, { takes })
  await coded(held, round, ada, [claim(), other()])
  await expect(joint(ben, [])).rejects.toMatchObject({ code: 'not_decidable_yet' })
  await coded(held, round, ben, [claim({ own: 0.9 })])
  await expect(joint(ada, ['first', 'neither'])).rejects.toMatchObject({ code: 'four_eyes' })
  const admin = { member: held.unit.by.member, role: 'admin' as const, token: '' }
  await expect(joint(admin, ['first'])).rejects.toMatchObject({ code: 'invalid' })
  const takes = pairsOf(await roundOf(held, round)).map(({ first }) => (first === null ? 'second' : 'first'))
  const missing = takes.map((take) => (take === 'first' ? 'second' : 'first'))
  await expect(joint(admin, missing)).rejects.toMatchObject({ problems: [{ pointer: '/takes/1' }] })
  await joint(admin, takes)
  const answer = roundAnswer(await roundOf(held, round))
  expect(answer.joint).toMatchObject({ by_a_coder: false, by: admin.member })
  expect(JSON.stringify(answer.joint)).not.toContain('"own"')
  expect(answer.codings.map(({ coder }) => coder).sort()).toEqual([ada.member, ben.member].sort())
})

test('where only two are there, one of them decides with the names hidden, and the record says so', async () => {
  const held = await testLedger()
  const ada = await held.join('Ada Lovelace', 'recorder')
  const admin = { member: held.unit.by.member, role: 'admin' as const, token: '' }
  const round = await openedRound(held)
  await coded(held, round, ada, [claim()])
  await coded(held, round, admin, [claim()])
  expect(roundAnswer(await roundOf(held, round)).codings.map(({ coder }) => coder)).toEqual([null, null])
  await adjudicate(held.ledger, held.as(ada), round, { takes: ['first'] })
  expect(roundAnswer(await roundOf(held, round)).joint).toMatchObject({ by_a_coder: true })
})

test('a round is called blind only where nobody else had published a reading of the text', async () => {
  const held = await testLedger()
  const { ada, ben } = await people(held)
  const round = await openedRound(held)
  await recordForecast(
    held.ledger,
    held.as(ada),
    aForecast({ source: SOURCE, quote: 'There will be no new war this year' }),
  )
  await coded(held, round, ada, [claim()])
  await coded(held, round, ben, [claim({ deadline: '2026-01-01' })])
  const row = await roundOf(held, round)
  expect(row.sent.map(({ by, published }) => [by === ada.member, published > 0]).sort()).toEqual([
    [false, true],
    [true, false],
  ])
  expect(roundAnswer(row)).toMatchObject({ blind: false, knowable: 1 })
})

test('a round that nobody finishes is closed with a reason, what was kept goes, and another can begin', async () => {
  const held = await testLedger()
  const { ada, ben } = await people(held)
  const round = await openedRound(held)
  await coded(held, round, ada, [claim()])
  await expect(closeRound(held.ledger, held.as(ben), round, { because: 'Late.' })).rejects.toMatchObject({
    code: 'forbidden',
  })
  await closeRound(held.ledger, held.unit, round, { because: 'The second coder fell ill.' })
  expect(await findCoding(held.ledger.db, round, ada.member)).toBeNull()
  const { event } = await openRound(held.ledger, held.unit, { source: SOURCE })
  expect(event.payload).toMatchObject({ id: `${SOURCE}-coding-2` })
})

test('a round names the codebook that was in force when it was opened', async () => {
  const held = await testLedger()
  const round = await openedRound(held)
  await publishCodebook(held.ledger, held.unit, { text: 'Read twice.', because: 'Once was too little.' })
  await expect(publishCodebook(held.ledger, held.unit, { text: 'Read twice.' })).rejects.toMatchObject({
    code: 'duplicate',
  })
  expect((await roundOf(held, round)).record.codebook).toBe('house-1')
  await closeRound(held.ledger, held.unit, round, { because: 'To go by the new one.' })
  const { event } = await openRound(held.ledger, held.unit, { source: SOURCE })
  expect(event.payload).toMatchObject({ codebook: 'own-1' })
})

test('words that do not stand in the text are refused where they were sent, and nothing is kept', async () => {
  const held = await testLedger()
  const round = await openedRound(held)
  await expect(
    saveCoding(held.ledger, held.unit, round, { passages: [claim(), claim({ quote: 'never said at all' })] }),
  ).rejects.toMatchObject({ code: 'quote_not_found', problems: [{ pointer: '/passages/1/quote' }] })
  expect(await findCoding(held.ledger.db, round, held.unit.by.member)).toBeNull()
})

test('a joint reading may be of nobody who coded: its words are found in the text, and of each passage the log says whose it is', async () => {
  const held = await testLedger()
  const { ada, ben } = await people(held)
  const round = await openedRound(held)
  const pressure = claim({ quote: 'The pressure will probably continue', event: 'The pressure continues' })
  await coded(held, round, ada, [claim(), pressure, other()])
  await coded(held, round, ben, [
    claim({ own: 0.9 }),
    claim({ quote: 'The pressure will probably continue', event: 'It goes on' }),
  ])
  const { own: _, ...read } = claim() as Record<string, unknown>
  const mine = { ...read, quote: 'until the elections', event: 'It ends with the elections' } as never
  const wish = { quote: 'I would wish that it did', kind: 'no_forecast', reason: 'normative' } as const
  const joint = (own: never[]) =>
    adjudicate(held.ledger, held.unit, round, { takes: ['first', 'own', 'neither'], own })
  await expect(joint([])).rejects.toMatchObject({ problems: [{ pointer: '/own' }] })
  await expect(joint([{ ...(mine as object), quote: 'never said' } as never])).rejects.toMatchObject({
    code: 'quote_not_found',
    problems: [{ pointer: '/own/0/quote' }],
  })
  await joint([mine, wish as never])
  const { joint: recorded } = roundAnswer(await roundOf(held, round))
  expect(recorded?.passages.map(({ quote, origin }) => [quote, origin])).toEqual([
    ['There will be no new war this year', 'both'],
    ['until the elections', 'own'],
    ['I would wish that it did', 'own'],
  ])
})

test('what an adjudicator writes anew as a coder had it is that coder’s reading', async () => {
  const held = await testLedger()
  const { ada, ben } = await people(held)
  const round = await openedRound(held)
  await coded(held, round, ada, [claim()])
  await coded(held, round, ben, [claim({ event: 'Another war begins' })])
  const row = await roundOf(held, round)
  const second = row.sent.findIndex(({ by }) => by === ben.member) === 1 ? 'second' : 'first'
  const { own: _, ...read } = claim({ event: 'Another war begins' }) as Record<string, unknown>
  await adjudicate(held.ledger, held.unit, round, { takes: ['own'], own: [read as never] })
  expect(roundAnswer(await roundOf(held, round)).joint?.passages).toMatchObject([{ origin: second }])
})
