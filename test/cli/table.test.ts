import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openDatabase } from '../../src/node/runtime.ts'
import { readHead } from '../../src/store/append.ts'
import { databaseAt } from '../support/database.ts'
import { environment, folder, launcher, reckon, root, start } from '../support/process.ts'

const NFL = join(root, 'test/fixtures/fivethirtyeight/nfl_games.csv')
const bad = JSON.parse(readFileSync(join(root, 'test/fixtures/bad-inputs.json'), 'utf8')) as {
  cases: { id: string; target: string; why: string; payload: unknown }[]
}

type Payload = string | { $repeat?: [string, number]; prefix?: string; suffix?: string; $base64?: string }
function bytesOf(payload: Payload): Buffer {
  if (typeof payload === 'string') return Buffer.from(payload)
  const { $repeat, prefix = '', suffix = '', $base64 } = payload
  return $repeat === undefined
    ? Buffer.from($base64 ?? '', 'base64')
    : Buffer.from(prefix + $repeat[0].repeat($repeat[1]) + suffix)
}

const headOf = async (cwd: string) => {
  const db = await openDatabase({ RECKONING_DATABASE_URL: databaseAt(join(cwd, 'data/reckoning.db')) })
  const head = await readHead(db)
  await db.close()
  return head.seq
}

/** The one line of the documentation that imports the games of the NFL. */
const documented = readFileSync(join(root, 'docs/import.md'), 'utf8')
  .split('\n')
  .find((line) => line.startsWith('npx reckon import nfl_games.csv')) as string
/** The line as a shell runs it, where the file lies in `cwd`. */
const typed = async (cwd: string, line: string) => {
  const program = start('sh', ['-c', line.replace(/^npx reckon/u, '"$NODE" "$LAUNCHER"')], {
    cwd,
    env: {
      ...environment({ RECKONING_DATABASE_URL: databaseAt(join(cwd, 'data/reckoning.db')) }),
      NODE: process.execPath,
      LAUNCHER: launcher,
    },
  })
  const code = await program.ended
  return { code, stdout: program.stdout(), stderr: program.stderr() }
}

describe('importing a table', () => {
  it('makes the games of the NFL the record of an analyst, with the figures of their publisher', async () => {
    const cwd = folder()
    copyFileSync(NFL, join(cwd, 'nfl_games.csv'))
    const first = await typed(cwd, documented)
    expect(first.code).toBe(0)
    expect(first.stdout).toContain(
      'Recorded 1 analyst, 1 source, 1889 statements, 1889 questions, 1889 forecasts, 1889 resolutions.',
    )

    const again = await typed(cwd, documented)
    expect(again).toMatchObject({
      code: 0,
      stdout: '7558 records as the ledger has them. 0 entries written.\n',
    })

    const files = await reckon(['export', 'out'], { cwd })
    expect(files.stdout).toContain('nfl-games-csv.yaml is longer than a file of predictions may be')
    expect((await reckon(['import', 'out'], { cwd })).code).toBe(1)

    const { stdout } = await reckon(['track-record', 'FiveThirtyEight NFL', '--json'], { cwd })
    const { counts, grounds, headline, decomposition, own_probabilities, tier, forecasts } =
      JSON.parse(stdout)
    expect(counts).toMatchObject({
      forecasts: 1889,
      resolved: 1882,
      scored: 1882,
      stated: 1882,
      ambiguous: 7,
      afterwards: 1889,
      too_late: 0,
    })
    expect(forecasts).toHaveLength(1889)
    expect(tier).toBe(5)
    expect(headline.brier.toFixed(4)).toBe('0.2208')
    // Exactly .003846; elsewhere it is printed as .0039.
    expect(decomposition.miscalibration).toBeCloseTo(0.003846, 6)
    expect(decomposition.discrimination.toFixed(4)).toBe('0.0308')
    // Theirs takes every game to stand alone.
    expect(own_probabilities.z_independent.toFixed(1)).toBe('2.2')
    expect(grounds.scored).toMatchObject({ groups: 401, rows_alone: false })
  })

  it('reads what Fatebook exports, each row for who made it, and what is open until a day to come', async () => {
    const line = readFileSync(join(root, 'docs/import.md'), 'utf8')
      .split('\n')
      .find((one) => one.startsWith('npx reckon import fatebook-export.csv')) as string
    const cwd = folder()
    copyFileSync(join(root, 'test/fixtures/trackers/fatebook-export.csv'), join(cwd, 'fatebook-export.csv'))
    const recorded = 'Recorded 2 analysts, 1 source, 9 statements, 7 questions, 9 forecasts, 4 resolutions.'
    expect((await typed(cwd, line)).stdout).toContain(recorded)
    expect((await typed(cwd, line)).stdout).toContain('0 entries written.')
    const record = async (name: string) =>
      JSON.parse((await reckon(['track-record', name, '--json'], { cwd })).stdout)
    expect(await record('Ann Lark')).toMatchObject({
      counts: { statements: 8, forecasts: 7, open: 3, ambiguous: 1, scored: 3 },
    })
    // The first of two that she gave counts; he gave all of his to what did not happen.
    expect(
      (await record('Ann Lark')).forecasts.find(({ title }: { title: string }) => title.includes('ferry')),
    ).toMatchObject({ probability: 0.15 })
    expect((await record('Ben Moor')).forecasts.at(0)).toMatchObject({ probability: 1, brier: 1 })
  })

  it('stands in the help as it stands in the documentation', async () => {
    const { stdout } = await reckon(['import', '--help'], { cwd: folder() })
    expect(stdout).toContain(documented.replace('npx ', ''))
  })

  const table = ['import', 't.csv', '--analyst', 'A model', '--url', 'https://example.com/t']

  it('adds what a table has grown by, and leaves the days of earlier readings alone', async () => {
    const cwd = folder()
    const rows = [
      'title,probability,outcome,date',
      'Rain falls,0.7,1,2025-04-08',
      'Snow falls,0.2,,2025-05-08',
    ]
    writeFileSync(join(cwd, 't.csv'), rows.join('\n'))
    expect((await reckon(table, { cwd })).code).toBe(0)
    rows[2] = 'Snow falls,0.2,0,2025-05-08'
    writeFileSync(join(cwd, 't.csv'), [...rows, 'Hail falls,0.1,0,2025-06-08'].join('\n'))
    const { code, stdout } = await reckon(table, { cwd })
    expect(code).toBe(0)
    expect(stdout).toContain('Recorded 1 source, 1 statement, 1 question, 1 forecast, 2 resolutions')
    const record = await reckon(['track-record', 'a model'], { cwd })
    expect(record.stdout).toContain('Rows of the data set are treated as independent.')
  })

  it('refuses an outcome that the ledger holds otherwise', async () => {
    const cwd = folder()
    writeFileSync(join(cwd, 't.csv'), 'title,probability,outcome,date\nRain falls,0.7,1,2025-04-08\n')
    await reckon(table, { cwd })
    const before = await headOf(cwd)
    writeFileSync(join(cwd, 't.csv'), 'title,probability,outcome,date\nRain falls,0.7,0,2025-04-08\n')
    const { code, stdout } = await reckon(table, { cwd })
    expect([code, stdout]).toEqual([1, expect.stringContaining('refused[frozen]')])
    expect(await headOf(cwd)).toBe(before)
  })

  it('saves what it was told beside the table, and the same file and mapping are the same import', async () => {
    const cwd = folder()
    writeFileSync(join(cwd, 't.csv'), 'title,probability,outcome,date\nRain falls,0.7,-1,2025-04-08\n')
    const first = await reckon(
      [...table, '--outcome=-1=annulled', '--save-mapping', 't.csv.mapping.yaml', '--dry-run'],
      { cwd },
    )
    expect(first.stdout).toContain(
      'Would record 1 analyst, 1 source, 1 statement, 1 question, 1 forecast, 1 resol',
    )
    expect(first.stdout).toContain('Nothing was written.')
    const mapped = ['import', 't.csv', '--mapping', 't.csv.mapping.yaml']
    const second = await reckon(mapped, { cwd })
    expect(second.stdout).toContain(
      'Recorded 1 analyst, 1 source, 1 statement, 1 question, 1 forecast, 1 resol',
    )
    const again = await reckon([...table, '--outcome=-1=annulled'], { cwd })
    expect(again.stdout).toContain('0 entries written')
    expect((await reckon([...mapped, '--title', 'x'], { cwd })).code).toBe(2)
    expect((await reckon([...table, '--save-mapping', 't.csv.mapping.yaml'], { cwd })).code).toBe(2)
    writeFileSync(join(cwd, 'bad.yaml'), 'url: nowhere\n')
    const bad = await reckon(['import', 't.csv', '--mapping', 'bad.yaml'], { cwd })
    expect([bad.code, bad.stderr]).toEqual([2, expect.stringContaining('bad.yaml: /url')])
  })

  const forecastsIn = async (cwd: string) => {
    const db = await openDatabase({ RECKONING_DATABASE_URL: databaseAt(join(cwd, 'data/reckoning.db')) })
    const rows = await db.read({ sql: 'SELECT id, analyst, question, source FROM forecast ORDER BY seq' })
    const open = await db.read({
      sql: 'SELECT id FROM question WHERE id NOT IN (SELECT question FROM resolution WHERE superseded_by IS NULL)',
    })
    const sources = await db.read({ sql: "SELECT id, record ->> '$.url' AS url FROM source ORDER BY seq" })
    await db.close()
    return { rows, open: open.map(({ id }) => id), sources }
  }

  it('credits nobody with what another said: a column names the person, or the import stops', async () => {
    const cwd = folder()
    const rows =
      'title,who,probability,outcome,date\nWill A,ann,0.3,0,2024-04-10\nWill A,bob,0.6,0,2024-04-10\n'
    writeFileSync(join(cwd, 't.csv'), rows)
    const refused = await reckon([...table], { cwd })
    expect([refused.code, refused.stdout]).toEqual([
      1,
      expect.stringContaining('the column "who" looks as if'),
    ])
    const url = ['--url', 'https://example.com/t']
    const each = await reckon(['import', 't.csv', ...url, '--map', 'analyst=who'], { cwd })
    expect(each.stdout).toContain(
      'Recorded 2 analysts, 1 source, 2 statements, 1 question, 2 forecasts, 1 resolution.',
    )
    const { rows: logged } = await forecastsIn(cwd)
    expect(logged.map(({ analyst }) => analyst)).toEqual(['ann', 'bob'])
    const again = await reckon(['import', 't.csv', ...url, '--map', 'analyst=who'], { cwd })
    expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining(' 0 entries written.') })

    const part = folder()
    writeFileSync(join(part, 't.csv'), rows)
    await reckon(['import', 't.csv', ...url, '--analyst', 'Ann', '--where', 'who=ann'], { cwd: part })
    expect((await forecastsIn(part)).rows).toMatchObject([{ analyst: 'ann' }])
  })

  it('takes two tables of one name for two sources, by their addresses, and one address for several people', async () => {
    const cwd = folder()
    writeFileSync(join(cwd, 't.csv'), 'title,probability,outcome,date\nRain falls,0.7,1,2025-04-08\n')
    const of = (name: string, url: string) => ['import', 't.csv', '--analyst', name, '--url', url]
    await reckon(of('Person A', 'https://example.com/a'), { cwd })
    await reckon(of('Person B', 'https://example.com/b'), { cwd })
    expect((await forecastsIn(cwd)).sources).toEqual([
      { id: 't-csv', url: 'https://example.com/a' },
      { id: 't-csv-2', url: 'https://example.com/b' },
    ])
    writeFileSync(join(cwd, 't.csv'), 'title,probability,outcome,date\nSnow falls,0.7,1,2025-03-08\n')
    await reckon(of('Person C', 'https://example.com/a'), { cwd })
    const { rows, sources } = await forecastsIn(cwd)
    expect(sources).toHaveLength(2)
    expect(rows.map(({ analyst, source }) => [analyst, source])).toEqual([
      ['person-a', 't-csv'],
      ['person-b', 't-csv-2'],
      ['person-c', 't-csv'],
    ])
  })

  const header = 'title,probability,outcome,due,known,said\n'
  const days = [...table, '--map', 'deadline=due,known_on=known,said=said']

  it('asks no question twice that is decided before it was due', async () => {
    const cwd = folder()
    writeFileSync(join(cwd, 't.csv'), `${header}Rain falls,0.7,,2025-06-30,,2025-01-05\n`)
    await reckon(days, { cwd })
    expect((await forecastsIn(cwd)).open).toHaveLength(1)
    writeFileSync(join(cwd, 't.csv'), `${header}Rain falls,0.7,1,2025-06-30,2025-02-20,2025-01-05\n`)
    const { stdout } = await reckon(days, { cwd })
    expect(stdout).toContain('Recorded 1 source, 1 resolution')
    const { rows, open } = await forecastsIn(cwd)
    expect([rows.length, open]).toEqual([1, []])

    // With one column for both days it would be asked anew: the row is refused, and says what to do.
    const one = folder()
    writeFileSync(join(one, 't.csv'), 'title,probability,outcome,date\nRain falls,0.7,,2025-06-30\n')
    await reckon(table, { cwd: one })
    writeFileSync(join(one, 't.csv'), 'title,probability,outcome,date\nRain falls,0.7,1,2025-02-20\n')
    const refused = await reckon(table, { cwd: one })
    expect([refused.code, refused.stdout]).toEqual([1, expect.stringContaining('open until 2025-06-30')])
    expect(refused.stdout).toContain('--map deadline=COLUMN,known_on=COLUMN')
    expect((await forecastsIn(one)).rows).toHaveLength(1)
  })

  it('reads the newest first like the oldest first, and an older copy changes nothing and says so', async () => {
    const cwd = folder()
    const rows = [
      'Rain falls,0.7,1,2025-06-30,2025-06-20,2025-01-05\n',
      'Rain falls,0.8,1,2025-06-30,2025-06-20,2025-02-05\n',
      'Snow falls,0.2,0,2025-12-31,2025-12-31,2025-03-05\n',
    ]
    writeFileSync(join(cwd, 't.csv'), header + rows.join(''))
    const first = await reckon(days, { cwd })
    expect(first.stdout).toContain('2 questions, 3 forecasts')
    const again = (others: string[]) => {
      writeFileSync(join(cwd, 't.csv'), header + others.join(''))
      return reckon(days, { cwd })
    }
    const newestFirst = await again(rows.toReversed())
    expect(newestFirst).toMatchObject({ code: 0, stdout: expect.stringContaining(' 0 entries written.') })
    expect(newestFirst.stdout).not.toContain('The ledger holds')
    const older = await again(rows.slice(0, 2))
    expect(older).toMatchObject({ code: 0, stdout: expect.stringContaining(' 0 entries written.') })
    expect(older.stdout).toContain('The ledger holds 1 forecast of this source that is not in this table')
    // Without its beginning the second saying would take the place of the first: that is loud, and writes nothing.
    const later = await again(rows.slice(1, 2))
    expect([later.code, later.stdout]).toEqual([1, expect.stringContaining('refused[frozen]')])
    expect((await forecastsIn(cwd)).rows).toHaveLength(3)
  })

  const cases = bad.cases.filter(({ target }) => target === 'import.csv')
  it('is tried with every hostile table there is', () => expect(cases).toHaveLength(6))
  it.each(cases.map(({ id, why, payload }) => [id, why, payload] as const))(
    'writes nothing for %s (%s), and says where the trouble is',
    async (_, __, payload) => {
      const cwd = folder()
      await reckon(['migrate'], { cwd })
      const before = await headOf(cwd)
      writeFileSync(join(cwd, 't.csv'), bytesOf(payload as Payload))
      const { code, stdout, stderr } = await reckon(table, { cwd })
      expect(code).toBe(1)
      expect(stdout).toMatch(/^t\.csv:\d+:\d+: error\[(encoding|too_large|table_syntax|table_column)\]: /u)
      expect(stdout).toMatch(/problems?: nothing was imported\.\n$/u)
      expect(stderr).toBe('')
      expect(await headOf(cwd)).toBe(before)
    },
  )

  it.each([
    [['import', 'x.csv', 'y.csv', '--analyst', 'A', '--url', 'https://example.com'], 'by itself'],
    [['import', 'x.csv', '--url', 'https://example.com'], 'needs --analyst NAME'],
    [['import', 'x.csv', '--analyst', 'A'], 'needs --url ADDRESS'],
    [['import', 'x.csv', '--analyst', 'A', '--url', 'ftp://example.com'], '--url must be a full http'],
    [['import', 'x.csv', '--analyst', '  ', '--url', 'https://example.com'], '--analyst'],
    [
      ['import', 'x.csv', '--analyst', 'A', '--url', 'https://example.com', '--map', 'propability=p'],
      'Did you mean probability?',
    ],
    [
      ['import', 'x.csv', '--analyst', 'A', '--url', 'https://example.com', '--map', 'date=a,date=b'],
      'twice',
    ],
    [
      ['import', 'x.csv', '--analyst', 'A', '--url', 'https://example.com', '--zone', 'Mars'],
      '--zone is not an IANA time zone',
    ],
    [['import', 'x.csv', '--analyst', 'A', '--url', 'https://example.com'], 'There is no file "x.csv"'],
    [['import', 'predictions', '--cluster', 'date'], '--cluster is for a table'],
  ])('calls %j misuse, and makes no ledger', async (words, expected) => {
    const cwd = folder()
    const { code, stderr } = await reckon(words, { cwd })
    expect([code, stderr]).toEqual([2, expect.stringContaining(expected)])
    expect(existsSync(join(cwd, 'data'))).toBe(false)
  })
})
