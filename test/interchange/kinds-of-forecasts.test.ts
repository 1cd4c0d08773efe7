import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Probability } from '../../src/core/probability.ts'
import { Question } from '../../src/core/question.ts'
import type { TableMapping } from '../../src/interchange/forecast-row.ts'
import { readForecasts } from '../../src/interchange/forecast-table.ts'
import { heldFile } from '../../src/interchange/table-file.ts'
import { recordsOf } from '../../src/interchange/table-records.ts'
import { readTable } from '../../src/interchange/table-rows.ts'

type Told = Partial<Omit<TableMapping, 'columns'>> & { columns?: Partial<TableMapping['columns']> }
const mapping = ({ columns, ...told }: Told): TableMapping => ({
  columns: { probability: 'p', outcome: 'y', date: 'day', ...columns },
  cluster: undefined,
  title: '{event}',
  where: [],
  not_analyst: [],
  outcomes: new Map(),
  time_zone: 'UTC',
  accessed: '2026-11-22',
  ...told,
})
const SOURCE = {
  id: 't',
  type: 'dataset',
  title: 'A table',
  url: 'https://example.com/t.csv',
  published: '2025-04-08',
  accessed: '2026-11-22',
  coverage: 'complete',
} as const

/** Its records, or null, and what is wrong with it: line, column, message. */
function read(text: string, told: Told, path = 't.csv') {
  const table = readTable(heldFile(path, new TextEncoder().encode(text)))
  const rows = table.rows === null ? null : readForecasts(table, mapping(told))
  const records =
    rows === null
      ? null
      : recordsOf(rows, mapping(told), SOURCE, (name) => ({
          id: (name ?? 'm').toLowerCase(),
          name: name ?? 'M',
        }))
  for (const { record } of records?.questions ?? []) expect(Question.safeParse(record).success).toBe(true)
  for (const { record } of records?.forecasts ?? [])
    expect(Probability.safeParse(record.probability).success).toBe(true)
  return {
    questions: records?.questions.map(({ record, resolution }) => ({
      ...record,
      outcome: resolution?.outcome,
    })),
    probabilities: records?.forecasts.map(({ record }) => record.probability),
    quotes: records?.statements.map(({ quote }) => quote.exact),
    records,
    wrong: table.findings.map(({ line, column, message }) => `${line}:${column} ${message}`),
    remedies: table.findings.map(({ remedy }) => remedy),
  }
}

describe('rows of options', () => {
  const options = { columns: { option: 'answer' } }
  const rows = (...lines: string[]) => `event,answer,p,y,day\n${lines.join('\n')}\n`

  it('of one question and person are one forecast over the options that the table names', () => {
    const { questions, probabilities, quotes, wrong } = read(
      rows(
        'Who wins,Ann,0.2,Bob,2025-04-08',
        'Who wins,Bob,70 %,Bob,2025-04-08',
        'Who wins,Cy,.1,Bob,2025-04-08',
      ),
      options,
    )
    expect(wrong).toEqual([])
    expect(questions).toMatchObject([
      {
        id: 't_2025-04-08-who-wins',
        type: 'multiple_choice',
        options: ['Ann', 'Bob', 'Cy'],
        criteria: 'The option that the column "y" of the table gives for Who wins on 2025-04-08.',
        outcome: 'Bob',
      },
    ])
    expect(probabilities).toEqual([{ Ann: 0.2, Bob: 0.7, Cy: 0.1 }])
    expect(quotes).toEqual(['Who wins: Bob 70 %, Ann 0.2, Cy .1'])
  })

  it.each([
    ['its name in every row', ['Bob', 'Bob'], 'Bob'],
    ['its name in other letters', ['bob', 'BOB'], 'Bob'],
    ['1 in its own row', ['0', '1'], 'Bob'],
    ['1 in its own row, blank in the others', ['', '1'], 'Bob'],
    ['nothing', ['', ''], undefined],
    ['0 in some rows alone, which is not yet an end', ['0', ''], undefined],
    ['no result', ['N/A', 'N/A'], 'annulled'],
    ['a tie', ['0.5', '0.5'], 'ambiguous'],
  ])('have their outcome by %s', (_, [first, second], outcome) => {
    const { questions, wrong } = read(
      rows(`Who wins,Ann,0.3,${first},2025-04-08`, `Who wins,Bob,0.7,${second},2025-04-08`),
      options,
    )
    expect(wrong).toEqual([])
    expect(questions?.map(({ outcome }) => outcome)).toEqual([outcome])
  })

  it('have an outcome by name where options are called yes, no or 1', () => {
    const { questions } = read(
      rows(
        'Q,Yes,0.3,No,2025-04-08',
        'Q,No,0.7,No,2025-04-08',
        'R,0,0.3,1,2025-04-08',
        'R,1,0.7,1,2025-04-08',
      ),
      options,
    )
    expect(questions?.map(({ outcome }) => outcome)).toEqual(['No', '1'])
  })

  it.each<[string, string[], string]>([
    [
      'a sum that leaves something out',
      ['Q,Ann,0.3,,2025-04-08', 'Q,Bob,0.4,,2025-04-08'],
      '2:1 what "Q" gives its options adds up to 0.7, not to 1: "Bob 0.4, Ann 0.3" (lines 2, 3)',
    ],
    ['one option alone', ['Q,Ann,1,,2025-04-08'], '2:1 "Ann" is the only option of "Q" that the table names'],
    [
      'an outcome that is none of them',
      ['Q,Ann,0.3,Dora,2025-04-08', 'Q,Bob,0.7,Dora,2025-04-08'],
      '2:1 y is "Dora", none of the options "Ann, Bob", or not in every row of them',
    ],
    [
      'two that came true',
      ['Q,Ann,0.3,1,2025-04-08', 'Q,Bob,0.7,1,2025-04-08'],
      '3:1 another option came true too: line 2 is on the same question',
    ],
    [
      'none that came true',
      ['Q,Ann,0.3,0,2025-04-08', 'Q,Bob,0.7,0,2025-04-08'],
      '3:1 no option came true: line 2 is on the same question',
    ],
    [
      'a word that the model keeps for itself',
      ['Q,high,0.3,,2025-04-08', 'Q,less,0.7,,2025-04-08'],
      '2:3 answer is "high", which is a reserved word',
    ],
    [
      'yes or no beside options',
      ['Q,Ann,0.3,,2025-04-08', 'Q,Bob,0.7,,2025-04-08', 'Q,,0.7,,2025-04-08'],
      '4:1 the kind of the answer, its range or its unit is another one: line 2 is on the same question',
    ],
  ])('are refused with %s', (_, lines, expected) => {
    const { wrong, records } = read(rows(...lines), options)
    expect([records, wrong[0]]).toEqual([null, expected])
  })

  it('say what is left out, and what to do where events do not exclude each other', () => {
    const less = read(rows('Q,Ann,0.3,,2025-04-08', 'Q,Bob,0.4,,2025-04-08'), options)
    expect(less.remedies[0]).toContain('“other” with 0.3')
    const more = read(rows('Q,Ann,0.6,,2025-04-08', 'Q,Bob,0.6,,2025-04-08'), options)
    expect(more.remedies[0]).toContain('map no option')
  })

  it('of several times are revisions, whatever the order of the rows is', () => {
    const columns = { option: 'answer', said: 'said', analyst: 'who', id: 'q' }
    const lines = [
      '7,Q,Ann,A,.3,,2026-12-31,2026-01-05',
      '7,Q,Ann,B,.7,,2026-12-31,2026-01-05',
      '7,Q,Ann,A,.5,,2026-12-31,2026-02-05',
      '7,Q,Ann,B,.5,,2026-12-31,2026-02-05',
      '7,Q,Ben,A,.9,,2026-12-31,2026-02-05',
      '7,Q,Ben,C,.1,,2026-12-31,2026-02-05',
    ]
    const table = (of: string[]) => read(`q,event,who,answer,p,y,day,said\n${of.join('\n')}\n`, { columns })
    const { records, probabilities, wrong } = table(lines)
    expect(wrong).toEqual([])
    expect(records?.questions.map(({ record }) => record.options)).toEqual([['A', 'B', 'C']])
    expect(records?.forecasts.map(({ record }) => record.id)).toEqual([
      't_7-by-ann',
      't_7-by-ann-of-2026-02-05',
      't_7-by-ben',
    ])
    expect(probabilities).toEqual([
      { A: 0.3, B: 0.7 },
      { A: 0.5, B: 0.5 },
      { A: 0.9, C: 0.1 },
    ])
    const { statements, forecasts } = table(lines.toReversed()).records ?? {}
    expect({ statements, forecasts }).toEqual({
      statements: records?.statements,
      forecasts: records?.forecasts,
    })
    expect(table([...lines, lines[0] as string]).records?.forecasts).toHaveLength(3)
    expect(table([...lines, '7,Q,Ann,A,.4,,2026-12-31,2026-01-05']).wrong[0]).toContain(
      'another probability of "A" by the same person',
    )
  })

  it('that are not said to be such stop the import, and can be events of their own', () => {
    const text = rows('Q,Ann,0.3,1,2025-04-08', 'Q,Bob,0.7,0,2025-04-08').replace('answer', 'Answer option')
    expect(read(text, {}).wrong).toEqual([
      '1:7 the column "Answer option" looks as if it named one of several options',
    ])
    expect(read(text, { title: '{event}: {Answer option}' }).questions).toMatchObject([
      { title: 'Q: Ann', outcome: 'yes' },
      { title: 'Q: Bob', outcome: 'no' },
    ])
  })

  it('are one sound forecast or a finding, whatever the probabilities are', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 2, maxLength: 6 }), (parts) => {
        const { records } = read(rows(...parts.map((p, i) => `Q,O${i},${p} %,,2026-11-08`)), options)
        const isWhole = Math.abs(parts.reduce((sum, p) => sum + p, 0) - 100) <= 1
        expect(records === null).toBe(!isWhole)
      }),
      { numRuns: 200 },
    )
  })
})

describe('rows of numbers and days', () => {
  const quantiles = new Map([
    ['0.05', 'p5'],
    ['0.5', 'median'],
    ['0.95', 'p95'],
  ])
  const columns = { probability: undefined, range_low: 'from', range_high: 'to', unit: 'in' }
  const rows = (...lines: string[]) => `event,p5,median,p95,from,to,in,y,day\n${lines.join('\n')}\n`

  it('are quantiles of a question with the range and the unit that the row says', () => {
    const { questions, probabilities, quotes, wrong } = read(
      rows(
        'Population,−1.5,2,3e1,-10,100,m,12.5,2025-04-08',
        'Peace,2024-03-01,1 May 2024,2024-12-24,2024-01-01,2025-01-01,,2024-06-01,2025-04-08',
      ),
      { columns, quantiles },
    )
    expect(wrong).toEqual([])
    expect(questions).toMatchObject([
      {
        title: 'Peace',
        type: 'date',
        range: { low: '2024-01-01', high: '2025-01-01' },
        outcome: '2024-06-01',
      },
      { title: 'Population', type: 'numeric', range: { low: -10, high: 100, unit: 'm' }, outcome: 12.5 },
    ])
    expect(probabilities).toEqual([
      { quantiles: { '0.05': '2024-03-01', '0.5': '2024-05-01', '0.95': '2024-12-24' } },
      { quantiles: { '0.05': -1.5, '0.5': 2, '0.95': 30 } },
    ])
    expect(quotes?.[1]).toBe('Population: −1.5 (5 %), 2 (50 %), 3e1 (95 %)')
  })

  it('are intervals with the level that is told, of the range that is told of all', () => {
    const { questions, probabilities, quotes } = read('event,a,b,best,y,day\nRain,10,40,25,,2026-11-08\n', {
      columns: { probability: undefined, low: 'a', high: 'b', value: 'best' },
      level: 0.8,
      range: { low: 0, high: 200, unit: 'mm' },
    })
    expect(questions).toMatchObject([{ type: 'numeric', range: { low: 0, high: 200, unit: 'mm' } }])
    expect(probabilities).toEqual([{ interval: [10, 40], level: 0.8 }])
    expect(quotes).toEqual(['Rain: 25, 10 to 40 (80 %)'])
  })

  it('may stand beside rows of yes and no and rows of options, each read for what it is', () => {
    const { questions, wrong } = read(
      'event,answer,p,m,y,day\nA,,0.7,,1,2025-04-08\nB,x,0.4,,x,2025-04-08\nB,y,0.6,,x,2025-04-08\nC,,,7,1,2025-04-08\n',
      { columns: { option: 'answer' }, quantiles: new Map([['0.5', 'm']]), range: { low: 0, high: 10 } },
    )
    expect(wrong).toEqual([])
    expect(questions?.map(({ type, outcome }) => [type ?? 'binary', outcome])).toEqual([
      ['binary', 'yes'],
      ['multiple_choice', 'x'],
      ['numeric', 1],
    ])
  })

  it.each([
    ['AMBIGUOUS', 'ambiguous'],
    ['N/A', 'annulled'],
    ['', undefined],
    ['not by the deadline', 'not_by_deadline'],
    ['never', 'not_by_deadline'],
    ['24 Dec 2024', '2024-12-24'],
  ])('of days have the outcome %s', (cell, outcome) => {
    const { questions, wrong } = read(rows(`Peace,2024-03-01,,,2024-01-01,2025-01-01,,${cell},2025-04-08`), {
      columns,
      quantiles,
      outcomes: new Map([['never', 'no' as const]]),
    })
    expect([wrong, questions?.[0]?.outcome]).toEqual([[], outcome])
  })

  it.each<[string, string, string]>([
    ['a number that is none', 'Q,1,many,9,0,10,,,2025-04-08', '2:5 median is "many", not a number'],
    ['thousands apart', 'Q,1,"2,000",9,0,10,,,2025-04-08', '2:6 median is "2,000", not a number'],
    ['quantiles that fall', 'Q,5,4,9,0,10,,,2025-04-08', '2:5 median is "4", less than "5" in p5'],
    [
      'no range',
      'Q,1,2,3,,,,,2025-04-08',
      '2:1 the row gives numbers, and nothing says from where to where the answer can lie',
    ],
    ['half a range', 'Q,1,2,3,0,,,,2025-04-08', '2:11 to is "", not a number'],
    [
      'a range that ends before it begins',
      'Q,1,2,3,9,0,,,2025-04-08',
      '2:11 to is "0", from 9 to 0 is no range',
    ],
    [
      'days in a range of numbers',
      'Q,2024-03-01,,,0,10,,,2025-04-08',
      '2:16 from is "0", which is no day: write it like 8 Apr 2025',
    ],
    [
      'an outcome that is no number',
      'Q,1,2,3,0,10,,yes,2025-04-08',
      '2:15 y is "yes", not a number, ambiguous, N/A or blank',
    ],
    [
      'nothing at all',
      'Q,,,,0,10,,,2025-04-08',
      '2:1 the row gives neither numbers nor days, and no column is said to be a probability',
    ],
  ])('are refused with %s', (_, line, expected) => {
    const { wrong, records } = read(rows(line), { columns, quantiles })
    expect([records, wrong[0]]).toEqual([null, expected])
  })

  it('are refused where a single estimate stands alone, and told when it is a median', () => {
    const told = {
      columns: { probability: undefined, value: 'best' },
      quantiles: new Map([['0.5', 'm']]),
      range: { low: 0, high: 9 },
    }
    const { wrong, remedies } = read('event,best,m,y,day\nRain,5,,,2026-11-08\n', told)
    expect(wrong).toEqual([
      '2:6 best is "5", and says nothing of how probable it is, so nothing can be scored',
    ])
    expect(remedies[0]).toContain('--map q0.5=COLUMN')
  })

  it('are refused where a row says two kinds of things, or two questions of one id differ in range', () => {
    const both = read('event,p,m,y,day\nRain,0.5,7,,2026-11-08\n', {
      quantiles: new Map([['0.5', 'm']]),
      range: { low: 0, high: 9 },
    })
    expect(both.wrong).toEqual(['2:10 m is "7", beside "0.5" in p'])
    const apart = read(rows('Q,1,2,3,0,10,,,2025-04-08', 'Q,1,2,3,0,20,,,2025-04-08'), {
      columns: { ...columns, id: 'event' },
      quantiles,
    })
    expect(apart.wrong[0]).toContain('the kind of the answer, its range or its unit is another one: line 2')
  })
})

describe('criteria', () => {
  it('of a column are those of the question, and one sentence of ours where they are blank', () => {
    const told = { columns: { criteria: 'rules' } }
    const { questions } = read(
      'event,p,y,day,rules\nA,.7,1,2025-04-08,"As the\noffice says."\nB,.7,1,2025-04-08,\n',
      told,
    )
    expect(questions?.map(({ criteria }) => criteria)).toEqual([
      'As the\noffice says.',
      'Yes when the column "y" of the table says 1 for B on 2025-04-08, no when it says 0.',
    ])
  })

  it('must be the same in all rows of a question', () => {
    const told = { columns: { criteria: 'rules', analyst: 'who' } }
    const { wrong } = read(
      'event,who,p,y,day,rules\nA,Ann,.7,1,2025-04-08,x\nA,Ben,.7,1,2025-04-08,y\nA,Cy,.7,1,2025-04-08,\n',
      told,
    )
    expect(wrong).toEqual(['3:1 the criteria are other ones: line 2 is on the same question'])
  })
})
