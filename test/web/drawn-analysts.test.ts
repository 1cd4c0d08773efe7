import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApp } from '../../src/app.ts'
import { expectedText, partOf } from '../../src/scoring/figure-text.ts'
import { SENTENCES, type SentenceId, type Sentences, sentencesOf } from '../../src/scoring/sentences.ts'
import { type RecordDocument, readTrackRecord } from '../../src/store/documents/track-record.ts'
import { AS_OF } from '../scoring/a-unit.ts'
import { patient } from '../support/by-files.ts'
import { drawnAnalysts, idOf } from '../support/drawn-analysts.ts'
import { generatedAnalysts } from '../support/generated-analysts.ts'
import { ORIGIN } from '../support/site.ts'

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', '#39': "'" }
/** What is read: no tags, one blank between words. */
const read = (html: string) =>
  html
    .replaceAll(/<[^>]*>/gu, ' ')
    .replaceAll(/&(lt|gt|amp|quot|#39);/gu, (_, entity) => ENTITIES[entity] ?? '')
    .replaceAll(/[\s\u00a0]+/gu, ' ')

type View = 'live' | 'all'
type Drawn = { html: string; text: string; record: RecordDocument; said: Sentences }

let held: Awaited<ReturnType<typeof drawnAnalysts>>['held']
let get: (path: string) => Promise<{ status: number; text: string }>
const pages = new Map<string, Drawn>()
const names = generatedAnalysts().map(({ name, what }) => ({ name, what }))
const VIEWS: View[] = ['live', 'all']
const pageOf = (name: string, view: View) => pages.get(`${name} ${view}`) as Drawn

beforeAll(async () => {
  ;({ held } = await drawnAnalysts())
  held.spoil()
  const app = createApp(held.host)
  get = async (path) => {
    const response = await app.request(`${ORIGIN}${path}`)
    return { status: response.status, text: await response.text() }
  }
  for (const { name } of names)
    for (const logged of VIEWS) {
      const { status, text: html } = await get(`/analysts/${idOf(name)}?logged=${logged}`)
      expect([name, status]).toEqual([name, 200])
      const record = await readTrackRecord(held.ledger.db, idOf(name), { now: AS_OF, logged })
      if (record === null) throw new Error(name)
      const said = sentencesOf(record, { name })
      pages.set(`${name} ${logged}`, { html, text: read(html), record, said })
    }
}, patient(240_000))
afterAll(() => held.close())

/** Of each sentence the texts without a number or a name in them: those that somebody's page has by mistake. */
function plainTexts(id: SentenceId): string[] {
  const texts = [...pages.values()].flatMap(({ said }) => said[id] ?? [])
  return [...new Set(texts)].filter(
    (text) => !/\d/u.test(text) && !names.some(({ name }) => text.includes(name)),
  )
}

describe.each(names)('the page of $name: $what', ({ name }) => {
  test('has every sentence of its document and none whose condition does not hold', () => {
    for (const view of VIEWS) {
      const { text, said, record } = pageOf(name, view)
      for (const [id, sentence] of Object.entries(said))
        expect([id, text.includes(sentence.replaceAll(/\s+/gu, ' '))]).toEqual([id, true])
      for (const id of Object.keys(SENTENCES) as SentenceId[])
        if (said[id] === undefined)
          for (const other of plainTexts(id))
            expect([id, text.includes(other) ? other : '']).toEqual([id, ''])
      expect(text).not.toMatch(/NaN|undefined|\bnull\b|Infinity|\[object/u)
      expect(record.lead.sentence).toBe(said.finding)
    }
  })

  test('says the same on top as its description, its frame and the API', async () => {
    for (const view of VIEWS) {
      const { html, record } = pageOf(name, view)
      const { sentence, numbers, how_sure } = record.lead
      const lead = /<p class="lead">(.*?)<\/p>/su.exec(html)?.[1] ?? ''
      expect(read(lead).trim()).toBe(sentence)
      const description = /<meta name="description" content="([^"]*)"/u.exec(html)?.[1] ?? ''
      expect(read(description)).toBe([sentence, numbers].filter((text) => text !== null).join(' '))
      const api = JSON.parse((await get(`/api/analysts/${idOf(name)}/track-record?logged=${view}`)).text)
      expect(api.lead).toEqual({ sentence, numbers, how_sure })
    }
    const record = (await readTrackRecord(held.ledger.db, idOf(name), { now: AS_OF })) as RecordDocument
    const frame = read((await get(`/embed/analysts/${idOf(name)}`)).text)
    for (const text of Object.values(record.lead)) if (text !== null) expect(frame).toContain(text)
  })

  test('shows at a glance, in its pictures and in its account the figures of the document', () => {
    for (const view of VIEWS) {
      const { html, text, record } = pageOf(name, view)
      const { claims, categorical, words, numbers, checkable } = record
      const { n, came_true, promised } = claims
      const rail = read(/<aside class="rail".*?<\/aside>/su.exec(html)?.[0] ?? '')
      expect(rail.includes('Came true')).toBe(n > 0)
      if (n > 0) {
        expect(rail).toContain(`Came true ${came_true.toLocaleString('en')} of ${n.toLocaleString('en')}`)
        expect(rail).toContain(`To be expected ${expectedText(promised, n, came_true)}`)
      }
      expect(rail.includes('Said flatly')).toBe(categorical.n > 0)
      if (categorical.n > 0)
        expect(rail).toContain(`Said flatly, came true ${partOf(categorical.hits, categorical.n)}`)
      const parts = {
        words: words !== null || categorical.n > 0,
        numbers,
        records: claims.records,
        checkable,
      }
      for (const [id, part] of Object.entries(parts))
        expect([id, html.includes(`id="${id}"`)]).toEqual([id, part !== null && part !== false])
      const rows = [...(words ?? []), ...(numbers ?? []), ...categorical.sides].filter((row) => row.n > 0)
      for (const { happened, n: all } of rows) expect(text).toContain(`${happened} of ${all} happened`)
      const linked = rows.filter(({ frame }) => frame.per_square === 1).reduce((sum, row) => sum + row.n, 0)
      expect(html.match(/<a href="\/forecasts\/[^"]*" tabindex=/gu)?.length ?? 0).toBe(linked)
      // One stop of the tab key a chart.
      for (const figure of html.match(/<figure.*?<\/figure>/gsu) ?? [])
        expect(figure.match(/<a [^>]*tabindex="0"/gu)?.length ?? 0).toBeLessThanOrEqual(1)
      for (const { from, stays, step } of record.funnel)
        if (from > 0 && (step !== 'numbers' || stays > 0))
          expect(html).toContain(`<b>${stays.toLocaleString('en')}</b>`)
    }
  })

  test('is small enough for a telephone', () => {
    for (const view of VIEWS) {
      const { html } = pageOf(name, view)
      expect(gzipSync(html).byteLength).toBeLessThan(60 * 1024)
    }
  })
})

test('every sentence is on some page', () => {
  const used = new Set([...pages.values()].flatMap(({ said }) => Object.keys(said)))
  const never = Object.keys(SENTENCES).filter((id) => !used.has(id))
  // None of so few claims went all one way, and nothing here was decided just now.
  expect(never).toEqual(['says_little', 'not_final'])
})

test('the list has everybody once, in the order of names, with what came true of what each said', async () => {
  const { text: html } = await get('/analysts')
  const text = read(html)
  const figures = JSON.parse((await get('/api/analysts')).text).figures as {
    name: string
    claims: { n: number; came_true: number; differs: 'fewer' | 'more' | null }
  }[]
  expect(figures).toHaveLength(names.length)
  const rows = [
    ...html.matchAll(
      /<text class="name wide-labels"[^>]*>([^<]*)<\/text><text class="name narrow-labels"[^>]*>[^<]*<\/text><text class="what"[^>]*>([^<]*)</gu,
    ),
  ]
  expect(rows.map(([, name]) => name)).toEqual(figures.map(({ name }) => name))
  figures.forEach(({ claims: { n, came_true, differs } }, i) => {
    const told = rows[i]?.[2]?.replaceAll('\u00a0', ' ') ?? ''
    if (n > 0) expect(told.startsWith(`${partOf(came_true, n)} came true`)).toBe(true)
    expect(told.includes('than expected')).toBe(differs !== null)
  })
  expect(text).not.toMatch(/NaN|undefined|\bnull\b|Infinity|\[object/u)
})
