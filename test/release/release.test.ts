import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { sha256 } from '@noble/hashes/sha2.js'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { parse } from 'yaml'
import { createApp } from '../../src/app.ts'
import { AnalystRequest } from '../../src/core/analyst.ts'
import { Forecast } from '../../src/core/forecast.ts'
import { QuestionFields } from '../../src/core/question.ts'
import { Resolution } from '../../src/core/resolution.ts'
import { SourceFields } from '../../src/core/source.ts'
import { Statement } from '../../src/core/statement.ts'
import { openCheckpoint, parseCheckpoint } from '../../src/log/checkpoint.ts'
import { hex, utf8 } from '../../src/log/encoding.ts'
import { parseVerifierKey } from '../../src/log/note.ts'
import { patient } from '../support/by-files.ts'
import { keptLedger, type TestLedger, testLedger } from '../support/ledger.ts'
import { ORIGIN } from '../support/site.ts'
import { log } from '../support/steps.ts'
import { type Files, fullLedger, released, rowsIn } from './released.ts'

type Field = { name: string; type: string; constraints?: { required?: boolean; enum?: string[] } }
type Resource = {
  name: string
  path: string
  bytes: number
  hash: string
  schema: {
    fields: Field[]
    primaryKey: string[]
    foreignKeys?: { fields: string[]; reference: { resource: string; fields: string[] } }[]
  }
}

let held: TestLedger & { close: () => Promise<void> }
let files: Files
let resources: Resource[]
let known: { question: string; round: string }
beforeAll(async () => {
  held = await keptLedger()
  known = await fullLedger(held)
  files = (await released(held, ['--licence', 'CC-BY-4.0', '--author', 'The Newsroom'])).files
  resources = JSON.parse(files['datapackage.json'] ?? '').resources
}, patient(30_000))
afterAll(() => held.close())

const TYPES: Record<string, RegExp> = {
  string: /^/u,
  integer: /^-?\d+$/u,
  number: /^-?\d+(\.\d+)?(e-?\d+)?$/u,
  boolean: /^(true|false)$/u,
  date: /^\d{4}-\d\d-\d\d$/u,
  datetime: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/u,
  array: /^\[.*\]$/su,
}

describe('the tables', () => {
  it('are all there, each with the bytes and the hash that are told of it', () => {
    expect(resources.map(({ name }) => name)).toEqual([
      ...['analysts', 'sources', 'statements', 'questions', 'forecasts', 'distributions', 'resolutions'],
      ...['evidence', 'references', 'replies', 'scores', 'track_records', 'agreement', 'outcome_agreement'],
    ])
    for (const { path, bytes, hash } of resources) {
      const text = utf8(files[path] ?? '')
      expect([path, bytes, hash]).toEqual([path, text.length, `sha256:${hex(sha256(text))}`])
    }
  })

  it('hold in every cell what their schema says, and no key twice', () => {
    for (const { name, schema } of resources) {
      const rows = rowsIn(files, name)
      expect([name, Object.keys(rows[0] ?? {})]).toEqual([name, schema.fields.map((field) => field.name)])
      const keys = rows.map((row) => schema.primaryKey.map((key) => row[key]).join('\n'))
      expect([name, new Set(keys).size]).toEqual([name, rows.length])
      for (const { name: column, type, constraints } of schema.fields)
        for (const row of rows) {
          const cell = row[column] ?? ''
          if (cell === '') expect([name, column, constraints?.required]).toEqual([name, column, undefined])
          else
            expect([name, column, cell]).toEqual([name, column, expect.stringMatching(TYPES[type] as RegExp)])
          if (cell !== '' && constraints?.enum) expect(constraints.enum).toContain(cell)
        }
    }
  })

  it('refer only to rows that are there', () => {
    let seen = 0
    for (const { name, schema } of resources)
      for (const { fields, reference } of schema.foreignKeys ?? []) {
        const of = (row: Record<string, string>, columns: string[]) =>
          columns.map((one) => row[one]).join('\n')
        const there = new Set(
          rowsIn(files, reference.resource || name).map((row) => of(row, reference.fields)),
        )
        for (const row of rowsIn(files, name)) {
          if (fields.every((field) => row[field] === '')) continue
          expect([name, fields, there.has(of(row, fields))]).toEqual([name, fields, true])
          seen++
        }
      }
    expect(seen).toBeGreaterThan(30)
  })

  it('say what was said, decided and scored', () => {
    const [first] = rowsIn(files, 'scores').filter(({ question }) => question === known.question)
    expect(first).toMatchObject({ verdict: 'came_true', scored: 'true', score_best: '0', logged: 'live' })
    expect(
      rowsIn(files, 'distributions').map(({ option, probability, value }) => [option, probability, value]),
    ).toEqual(
      expect.arrayContaining([
        ['A', '0.3', ''],
        ['', '0.1', '-3'],
        ['', '0.5', '2027-01-31'],
      ]),
    )
    expect(rowsIn(files, 'resolutions')).toMatchObject([
      { outcome: 'no', state: 'confirmed', same_person: 'false' },
    ])
    expect(rowsIn(files, 'references')).toMatchObject([
      { probability: '0.04', primary: 'true', hindsight: 'false' },
    ])
    expect(
      rowsIn(files, 'agreement').find(({ round, measure }) => round === known.round && measure === 'f1'),
    ).toMatchObject({ variable: 'spans', units: '2', blind: 'true' })
    expect(
      rowsIn(files, 'outcome_agreement').map(({ measure, units, value }) => [measure, units, value]),
    ).toEqual([
      ['raw', '1', '0'],
      ['alpha', '1', ''],
      ['alpha_low', '1', ''],
      ['alpha_high', '1', ''],
      ['waiting', '0', '0'],
    ])
  })

  it('begin no text with what a spreadsheet takes for a formula', () => {
    const quotes = rowsIn(files, 'statements').map(({ quote }) => quote)
    expect(quotes).toContain("'=SUM(A1:A9) is said to be safe")
    for (const { name, schema } of resources)
      for (const row of rowsIn(files, name))
        for (const { name: column, type } of schema.fields)
          if (type === 'string' && !/_(low|high)$|^value$/u.test(column))
            expect(row[column]).not.toMatch(/^[=+\-@\t]/u)
  })
})

describe('every field that is recorded', () => {
  // What is told in other columns, or is no part of a data set.
  const ELSEWHERE: Record<string, string[]> = {
    analysts: [],
    sources: ['published'],
    questions: ['deadline', 'range'],
    forecasts: ['statement', 'said_on', 'probability', 'reference'],
    statements: [],
    // Whom a file names as proposer and confirmer are persons of the newsroom.
    resolutions: ['evidence', 'claimed'],
  }
  it.each([
    ['analysts', AnalystRequest],
    ['sources', SourceFields],
    ['questions', QuestionFields],
    ['forecasts', Forecast],
    ['statements', Statement],
    ['resolutions', Resolution],
  ])('of %s has its column', (name, schema) => {
    const columns = resources.find((one) => one.name === name)?.schema.fields.map((field) => field.name)
    const fields = Object.keys(schema.shape).filter((field) => !ELSEWHERE[name]?.includes(field))
    expect(columns).toEqual(expect.arrayContaining(fields))
  })

  it('has its lines in the codebook, for people and for programs', () => {
    const lines = rowsIn(files, 'codebook')
    for (const { name, schema } of resources)
      for (const field of schema.fields) {
        const [line, ...levels] = lines.filter(({ table, column }) => table === name && column === field.name)
        expect([name, field.name, line]).toEqual([
          name,
          field.name,
          expect.objectContaining({ level: '', type: field.type, licence: expect.stringMatching(/./u) }),
        ])
        expect(levels.map(({ level }) => level)).toEqual(field.constraints?.enum ?? [])
        expect(files['codebook.txt']).toContain(`### ${field.name}\n\n${line?.meaning}`)
      }
  })
})

test('the descriptions say the same: names, version, licence, who is cited, and every column', () => {
  const croissant = JSON.parse(files['croissant.json'] ?? '')
  const datacite = JSON.parse(files['datacite.json'] ?? '')
  const cff = parse(files['CITATION.cff'] ?? '')
  const columns = croissant.recordSet.map(({ name, field }: { name: string; field: { '@id': string }[] }) => [
    name,
    field.map((one) => one['@id']),
  ])
  expect(columns).toEqual(
    resources.map(({ name, schema }) => [name, schema.fields.map((field) => `${name}/${field.name}`)]),
  )
  expect(croissant).toMatchObject({
    '@type': 'sc:Dataset',
    conformsTo: 'http://mlcommons.org/croissant/1.0',
    version: '1.0.0',
    license: 'https://creativecommons.org/licenses/by/4.0/',
    datePublished: '2027-01-02',
  })
  expect(datacite).toMatchObject({
    creators: [{ name: 'The Newsroom' }],
    publicationYear: '2027',
    types: { resourceTypeGeneral: 'Dataset' },
    rightsList: [{ rightsIdentifier: 'CC-BY-4.0' }],
  })
  expect(cff).toMatchObject({
    'cff-version': '1.2.0',
    type: 'dataset',
    authors: [{ name: 'The Newsroom' }],
    license: 'CC-BY-4.0',
    version: '1.0.0',
  })
})

test('the figures are those that the API tells at the same instant', async () => {
  const app = createApp(held.host)
  const rows = rowsIn(files, 'track_records')
  expect(rows.length).toBe(4)
  for (const row of rows) {
    const path = `/api/analysts/${row.analyst}/track-record?logged=${row.view}`
    const told = await (await app.request(`${ORIGIN}${path}`)).json()
    const text = (value: unknown) => (value === null || value === undefined ? '' : String(value))
    expect(row).toMatchObject({
      statements: text(told.counts.statements),
      forecasts: text(told.counts.forecasts),
      scored: text(told.counts.scored),
      groups: text(told.grounds.scored.groups),
      tier: text(told.tier),
      claims: text(told.claims.n),
      came_true: text(told.claims.came_true),
      promised_low: text(told.claims.promised[0]),
      promised_high: text(told.claims.promised[1]),
      p_value: text(told.claims.p_value),
      brier: text(told.headline?.brier),
      lead: told.lead.sentence,
    })
  }
  const all = rows.find(({ view, claims }) => view === 'all' && claims === '1')
  expect(all).toMatchObject({ came_true: '1', analyst: 'konstantin-kalachev' })
})

test('the checkpoint in it is signed by the key in it, and every row was recorded before it', async () => {
  const key = parseVerifierKey((files.key ?? '').trim())
  const opened = await openCheckpoint(files.checkpoint ?? '', key === null ? [] : [key])
  expect(opened.problem).toBeNull()
  const { size } = parseCheckpoint(files.checkpoint ?? '') as { size: number }
  for (const name of [
    'analysts',
    'sources',
    'statements',
    'questions',
    'forecasts',
    'resolutions',
    'replies',
  ])
    for (const { seq } of rowsIn(files, name)) expect(Number(seq)).toBeLessThan(size)
  expect(files['README.md']).toContain(`with ${size} entries`)
})

test('the same log gives the same bytes, whatever the time and the zone; another entry gives others', async () => {
  const own = await testLedger()
  await log(own)
  const first = await released(own, [], () => new Date('2027-03-01T00:00:00Z'))
  const zone = process.env.TZ
  try {
    process.env.TZ = 'Pacific/Auckland'
    const again = await released(own, [], () => new Date('2031-07-09T23:59:59Z'))
    expect(again.bytes.equals(first.bytes)).toBe(true)
  } finally {
    if (zone === undefined) delete process.env.TZ
    else process.env.TZ = zone
  }
  await log(own, { quote: 'there will be peace' })
  expect((await released(own)).bytes.equals(first.bytes)).toBe(false)
})

test('a release that is out is never overwritten by another one', async () => {
  const own = await testLedger()
  await log(own)
  const { run, file, bytes } = await released(own)
  expect(await run('release', '1.0.0', '--out', file)).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('is there already, with the same bytes'),
  })
  const { code, stderr } = await run('release', '1.0.0', '--out', file, '--without-quotes')
  expect([code, stderr]).toEqual([1, expect.stringContaining('is another release of that name')])
  expect(readFileSync(file).equals(bytes)).toBe(true)
})

test.each([
  [['../1.0.0'], 'is no version'],
  [['1.0.0', '--doi', 'zenodo.1234'], 'is no DOI'],
  [['1.0.0', '--date', '2027-02-30'], '--date'],
  [['1.0.0', '--licence', 'MIT'], 'CC-BY-4.0'],
  [['1.0.0', '--author', ''], '--author'],
])('%j is refused before anything is written', async (args, why) => {
  const { run, file } = await released(await testLedger())
  const { code, stderr } = await run('release', ...args, '--out', `${file}.other`)
  expect([code, stderr]).toEqual([2, expect.stringContaining(why)])
  expect(existsSync(`${file}.other`)).toBe(false)
})

test('where no licence is named, none is stated, and that is said', async () => {
  const { files: own, told } = await released(await testLedger())
  expect(told).toContain('No licence is stated in it')
  expect(own['codebook.txt']).toContain('No licence is stated: ask whoever runs the ledger.')
  expect(JSON.parse(own['datapackage.json'] ?? '').licenses).toBeUndefined()
  expect(parse(own['CITATION.cff'] ?? '').license).toBeUndefined()
  expect(JSON.parse(own['croissant.json'] ?? '').license).toBeUndefined()
})

test('a log that was never signed is released as nothing', async () => {
  const own = await testLedger()
  writeFileSync(`${own.path}.key`, 'no key\n', { mode: 0o600 })
  const { commandOn } = await import('../support/command.ts')
  const run = commandOn({ RECKONING_DATABASE_URL: own.url })
  const { code, stderr } = await run('release', '1.0.0', '--out', `${own.path}.zip`)
  expect([code, stderr]).toEqual([1, expect.stringContaining('No checkpoint of this log was signed yet.')])
  expect(existsSync(`${own.path}.zip`)).toBe(false)
})
