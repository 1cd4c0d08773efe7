import { describe, expect, it } from 'vitest'
import { AnalystRequest } from '../../src/core/analyst.ts'
import { recordAnalyst } from '../../src/ledger/analyst/record-analyst.ts'
import { logCapture } from '../../src/ledger/capture/log-capture.ts'
import { saveCapture } from '../../src/ledger/capture/save-capture.ts'
import { recordForecast } from '../../src/ledger/forecast/record-forecast.ts'
import type { Ledger } from '../../src/ledger/ledger.ts'
import { ledgerOn } from '../../src/node/runtime.ts'
import type { Database } from '../../src/store/database.ts'
import { aCapture } from '../support/capture.ts'
import { aForecast, type TestLedger, testLedger } from '../support/ledger.ts'
import { log, refusal, theLog, typesOf } from '../support/steps.ts'

const analyst = (changes: Record<string, unknown> = {}) =>
  AnalystRequest.parse({ name: 'Konstantin Kalachev', ...changes })

/** The same ledger, in which somebody records an analyst right after the name was looked for. */
function overtaken(test: TestLedger, name: string): Ledger {
  let isLooked = false
  const read: Database['read'] = async (statement) => {
    const rows = await test.ledger.db.read(statement)
    if (isLooked || !statement.sql.includes('FROM analyst_name')) return rows
    isLooked = true
    await recordAnalyst(test.ledger, test.unit, analyst({ name }))
    return rows
  }
  return ledgerOn({ ...test.ledger.db, read })
}

describe('an analyst', () => {
  it('is recorded alone, under an id made from the name', async () => {
    const test = await testLedger()
    const { event } = await recordAnalyst(
      test.ledger,
      test.unit,
      analyst({ aliases: ['K. Kalachev'], wikidata: 'Q42', note: 'Two\nlines' }),
    )
    expect(event).toMatchObject({ type: 'analyst.recorded', rev: 0, refs: [] })
    expect(event.payload).toEqual({
      record: {
        id: 'konstantin-kalachev',
        name: 'Konstantin Kalachev',
        aliases: ['K. Kalachev'],
        wikidata: 'Q42',
        note: 'Two\nlines',
      },
    })
  })

  it.each(['Konstantin Kalachev', 'KONSTANTIN KALACHEV', 'K. Kalachev', 'k. kalachev'])(
    'named in a forecast as %s is the one who is known',
    async (name) => {
      const test = await testLedger()
      await recordAnalyst(test.ledger, test.unit, analyst({ aliases: ['K. Kalachev'] }))
      expect((await log(test, { analyst: { name } })).analyst).toBe('konstantin-kalachev')
      expect(typesOf(await theLog(test)).filter((type) => type === 'analyst.recorded')).toHaveLength(1)
    },
  )

  it('is known by an alias that a forecast brings along', async () => {
    const test = await testLedger()
    await recordAnalyst(test.ledger, test.unit, analyst())
    expect((await log(test, { analyst: { name: 'Kostya', aliases: ['konstantin kalachev'] } })).analyst).toBe(
      'konstantin-kalachev',
    )
  })

  it.each(['Ada Lovelace', 'ADA LOVELACE'])(
    'who was recorded as %s since a request looked for the name is the one it means',
    async (name) => {
      const test = await testLedger()
      const { event } = await recordForecast(
        overtaken(test, name),
        test.unit,
        aForecast({ analyst: { name: 'Ada Lovelace' } }),
      )
      expect(event.payload).toMatchObject({ analyst: 'ada-lovelace' })
      expect(typesOf(await theLog(test)).filter((type) => type === 'analyst.recorded')).toHaveLength(1)
    },
  )

  it('who was recorded since a capture looked for the name is the one it means', async () => {
    const test = await testLedger()
    const { id } = await saveCapture(test.ledger, test.unit, aCapture({ analyst: { name: 'Ada Lovelace' } }))
    await logCapture(overtaken(test, 'Ada Lovelace'), test.unit, id)
    const recorded = (await theLog(test)).filter(({ type }) => type === 'analyst.recorded')
    expect(recorded.filter(({ payload }) => JSON.stringify(payload).includes('Lovelace'))).toHaveLength(1)
  })

  it('is another person where no name is shared', async () => {
    const test = await testLedger()
    await recordAnalyst(test.ledger, test.unit, analyst())
    expect((await log(test, { analyst: { name: 'Ada Lovelace' } })).analyst).toBe('ada-lovelace')
  })

  it('is refused under a name, or with an alias, that somebody answers to', async () => {
    const test = await testLedger()
    await recordAnalyst(test.ledger, test.unit, analyst({ aliases: ['Kostya'] }))
    for (const taken of [
      analyst(),
      analyst({ name: 'kostya' }),
      analyst({ name: 'Another', aliases: ['KOSTYA'] }),
    ])
      expect(await refusal(() => recordAnalyst(test.ledger, test.unit, taken))).toMatchObject({
        code: 'duplicate',
        pointers: ['/name'],
      })
  })

  it('cannot be two people at once', async () => {
    const test = await testLedger()
    await recordAnalyst(test.ledger, test.unit, analyst())
    await recordAnalyst(test.ledger, test.unit, analyst({ name: 'Ada Lovelace' }))
    const both = { analyst: { name: 'Ada Lovelace', aliases: ['Konstantin Kalachev'] } }
    expect(await refusal(() => log(test, both))).toMatchObject({ code: 'conflict', pointers: ['/analyst'] })
  })

  it('is recorded by a recorder, not by a reader', async () => {
    const test = await testLedger()
    const reader = await test.join('Rita', 'reader')
    expect(await refusal(() => recordAnalyst(test.ledger, test.as(reader), analyst()))).toMatchObject({
      code: 'forbidden',
    })
  })
})
