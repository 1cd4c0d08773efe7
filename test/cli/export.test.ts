import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { RedactionRequest } from '../../src/core/redaction.ts'
import { redact } from '../../src/ledger/redaction/redact.ts'
import { readRecords } from '../../src/store/records.ts'
import { fullLedger } from '../release/released.ts'
import { patient } from '../support/by-files.ts'
import { commandOn } from '../support/command.ts'
import { keptLedger, type TestLedger } from '../support/ledger.ts'
import { folder } from '../support/process.ts'
import { aQuestion, log } from '../support/steps.ts'
import { withDatabase, workplace } from './workplace.ts'

let held: TestLedger & { close: () => Promise<void> }
let run: ReturnType<typeof commandOn>
let text: string
beforeAll(async () => {
  held = await keptLedger()
  await fullLedger(held)
  const gone = await log(held, { quote: 'a Quixotic word', question: aQuestion({ title: 'Taken out' }) })
  const request = { kind: 'statement', id: gone.id, because: 'They asked for it.', class: 'update' }
  await redact(held.ledger, held.unit, RedactionRequest.parse(request))
  run = commandOn({ RECKONING_DATABASE_URL: held.url })
  const file = join(folder(), 'ledger.jsonl')
  expect(await run('export', file, '--as', 'jsonl')).toMatchObject({ code: 0 })
  text = readFileSync(file, 'utf8')
}, patient(30_000))
afterAll(() => held.close())

const sha256 = (...parts: (string | Buffer)[]) => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}
/** RFC 6962, section 2.1, as it stands there. */
function root(leaves: Buffer[]): Buffer {
  const [only] = leaves
  if (leaves.length === 1) return only as Buffer
  const half = 2 ** Math.floor(Math.log2(leaves.length - 1))
  return sha256('\u0001', root(leaves.slice(0, half)), root(leaves.slice(half)))
}
const linesOf = (of: string) => of.trimEnd().split('\n')
const verified = async (of: string, ...args: string[]) => {
  const path = join(folder(), 'other.jsonl')
  writeFileSync(path, of)
  return run('verify', path, '--in-process', ...args)
}

describe('the log in lines', () => {
  it('is whole to a few lines of code that are not ours: the tree is the signed one, every seal is opened', () => {
    const [first = '', ...lines] = linesOf(text)
    const entries = lines.map((line) => /^\{"seq":\d+,"entry":(.*),"opening":(.*)\}$/u.exec(line) ?? [])
    const [, size, signed] = JSON.parse(first).checkpoint.split('\n')
    expect(lines.length).toBe(Number(size))
    expect(root(entries.map(([, bytes = '']) => sha256('\u0000', bytes))).toString('base64')).toBe(signed)
    const closed = entries.flatMap(([, bytes = '', opening = '']) => {
      const { sealed, type } = JSON.parse(bytes)
      if (opening === 'null') return [type]
      const disclosure = Buffer.from(opening).toString('base64url')
      expect(sha256(disclosure).toString('base64url')).toBe(sealed)
      return []
    })
    // Members, tokens and policy are published sealed; of what was taken out nothing is left.
    expect(new Set(closed.map((type: string) => type.split('.')[0]))).toEqual(
      new Set(['member', 'token', 'policy', 'statement']),
    )
    expect(text).not.toContain('Quixotic')
    expect(text).not.toContain('Lovelace')
  })

  it('verifies by itself and against an older checkpoint, and is the same when it is written again', async () => {
    const pin = join(folder(), 'pin')
    expect(await verified(text, '--pin', pin)).toMatchObject({ code: 0 })
    expect(await verified(text, '--pin', pin)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('pin'),
    })
    const again = join(folder(), 'again.jsonl')
    expect(await run('export', again, '--as', 'jsonl')).toMatchObject({ code: 0, stderr: '' })
    expect(readFileSync(again, 'utf8')).toBe(text)
  })

  it(
    'is refused with any letter of any line changed',
    async () => {
      const at = fc.integer({ min: 0, max: text.length - 2 })
      let seen = 0
      await fc.assert(
        fc.asyncProperty(at, async (i) => {
          const letter = text[i] === 'x' ? 'y' : 'x'
          const { code } = await verified(`${text.slice(0, i)}${letter}${text.slice(i + 1)}`)
          expect([i, code]).toEqual([i, 1])
          seen++
        }),
        { numRuns: 15, endOnFailure: true },
      )
      expect(seen).toBe(15)
    },
    patient(60_000),
  )

  it.each([
    ['its end cut off', (lines: string[]) => lines.slice(0, -3), 'it was cut off'],
    ['a line put in', (lines: string[]) => [...lines, lines[3] ?? ''], 'lines were put in'],
    ['two lines in another order', ([a, b, c, ...rest]: string[]) => [a, c, b, ...rest] as string[], 'root'],
    [
      'a word beside what is hashed',
      (lines: string[]) =>
        lines.map((line, i) => (i === 9 ? line.replace('{"seq"', '{"true":1,"seq"') : line)),
      'root',
    ],
    ['another first line', ([, ...rest]: string[]) => ['{}', ...rest], 'Its first line'],
  ])('is refused with %s', async (_, change, why) => {
    const { code, stdout, stderr } = await verified(`${change(linesOf(text)).join('\n')}\n`)
    expect([code, `${stdout}${stderr}`]).toEqual([1, expect.stringContaining(why)])
  })
})

describe('the log in lines, imported', () => {
  const fresh = () => {
    const place = workplace()
    const path = place.at('ledger.jsonl')
    const later = commandOn({ RECKONING_DATABASE_URL: place.url }, () => new Date('2030-01-01T00:00:00Z'))
    return { ...place, path, run: later, write: (of: string) => writeFileSync(path, of) }
  }

  it('is what the predictions files of the same ledger are, and changes nothing when it comes again', async () => {
    const [one, other] = [fresh(), fresh()]
    one.write(text)
    expect(await one.run('import', one.path, '--dry-run')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Nothing was written'),
    })
    expect(await one.run('import', one.path)).toMatchObject({ code: 0 })
    expect(await one.run('import', one.path)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^\d+ records as the ledger has them\. 0 entries written\.$/mu),
    })
    const files = folder()
    expect(await run('export', files)).toMatchObject({ code: 0 })
    expect(await other.run('import', files)).toMatchObject({ code: 0 })
    const recordsIn = ({ url }: { url: string }) => withDatabase(url, readRecords)
    expect(await recordsIn(one)).toEqual(await recordsIn(other))
  })

  it('is refused where it does not verify, and nothing of it is taken', async () => {
    const { run: typed, write, path } = fresh()
    write(text.replace('"probability"', '"Probability"'))
    expect(await typed('import', path)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('does not verify'),
    })
    write(linesOf(text).slice(0, -1).join('\n'))
    expect(await typed('import', path)).toMatchObject({ code: 1, stderr: expect.stringContaining('cut off') })
    write(text)
    expect(await typed('import', path, '--dry-run')).toMatchObject({
      stdout: expect.not.stringContaining('as the ledger has'),
    })
  })

  it('comes by itself, and takes no option of a table', async () => {
    const { run: typed, write, path, at } = fresh()
    write(text)
    writeFileSync(at('other.yaml'), '')
    for (const words of [
      [path, at('other.yaml')],
      [path, '--analyst', 'Ann'],
      [path, '--interview', at('other.yaml')],
    ])
      expect(await typed('import', ...words)).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('log in lines'),
      })
  })
})

const FATEBOOK =
  'Question title,Multiple choice option,Forecast created by,Forecast (scale = 0-1),Forecast created at,Question created by,Question created at,Question resolve by,Resolution,Resolved at,Your Brier score for this question,Your relative Brier score for this question,Question notes,Question shared with,Question shared publicly,Question comments,Question tags'
const QUESTIONS =
  'Question ID,Question URL,Question Title,Post ID,Post Curation Status,Post Published Time,Default Project,Default Project ID,Categories,Leaderboard Tags,Label,Question Type,MC Options (Current),MC Options (All),MC Options History,Lower Bound,Open Lower Bound,Upper Bound,Open Upper Bound,Continuous Range,Open Time,CP Reveal Time,Scheduled Close Time,Actual Close Time,Resolution,Resolution Known Time,Include Bots in Aggregates,Question Weight'
const FORECASTS =
  'Question ID,Forecaster ID,Forecaster Username,Is Bot,Start Time,End Time,Forecaster Count,Probability Yes,Probability Yes Per Category,Continuous CDF,Probability Below Lower Bound,Probability Above Upper Bound,5th Percentile,25th Percentile,Median,75th Percentile,95th Percentile,Probability of Resolution,PDF at Resolution'

type Cells = Record<string, string>
const table = (path: string) => ({
  header: readFileSync(path, 'utf8').split('\r\n')[0],
  rows: parse(readFileSync(path), { columns: true }) as Cells[],
})

/** Two people with numbers, one of whom changes it; one question decided, one title that begins a formula. */
async function numbers() {
  const own = workplace()
  const { at, run: onIt } = own
  const source = (day: string) => ({
    title: `Of ${day}`,
    type: 'post',
    published: day,
    url: `https://example.com/${day}`,
  })
  const kept = await keptLedger()
  const ids = new Map<string, string>()
  const said = async (name: string, day: string, probability: unknown, title: string, changes = {}) => {
    const deadline = { date: '2026-12-31', time_zone: 'UTC' }
    const { question } = await log(kept, {
      analyst: { name },
      source: source(day),
      quote: `${name} of ${title} on ${day}`,
      question: ids.get(title) ?? aQuestion({ title, tags: ['sea', 'trade'], deadline, ...changes }),
      probability,
    })
    ids.set(title, question)
  }
  await said('Ann Lark', '2026-11-02', 0.15, 'The ferry sails')
  await said('Ann Lark', '2026-11-12', 0.35, 'The ferry sails')
  await said('Ben Moor', '2026-11-03', 1, 'The ferry sails')
  await said('Ben Moor', '2026-11-04', 0, '=SUM(A1) holds')
  await said('Ben Moor', '2026-11-05', { words: 'probably' }, 'The port opens')
  await said('Ann Lark', '2026-11-06', { A: 0.3, B: 0.7 }, 'The winner', {
    type: 'multiple_choice',
    options: ['B', 'A'],
  })
  await said('Ann Lark', '2026-11-07', { quantiles: { 0.25: -3, 0.5: 4, 0.99: 9 } }, 'The price', {
    type: 'numeric',
    range: { low: -10, high: 10 },
  })
  const on = commandOn({ RECKONING_DATABASE_URL: kept.url }, () => new Date('2026-11-22T10:00:00Z'))
  return { kept, on, at, onIt, own }
}

test('Fatebook gets its columns, the numbers as they are, and what it cannot carry is counted', async () => {
  const { kept, on, at } = await numbers()
  try {
    const { code, stdout } = await on('export', at('out'), '--as', 'fatebook')
    expect([code, stdout]).toEqual([0, expect.stringContaining('4 forecasts in ')])
    expect(stdout).toContain('Left out: 1 in words or as a range: it holds only numbers.')
    expect(stdout).toContain('Left out: 2 on questions that it does not have in this form.')
    const { header, rows } = table(at('out', 'fatebook.csv'))
    expect(header).toBe(FATEBOOK)
    expect(
      rows.map((row) => [row['Question title'], row['Forecast created by'], row['Forecast (scale = 0-1)']]),
    ).toEqual([
      ['The ferry sails', 'Ann Lark', '0.15'],
      ['The ferry sails', 'Ben Moor', '1'],
      ['The ferry sails', 'Ann Lark', '0.35'],
      ["'=SUM(A1) holds", 'Ben Moor', '0'],
    ])
    expect(rows[0]).toMatchObject({
      'Forecast created at': '2026-11-02 00:00:00',
      'Question resolve by': '2026-12-31 00:00:00',
      Resolution: '',
      'Question tags': 'sea, trade',
    })
  } finally {
    await kept.close()
  }
})

test('what Fatebook got comes back by an import: the same people, numbers, days and revisions', async () => {
  const { kept, on, at, onIt, own } = await numbers()
  try {
    expect((await on('export', at('out'), '--as', 'fatebook')).code).toBe(0)
    expect((await onIt('token', 'create', '--name', 'me', '--role', 'admin')).code).toBe(0)
    const come = await onIt(
      'import',
      at('out', 'fatebook.csv'),
      ...['--url', 'https://fatebook.example/ann', '--source', 'Questions', '--zone', 'UTC'],
    )
    expect(come).toMatchObject({ code: 0 })
    const told = async (db: Parameters<typeof readRecords>[0]) =>
      (await readRecords(db)).forecasts
        .map(({ record: { analyst, probability, said_on } }) => [analyst, said_on.to, probability])
        .filter(([, , probability]) => typeof probability === 'number')
        .sort()
    expect(await withDatabase(own.url, told)).toEqual(await told(kept.ledger.db))
  } finally {
    await kept.close()
  }
})

test('Fatebook’s own import gets a table a person, which comes back as the same numbers on the same days', async () => {
  const { kept, on, at, onIt, own } = await numbers()
  try {
    const { code, stdout } = await on('export', at('out'), '--as', 'fatebook-import')
    expect([code, stdout]).toEqual([0, expect.stringContaining('4 forecasts in ')])
    const { header, rows } = table(at('out', 'fatebook-import-ann-lark.csv'))
    expect(header).toBe(
      'questionTitle,forecast,qCreatedAt,resolution,resolvedAt,resolveBy,fCreatedAt,tags,notes',
    )
    expect(rows.map((row) => [row.questionTitle, row.forecast, row.qCreatedAt, row.fCreatedAt])).toEqual([
      ['The ferry sails', '15%', '2026-11-02', '2026-11-02'],
      ['The ferry sails', '35%', '2026-11-02', '2026-11-12'],
    ])
    expect(rows[0]).toMatchObject({
      resolution: '',
      resolvedAt: '',
      resolveBy: '2026-12-31',
      tags: 'sea, trade',
    })
    expect((await onIt('token', 'create', '--name', 'me', '--role', 'admin')).code).toBe(0)
    const come = await onIt(
      'import',
      at('out', 'fatebook-import-ann-lark.csv'),
      ...['--url', 'https://fatebook.example/ann', '--analyst', 'Ann Lark', '--zone', 'UTC'],
    )
    expect(come).toMatchObject({ code: 0 })
    const { forecasts } = await withDatabase(own.url, readRecords)
    expect(forecasts.map(({ record: { probability, said_on } }) => [probability, said_on.to])).toEqual([
      [0.15, '2026-11-02'],
      [0.35, '2026-11-12'],
    ])
  } finally {
    await kept.close()
  }
})

test('Metaculus gets its two tables, joined by the id of the question, with when each forecast stood', async () => {
  const { kept, on, at } = await numbers()
  try {
    const { code, stdout } = await on('export', at('out'), '--as', 'metaculus')
    expect([code, stdout]).toEqual([0, expect.stringContaining('6 forecasts in ')])
    const questions = table(at('out', 'question_data.csv'))
    const forecasts = table(at('out', 'forecast_data.csv'))
    expect([questions.header, forecasts.header]).toEqual([QUESTIONS, FORECASTS])
    const titles = new Map(questions.rows.map((row) => [row['Question ID'], row['Question Title']]))
    const of = (title: string) =>
      forecasts.rows.filter((row) => titles.get(row['Question ID'] ?? '') === title)
    expect(
      of('The ferry sails').map((row) => [
        row['Forecaster Username'],
        row['Probability Yes'],
        row['Start Time'],
        row['End Time'],
      ]),
    ).toEqual([
      ['Ann Lark', '0.15', '2026-11-02T00:00:00.000Z', '2026-11-12T00:00:00.000Z'],
      ['Ben Moor', '1', '2026-11-03T00:00:00.000Z', ''],
      ['Ann Lark', '0.35', '2026-11-12T00:00:00.000Z', ''],
    ])
    expect(of('The winner')).toMatchObject([
      { 'Probability Yes Per Category': '[0.7,0.3]', 'Probability Yes': '' },
    ])
    expect(of('The price')).toMatchObject([{ '25th Percentile': '-3', Median: '4', '95th Percentile': '' }])
    expect(questions.rows.find((row) => row['Question Title'] === 'The price')).toMatchObject({
      'Question Type': 'numeric',
      'Lower Bound': '-10',
      'Upper Bound': '10',
      'Scheduled Close Time': '2027-01-01T00:00:00.000Z',
      Resolution: '',
    })
  } finally {
    await kept.close()
  }
})

test('an unknown form is refused, and nothing is written', async () => {
  const at = join(folder(), 'out')
  const { code, stderr } = await run('export', at, '--as', 'manifold')
  expect([code, stderr]).toEqual([2, expect.stringContaining('fatebook')])
  expect(existsSync(at)).toBe(false)
})
