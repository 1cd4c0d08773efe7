import { expect, test } from 'vitest'
import { CaptureDraft } from '../../src/core/capture.ts'
import { logCapture } from '../../src/ledger/capture/log-capture.ts'
import { deleteCapture, saveCapture, unfinishedCapture } from '../../src/ledger/capture/save-capture.ts'
import { readHead } from '../../src/store/append.ts'
import { listCaptures } from '../../src/store/captures.ts'
import { aCapture } from '../support/capture.ts'
import { testLedger } from '../support/ledger.ts'

const empty = (text = '') => CaptureDraft.parse({ source: {}, text, marks: [] })

test('a capture is kept as it was typed, half-finished as it is, and no entry of the log comes of it', async () => {
  const { ledger, unit } = await testLedger()
  const before = await readHead(ledger.db)
  const draft = CaptureDraft.parse({
    source: { url: 'htt', published: '2026-1', title: ' ' },
    text: 'First line.\nSecond.',
    analyst: { name: '' },
    marks: [
      {
        id: 'a1',
        start: 0,
        end: 5,
        kind: 'forecast',
        question: { title: '', deadline: { date: '2027-' } },
        probability: { words: '', low: '0.' },
      },
    ],
  })
  const saved = await saveCapture(ledger, unit, draft)
  expect(saved).toMatchObject({
    rev: 0,
    title: 'First line.',
    member: unit.by.member,
    updated_at: '2026-11-22T10:00:00.000Z',
  })
  expect(saved.id).toMatch(/^[a-z0-9]{16}$/u)
  expect(await unfinishedCapture(ledger, saved.id)).toEqual(saved)
  expect((await unfinishedCapture(ledger, saved.id)).draft).toEqual(draft)
  expect(await readHead(ledger.db)).toEqual(before)
})

test('unfinished captures are listed, the latest first, with who saved them', async () => {
  const { ledger, at, unit, as, join } = await testLedger()
  const first = await saveCapture(ledger, unit, empty('One.'))
  at('2026-11-22T11:00:00.000Z')
  const maria = await join('Maria', 'recorder')
  const second = await saveCapture(ledger, as(maria), aCapture())
  at('2026-11-22T12:00:00.000Z')
  expect(
    (await listCaptures(ledger.db, {}, { limit: 200 })).items.map(
      ({ id, title, member_name, marks, characters }) => ({
        id,
        title,
        member_name,
        marks,
        characters,
      }),
    ),
  ).toEqual([
    {
      id: second.id,
      title: 'The talks will fail',
      member_name: 'Maria',
      marks: 4,
      characters: aCapture().text.length,
    },
    { id: first.id, title: 'One.', member_name: 'administrator', marks: 0, characters: 4 },
  ])
  await logCapture(ledger, unit, second.id)
  await deleteCapture(ledger, unit, first.id)
  expect((await listCaptures(ledger.db, {}, { limit: 200 })).items).toEqual([])
})

test('of two editors on one version the second is told who was faster, and the first version stays', async () => {
  const { ledger, unit, as, join } = await testLedger()
  const maria = as(await join('Maria', 'recorder'))
  const { id } = await saveCapture(ledger, unit, empty('One.'))
  const hers = await saveCapture(ledger, maria, empty('Hers.'), { id, rev: 0 })
  expect(hers.rev).toBe(1)
  await expect(saveCapture(ledger, unit, empty('Mine.'), { id, rev: 0 })).rejects.toMatchObject({
    code: 'stale',
    message: expect.stringMatching(/^Maria saved this capture at 2026-11-22T10:00:00.000Z.*rev-1.*stays/u),
  })
  await expect(deleteCapture(ledger, unit, id, 0)).rejects.toMatchObject({ code: 'stale' })
  await expect(logCapture(ledger, unit, id, 0)).rejects.toMatchObject({ code: 'stale' })
  expect(await unfinishedCapture(ledger, id)).toEqual(hers)
  expect((await saveCapture(ledger, unit, empty('Mine.'), { id, rev: 1 })).rev).toBe(2)
})

test('of ten saves of one version at once, one is kept', async () => {
  const { ledger, unit } = await testLedger()
  const { id } = await saveCapture(ledger, unit, empty())
  const outcomes = await Promise.allSettled(
    Array.from({ length: 10 }, (_, i) => saveCapture(ledger, unit, empty(`No. ${i}`), { id, rev: 0 })),
  )
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect((await unfinishedCapture(ledger, id)).rev).toBe(1)
})

test('a save that is sent again because its answer was lost answers the same', async () => {
  const { ledger, unit } = await testLedger()
  const { id } = await saveCapture(ledger, unit, empty())
  const saved = await saveCapture(ledger, unit, empty('Again.'), { id, rev: 0 })
  expect(await saveCapture(ledger, unit, empty('Again.'), { id, rev: 0 })).toEqual(saved)
})

test('what is not there, thrown away or logged is not saved', async () => {
  const { ledger, unit } = await testLedger()
  await expect(saveCapture(ledger, unit, empty(), { id: 'nothing', rev: 0 })).rejects.toMatchObject({
    code: 'not_found',
  })
  await expect(deleteCapture(ledger, unit, 'nothing')).rejects.toMatchObject({ code: 'not_found' })
  const { id } = await saveCapture(ledger, unit, empty())
  await deleteCapture(ledger, unit, id, 0)
  await expect(saveCapture(ledger, unit, empty('x'), { id, rev: 0 })).rejects.toMatchObject({
    code: 'not_found',
  })
  const logged = await saveCapture(ledger, unit, aCapture())
  await logCapture(ledger, unit, logged.id)
  for (const attempt of [
    () => saveCapture(ledger, unit, empty('x'), { id: logged.id, rev: 0 }),
    () => deleteCapture(ledger, unit, logged.id),
  ])
    await expect(attempt()).rejects.toMatchObject({
      code: 'already_decided',
      message: expect.stringContaining('2026-11-the-talks-will-fail'),
    })
})

test('a reader keeps no capture', async () => {
  const { ledger, as, join } = await testLedger()
  const reader = as(await join('Rita', 'reader'))
  await expect(saveCapture(ledger, reader, empty())).rejects.toMatchObject({ code: 'forbidden' })
  await expect(deleteCapture(ledger, reader, 'x')).rejects.toMatchObject({ code: 'forbidden' })
  await expect(logCapture(ledger, reader, 'x')).rejects.toMatchObject({ code: 'forbidden' })
})

test('somebody else’s draft is thrown away by an admin only, whoever saved it last', async () => {
  const { ledger, unit, as, join } = await testLedger()
  const [maria, ruth] = [as(await join('Maria', 'recorder')), as(await join('Ruth', 'resolver'))]
  const { id } = await saveCapture(ledger, maria, empty('Hers.'))
  await expect(deleteCapture(ledger, ruth, id)).rejects.toMatchObject({ code: 'forbidden' })
  const saved = await saveCapture(ledger, ruth, empty('Hers, and more.'), { id, rev: 0 })
  expect(saved).toMatchObject({ member: ruth.by.member, begun_by: maria.by.member })
  await expect(deleteCapture(ledger, ruth, id)).rejects.toMatchObject({ code: 'forbidden' })
  await deleteCapture(ledger, maria, id)
  const other = await saveCapture(ledger, maria, empty('Another.'))
  await deleteCapture(ledger, unit, other.id)
})
