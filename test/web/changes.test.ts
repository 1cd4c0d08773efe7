import { expect, test } from 'vitest'
import { runFlagDue } from '../../src/jobs/flag-due.ts'
import { retractForecast, withdrawForecast } from '../../src/ledger/forecast/withdraw-forecast.ts'
import { changePolicy } from '../../src/ledger/members/membership.ts'
import { amendQuestion } from '../../src/ledger/question/amend-question.ts'
import { disputeResolution } from '../../src/ledger/resolution/dispute-resolution.ts'
import { site } from '../support/site.ts'
import { AFTERWARDS, aQuestion, confirm, log, propose } from '../support/steps.ts'

async function changed() {
  const held = await site()
  await changePolicy(held.ledger, held.unit, 'off')
  const first = await log(held, { probability: 0.8 })
  const { seq: since } = await held.host.head()
  const other = await log(held, {
    analyst: { name: 'Ada Overton' },
    quote: 'a bridge opens',
    question: aQuestion({ title: 'A bridge opens' }),
    probability: 0.3,
  })
  await amendQuestion(held.ledger, held.unit, other.question, { criteria: 'For cars.', because: 'Unclear.' })
  await withdrawForecast(held.ledger, held.unit, other.id, {
    withdrawn_on: '2026-11-22',
    because: 'Taken back.',
  })
  await retractForecast(held.ledger, held.unit, other.id, { because: 'Our mistake.' })
  held.at(AFTERWARDS)
  await runFlagDue(held.ledger, held.host.now())
  const { id } = await propose(held, first.question)
  await confirm(held, first.question, id)
  const read = async (path: string) => JSON.parse((await held.send(`/api/changes?${path}`)).text)
  return { held, first, other, since, read }
}

test('what changed is the difference of two moments: of all, of one analyst, of one question', async () => {
  const { first, other, since, read, held } = await changed()
  const all = await read(`since=${since}`)
  expect(all.counts).toEqual({
    'forecast.recorded': 1,
    'forecast.withdrawn': 1,
    retracted: 1,
    'question.amended': 1,
    'resolution.confirmed': 1,
    'resolution.disputed': 0,
    'resolution.superseded': 0,
  })
  expect(all.changes[0]).toMatchObject({
    type: 'resolution.confirmed',
    question: first.question,
    happened: 'it did not happen',
  })
  expect(all.figures).toContainEqual({ figure: 'questions that are decided', before: 0, after: 1 })

  const own = await read(`since=${since}&analyst=${first.analyst}`)
  expect(own.changes.map(({ type }: { type: string }) => type)).toEqual(['resolution.confirmed'])
  expect(own.figures).toContainEqual({ figure: 'decided', before: 0, after: 1 })
  const one = await read(`since=${since}&question=${other.question}`)
  expect(one.counts).toMatchObject({ 'question.amended': 1, 'resolution.confirmed': 0 })

  const { seq } = await held.host.head()
  const nothing = await read(`since=${seq}`)
  expect([
    nothing.changes,
    nothing.figures.some((f: { before: unknown; after: unknown }) => f.before !== f.after),
  ]).toEqual([[], false])
  // Between two moments of the past: what came after neither is in it.
  const between = await read(`since=${since}&as_of=${since + 4}`)
  expect(between.counts).toMatchObject({ 'forecast.recorded': 1, 'resolution.confirmed': 0, retracted: 0 })
})

test('an outcome is told with its reserve: open to objection, final, or disputed', async () => {
  const { first, since, read, held } = await changed()
  const reserve = async () => (await read(`since=${since}&question=${first.question}`)).changes.at(0).reserve
  expect(await reserve()).toMatch(/^open to objection until .* UTC$/u)
  expect((await held.anonymous.get(`/changes?since=${since}`)).text).toMatch(
    /\(not final\).*the outcome counts, and is open to objection until [^<]* UTC\./su,
  )
  held.at(new Date(Date.parse(AFTERWARDS) + 3 * 86_400_000).toISOString())
  expect(await reserve()).toBeNull()
  const other = held.as(await held.join('Rita', 'resolver'))
  await disputeResolution(held.ledger, other, first.question, 'r1', { because: 'It did.' })
  const { changes } = await read(`since=${since}&question=${first.question}`)
  expect(changes.map(({ type, reserve }: Record<string, unknown>) => [type, reserve])).toContainEqual([
    'resolution.confirmed',
    'disputed',
  ])
})

test('the page says the same in words, asks since when, and tells what it cannot read', async () => {
  const { held, first, since } = await changed()
  const page = await held.anonymous.get(`/changes?since=${since}&analyst=${first.analyst}`)
  expect(page.status).toBe(200)
  expect(page.text).toContain('1 outcome was confirmed.')
  expect(page.text).toContain('it did not happen')
  expect(page.text).not.toContain('a bridge opens')
  expect((await held.anonymous.get('/changes')).text).toContain('What changed since')
  for (const [path, status] of [
    ['/changes?since=9999', 404],
    ['/changes?since=yesterday', 400],
    ['/changes?since=2999-01-01', 404],
    ['/changes?since=1&analyst=nobody', 404],
    ['/changes?since=1&question=nothing', 404],
    [`/changes?since=${since + 1}&as_of=${since}`, 404],
    ['/api/changes', 400],
    ['/api/changes?since=%00', 400],
  ] as const)
    expect([path, (await held.send(path)).status]).toEqual([path, status])
})

test('only the words of the speaker stand in quotation marks, and marks within them are of a second order', async () => {
  const held = await site()
  const { seq: since } = await held.host.head()
  await log(held, { quote: 'I call it "the bridge" and it opens', probability: 0.8 })
  await log(held, {
    analyst: { name: 'Ada Overton' },
    quote: 'she sees a tunnel open',
    voice: 'paraphrase',
    question: aQuestion({ title: 'A tunnel opens' }),
    probability: 0.3,
  })
  const { text } = await held.send(`/changes?since=${since}`)
  const [, told = ''] = /<ol class="changes">(.*?)<\/ol>/su.exec(text) ?? []
  const words = told.replaceAll(/<(?!\/?q>)[^>]*>/gu, '')
  expect(words).toContain('<q>I call it ‘the bridge’ and it opens</q>')
  expect(words).toContain('as reported she sees a tunnel open')
  expect(words).not.toContain('<q>she')
})
