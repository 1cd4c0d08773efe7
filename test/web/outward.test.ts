import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApp } from '../../src/app.ts'
import { listForecasts } from '../../src/store/forecasts.ts'
import { patient } from '../support/by-files.ts'
import { importWorkedExample, inventedLedger } from '../support/invented.ts'
import type { TestLedger } from '../support/ledger.ts'
import { recordRare } from '../support/rare.ts'

const ORIGIN = 'http://localhost'
/** Of the addresses of one shape so many are opened that are only linked to; of the worked example all. */
const OF_A_SHAPE = 1

type Answer = { path: string; type: string; headers: Headers; text: string }
let held: TestLedger & { close: () => Promise<void> }
let answers: Answer[]
/** Whoever spoke, and the questions that we asked of what they said; where they said its very words, they said them. */
let pairs: { name: string; title: string }[]

beforeAll(async () => {
  held = await inventedLedger(3)
  await recordRare(held)
  await importWorkedExample(held)
  const { items } = await listForecasts(held.ledger.db, {}, held.host.now(), { limit: 5000 })
  pairs = items
    .filter(({ statement, question }) => !statement.quote.exact.includes(question.record.title))
    .map(({ analyst, question }) => ({ name: analyst.name, title: question.record.title }))
  const app = createApp(held.host)
  answers = await everything(async (path) => {
    const response = await app.request(`${ORIGIN}${path}`, { headers: { accept: '*/*' } })
    const type = response.headers.get('content-type') ?? ''
    return {
      path,
      type,
      headers: response.headers,
      text: /^image\/png/u.test(type) ? '' : await response.text(),
    }
  })
}, patient(240_000))
afterAll(async () => {
  await held.close()
})

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }
const read = (html: string) => html.replaceAll(/&(#?\w+);/gu, (whole, name) => NAMED[name] ?? whole)

/** What names an address apart from the record that it is of. */
const shapeOf = (path: string) =>
  path.replaceAll(/(?<=\/)[^/?#]*\d[^/?#]*|(?<==)[^&]*/gu, '*').replaceAll(/(?<=analysts\/)[^/?.]+/gu, '*')

/** Every page, frame, picture, feed and answer that is reached from the front page, and those that nobody links to. */
async function everything(get: (path: string) => Promise<Answer>): Promise<Answer[]> {
  const { items } = await listForecasts(held.ledger.db, {}, held.host.now(), { limit: 200 })
  const own = items.filter(({ source }) => source.id.startsWith('2024-04')).concat(items.slice(0, 3))
  const found: Answer[] = []
  const seen = new Set<string>()
  const opened = new Map<string, number>()
  const waiting = [
    '/',
    '/ledger',
    '/analysts',
    '/sources',
    '/due',
    '/methods',
    '/api/forecasts',
    '/api/forecasts.csv',
    '/compare?analysts=konstantin-kalachev,zoe-i-quinn-i',
    ...own.flatMap(({ forecast: { record }, analyst }) => [
      `/forecasts/${record.id}`,
      `/embed/forecasts/${record.id}`,
      `/api/forecasts/${record.id}`,
      `/questions/${record.question}`,
      `/analysts/${analyst.id}`,
      `/embed/analysts/${analyst.id}`,
    ]),
  ]
  const first = new Set(waiting)
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    if (seen.has(path)) continue
    seen.add(path)
    const shape = shapeOf(path)
    const n = opened.get(shape) ?? 0
    opened.set(shape, n + 1)
    if (n >= OF_A_SHAPE && !first.has(path)) continue
    const answer = await get(path)
    found.push(answer)
    if (!answer.type.startsWith('text/html')) continue
    for (const [, link = ''] of answer.text.matchAll(/(?:href|src|content)="([^"#]+)/gu)) {
      const local = read(link).replace(ORIGIN, '')
      // A picture has the words of its page; one of the past is made whole from the log, and says what that page does.
      if (/^\/(?!\/|assets|sign-in)/u.test(local) && !/\.png|as_of=|since=/u.test(local)) waiting.push(local)
    }
  }
  return found
}

/** What of a page is shown without the page: where it is shared, cited, framed, listed and read by machines. */
function outwardOf({ type, headers, text }: Answer): string[] {
  const all = (pattern: RegExp) => [...text.matchAll(pattern)].map(([, found = '']) => read(read(found)))
  const filename = headers.get('content-disposition') ?? ''
  if (type.startsWith('text/html'))
    return [
      filename,
      ...all(/<title[^>]*>([^<]*)/gu),
      ...all(/<desc[^>]*>([^<]*)/gu),
      ...all(/<meta [^>]*content="([^"]*)"/gu),
      ...all(/ (?:title|alt|aria-label)="([^"]*)"/gu),
      ...all(/<pre[^>]*>([^<]*)/gu),
      ...all(/"(?:name|headline|text|description|claimReviewed|title)":"((?:[^"\\]|\\.)*)"/gu),
    ]
  if (type.includes('svg')) return [...all(/aria-label="([^"]*)"/gu), ...all(/<title[^>]*>([^<]*)/gu)]
  if (type.includes('xml')) return all(/<(?:title|summary|name|description)[^>]*>([^<]*)/gu)
  if (type.includes('json') || type.includes('csv') || type.includes('calendar'))
    return [filename, ...all(/"((?:[^"\\]|\\.)*)"/gu), ...all(/^SUMMARY:(.*)$/gmu)]
  return [filename]
}

test('it opened pages, frames and answers of every kind', () => {
  expect(answers.length).toBeGreaterThan(40)
  for (const kind of ['/forecasts/', '/questions/', '/analysts/', '/embed/', '/api/'])
    expect(answers.filter(({ path }) => path.startsWith(kind)).length, kind).toBeGreaterThan(0)
})

test('no title, picture, citation, label or file for machines puts our question beside a speaker’s name', () => {
  const titles = [...new Map(pairs.map((pair) => [`${pair.name} ${pair.title}`, pair])).values()]
  const wrong = answers.flatMap((answer) =>
    outwardOf(answer).flatMap((said) =>
      titles
        .filter(({ name, title }) => said.includes(name) && said.includes(title))
        .map(({ name, title }) => `${answer.path}: ${said.slice(0, 200)} [${name}] [${title}]`),
    ),
  )
  expect([...new Set(wrong)]).toEqual([])
})

test('nowhere does the outcome of our question stand in the row of a quote as if it were the verdict on it', () => {
  const rows = answers
    .filter(({ type }) => type.startsWith('text/html'))
    .flatMap(({ path, text }) =>
      [...text.matchAll(/<(tr|li|article|blockquote)\b(?:(?!<\1\b).)*?<\/\1>/gsu)].map(([row]) => ({
        path,
        row,
      })),
    )
    .filter(({ row }) => /<q[ >]|class="words/u.test(row))
  expect(rows.length).toBeGreaterThan(20)
  expect(rows.filter(({ row }) => /resolved (?:yes|no)/u.test(row)).map(({ path }) => path)).toEqual([])
})

test('the page of a forecast says in its title what was said, by whom and when, in the words of the source', () => {
  const page = answers.find(({ path }) => path === '/forecasts/2024-04-alphanews-kalachev_new-war')
  expect(read(/<title>([^<]*)/u.exec(page?.text ?? '')?.[1] ?? '')).toBe(
    '“If escalation means a new war, then no, there will be no war” (Konstantin Kalachev, 1–8 Apr 2024) · Reckoning',
  )
  expect(page?.text).toMatch(/<b>Came true<\/b>.*no new war began/su)
  expect(page?.text).not.toContain('resolved no')
})
