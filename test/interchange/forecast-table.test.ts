import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatFinding } from '../../src/interchange/finding.ts'
import { readForecastTable, type TableMapping } from '../../src/interchange/forecast-table.ts'
import { meanBrier } from '../../src/scoring/brier.ts'
import { spiegelhalter } from '../../src/scoring/spiegelhalter.ts'

const mapping = (changes: Partial<TableMapping> = {}): TableMapping => ({
  analyst: { id: 'a-model', name: 'A model' },
  source: 'A table',
  url: 'https://example.com/table.csv',
  probability: 'p',
  outcome: 'y',
  date: 'day',
  title: '{event}',
  time_zone: 'Europe/Paris',
  accessed: '2026-11-22',
  ...changes,
})
const read = (text: string, changes: Partial<TableMapping> = {}) =>
  readForecastTable({ path: 't.csv', bytes: new TextEncoder().encode(text) }, mapping(changes))
const fixture = (name: string) =>
  readFileSync(new URL(`../fixtures/fivethirtyeight/${name}`, import.meta.url))

describe('a table of forecasts', () => {
  it('becomes one source of type dataset, with a statement, a question and a forecast for each row', () => {
    const { records, findings } = read('event,p,y,day\nRain falls,0.7,1,2025-04-08\n')
    expect(findings).toEqual([])
    const id = 'a-table_2025-04-08-rain-falls'
    expect(records).toEqual({
      analysts: [{ record: { id: 'a-model', name: 'A model' } }],
      sources: [
        {
          record: {
            id: 'a-table',
            type: 'dataset',
            title: 'A table',
            url: 'https://example.com/table.csv',
            published: '2025-04-08',
            accessed: '2026-11-22',
            coverage: 'complete',
          },
          amends: 'The table was read again and has grown.',
        },
      ],
      references: [],
      statements: [
        {
          id,
          source: 'a-table',
          analyst: 'a-model',
          quote: { exact: 'Rain falls: 0.7' },
          voice: 'quote',
          kind: 'forecast',
          checked: 'unchecked',
        },
      ],
      questions: [
        {
          record: {
            id,
            title: 'Rain falls',
            criteria:
              'Yes when the column "y" of the table says 1 for Rain falls on 2025-04-08, no when it says 0.',
            deadline: { date: '2025-04-08', time_zone: 'Europe/Paris' },
          },
          condition_met: null,
          resolution: {
            outcome: 'yes',
            known_on: '2025-04-08',
            evidence: [
              {
                url: 'https://example.com/table.csv',
                says: 'y is 1 for Rain falls on 2025-04-08.',
                accessed: '2026-11-22',
              },
            ],
            rationale: 'As the table says.',
          },
        },
      ],
      forecasts: [
        {
          record: {
            id,
            question: id,
            analyst: 'a-model',
            statement: id,
            said_on: { from: '2025-04-07', to: '2025-04-07' },
            probability: 0.7,
          },
          withdrawn: null,
          retracted: null,
        },
      ],
    })
  })

  it('keeps a blank outcome open and makes a fraction ambiguous', () => {
    const { records } = read(
      'event,p,y,day\nA,0.5,,2025-04-08\nB,0.5,0.5,2025-04-08\nC,0.5,no,2025-04-08\nD,0.5,TRUE,2025-04-08\n',
    )
    expect(records?.questions.map(({ resolution }) => resolution?.outcome ?? null)).toEqual([
      null,
      'ambiguous',
      'no',
      'yes',
    ])
  })

  it('takes the day of saying and the group from their columns, and no group from a blank cell', () => {
    const { records } = read(
      'event,p,y,day,said,round\nA,0.5,1,2025-04-08,2025-03-01,first\nB,0.5,1,2025-04-08,2025-04-08,\n',
      {
        said: 'said',
        cluster: 'round',
      },
    )
    expect(records?.forecasts.map(({ record }) => [record.said_on.to, record.cluster])).toEqual([
      ['2025-03-01', 'first'],
      ['2025-04-08', undefined],
    ])
  })

  it('numbers the rows of one day and event, whatever their titles end in', () => {
    const { records } = read(
      'event,p,y,day\nA,0.5,1,2025-04-08\nA 2,0.5,1,2025-04-08\nA,0.6,1,2025-04-08\nA,0.7,1,2025-04-08\n',
    )
    expect(records?.forecasts.map(({ record }) => record.id)).toEqual([
      'a-table_2025-04-08-a',
      'a-table_2025-04-08-a-2',
      'a-table_2025-04-08-a-3',
      'a-table_2025-04-08-a-4',
    ])
  })

  it('reads probabilities as they are typed, and keeps them a millionth away from 0 and 1', () => {
    const typed = ['0', '1', '1.0', '.5', '7.9e-05', '1e-12', '0.9999999999']
    const { records } = read(`event,p,y,day\n${typed.map((p, i) => `E${i},${p},1,2025-04-08`).join('\n')}\n`)
    expect(records?.forecasts.map(({ record }) => record.probability)).toEqual([
      0,
      1,
      1,
      0.5,
      7.9e-5,
      1e-6,
      1 - 1e-6,
    ])
  })

  it('reads quoted cells, a byte order mark and Windows line ends', () => {
    const { records, findings } = read('\ufeffevent,p,y,day\r\n"Rain, ""heavy""",0.7,1,2025-04-08\r\n')
    expect(findings).toEqual([])
    expect(records?.questions[0]?.record.title).toBe('Rain, "heavy"')
  })
})

describe('a table with something wrong', () => {
  it.each([
    [
      'a percentage',
      'A,70 %,1,2025-04-08',
      '2:3: error[table_value]: p is "70 %", not a probability from 0 to 1',
    ],
    ['a probability above 1', 'A,1.2,1,2025-04-08', '2:3: error[table_value]: p is "1.2"'],
    ['a decimal comma', 'A,"0,7",1,2025-04-08', '2:4: error[table_value]: p is "0,7"'],
    ['an outcome that is none', '"A, b",0.7,won,2025-04-08', '2:12: error[table_value]: y is "won"'],
    ['a date of another country', 'A,0.7,1,08.04.2025', '2:9: error[table_value]: day is "08.04.2025"'],
    ['a day that does not exist', 'A,0.7,1,2025-02-30', '2:9: error[table_value]: day is "2025-02-30"'],
    [
      'an outcome of tomorrow',
      'A,0.7,1,2026-11-23',
      '2:9: error[table_value]: day is "2026-11-23", which is still to come',
    ],
    [
      'an event without a name',
      ',0.7,1,2025-04-08',
      '2:1: error[table_value]: the title of the event must not be blank',
    ],
    [
      'a row that is too short',
      'A,0.7,1',
      '2:1: error[table_syntax]: the row has 3 cells, the header 4 cells',
    ],
    ['an open quotation mark', '"A,0.7,1,2025-04-08', 'error[table_syntax]: a quotation mark is not closed'],
  ])('says where and what for %s', (_, row, expected) => {
    const { records, findings } = read(`event,p,y,day\n${row}\n`)
    expect(records).toBeNull()
    expect(findings.map(formatFinding).join('\n')).toContain(expected)
  })

  it('reports every row, and reads none', () => {
    const { records, findings } = read(
      'event,p,y,day\nA,0.7,1,2025-04-08\nB,2,1,2025-04-08\nC,0.7,maybe,2025-04-08\nD,x,x,x\n',
    )
    expect(records).toBeNull()
    expect(findings.map(({ line, column }) => [line, column])).toEqual([
      [3, 3],
      [4, 7],
      [5, 7],
      [5, 3],
      [5, 5],
    ])
  })

  it('names the column that was probably meant', () => {
    const { findings } = read('event,prob,y,day,day\nA,0.7,1,2025-04-08,2025-04-08\n', {
      probability: 'probb',
      title: '{evnt} {nothing-like-it}',
    })
    expect(findings.map(({ message, remedy }) => `${message}: ${remedy}`)).toEqual([
      'the column "day" stands twice in the header: Give each column its own name.',
      'there is no column "probb": Did you mean "prob"?',
      'there is no column "evnt": Did you mean "event"?',
      'there is no column "nothing-like-it": The columns are event, prob, y, day, day.',
    ])
  })

  it('refuses a saying after the outcome and a group without a usable name', () => {
    const { findings } = read(`event,p,y,day,said,g\nA,0.7,1,2025-04-08,2025-04-09,${'x'.repeat(101)}\n`, {
      said: 'said',
      cluster: 'g',
    })
    expect(findings.map(({ message }) => message.replace(/^.*, /u, ''))).toEqual([
      'when the outcome was known',
      'not one line of at most 100 characters',
    ])
  })

  it('stops at a hundred findings', () => {
    const { findings } = read(`event,p,y,day\n${'A,2,1,2025-04-08\n'.repeat(3000)}`)
    expect(findings).toHaveLength(100)
  })

  it('never throws, and reads all rows or none, whatever the bytes are', () => {
    const cell = fc.oneof(
      fc.string(),
      fc.constantFrom('0.7', '1', '0', '', '2025-04-08', '"', '\u202e', '\u0000'),
    )
    const rows = fc.array(fc.array(cell, { minLength: 3, maxLength: 5 }), { maxLength: 5 })
    fc.assert(
      fc.property(rows, (made) => {
        const { records, findings } = read(
          ['event,p,y,day', ...made.map((cells) => cells.join(','))].join('\n'),
        )
        expect(records === null).toBe(findings.length > 0)
        for (const finding of findings) expect(formatFinding(finding)).not.toMatch(/[\u0000\u202e]/u)
      }),
      { numRuns: 300 },
    )
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(readForecastTable({ path: 't.csv', bytes }, mapping()).records).toBeNull()
      }),
    )
  })
})

describe('the games of the NBA, as FiveThirtyEight published them', () => {
  it('have the mean Brier score and the Z that others find: .2147 and 9.4 over 8,886 rows', () => {
    const file = { path: 'nba_games.csv', bytes: new Uint8Array(gunzipSync(fixture('nba_games.csv.gz'))) }
    const columns = {
      probability: 'prob1',
      outcome: 'prob1_outcome',
      date: 'date',
      title: '{team1} beat {team2}',
    }
    const { records, findings } = readForecastTable(file, mapping(columns))
    expect(findings).toEqual([])
    const p = records?.forecasts.map(({ record }) => record.probability as number) ?? []
    const y = records?.questions.map(({ resolution }) => (resolution?.outcome === 'yes' ? 1 : 0)) ?? []
    expect(p).toHaveLength(8886)
    expect(meanBrier(p, y)).toBeCloseTo(0.2147, 4)
    expect(spiegelhalter(p, y)?.z).toBeCloseTo(9.4, 1)
  })
})
