import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openDatabase } from '../../src/node/runtime.ts'
import { databaseAt } from '../support/database.ts'
import { folder, reckon } from '../support/process.ts'

const recordsIn = async (cwd: string) => {
  const db = await openDatabase({ RECKONING_DATABASE_URL: databaseAt(join(cwd, 'data/reckoning.db')) })
  const questions = await db.read({ sql: 'SELECT record FROM question ORDER BY seq' })
  const forecasts = await db.read({ sql: 'SELECT record FROM forecast ORDER BY seq' })
  await db.close()
  const recordOf = ({ record }: Record<string, unknown>) => JSON.parse(String(record))
  return { questions: questions.map(recordOf), forecasts: forecasts.map(recordOf) }
}

const MIXED = [
  'event,answer,p,p10,p90,unit,outcome,date,rules',
  'The pier opens,,0.7,,,,1,2025-04-08,The harbour office says so.',
  'Who runs it,The town,0.6,,,,A firm,2025-05-08,',
  'Who runs it,A firm,0.4,,,,A firm,2025-05-08,',
  'Boats in May,,,10,40,boats,25,2025-06-08,',
]
const TOLD = [
  'import',
  't.csv',
  '--analyst',
  'A model',
  '--url',
  'https://example.com/t',
  '--title',
  '{event}',
  '--map',
  'probability=p,option=answer,q0.1=p10,q.9=p90,unit=unit,criteria=rules',
  '--range',
  '0..100',
]

describe('a table of several kinds of forecasts', () => {
  it('is recorded as what each row is, scored, and changes nothing when it comes again', async () => {
    const cwd = folder()
    writeFileSync(join(cwd, 't.csv'), MIXED.join('\n'))
    const first = await reckon([...TOLD, '--save-mapping', 't.csv.mapping.yaml'], { cwd })
    expect(first).toMatchObject({ code: 0, stderr: '' })
    expect(first.stdout).toContain(
      'Recorded 1 analyst, 1 source, 3 statements, 3 questions, 3 forecasts, 3 resolutions.',
    )
    const { questions, forecasts } = await recordsIn(cwd)
    expect(questions.map(({ title, type, options, range }) => [title, type, options ?? range])).toEqual([
      ['The pier opens', undefined, undefined],
      ['Who runs it', 'multiple_choice', ['The town', 'A firm']],
      ['Boats in May', 'numeric', { low: 0, high: 100, unit: 'boats' }],
    ])
    expect(questions[0]?.criteria).toBe('The harbour office says so.')
    expect(forecasts.map(({ probability }) => probability)).toEqual([
      0.7,
      { 'The town': 0.6, 'A firm': 0.4 },
      { quantiles: { '0.1': 10, '0.9': 40 } },
    ])
    const { stdout } = await reckon(['track-record', 'A model', '--json'], { cwd })
    const { counts, forecasts: scored } = JSON.parse(stdout)
    expect(counts).toMatchObject({ forecasts: 3, resolved: 3, scored: 3 })
    // Half of (.6 − 0)² + (.4 − 1)².
    expect(scored.map(({ brier }: { brier: number }) => brier)).toContainEqual(expect.closeTo(0.36, 12))

    const again = await reckon(TOLD, { cwd })
    expect(again.stdout).toContain(' 0 entries written.')
    const mapped = await reckon(['import', 't.csv', '--mapping', 't.csv.mapping.yaml'], { cwd })
    expect(mapped.stdout).toContain(' 0 entries written.')
    const [header = '', ...rows] = MIXED
    writeFileSync(join(cwd, 't.csv'), [header, ...rows.toReversed(), 'Rain,,0.2,,,,0,2025-07-08,'].join('\n'))
    const grown = await reckon(TOLD, { cwd })
    expect(grown.stdout).toContain('Recorded 1 source, 1 statement, 1 question, 1 forecast, 1 resolution')
  })

  it('keeps the options that were asked: fewer are the same question, another one is refused', async () => {
    const cwd = folder()
    const at = async (...rows: string[]) => {
      writeFileSync(
        join(cwd, 't.csv'),
        ['title,who,option,probability,outcome,date,said', ...rows].join('\n'),
      )
      const told = ['--map', 'option=option,analyst=who,said=said', '--url', 'https://example.com/t']
      return reckon(['import', 't.csv', ...told], { cwd })
    }
    const ann = [
      'Q,Ann,B,0.5,,2027-05-08,2026-01-05',
      'Q,Ann,A,0.3,,2027-05-08,2026-01-05',
      'Q,Ann,C,0.2,,2027-05-08,2026-01-05',
    ]
    const ben = ['Q,Ben,A,0.5,,2027-05-08,2026-01-05', 'Q,Ben,B,0.5,,2027-05-08,2026-01-05']
    await at(...ann)
    const later = await at(...ben)
    expect(later.stdout).toContain('Recorded 1 analyst, 1 statement, 1 forecast')
    expect((await recordsIn(cwd)).questions[0]?.options).toEqual(['B', 'A', 'C'])
    const more = await at(...ann, 'Q,Ben,A,0.5,,2027-05-08,2026-01-05', 'Q,Ben,D,0.5,,2027-05-08,2026-01-05')
    expect([more.code, more.stdout]).toEqual([
      1,
      expect.stringContaining('the ledger holds this question without the option "D"'),
    ])
    expect((await recordsIn(cwd)).forecasts).toHaveLength(2)
  })

  it.each([
    [['--map', 'low=a,high=b'], '--level is needed beside low and high'],
    [['--map', 'low=a', '--level', '0.8'], '--map high=COLUMN is needed beside low'],
    [['--map', 'q0.5=m'], '--range is needed for numbers and days'],
    [['--map', 'q0.5=m,q0.50=n', '--range', '0..1'], 'gives a level twice'],
    [['--map', 'q1.5=m', '--range', '0..1'], 'q1.5'],
    [['--map', 'value=v'], 'says which number and not how probable it is'],
    [['--map', 'q0.5=m', '--range', '9..1'], 'is not LOW..HIGH'],
    [['--unit', 'm'], '--unit is of --range'],
    [['--map', 'low=a,high=b', '--range', '0..1', '--level', '8'], '--level "8" is not between 0 and 1'],
  ])('is told apart by options that fit: %j', async (words, expected) => {
    const given = ['import', 't.csv', '--analyst', 'A', '--url', 'https://example.com', ...words]
    const { code, stderr } = await reckon(given, { cwd: folder() })
    expect([code, stderr]).toEqual([2, expect.stringContaining(expected)])
  })
})
