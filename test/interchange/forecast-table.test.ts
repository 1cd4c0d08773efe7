import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatFinding } from '../../src/interchange/finding.ts'
import type { TableMapping } from '../../src/interchange/forecast-row.ts'
import { readForecasts } from '../../src/interchange/forecast-table.ts'
import { heldFile } from '../../src/interchange/table-file.ts'
import { type AnalystOf, recordsOf } from '../../src/interchange/table-records.ts'
import { readTable } from '../../src/interchange/table-rows.ts'
import { meanBrier } from '../../src/scoring/brier.ts'
import { spiegelhalter } from '../../src/scoring/spiegelhalter.ts'

type Changes = Partial<Omit<TableMapping, 'columns'>> & { columns?: Partial<TableMapping['columns']> }
const mapping = ({ columns, ...changes }: Changes = {}): TableMapping => ({
  columns: { probability: 'p', outcome: 'y', date: 'day', ...columns },
  cluster: undefined,
  title: '{event}',
  where: [],
  not_analyst: [],
  outcomes: new Map(),
  time_zone: 'Europe/Paris',
  accessed: '2026-11-22',
  ...changes,
})
const SOURCE = {
  id: 'a-table',
  type: 'dataset',
  title: 'A table',
  url: 'https://example.com/table.csv',
  published: '2025-04-08',
  accessed: '2026-11-22',
  coverage: 'complete',
} as const
const personOf: AnalystOf = (name) =>
  name === null ? { id: 'a-model', name: 'A model' } : { id: name.toLowerCase(), name }

function readBytes(file: { path: string; bytes: Uint8Array }, changes: Changes = {}) {
  const table = readTable(heldFile(file.path, file.bytes))
  const { findings } = table
  const rows = table.rows === null ? null : readForecasts(table, mapping(changes))
  return { records: rows === null ? null : recordsOf(rows, mapping(changes), SOURCE, personOf), findings }
}
const read = (text: string, changes: Changes = {}) =>
  readBytes({ path: 't.csv', bytes: new TextEncoder().encode(text) }, changes)
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
        columns: { said: 'said' },
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
      'a-table_2025-04-08-a-2-2',
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

const people = { columns: { analyst: 'who' } }

describe('a table of several forecasters', () => {
  const rows = 'event,who,p,y,day\nA,Ann,0.3,0,2024-04-10\nA,Bob,0.6,0,2024-04-10\n'

  it('credits each row to its own, on one question', () => {
    const { records } = read(rows, people)
    expect(records?.questions.map(({ record }) => record.id)).toEqual(['a-table_2024-04-10-a'])
    expect(
      records?.forecasts.map(({ record }) => [
        record.id,
        record.analyst,
        record.question,
        record.probability,
      ]),
    ).toEqual([
      ['a-table_2024-04-10-a-by-ann', 'ann', 'a-table_2024-04-10-a', 0.3],
      ['a-table_2024-04-10-a-by-bob', 'bob', 'a-table_2024-04-10-a', 0.6],
    ])
    expect(records?.analysts.map(({ record }) => record.id)).toEqual(['ann', 'bob'])
  })

  it('takes the part of one', () => {
    const { records } = read(rows, { where: [{ column: 'who', value: 'Bob' }] })
    expect(records?.forecasts.map(({ record }) => [record.analyst, record.probability])).toEqual([
      ['a-model', 0.6],
    ])
    const none = read(rows, { where: [{ column: 'who', value: 'bob' }] })
    expect(none.findings.map(({ message }) => message)).toEqual(['no row has "bob" in who'])
  })

  it.each([
    'who',
    'Forecaster',
    'forecast by',
    'Forecast created by',
    'Forecaster Username',
    'Forecaster (Anonymized)',
    'user_id',
    'username',
    'creator_label',
    'Analyst',
    'expert name',
    'Pundit',
    'model',
    'name',
  ])('is not credited to one person while %s is not said to be something else', (column) => {
    const text = rows.replace('who', column)
    const { records, findings } = read(text)
    expect(records).toBeNull()
    expect(findings.map(({ code, message }) => [code, message])).toEqual([
      ['table_column', `the column "${column}" looks as if it named who made each forecast`],
    ])
    expect(findings[0]?.remedy).toContain(`--map analyst=${column}`)
    expect(read(text, { not_analyst: [column] }).findings).toEqual([])
  })

  it('may have columns that only sound alike', () => {
    const { findings } = read(
      'event,forecast,question created by,users,p,y,day\nA,x,x,x,0.3,0,2024-04-10\n',
      {
        not_analyst: ['users'],
      },
    )
    expect(findings).toEqual([])
  })
})

describe('what was said of one question at several times', () => {
  const columns = { deadline: 'due', known_on: 'known', said: 'said', date: undefined, analyst: 'who' }
  const header = 'event,who,p,y,due,known,said\n'
  const rows = [
    'A,Ann,0.3,0,2024-06-30,2024-05-20,2024-03-01 09:00:00',
    'A,Ann,0.2,0,2024-06-30,2024-05-20,2024-03-01 21:30:5',
    'A,Bob,0.6,0,2024-06-30,2024-05-20,2024-03-02',
    'A,Ann,0.1,0,2024-06-30,2024-05-20,2024-04-01',
    'B,Ann,0.5,,2024-12-31,,2024-04-01',
  ]

  it('are revisions, in the same records whatever the order of the rows is', () => {
    const { records, findings } = read(header + rows.join('\n'), { columns })
    expect(findings).toEqual([])
    expect(read(header + rows.toReversed().join('\n'), { columns }).records).toEqual(records)
    const [a, b] = records?.questions ?? []
    expect(a).toMatchObject({
      record: { id: 'a-table_2024-06-30-a', deadline: { date: '2024-06-30' } },
      resolution: { outcome: 'no', known_on: '2024-05-20', because_early: expect.any(String) },
    })
    expect(b?.resolution).toBeNull()
    expect(
      records?.forecasts
        .filter(({ record }) => record.question === a?.record.id)
        .map(({ record }) => [record.id.slice(20), record.said_on.to, record.probability]),
    ).toEqual([
      ['-by-ann', '2024-03-01', 0.3],
      ['-by-ann-of-2024-03-01-2', '2024-03-01', 0.2],
      ['-by-ann-of-2024-04-01', '2024-04-01', 0.1],
      ['-by-bob', '2024-03-02', 0.6],
    ])
  })

  it('must agree on what happened, and on which came first', () => {
    const of = (row: string) =>
      read(header + [...rows, row].join('\n'), { columns }).findings.map(({ message }) => message)
    expect(of('A,Cy,0.3,1,2024-06-30,2024-05-20,2024-03-01')).toEqual([
      'the outcome or its day is another one: line 2 is on the same question',
    ])
    expect(of('A,Bob,0.7,0,2024-06-30,2024-05-20,2024-03-02')).toEqual([
      'another probability of the same person, and nothing tells which came first: line 4 is on the same question',
    ])
    // A row that stands twice is one.
    expect(of(rows[2] as string)).toEqual([])
  })

  it('keeps its ids when a question is decided before it was due', () => {
    const open = read(`${header}A,Ann,0.3,,2024-06-30,,2024-03-01`, { columns })
    const decided = read(`${header}A,Ann,0.3,0,2024-06-30,2024-05-20,2024-03-01`, { columns })
    expect(open.records?.forecasts).toEqual(decided.records?.forecasts)
    expect(open.records?.questions[0]?.record).toEqual(decided.records?.questions[0]?.record)
  })

  it('tells questions by their id where there is one', () => {
    const text = 'event,qid,p,y,day\nA,7,0.3,0,2024-04-10\nA,8,0.4,1,2024-04-10\n'
    const { records } = read(text, { columns: { id: 'qid' } })
    expect(records?.questions.map(({ record }) => record.id)).toEqual(['a-table_7', 'a-table_8'])
  })
})

describe('cells as other trackers write them', () => {
  it.each([
    ['2024-05-12 09:11:3', '2024-05-12'],
    ['2008-08-14 02:28:40+00:00', '2008-08-14'],
    ['2008-08-14T23:28:40Z', '2008-08-15'],
    ['May 12, 2024', '2024-05-12'],
    ['13/05/2024', '2024-05-13'],
  ])('a date %s', (cell, day) => {
    const { records, findings } = read(`event;p;y;day\nA;0.7;1;${cell}\n`)
    expect(findings).toEqual([])
    expect(records?.questions[0]?.record.deadline.date).toBe(day)
  })

  it('a date of numbers by the order that is told', () => {
    const day = (date_format: 'day-first' | 'month-first') =>
      read('event,p,y,day\nA,0.7,1,03.04.2024\n', { date_format }).records?.questions[0]?.record.deadline.date
    expect([day('day-first'), day('month-first')]).toEqual(['2024-04-03', '2024-03-04'])
  })

  it.each([
    ['70%', 0.7],
    ['70 %', 0.7],
    ['0,7', 0.7],
    ['2.5 percent', 0.025],
  ])('a probability %s', (cell, value) => {
    const { records } = read(`event;p;y;day\nA;${cell};1;2024-05-12\n`)
    expect(records?.forecasts[0]?.record.probability).toBeCloseTo(value, 12)
  })

  it.each([
    ['AMBIGUOUS', 'ambiguous'],
    ['N/A', 'annulled'],
    ['-1', 'ambiguous'],
    ['', null],
  ])('an outcome %s', (cell, outcome) => {
    const outcomes = new Map([['-1', 'ambiguous' as const]])
    const { records, findings } = read(`event,p,y,day\nA,0.7,${cell},2024-05-12\n`, { outcomes })
    expect(findings).toEqual([])
    expect(records?.questions[0]?.resolution?.outcome ?? null).toBe(outcome)
  })

  it('-1 is asked about', () => {
    const { findings } = read('event,p,y,day\nA,0.7,-1.0,2024-05-12\n')
    expect(findings[0]?.remedy).toContain('--outcome="-1.0=ambiguous"')
  })

  it('columns without a name and a cell at the end, and UTF-16', () => {
    expect(read('event,p,y,day,,\nA,0.7,1,2024-05-12,,\n').findings).toEqual([])
    expect(read('event,p,y,day,,\nA,0.7,1,2024-05-12,x,\n').findings).not.toEqual([])
    const wide = Buffer.from('\ufeffevent;p;y;day\nŽ;0.7;1;2024-05-12\n', 'utf16le')
    const { records } = readBytes({ path: 't.csv', bytes: new Uint8Array(wide) })
    expect(records?.questions[0]?.record.title).toBe('Ž')
  })
})

describe('a table with something wrong', () => {
  it.each([
    ['a bare 70', 'A,70,1,2025-04-08', '2:3: error[table_value]: p is "70", not a probability from 0 to 1'],
    ['a probability above 1', 'A,1.2,1,2025-04-08', '2:3: error[table_value]: p is "1.2"'],
    ['a decimal comma', 'A,"0,7",1,2025-04-08', '2:4: error[table_value]: p is "0,7"'],
    ['an outcome that is none', '"A, b",0.7,won,2025-04-08', '2:12: error[table_value]: y is "won"'],
    [
      'a day or a month',
      'A,0.7,1,08.04.2025',
      '2:9: error[table_value]: day is "08.04.2025", which can be 8 Apr 2025 or 4 Aug 2025',
    ],
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
      columns: { probability: 'probb' },
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
      columns: { said: 'said' },
      cluster: 'g',
    })
    expect(findings.map(({ message }) => message.replace(/^.*, /u, ''))).toEqual([
      'when the outcome was known or due',
      'not one line of at most 100 characters',
    ])
  })

  it('asks when it was said where it is due on a day to come and nothing tells', () => {
    const { findings } = read('event,p,y,day\nA,0.7,,2027-04-08\n')
    expect(findings.map(({ line, message, remedy }) => [line, message, remedy])).toEqual([
      [
        2,
        'nothing says when this was said, and 2027-04-08, when it is due, is still to come',
        'Name the column of the day with --map said=COLUMN.',
      ],
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
        expect(readBytes({ path: 't.csv', bytes }).records).toBeNull()
      }),
    )
  })
})

describe('the games of the NBA, as FiveThirtyEight published them', () => {
  it('have the mean Brier score and the Z that others find: .2147 and 9.4 over 8,886 rows', () => {
    const file = { path: 'nba_games.csv', bytes: new Uint8Array(gunzipSync(fixture('nba_games.csv.gz'))) }
    const { records, findings } = readBytes(file, {
      columns: { probability: 'prob1', outcome: 'prob1_outcome', date: 'date' },
      title: '{team1} beat {team2}',
    })
    expect(findings).toEqual([])
    const p = records?.forecasts.map(({ record }) => record.probability as number) ?? []
    const y = records?.questions.map(({ resolution }) => (resolution?.outcome === 'yes' ? 1 : 0)) ?? []
    expect(p).toHaveLength(8886)
    expect(meanBrier(p, y)).toBeCloseTo(0.2147, 4)
    expect(spiegelhalter(p, y)?.z).toBeCloseTo(9.4, 1)
  })
})
