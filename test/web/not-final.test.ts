import { expect, test } from 'vitest'
import { disputeResolution } from '../../src/ledger/resolution/dispute-resolution.ts'
import { type Site, site } from '../support/site.ts'
import { AFTERWARDS, aQuestion, confirm, propose } from '../support/steps.ts'

/** What a reader sees of a page, without what pops up over it. */
const seen = async (held: Site, path: string): Promise<string> =>
  (await held.anonymous.get(path)).text
    .replace(/^.*<main/su, '<main')
    // A citation stands for itself.
    .replaceAll(/<details.*?<\/details>/gsu, '')
    .replace(/<footer.*$/su, '')
    .replaceAll(/<[^>]*>/gu, ' ')
    .replaceAll(/\s+/gu, ' ')
const times = (text: string, words: RegExp) => text.match(words)?.length ?? 0
const UNTIL = /open to objection until \d+ \w+ \d{4}, \d\d:\d\d UTC/gu

/** A source with some forecasts, all decided at one moment, or each an hour after the other. */
async function decided(titles: readonly string[], apart = 0) {
  const held = await site()
  const ids: { id: string; question: string }[] = []
  for (const title of titles)
    ids.push(
      await held.log({ quote: `I say: ${title}`, question: aQuestion({ title, family: 'one-thing' }) }),
    )
  for (const [i, { question }] of ids.entries()) {
    held.at(new Date(Date.parse(AFTERWARDS) + i * apart).toISOString())
    await propose(held, question)
    await confirm(held, question, 'r1')
  }
  return { held, ids, first: ids[0] as { id: string; question: string } }
}
const HOUR = 3_600_000
const TITLES = ['A wall falls', 'A wall stands', 'A wall is built']

test('a page says once until when an outcome is open to objection, and calls each that is not final so', async () => {
  const { held, first } = await decided(TITLES)
  const source = (await held.anonymous.get('/api/sources')).text
  const id = JSON.parse(source).items[0].id
  for (const [path, rows] of [
    [`/sources/${id}`, TITLES.length],
    [`/analysts/konstantin-kalachev`, TITLES.length],
    ['/changes?since=5', TITLES.length],
    // At the top in full; then beside the outcome and in the margin.
    [`/forecasts/${first.id}`, 2],
  ] as const) {
    const text = await seen(held, path)
    expect([path, times(text, UNTIL)]).toEqual([path, 1])
    expect(times(text, /(?<!“)\bnot final\b(?! yet)/giu)).toBeGreaterThanOrEqual(rows)
  }
  const question = await seen(held, `/questions/${first.question}`)
  expect(times(question, UNTIL)).toBe(1)
  expect(times(question, /\bnot final\b/gu)).toBeGreaterThan(TITLES.length)
  // What is shown elsewhere stands for itself.
  expect((await held.anonymous.get(`/embed/forecasts/${first.id}`)).text).toMatch(UNTIL)
})

test('outcomes that become final at different times are sent to their own pages for it', async () => {
  const { held } = await decided(TITLES, HOUR)
  const text = await seen(held, '/changes?since=5')
  expect(text).toContain('open to objection until the time that its own page says')
  expect(times(text, UNTIL)).toBe(0)
})

test('what is disputed says so beside its score, and what is final says nothing of it', async () => {
  const { held, first } = await decided(TITLES.slice(0, 1))
  await disputeResolution(held.ledger, held.unit, first.question, 'r1', { because: 'It did not fall.' })
  const disputed = await seen(held, `/forecasts/${first.id}`)
  expect(disputed).toMatch(/Score .*\bdisputed\b/u)
  expect(times(disputed, /not final/gu)).toBe(0)
  const { held: other, first: one } = await decided(TITLES.slice(0, 1))
  other.at('2027-02-01T00:00:00.000Z')
  const final = await seen(other, `/forecasts/${one.id}`)
  expect(times(final, /not final|open to objection/gu)).toBe(0)
})
