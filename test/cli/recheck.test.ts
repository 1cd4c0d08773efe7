import { expect, test } from 'vitest'
import { readArguments } from '../../src/cli/arguments.ts'
import { recheckThrough } from '../../src/cli/recheck.ts'
import { logCapture } from '../../src/ledger/capture/log-capture.ts'
import { saveCapture } from '../../src/ledger/capture/save-capture.ts'
import { recordForecast } from '../../src/ledger/forecast/record-forecast.ts'
import { fetchArticle } from '../../src/node/page-fetch.ts'
import { readHead } from '../../src/store/append.ts'
import { readRechecks } from '../../src/store/rechecks.ts'
import { aCapture, TEXT } from '../support/capture.ts'
import { contextOn } from '../support/command.ts'
import { aForecast, NOW, type TestLedger, testLedger } from '../support/ledger.ts'
import { page, web } from '../support/web.ts'

const SOURCE = '2026-11-the-talks-will-fail'
const ADDRESS = 'http://news.test/talks'

/** A ledger with the interview logged, whose page says what the test wants. */
async function rechecking() {
  const held = await testLedger()
  const { type, title, published, coverage } = aCapture().source as Record<string, string>
  const draft = aCapture({ source: { type, title, published, coverage, url: ADDRESS } })
  await logCapture(held.ledger, held.unit, (await saveCapture(held.ledger, held.unit, draft)).id)
  let html = ''
  const through = await web((_, response) =>
    html === '' ? response.writeHead(404).end() : page(response, html),
  )
  const command = recheckThrough((url) => fetchArticle(url, through))
  return Object.assign(held, {
    shows: (text: string) => {
      html =
        text === ''
          ? ''
          : `<title>The talks will fail</title><article><p>${text.trim().replaceAll('\n\n', '</p><p>')}</p></article>`
    },
    recheck: (...words: string[]) => command.run(contextOn(held.url), readArguments(command, words)),
  }) as TestLedger & {
    shows: (text: string) => void
    recheck: (...words: string[]) => ReturnType<typeof command.run>
  }
}

test('a page that still says what was quoted is found as it was, and the ledger stays as it is', async () => {
  const { ledger, shows, recheck } = await rechecking()
  const before = await readHead(ledger.db)
  shows(TEXT)
  const outcome = await recheck()
  expect([outcome.exit, outcome.text]).toEqual([0, `found ${SOURCE}: 4 quotes\n1 source: 1 found.`])
  expect(await readHead(ledger.db)).toEqual(before)
  expect(await readRechecks(ledger.db)).toMatchObject([
    { source: SOURCE, title: 'The talks will fail', at: NOW.toISOString(), state: 'found', url: ADDRESS },
  ])
})

test('a quote that stands elsewhere on the page is found', async () => {
  const { shows, recheck } = await rechecking()
  shows(`An editor’s note, added later.\n\n${TEXT.split('\n\n').reverse().join('\n\nAnd then:\n\n')}`)
  expect((await recheck()).exit).toBe(0)
})

test('a changed quote and one that vanished are told, with what stands there now, and the worst is the state of the source', async () => {
  const { ledger, shows, recheck } = await rechecking()
  shows(TEXT.replace('will probably fail', 'could possibly fail'))
  const changed = await recheck(SOURCE)
  expect(changed.exit).toBe(1)
  expect(changed.text).toContain(
    `changed ${SOURCE}_the-talks-fail: “The talks will probably fail before the end of the year,”`,
  )
  expect(changed.text).toMatch(
    /now \(\d\d % alike\): “The talks could possibly fail before the end of the year,”/u,
  )
  expect(await readRechecks(ledger.db)).toMatchObject([{ state: 'changed' }])

  shows(TEXT.replace(/“Nobody.*”/u, ''))
  const vanished = await recheck()
  expect([vanished.exit, vanished.text]).toEqual([
    1,
    expect.stringContaining(`vanished ${SOURCE}_nobody-wants-to-pay-for-peace`),
  ])
  const [kept, ...others] = await readRechecks(ledger.db)
  expect(others).toEqual([])
  expect(kept).toMatchObject({ state: 'vanished' })
  expect(kept?.quotes.map(({ state }) => state).sort()).toEqual(['found', 'found', 'found', 'vanished'])
  expect(vanished.json).toMatchObject({ sources: [{ source: SOURCE, state: 'vanished' }] })
})

test('a page that cannot be read is unreachable and says why, which changes nothing about its quotes', async () => {
  const { ledger, shows, recheck } = await rechecking()
  shows('')
  const outcome = await recheck()
  expect([outcome.exit, outcome.text]).toEqual([
    0,
    `unreachable ${SOURCE}: the page answers with status 404 instead of a page\n1 source: 1 unreachable.`,
  ])
  expect(await readRechecks(ledger.db)).toMatchObject([
    { state: 'unreachable', quotes: [], because: 'answers with status 404 instead of a page' },
  ])
})

test('a private address in the ledger is never asked', async () => {
  const { ledger, unit, recheck } = await rechecking()
  const source = { title: 'Inside', type: 'article', url: 'http://127.0.0.1/secret', published: '2026-11-01' }
  await recordForecast(ledger, unit, aForecast({ source }))
  expect((await recheck('2026-11-inside')).text).toContain(
    'unreachable 2026-11-inside: the page is not an address of the public internet',
  )
})

test('only the sources that are named are fetched, and a name that is none is told', async () => {
  const { ledger, unit, shows, recheck } = await rechecking()
  shows(TEXT)
  await recordForecast(
    ledger,
    unit,
    aForecast({ source: { title: 'A speech', type: 'speech', published: '2026-11-01' } }),
  )
  expect((await recheck()).json).toMatchObject({ sources: [{ source: SOURCE }] })
  for (const name of ['nothing', '2026-11-a-speech'])
    await expect(recheck(SOURCE, name)).rejects.toMatchObject({ code: 'not_found' })
})
