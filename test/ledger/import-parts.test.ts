import { describe, expect, it } from 'vitest'
import { LedgerError } from '../../src/core/error.ts'
import { TableMappingFile } from '../../src/core/table-mapping.ts'
import { readForecasts } from '../../src/interchange/forecast-table.ts'
import { recordsOf } from '../../src/interchange/table-records.ts'
import * as reader from '../../src/interchange/tracker/reader.ts'
import { tableRequestOf } from '../../src/ledger/import/import-files.ts'
import { importTable } from '../../src/ledger/import/import-table.ts'
import { machineMember } from '../../src/ledger/members/membership.ts'
import { ledgerOn } from '../../src/node/runtime.ts'
import { scratchOnDisk } from '../../src/node/scratch.ts'
import type { Database, Row } from '../../src/store/database.ts'
import { testLedger } from '../support/ledger.ts'

/** More than one part of a table, whose rows lie in no order: 3 forecasts on each question, whose names make one slug. */
const ROWS = 1_800
const rowOf = (i: number) => {
  const n = (i * 797) % ROWS
  const question = n % (ROWS / 3)
  const said = `2021-0${1 + Math.floor((3 * n) / ROWS)}-05`
  return [`q${question}`, `Person ${n % 7}`, `Harbour ${'!'.repeat(question % 90)}`, '0.7', '1', said].join(
    ',',
  )
}
const HEADER = 'id,who,event,p,y,said,due'
const tableOf = (rows: readonly string[]) => [HEADER, ...rows.map((row) => `${row},2021-12-31`)].join('\n')
const WHOLE = Array.from({ length: ROWS }, (_, i) => rowOf(i))
const TOLD = TableMappingFile.parse({
  url: 'https://example.com/t',
  columns: { id: 'id', analyst: 'who', probability: 'p', outcome: 'y', said: 'said', date: 'due' },
  title: '{event}',
})

async function importer() {
  const held = await testLedger()
  const unit = held.as(await machineMember(held.ledger, 'import'))
  const requestOf = (text: string) =>
    tableRequestOf(reader.heldFile('t.csv', new TextEncoder().encode(text)), TOLD, unit.now)
  const { db } = held.ledger
  return {
    db,
    requestOf,
    importing: (
      text: string,
      ledger = held.ledger,
      scratch: typeof scratchOnDisk | undefined = scratchOnDisk,
    ) => importTable(ledger, unit, requestOf(text), reader, { scratch }),
    /** The same, where the write of this number fails. */
    failing: (text: string, fails: number) => {
      let writes = 0
      const write: Database['write'] = async (statements) => {
        if (++writes === fails) throw new LedgerError('unavailable', 'The disk of the ledger is full.')
        return db.write(statements)
      }
      return importTable(ledgerOn({ ...db, write }), unit, requestOf(text), reader, {
        scratch: scratchOnDisk,
      })
    },
    said: () =>
      db.read({
        sql: `SELECT forecast.id, forecast.question, forecast.analyst, statement.record ->> '$.quote.exact' AS quote
          FROM forecast JOIN statement ON statement.id = forecast.id ORDER BY forecast.seq`,
      }),
    heads: async () => Number((await db.read({ sql: 'SELECT count(*) AS n FROM entry' }))[0]?.n),
  }
}

describe('a table that is imported a part at a time', () => {
  it('becomes the records of the whole, under the same ids, on the disk as in memory', async () => {
    const [disk, memory] = [await importer(), await importer()]
    const { imported } = await disk.importing(tableOf(WHOLE))
    expect(imported).toMatchObject({
      recorded: {
        analyst: 7,
        source: 1,
        statement: ROWS,
        question: ROWS / 3,
        forecast: ROWS,
        resolution: ROWS / 3,
      },
      unchanged: 0,
      refused: [],
    })
    await memory.importing(tableOf(WHOLE.toReversed()), undefined, undefined)
    const said = await disk.said()
    expect(await memory.said()).toEqual(said)

    const { mapping, file } = disk.requestOf(tableOf(WHOLE))
    const rows = readForecasts(reader.readTable(file), mapping) ?? []
    const source = {
      id: 't-csv',
      type: 'dataset',
      title: 't.csv',
      url: TOLD.url,
      published: '2021-12-31',
    } as const
    const { statements, forecasts } = recordsOf(
      rows,
      mapping,
      { ...source, coverage: 'complete' },
      (name) => ({
        id: String(name).toLowerCase().replace(' ', '-'),
        name: String(name),
      }),
    )
    const whole: Row[] = statements.map(({ id, analyst, quote }, i) => ({
      id,
      question: forecasts[i]?.record.question,
      analyst,
      quote: quote.exact,
    }))
    expect(said).toEqual(whole)
    expect(new Set(said.map(({ id }) => id)).size).toBe(ROWS)
  })

  it('writes nothing when one of its rows is wrong, wherever it stands, and tells a hundred of many', async () => {
    const { importing, heads } = await importer()
    const before = await heads()
    const wrong = WHOLE.with(-1, 'q1,Person 1,Harbour !,0.7,0,2021-02-05')
    const { findings, imported } = await importing(tableOf(wrong))
    expect(imported).toBeNull()
    expect(findings.map(({ message, excerpt }) => [message, excerpt.text])).toContainEqual([
      expect.stringMatching(/^the outcome or its day is another one: line \d+ is on the same question$/u),
      `${wrong.at(-1)},2021-12-31`,
    ])
    const all = await importing(tableOf(WHOLE.map((row) => row.replace('0.7', '7'))))
    expect([all.findings.length, all.imported]).toEqual([100, null])
    expect(await heads()).toBe(before)
  })

  it('goes on where it was stopped, doubles nothing, and then has nothing more to write', async () => {
    const { importing, failing, said, heads } = await importer()
    const stopped = await failing(tableOf(WHOLE), 2).catch((error) => error)
    expect(stopped.message).toMatch(
      /^The disk of the ledger is full\. Before that, 2,\d{3} of 5,408 entries were written, and stand; /u,
    )
    const rest = await importing(tableOf(WHOLE.toReversed()))
    expect([rest.findings, rest.imported?.refused]).toEqual([[], []])
    const all = await said()
    expect([all.length, new Set(all.map(({ id }) => id)).size]).toEqual([ROWS, ROWS])
    const before = await heads()
    expect((await importing(tableOf(WHOLE))).imported).toMatchObject({ entries: 0, refused: [] })
    expect(await heads()).toBe(before)
  })

  it('says of an older copy how many forecasts it lacks, and of a grown table adds what is new', async () => {
    const { importing } = await importer()
    const oldest = WHOLE.filter((row) => row.includes('2021-01-05'))
    await importing(tableOf(WHOLE.filter((row) => !row.includes('2021-03-05'))))
    const older = await importing(tableOf(oldest))
    expect(older.imported?.entries).toBe(0)
    expect(older.notes).toEqual([
      'The ledger holds 600 forecasts of this source that are not in this table: they stay.',
    ])
    const { imported, notes } = await importing(tableOf(WHOLE))
    expect([imported?.recorded.forecast, notes]).toEqual([600, []])
  })
})
