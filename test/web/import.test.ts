import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { openSecret } from '../../src/ledger/members/membership.ts'
import { readHead } from '../../src/store/append.ts'
import { root } from '../support/process.ts'
import { MARKUP } from '../support/rare.ts'
import { fieldValue, ORIGIN, type Site, site } from '../support/site.ts'

const ROWS = 'title,probability,outcome,date\nRain falls,0.7,1,2025-04-08\nSnow falls,20 %,,2026-05-08\n'

/** A recorder at the page, without script: each press sends what the page before held. */
async function importing(held: Site) {
  const session = await openSecret(held.ledger, held.host.now(), held.unit.by.member, 'session')
  let page = ''
  const post = async (body: FormData) => {
    const answer = await held.send('/import', {
      method: 'POST',
      body,
      headers: { cookie: `sid=${session}`, origin: ORIGIN },
    })
    page = answer.text
    return answer
  }
  return {
    text: () => page,
    choose: (...files: [string, BlobPart][]) => {
      const form = new FormData()
      for (const [name, bytes] of files) form.append('file', new File([bytes], name))
      return post(form)
    },
    press: (does: string, typed: Record<string, string> = {}) => {
      const form = new FormData()
      const hidden = page.matchAll(/<input type="hidden" name="(name|content|tried)" value="([^"]*)"/gu)
      for (const [, name = '', value = ''] of hidden) form.append(name, value)
      const names = [...page.matchAll(/<(?:select|input type="hidden"|input)[^>]* name="(\/[^"]*)"/gu)].map(
        ([, name]) => name,
      )
      for (const name of new Set(names)) {
        const value =
          typed[name as string] ?? (name === '/not_analyst' ? '' : (fieldValue(page, name as string) ?? ''))
        if (value !== '') form.append(name as string, value)
      }
      form.append('do', does)
      return post(form)
    },
  }
}
const SAID = { '/url': 'https://example.com/t', '/analyst': 'A model' }
const headOf = async ({ ledger }: Site) => (await readHead(ledger.db)).seq

test('a table is shown, tried and imported, and the receipt leads to what was recorded', async () => {
  const held = await site()
  const at = await importing(held)
  const before = await headOf(held)
  expect((await at.choose(['rain.csv', ROWS])).status).toBe(200)
  expect(at.text()).toContain('a table of 2 rows')
  for (const [name, column] of [
    ['/columns/probability', 'probability'],
    ['/columns/outcome', 'outcome'],
    ['/columns/date', 'date'],
    ['/title', '{title}'],
  ] as const)
    expect([name, fieldValue(at.text(), name)]).toEqual([name, column])
  expect((await at.press('try', SAID)).text).toContain(
    'It would record 1 analyst, 1 source, 2 statements, 2 questions, 2 forecasts, 1 resolution.',
  )
  expect(await headOf(held)).toBe(before)
  const done = await at.press('import')
  expect(done.text).toContain('Recorded 1 analyst, 1 source, 2 statements')
  expect(done.text).toContain('href="/sources/rain-csv"')
  expect(done.text).toContain('href="/analysts/a-model"')
  const again = await importing(held)
  await again.choose(['rain.csv', ROWS])
  expect((await again.press('try', SAID)).text).toContain('Nothing would be new.')
})

test('what was changed since it was tried is tried again before it is imported', async () => {
  const held = await site()
  const at = await importing(held)
  await at.choose(['rain.csv', ROWS])
  await at.press('try', SAID)
  const before = await headOf(held)
  const other = await at.press('import', { '/analyst': 'Another model' })
  expect(other.text).toContain('It would record 1 analyst')
  expect(await headOf(held)).toBe(before)
  expect((await at.press('import')).text).toContain('href="/analysts/another-model"')
})

test('what is chosen can be saved, and a table with it beside needs nothing more', async () => {
  const held = await site()
  const at = await importing(held)
  await at.choose(['rain.csv', ROWS])
  const saved = await at.press('mapping', SAID)
  expect(saved.headers.get('content-disposition')).toContain('rain.csv.mapping.yaml')
  expect(saved.text).toContain('analyst: A model')
  await at.choose(['rain.csv', ROWS], ['rain.csv.mapping.yaml', saved.text])
  await at.press('try')
  expect((await at.press('import')).text).toContain('Recorded 1 analyst')
})

test('-1 is asked about, and each problem stands with its line', async () => {
  const held = await site()
  const at = await importing(held)
  await at.choose(['rain.csv', ROWS.replace('0.7,1', '0.7,-1')])
  expect(at.text()).toContain('“<bdi>-1</bdi>” means')
  const tried = await at.press('try', SAID)
  expect(tried.text).toContain('1 problem: nothing is imported')
  expect(tried.text).toContain('line 2')
  expect(tried.text).toContain('<mark>-1</mark>')
  expect(tried.text).not.toContain('--outcome')
  expect((await at.press('import', SAID)).status).toBe(422)
  expect((await at.press('try', { ...SAID, '/outcomes/meaning': 'annulled' })).text).toContain('1 resolution')
})

test('whose forecasts these are is asked, and a column of names is not passed over', async () => {
  const held = await site()
  const at = await importing(held)
  await at.choose([
    't.csv',
    'title,who,probability,outcome,date\nRain,ann,.3,0,2024-04-10\nRain,bob,.6,0,2024-04-10\n',
  ])
  expect(fieldValue(at.text(), '/columns/analyst')).toBe('who')
  const both = await at.press('try', SAID)
  expect([both.status, both.text]).toEqual([422, expect.stringContaining('leave one of them out')])
  const none = await at.press('try', { ...SAID, '/columns/analyst': '' })
  expect(none.text).toContain('Whose probabilities')
  await at.press('try', { '/url': SAID['/url'], '/analyst': '', '/columns/analyst': 'who' })
  const done = await at.press('import', { '/url': SAID['/url'], '/analyst': '', '/columns/analyst': 'who' })
  expect(done.text).toContain('Recorded 2 analysts')
})

test('options, numbers and their range are told by fields, and only outcomes of yes and no are asked about', async () => {
  const held = await site()
  const at = await importing(held)
  const rows = [
    'title,answer option,probability,p10,median,p90,unit,outcome,date,criteria',
    'Rain falls,,0.7,,,,,-1,2025-04-08,As the office says.',
    'Who runs it,The town,0.6,,,,,A firm,2025-05-08,',
    'Who runs it,A firm,0.4,,,,,A firm,2025-05-08,',
    'Boats,,,10,20,40,boats,25,2025-06-08,',
  ].join('\n')
  await at.choose(['t.csv', rows])
  for (const [name, column] of [
    ['/columns/option', 'answer option'],
    ['/columns/criteria', 'criteria'],
    ['/columns/unit', 'unit'],
    ['/quantiles/level', '0.1'],
  ] as const)
    expect([name, fieldValue(at.text(), name)]).toEqual([name, column])
  expect([...at.text().matchAll(/“<bdi>([^<]*)<\/bdi>” means/gu)].map(([, cell]) => cell)).toEqual(['-1'])
  const typed = { ...SAID, '/outcomes/meaning': 'annulled', '/quantiles/column': 'p10' }
  const without = await at.press('try', typed)
  expect([without.status, without.text]).toEqual([422, expect.stringContaining('All answers from')])
  const told = { ...typed, '/range/low': '0', '/range/high': '100' }
  expect((await at.press('try', told)).text).toContain(
    'It would record 1 analyst, 1 source, 3 statements, 3 questions',
  )
  const saved = await at.press('mapping', told)
  expect(saved.text).toContain('range:\n  low: 0\n  high: 100\n')
  await at.choose(['t.csv', rows], ['t.csv.mapping.yaml', saved.text])
  await at.press('try')
  expect((await at.press('import')).text).toContain('Recorded 1 analyst')
})

test('an option that is chosen by nobody stops the import, and the page says where it is chosen', async () => {
  const at = await importing(await site())
  await at.choose([
    't.csv',
    'title,choice,probability,outcome,date\nQ,A,.3,0,2024-04-10\nQ,B,.6,1,2024-04-10\n',
  ])
  const sum = await at.press('try', SAID)
  expect(sum.text).toContain('adds up to 0.9, not to 1')
  const none = await at.press('try', { ...SAID, '/columns/option': '' })
  expect(none.text).toContain('Choose it as “Option”')
  expect(none.text).not.toContain('--')
})

test('predictions files are tried and imported too', async () => {
  const held = await site()
  const at = await importing(held)
  await at.choose(['analysts.yaml', 'analysts:\n  - id: ada-lovelace\n    name: Ada Lovelace\n'])
  expect(at.text()).toContain('It would record 1 analyst.')
  expect((await at.press('import')).text).toContain('href="/analysts/ada-lovelace"')
})

test.each<[string, string, BlobPart, RegExp]>([
  ['a spreadsheet', 'a.xlsx', 'x', /save the sheet as \.csv/u],
  ['a list in Markdown', 'a.markdown', '- It rains: 20%', /“reckon draft”/u],
  ['a list of lines', 'a.txt', 'Weather\nIt rains: 20%', /“reckon draft”/u],
  ['an archive', 'a.csv', 'PK\u0003\u0004', /unpack it/u],
  ['NUL', 'a.csv', 'title\n\u0000\n', /not text/u],
  [
    '10,000 columns',
    'a.csv',
    `${Array.from({ length: 10_000 }, (_, i) => `c${i}`)}\n${','.repeat(9_999)}\n`,
    /at most 200/u,
  ],
  ['one line of 4 MB', 'a.csv', 'x'.repeat(4_000_000), /no row below the header/u],
])('%s is refused in words', async (_, name, bytes, why) => {
  const at = await importing(await site())
  await at.choose([name, bytes])
  expect(at.text()).toMatch(why)
})

test('markup in the name, the header and every cell stays text', async () => {
  const at = await importing(await site())
  const cell = `"${MARKUP.replaceAll('"', '""')}"`
  await at.choose([`${MARKUP}.csv`.replaceAll('"', ''), `${cell},a\n${cell},${cell}\n`])
  expect(at.text()).toContain('a table of 1 row')
  await at.press('try', {
    ...SAID,
    '/columns/probability': 'a',
    '/columns/outcome': 'a',
    '/columns/date': 'a',
  })
  expect(at.text()).toContain('1 problem: nothing is imported')
  expect(at.text()).not.toContain('<script>alert')
  expect(at.text()).not.toContain('<b>bold')
})

test('only a recorder sees it, and a form beyond its bound is refused', async () => {
  const held = await site()
  const reader = await held.join('Rhea', 'reader')
  expect((await (await held.signedIn(reader)).get('/import')).status).toBe(403)
  expect((await held.anonymous.get('/import')).status).toBe(401)
  const at = await importing(held)
  expect((await at.choose(['a.csv', 'x'.repeat(8_500_000)])).status).toBe(413)
})

test('the file of a tracker is known by what is in it, and only what it does not say is asked', async () => {
  const held = await site()
  const at = await importing(held)
  const rows = readFileSync(join(root, 'test/fixtures/trackers/fatebook-export.csv'), 'utf8')
  await at.choose(['predictions.csv', rows])
  expect(at.text()).toContain('This is a CSV export of Fatebook')
  expect(at.text()).not.toContain('name="/columns/')
  expect(at.text()).not.toContain('name="/analyst"')
  const unsaid = await at.press('try', { '/url': 'https://fatebook.example/ann' })
  expect(unsaid.status).toBe(422)
  expect(unsaid.text).toContain('the times in the file bear no zone')
  const said = { '/url': 'https://fatebook.example/ann', '/time_zone': 'Europe/London' }
  const tried = await at.press('try', said)
  expect(tried.text).toContain('It would record 2 analysts, 1 source, 9 statements, 7 questions, 9 forecasts')
  expect(tried.text).toContain('Left out: 1 forecast made after the question was due or decided (line 9).')
  expect((await at.press('mapping')).text).toBe(
    'url: https://fatebook.example/ann\ntime_zone: Europe/London\n',
  )
  await at.choose(['predictions.csv', rows])
  await at.press('try', said)
  expect((await at.press('import')).text).toContain('href="/analysts/ann-lark"')
})

test('JSON of no tracker that is known is refused in words', async () => {
  const at = await importing(await site())
  const { status, text } = await at.choose(['a.json', '{"forecasts": [1]}'])
  expect(status).toBe(422)
  expect(text).toContain('is JSON of no tracker that is known here')
})

test('an archive of Metaculus is known by what is in it, tried and imported', async () => {
  const held = await site()
  const at = await importing(held)
  const of = (name: string) =>
    readFileSync(new URL(`../fixtures/trackers/metaculus/${name}`, import.meta.url))
  const zip = zipSync({
    'question_data.csv': new Uint8Array(of('question_data.csv')),
    'forecast_data.csv': new Uint8Array(of('forecast_data.csv')),
  })
  await at.choose(['download.zip', new Uint8Array(zip)])
  expect(at.text()).toContain('This is a download of Metaculus')
  expect(at.text()).not.toContain('” means')
  const told = { '/url': 'https://metaculus.example/a-download' }
  expect((await at.press('try', told)).text).toContain('It would record 3 analysts')
  expect(at.text()).toContain('are aggregates')
  expect((await at.press('import', told)).text).toContain('Recorded 3 analysts')
  await at.choose(['question_data.csv', new Uint8Array(of('question_data.csv'))])
  expect(at.text()).toContain('forecast_data.csv is not there')
})

test('JSON of a tracker is counted by forecasts, and nothing is asked that its format says', async () => {
  const at = await importing(await site())
  const read = (name: string) => readFileSync(join(root, 'test/fixtures/trackers', name), 'utf8')
  await at.choose(['mine.json', read('predictionbook.json')])
  expect(at.text()).toContain('This is JSON of PredictionBook')
  expect(at.text()).toContain('<th scope="col">No.</th>')
  expect(at.text()).not.toContain('“<bdi>withdrawn</bdi>” means')
  const sets = ['questions', 'forecasts'].map((of) => `forecastbench-${of}.json`)
  await at.choose(...sets.map((name): [string, string] => [name, read(name)]))
  expect((await at.press('try', { '/url': 'https://example.com/round' })).text).toContain(
    'It would record 1 analyst, 1 source, 4 statements, 4 questions, 4 forecasts.',
  )
  expect((await at.press('import')).text).toContain('href="/sources/forecastbench-questions-json"')
  await at.choose(['market.json', read('manifold-market.json')])
  const unnamed = await at.press('try', { '/url': 'https://example.com/market' })
  expect(unnamed.text).toContain('because a market is nobody')
})
