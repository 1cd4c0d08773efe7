import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type * as z from 'zod'
import type { RecordAnswer, WordsAnswer } from '../../src/api/whole-record-routes.ts'
import { createApp } from '../../src/app.ts'
import type { Checkable } from '../../src/scoring/document.ts'
import { importWorkedExample, inventedLedger } from '../support/invented.ts'
import { keptLedger, type TestLedger } from '../support/ledger.ts'
import { site } from '../support/site.ts'

type Record = z.infer<typeof RecordAnswer>

const visit = (held: TestLedger) => async (path: string) => {
  const answer = await createApp(held.host).request(`http://localhost${path}`)
  expect(answer.status, path).toBe(200)
  return answer.text()
}
const read = (page: string) =>
  page
    .replaceAll(/<(style|script)[^>]*>.*?<\/\1>/gsu, ' ')
    .replaceAll(/<[^>]*>/gu, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll(/[\s\u00a0]+/gu, ' ')
    .replaceAll(/ ([.,;:)])(?= |$)/gu, '$1')

test('an empty ledger is a tour in four steps, of examples that say so, and what to do first', async () => {
  const { anonymous } = await site()
  const page = (await anonymous.get('/')).text
  expect(page.match(/<span class="label">example<\/span>/gu)).toHaveLength(4)
  expect(page).toContain('What to do first')
  expect(page).toContain('href="/sign-in?next=%2Fcapture"')
  const record = JSON.parse((await anonymous.get('/api/record')).text) as Record
  expect(record).toMatchObject({
    people: 0,
    n: 0,
    surprises: [],
    decided: [],
    example: null,
    interview: null,
  })
  expect((await anonymous.get('/words')).text).toContain('Nothing is decided yet')
})

describe('a small ledger', () => {
  let held: Awaited<ReturnType<typeof keptLedger>>
  beforeAll(async () => {
    held = await keptLedger()
    await importWorkedExample(held)
  })
  afterAll(() => held.close())

  test('shows one claim from the words to what happened, and says that it was written down afterwards', async () => {
    const page = read(await visit(held)('/'))
    expect(page).toMatch(/1 What was said If escalation means a new war/u)
    expect(page).toContain('Written down after the outcome was known.')
    expect(page).toMatch(
      /4 What happened Came true · no new war began open to objection until [^K]* UTC Known on 9 Apr 2025/u,
    )
    // No figure over all, no finding and no surprise is made of what was known already.
    expect(page).not.toMatch(/% came true|A finding|Biggest surprise/u)
  })

  test('the strip has a square a passage, in reading order, each leading to it', async () => {
    const page = await visit(held)('/')
    expect(read(page)).toContain('Of 16 passages, 2 could have turned out otherwise: 2 came true')
    const strip = /<figure class="chart passages".*?<\/figure>/su.exec(page)?.[0] ?? ''
    const links = [...strip.matchAll(/<a [^>]*href="([^"]*)"/gu)].map(([, href]) => href)
    const source = JSON.parse(await visit(held)('/api/sources/2024-04-alphanews-kalachev')) as {
      statements: { id: string }[]
    }
    expect(links.slice(1, 17)).toEqual(
      source.statements.map(({ id }) => `/sources/2024-04-alphanews-kalachev#${id}`),
    )
  })

  test('the square of a passage says what the verdict beside its quote says', async () => {
    const page = await visit(held)('/sources/2024-04-alphanews-kalachev')
    const squares = [...page.matchAll(/<title>(\d+)\. (.*?)<\/title>/gu)].map(([, , says]) =>
      read(says ?? ''),
    )
    const claims = page.split('<li id="').slice(1).map(read)
    expect(squares).toHaveLength(16)
    for (const [i, claim] of claims.entries()) {
      const verdict = /Came true|no result: the condition never arose|Said twice|Nothing to check/u.exec(
        claim,
      )
      expect(squares[i]?.toLowerCase(), claim).toContain(verdict?.[0].toLowerCase())
    }
  })

  test('of an outlet, what became of all passages adds up to them', async () => {
    const { outlets } = JSON.parse(await visit(held)('/api/sources')) as {
      outlets: { outlet: string; checkable: Checkable }[]
    }
    expect(outlets).toMatchObject([
      {
        outlet: 'Alpha News',
        checkable: { n: 16, sources: 1, came_true: 3, did_not: 0, no_result: 1, untestable: 9, repeated: 3 },
      },
    ])
    // Thirteen passages are too few for a share.
    expect(read(await visit(held)('/sources'))).toContain('13 passages in 1 source: too few for a share')
  })
})

describe('a ledger of which enough is decided', () => {
  let held: Awaited<ReturnType<typeof inventedLedger>>
  let page: string
  let record: Record
  beforeAll(async () => {
    held = await inventedLedger()
    page = await visit(held)('/')
    record = JSON.parse(await visit(held)('/api/record')) as Record
  })
  afterAll(() => held.close())

  test('gives one figure with its n, and the ways by which everything else left it', () => {
    const { n, people, came_true, funnel } = record
    const share = Math.round((100 * came_true) / n)
    expect(people).toBe(4)
    expect(read(page)).toContain(`Four people, ${n} claims made since`)
    expect(read(page)).toContain(`${share} % came true`)
    expect(funnel.find(({ step }) => step === 'claims')?.stays).toBe(n)
    for (const { from, out, stays } of funnel)
      expect(out.reduce((sum, exit) => sum + exit.n, stays)).toBe(from)
  })

  test('names as many whose word can be taken as differ at most, each in the sentence of their own page, as sure as there', async () => {
    const { differ, fit } = record.findings
    expect(differ.length).toBeGreaterThan(0)
    expect(fit.length).toBeLessThanOrEqual(differ.length)
    for (const { id, sentence, p_holm } of [...differ, ...fit]) {
      const own = JSON.parse(await visit(held)(`/api/analysts/${id}/track-record?logged=live`)) as {
        finding: { sentence: string; p_holm: number | null }
      }
      expect(own.finding).toMatchObject({ sentence, p_holm })
    }
  })

  test('the surprises are one in each direction, the lowest number that happened, of two people', async () => {
    const [happened, did_not] = record.surprises
    expect([happened?.outcome, did_not?.outcome]).toEqual(['yes', 'no'])
    expect(did_not?.analyst).not.toBe(happened?.analyst)
    const all: Record['surprises'] = []
    let cursor = ''
    do {
      const part = JSON.parse(await visit(held)(`/api/forecasts?limit=200&state=resolved${cursor}`)) as {
        items: Record['surprises']
        next_cursor: string | null
      }
      all.push(...part.items)
      cursor = part.next_cursor === null ? '' : `&cursor=${part.next_cursor}`
    } while (cursor !== '')
    const numbers = (outcome: string) =>
      all.flatMap((one) =>
        one.outcome === outcome && typeof one.probability === 'number' && one.logged === 'live'
          ? one.probability
          : [],
      )
    expect(happened?.probability).toBe(Math.min(...numbers('yes')))
    expect(did_not?.probability).toBeGreaterThan(0.5)
    expect(numbers('no').filter((p) => p > Number(did_not?.probability)).length).toBeLessThan(
      numbers('no').length,
    )
  })

  test('every open question stands at its deadline and leads to its page', async () => {
    const { horizon } = record
    const open = JSON.parse(await visit(held)('/api/questions?limit=200&state=open')) as {
      items: { id: string; forecast_count: number }[]
    }
    const there = horizon.items.map(({ question }) => question)
    expect(there).toEqual(expect.arrayContaining(open.items.map(({ id }) => id)))
    expect(horizon.all).toBe(there.length)
    for (const id of there) expect(page).toContain(`href="/questions/${id}"`)
  })

  test('the words of everybody are those of all records together, and the squares lead to them', async () => {
    const { words, n } = JSON.parse(await visit(held)('/api/words')) as z.infer<typeof WordsAnswer>
    expect(words.reduce((sum, row) => sum + row.n, 0)).toBe(n)
    let theirs = 0
    for (const id of [
      'ada-overton-invented',
      'ben-calder-invented',
      'cleo-marsh-invented',
      'dan-ellery-invented',
    ]) {
      const own = JSON.parse(await visit(held)(`/api/analysts/${id}/track-record?logged=live`)) as {
        words: { n: number }[] | null
      }
      theirs += (own.words ?? []).reduce((sum, row) => sum + row.n, 0)
    }
    expect(n).toBe(theirs)
    const squares = await visit(held)('/words')
    for (const { claims, happened, n: used } of words) {
      expect(claims.filter((claim) => claim.happened)).toHaveLength(used > 60 ? 0 : happened)
      for (const { forecast } of claims) expect(squares).toContain(`href="/forecasts/${forecast}"`)
    }
  })
})
