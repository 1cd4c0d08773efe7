import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { readHead } from '../../src/store/append.ts'
import { root } from '../support/process.ts'
import { MARKUP } from '../support/rare.ts'
import { type Client, client } from './client.ts'

const MAPPING = { url: 'https://example.com/t', analyst: 'A model' }
const ROWS = 'title,probability,outcome,date\nRain falls,0.7,1,2025-04-08\nSnow falls,20 %,,2026-05-08\n'

const send = (held: Client, body: BodyInit, search: string, type?: string) =>
  held.send(`/api/import${search}`, {
    method: 'POST',
    body,
    headers: {
      authorization: `Bearer ${held.token}`,
      ...(type === undefined ? {} : { 'content-type': type }),
    },
  })
const query = (mapping: object, more = '') => `?mapping=${encodeURIComponent(JSON.stringify(mapping))}${more}`
const form = (parts: Record<string, string>, ...files: [string, BlobPart][]) => {
  const body = new FormData()
  for (const [name, bytes] of files) body.append('file', new File([bytes], name))
  for (const [name, text] of Object.entries(parts)) body.append(name, text)
  return body
}
const headOf = async ({ ledger }: Client) => (await readHead(ledger.db)).seq

test('a dry run says what would be recorded and writes nothing; the import then records it, and once', async () => {
  const held = await client()
  const before = await headOf(held)
  const dry = await send(held, ROWS, query(MAPPING, '&dry_run=true'), 'text/csv')
  expect(dry.status).toBe(200)
  expect(dry.json).toMatchObject({
    dry_run: true,
    findings: [],
    recorded: { analyst: 1, source: 1, statement: 2, question: 2, forecast: 2, resolution: 1 },
  })
  expect(await headOf(held)).toBe(before)

  const done = await send(held, ROWS, query(MAPPING), 'text/csv')
  expect(done.json).toEqual({ ...dry.json, dry_run: false })
  expect(await headOf(held)).toBe(before + Number(dry.json.entries))
  const again = await send(held, ROWS, query(MAPPING), 'text/csv')
  expect(again.json).toMatchObject({ entries: 0, recorded: {}, unchanged: 9 })
  expect((await held.get('/api/forecasts')).json.items).toHaveLength(2)
})

test('the file itself, a form with a mapping in YAML, and JSON are one and the same import', async () => {
  const held = await client()
  const yaml = 'url: https://example.com/t\nanalyst: A model\n'
  const asked = [
    await send(held, ROWS, query(MAPPING, '&dry_run=true&name=table.csv'), 'text/csv; charset=utf-8'),
    await send(held, form({ mapping: yaml, dry_run: 'true' }, ['table.csv', ROWS]), ''),
    await held.post('/api/import', {
      files: [{ name: 'table.csv', text: ROWS }],
      mapping: MAPPING,
      dry_run: true,
    }),
  ]
  expect(asked.map(({ status }) => status)).toEqual([200, 200, 200])
  expect(asked[1]?.json).toEqual(asked[0]?.json)
  expect(asked[2]?.json).toEqual(asked[0]?.json)
})

test('what is wrong is told with its line, its column and how to mend it, and nothing is written', async () => {
  const held = await client()
  const before = await headOf(held)
  const rows = 'title,probability,outcome,date\nRain falls,1.7,-1,2025-04-08\n'
  const dry = await send(held, rows, query(MAPPING, '&dry_run=true'), 'text/csv')
  expect(dry.json.findings).toMatchObject([
    {
      path: 'table.csv',
      line: 2,
      column: 12,
      code: 'table_value',
      excerpt: { text: 'Rain falls,1.7,-1,2025-04-08' },
    },
    { line: 2, column: 16, remedy: expect.stringContaining('-1') },
  ])
  const refused = await send(held, rows, query(MAPPING), 'text/csv')
  expect([refused.status, refused.json.code]).toEqual([422, 'invalid'])
  expect(refused.json.errors).toMatchObject([
    { message: expect.stringMatching(/^table\.csv, line 2, column 12: .*Write 0\.7 or 70 %/u) },
    { message: expect.stringContaining('line 2, column 16') },
  ])
  expect(await headOf(held)).toBe(before)
  const told = { ...MAPPING, outcomes: [{ value: '-1', meaning: 'annulled' }] }
  const mended = await send(held, rows.replace('1.7', '.7'), query(told), 'text/csv')
  expect(mended.json).toMatchObject({ recorded: { resolution: 1 } })
})

test('what the ledger holds otherwise is refused by its own code', async () => {
  const held = await client()
  await send(held, ROWS, query(MAPPING), 'text/csv')
  const other = ROWS.replace('0.7,1', '0.7,0')
  const dry = await send(held, other, query(MAPPING, '&dry_run=true'), 'text/csv')
  expect(dry.json).toMatchObject({ entries: 0, refused: [{ noun: 'resolution', code: 'frozen' }] })
  const refused = await send(held, other, query(MAPPING), 'text/csv')
  expect([refused.status, refused.json.code]).toEqual([409, 'frozen'])
})

test('UTF-16, a BOM, semicolons with decimal commas and bars are read as the command reads them', async () => {
  const held = await client()
  const wide = new Uint8Array(Buffer.from(`\ufeff${ROWS}`, 'utf16le'))
  const bars = ROWS.replaceAll(',', '|')
  const commas = ROWS.replaceAll(',', ';').replace('0.7', '0,7')
  for (const body of [wide, `\ufeff${ROWS}`, bars, commas, ROWS.replaceAll('\n', ',,\n')]) {
    const { json } = await send(held, body as BodyInit, query(MAPPING, '&dry_run=true'), 'text/csv')
    expect(json).toMatchObject({ findings: [], recorded: { forecast: 2 } })
  }
})

test('predictions files come in too, without the folders in which they stand', async () => {
  const held = await client()
  const folder = join(root, 'predictions')
  const files = ['analysts.yaml', 'questions.yaml', '2024/2024-04-alphanews-kalachev.yaml'].flatMap(
    (path): [string, BlobPart][] => {
      const bytes = readFileSync(join(folder, path))
      return [[path.split('/').at(-1) as string, bytes as unknown as BlobPart]]
    },
  )
  const zip = new Uint8Array(
    zipSync(
      Object.fromEntries(files.map(([name, bytes]) => [`a folder/${name}`, new Uint8Array(bytes as never)])),
    ),
  )
  const dry = await send(held, zip, '?dry_run=true', 'application/zip')
  expect(dry.json).toMatchObject({ findings: [], recorded: { analyst: 1, source: 1 } })
  const { status, json } = await send(held, form({}, ...files), '')
  expect([status, json.findings]).toEqual([200, []])
  expect(json.recorded).toMatchObject({ analyst: 1, source: 1 })
  expect((await send(held, form({}, ...files), '')).json).toMatchObject({ entries: 0 })
  expect((await send(held, zip, '', 'application/zip')).json).toMatchObject({ findings: [], entries: 0 })
})

test.each<[string, string, BlobPart, RegExp]>([
  ['a spreadsheet', 'a.xlsx', 'x', /save the sheet as \.csv/u],
  [
    'a spreadsheet that is called otherwise',
    'a.csv',
    'PK\u0003\u0004\u0014',
    /save the sheet as \.csv, or unpack/u,
  ],
  ['an archive of nothing but noughts', 'a.zip', 'PK\u0003\u0004\u0014', /unpack/u],
  ['something packed', 'a.csv', new Uint8Array([0x1f, 0x8b, 8, 0]), /gzip/u],
  ['a list of claims', 'a.json', '[]', /“reckon draft”/u],
  ['a text', 'a.docx', 'x', /\/capture/u],
  ['nothing', 'a.csv', '', /empty/u],
  ['NUL', 'a.csv', 'title,probability\n\u0000,1\n', /not text/u],
  ['bytes of no text', 'a.csv', new Uint8Array([0xff, 0x41, 0xfe]), /not text/u],
  ['one line of 16 MB', 'a.csv', 'x'.repeat(16_000_000), /row/u],
  ['quotes that never end', 'a.csv', `title,probability\n"${'x'.repeat(1_000_000)}`, /quotation mark/u],
  [
    '10,000 columns',
    'a.csv',
    `${Array.from({ length: 10_000 }, (_, i) => `c${i}`)}\n${','.repeat(9_999)}\n`,
    /no column/u,
  ],
  [
    'markup in every cell',
    'a.csv',
    `title,probability,outcome,date\n${`${MARKUP.replaceAll('"', "'")},`.repeat(3)}x\n`,
    /date is/u,
  ],
])('%s is refused, and told what to do', async (_, name, bytes, why) => {
  const held = await client()
  const before = await headOf(held)
  const { status, json } = await send(held, form({ mapping: JSON.stringify(MAPPING) }, [name, bytes]), '')
  expect([status, json.detail]).toEqual([422, expect.stringMatching(why)])
  expect(await headOf(held)).toBe(before)
})

test('a body beyond 16 MiB, a broken form, a stray part and a mapping that is none are refused', async () => {
  const held = await client()
  const beyond = await send(held, 'x'.repeat(16 * 1024 * 1024 + 1), query(MAPPING), 'text/csv')
  expect([beyond.status, beyond.json.detail]).toEqual([413, expect.stringContaining('with the command')])
  expect((await send(held, 'x', '', 'multipart/form-data; boundary=y')).status).toBe(400)
  expect((await send(held, form({ other: 'x' }, ['a.csv', ROWS]), '')).status).toBe(400)
  expect((await send(held, ROWS, '?mapping=%7B', 'text/csv')).status).toBe(422)
  expect((await send(held, ROWS, query({ url: 'x' }), 'text/csv')).json.errors).toMatchObject([
    { pointer: '/mapping/url' },
  ])
  expect((await send(held, ROWS, query({ url: MAPPING.url }), 'text/csv')).json.errors).toMatchObject([
    { pointer: '/mapping/analyst' },
  ])
  expect((await send(held, ROWS, '', 'text/csv')).json.errors).toMatchObject([{ pointer: '/mapping' }])
  expect((await send(held, ROWS, '', 'image/png')).status).toBe(415)
})

test('a file gives nobody a right: outcomes are for a resolver, and under four eyes for two', async () => {
  const held = await client()
  const recorder = { ...held, token: (await held.join('Rosa', 'recorder')).token }
  const before = await headOf(held)
  for (const more of ['', '&dry_run=true']) {
    const { status, json } = await send(recorder, ROWS, query(MAPPING, more), 'text/csv')
    expect([status, json.detail]).toEqual([403, expect.stringContaining('a resolver records')])
  }
  expect(await headOf(held)).toBe(before)
  const open = await send(recorder, ROWS.replace('0.7,1', '0.7,'), query(MAPPING), 'text/csv')
  expect(open.json).toMatchObject({ recorded: { forecast: 2 } })

  await held.join('Rita', 'resolver')
  const decided = await send(held, ROWS, query(MAPPING), 'text/csv')
  expect(decided.json).toMatchObject({ recorded: { resolution: 1 } })
  const { items } = (await held.get('/api/questions?state=proposed')).json as { items: unknown[] }
  expect(items).toHaveLength(1)
})

test('only who may record imports, and what is imported counts against the day of the member', async () => {
  const held = await client({
    quotas: { daily_entries: 5, daily_mb: 0, drafts: 0, drafts_mb: 0, tokens: 0, sessions: 0 },
  })
  const reader = await held.join('Rhea', 'reader')
  const forbidden = await send({ ...held, token: reader.token }, ROWS, query(MAPPING), 'text/csv')
  expect(forbidden.status).toBe(403)
  const tooMuch = await send(held, ROWS, query(MAPPING), 'text/csv')
  expect([tooMuch.status, tooMuch.json.detail]).toEqual([
    429,
    expect.stringContaining('import with the command'),
  ])
})

test('the file of a tracker needs an address and, where its times bear none, a zone', async () => {
  const held = await client()
  const rows = readFileSync(join(root, 'test/fixtures/trackers/fatebook-export.csv'), 'utf8')
  const sent = (mapping?: object) => send(held, rows, mapping === undefined ? '' : query(mapping), 'text/csv')
  expect((await sent()).json.detail).toContain('is needed: the url at which')
  const url = 'https://fatebook.example/ann'
  expect((await sent({ url })).json.errors).toEqual([
    { pointer: '/mapping/time_zone', message: expect.stringContaining('bear no zone') },
  ])
  expect((await sent({ url, time_zone: 'UTC', analyst: 'A' })).json.errors).toMatchObject([
    { pointer: '/mapping/analyst', message: expect.stringContaining('who made each forecast') },
  ])
  const done = await sent({ url, time_zone: 'UTC' })
  expect(done.json).toMatchObject({
    recorded: { analyst: 2, forecast: 9 },
    notes: [expect.any(String), expect.any(String)],
  })
  expect((await sent({ url, time_zone: 'UTC' })).json).toMatchObject({ entries: 0 })
})

test('a download of Metaculus comes in as its archive or as its two files, and what is too large in one is refused', async () => {
  const held = await client()
  const of = (name: string) => readFileSync(join(root, 'test/fixtures/trackers/metaculus', name))
  const files: [string, Uint8Array<ArrayBuffer>][] = ['forecast_data.csv', 'question_data.csv'].map(
    (name) => [name, new Uint8Array(of(name))],
  )
  const zip = new Uint8Array(zipSync(Object.fromEntries(files)))
  const told = { url: 'https://metaculus.example/a-download', source: 'A download' }
  const dry = await send(held, zip, query(told, '&dry_run=true'), 'application/zip')
  expect(dry.json).toMatchObject({ findings: [], recorded: { question: 9, forecast: 13 } })
  expect(dry.json.notes).toContainEqual(expect.stringContaining('aggregates'))
  const done = await send(held, form({ mapping: JSON.stringify(told) }, ...files), '')
  expect(done.json).toMatchObject({ recorded: { question: 9, forecast: 13 } })
  expect((await send(held, zip, query(told), 'application/zip')).json).toMatchObject({ entries: 0 })
  const options = (await held.get('/api/questions?limit=200')).json.items as { type?: string }[]
  expect(new Set(options.map(({ type }) => type))).toEqual(
    new Set([undefined, 'multiple_choice', 'numeric', 'date']),
  )
  const bomb = new Uint8Array(zipSync({ 'a.csv': new Uint8Array(40 * 1024 * 1024) }))
  const refused = await send(held, bomb, query(told), 'application/zip')
  expect([refused.status, refused.json.detail]).toEqual([422, expect.stringContaining('32 MiB')])
})

test.each(['log.jsonl', 'entries.ndjson', 'answer.json'])(
  '%s, which a Reckoning wrote, is refused with what to do instead',
  async (name) => {
    const held = await client()
    const text = '{"seq": 0, "stream": "analyst:a", "type": "analyst.recorded", "payload": {}}'
    const { status, json } = await send(held, form({ mapping: JSON.stringify(MAPPING) }, [name, text]), '')
    expect(status).toBe(422)
    expect(json.detail).toContain('predictions files of `reckon export DIR`')
  },
)

test('JSON of a tracker is sent as a file with its name, in a form, or as text', async () => {
  const held = await client()
  const text = readFileSync(join(root, 'test/fixtures/trackers/predictionbook.json'), 'utf8')
  const mapping = { url: 'https://predictionbook.example/api' }
  const dry = '&dry_run=true'
  const asked = [
    await send(held, text, query(mapping, `${dry}&name=mine.json`), 'application/octet-stream'),
    await send(held, form({ mapping: JSON.stringify(mapping), dry_run: 'true' }, ['mine.json', text]), ''),
    await held.post('/api/import', { files: [{ name: 'mine.json', text }], mapping, dry_run: true }),
  ]
  for (const { status, json } of asked)
    expect([status, json]).toMatchObject([200, { findings: [], recorded: { analyst: 2, forecast: 5 } }])
})
