import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { AmendmentRequest } from '../../src/core/question.ts'
import { retractForecast, withdrawForecast } from '../../src/ledger/forecast/withdraw-forecast.ts'
import { changePolicy } from '../../src/ledger/members/membership.ts'
import { amendQuestion } from '../../src/ledger/question/amend-question.ts'
import { takeBackResolution } from '../../src/ledger/resolution/take-back-resolution.ts'
import { pause, random } from '../../src/node/runtime.ts'
import { append } from '../../src/store/append.ts'
import { fieldValue, ORIGIN, site } from '../support/site.ts'
import { AFTERWARDS, aQuestion, confirm, log, propose, questionOf } from '../support/steps.ts'

/** One of everything that amends the record. */
async function amended() {
  const held = await site()
  await changePolicy(held.ledger, held.unit, 'off')
  const first = await log(held, { probability: 0.8 })
  const other = await log(held, {
    analyst: { name: 'Ada Overton' },
    quote: 'a bridge opens',
    question: aQuestion({ title: 'A bridge opens' }),
    probability: 0.3,
  })
  await amendQuestion(
    held.ledger,
    held.unit,
    other.question,
    AmendmentRequest.parse({ criteria: 'For <cars>.', because: 'Bicycles & cars.', class: 'clarification' }),
  )
  await withdrawForecast(held.ledger, held.unit, other.id, {
    withdrawn_on: '2026-11-22',
    because: 'Taken back.',
  })
  await retractForecast(held.ledger, held.unit, other.id, { because: 'Our mistake.' })
  held.at(AFTERWARDS)
  const { id } = await propose(held, first.question)
  await confirm(held, first.question, id)
  const { id: right } = await propose(held, first.question, {
    outcome: 'yes',
    supersedes: id,
    rationale: 'The report was taken back.',
  })
  await confirm(held, first.question, right)
  const list = async (query = '') => JSON.parse((await held.send(`/api/corrections${query}`)).text)
  return { held, first, other, list }
}

test('everything that was amended is listed once, the latest first, with class, reason, what was and what is', async () => {
  const { list, first, other } = await amended()
  const { items, figures, next_cursor } = await list()
  expect(next_cursor).toBeNull()
  expect(items.map(({ type, class: of, because }: Record<string, unknown>) => [type, of, because])).toEqual([
    ['resolution.superseded', 'correction', 'The report was taken back.'],
    ['retracted', 'correction', 'Our mistake.'],
    ['forecast.withdrawn', 'update', 'Taken back.'],
    ['question.amended', 'clarification', 'Bicycles & cars.'],
  ])
  expect(items[0]).toMatchObject({
    question: first.question,
    forecast: null,
    changes: [{ field: 'Outcome', from: 'no', to: 'yes' }],
  })
  expect(items[1]).toMatchObject({ forecast: other.id, analyst: 'ada-overton', title: 'a bridge opens' })
  const [{ from }] = items[3].changes
  expect(items[3].changes).toEqual([{ field: 'Resolves as', from, to: 'For <cars>.' }])
  expect(figures).toMatchObject({
    forecasts: 2,
    by_class: { correction: 2, clarification: 1, update: 1, none: 0 },
    corrections_per_100_forecasts: 100,
    reports: { closed: 0, mended: 0, median_days: null },
  })
  expect((await list('?class=clarification')).items.length).toBe(1)
  expect((await list('?type=retracted&to=2026-11-22')).items.length).toBe(1)
  expect((await list('?from=2026-11-23')).items.length).toBe(1)
})

test('an outcome that never was in force corrects nothing by giving way', async () => {
  const held = await site()
  const { question } = await log(held)
  held.at(AFTERWARDS)
  const { id } = await propose(held, question)
  await propose(held, question, { outcome: 'yes', supersedes: id })
  expect(JSON.parse((await held.send('/api/corrections')).text).items).toEqual([])
})

test('what was recorded before entries said a class is listed as not classed', async () => {
  const held = await site()
  const { question } = await log(held)
  const record = { id: question, ...aQuestion({ criteria: 'Clearer.' }) }
  const { stream } = await questionOf(held, question)
  const unclassed = {
    type: 'question.amended' as const,
    stream,
    rev: 1,
    by: held.unit.by.member,
    refs: [],
    payload: { record, because: 'Unclear.' },
  }
  await append(held.ledger.db, [{ entries: [unclassed] }], held.host.now(), random, pause)
  const { items } = JSON.parse((await held.send('/api/corrections?class=none')).text)
  expect(items).toMatchObject([{ class: null, because: 'Unclear.' }])
  expect((await held.anonymous.get('/corrections')).text).toContain('Not classed')
})

test('the page tells the same, escapes it, and never puts a name beside our question', async () => {
  const { held } = await amended()
  const { text, status } = await held.anonymous.get('/corrections')
  expect(status).toBe(200)
  expect(text).toContain('2 corrections on 2 forecasts logged: 100 for every 100.')
  expect(text).toContain('For &lt;cars&gt;.')
  expect(text).toContain('<link rel="alternate" type="application/atom+xml" href="/corrections.atom"')
  expect(text).not.toContain('Ada Overton')
})

// An independent parser of XML, and what RFC 4287 demands of a feed.
const PARSE = `
import sys, json, xml.etree.ElementTree as E
a='{http://www.w3.org/2005/Atom}'
r=E.fromstring(sys.stdin.buffer.read())
assert r.tag==a+'feed'
for x in [r]+r.findall(a+'entry'):
    for name in ('id','title','updated'):
        assert len(x.findall(a+name))==1, name
assert r.find(a+'author') is not None
print(json.dumps({'updated': r.find(a+'updated').text, 'self':[l.get('href') for l in r.findall(a+'link') if l.get('rel')=='self'], 'entries':[[e.find(a+'id').text,e.find(a+'title').text,e.find(a+'updated').text,e.find(a+'content').text] for e in r.findall(a+'entry')]}))
`

test('the feed is well formed Atom with ids that stay, wherever it is served', async () => {
  const { held } = await amended()
  const read = async (host: string) => {
    const { text } = await held.send('/corrections.atom', { headers: { host } })
    const parsed = spawnSync('python3', ['-c', PARSE], { input: text, encoding: 'utf8' })
    expect(parsed.stderr).toBe('')
    return JSON.parse(parsed.stdout)
  }
  const feed = await read('localhost')
  expect(feed.self).toEqual([`${ORIGIN}/corrections.atom`])
  expect(feed.entries.map(([, title]: string[]) => title)).toEqual([
    'Correction: outcome superseded',
    'Correction: forecast retracted',
    'Update: forecast withdrawn by who said it',
    'Clarification: question amended',
  ])
  expect(feed.updated).toBe(feed.entries[0][2])
  expect(feed.entries[3][3]).toContain('Resolves as is now: For <cars>.')
  const ids = feed.entries.map(([id]: string[]) => id)
  for (const id of ids)
    expect(id).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/u)
  expect(new Set(ids).size).toBe(4)
})

test('the page concerned says so for thirty days, or for as long as the policy says, and then no longer', async () => {
  const { held, first, other } = await amended()
  const shows = async (path: string) =>
    (await held.anonymous.get(path)).text.includes('What changed, and when')
  const pages = [`/questions/${first.question}`, `/forecasts/${first.id}`, `/analysts/${first.analyst}`]
  for (const page of pages) expect([page, await shows(page)]).toEqual([page, true])
  // What was amended in November is more than thirty days old by now.
  for (const page of [`/questions/${other.question}`, `/forecasts/${other.id}`])
    expect([page, await shows(page)]).toEqual([page, false])
  expect((await held.anonymous.get(pages[0] as string)).text).toContain('The report was taken back.')
  held.at('2027-01-31T23:00:00.000Z')
  expect(await shows(pages[0] as string)).toBe(true)
  held.at('2027-02-01T01:00:00.000Z')
  expect(await shows(pages[0] as string)).toBe(false)
  const admin = await held.signedIn()
  const fields = { '/text': 'We say so for longer.', '/notice_days': '90' }
  expect((await admin.post('/corrections/policy', fields)).status).toBe(303)
  expect(await shows(pages[0] as string)).toBe(true)
})

test('the policy is that of the software until somebody publishes another; versions before it stay readable', async () => {
  const held = await site()
  const policy = async () => JSON.parse((await held.send('/api/corrections/policy')).text)
  expect(await policy()).toMatchObject({ is_default: true, notice_days: 30, versions: [] })
  expect((await held.anonymous.get('/corrections/policy')).text).toContain('comes with the software')
  const admin = await held.signedIn()
  for (const text of ['The first.', 'The second.'])
    expect((await admin.post('/corrections/policy', { '/text': text, '/notice_days': '10' })).status).toBe(
      303,
    )
  expect(await policy()).toMatchObject({
    is_default: false,
    text: 'The second.',
    versions: [
      { version: 2, text: 'The second.' },
      { version: 1, text: 'The first.' },
    ],
  })
  const { text } = await held.anonymous.get('/corrections/policy')
  expect(text).toContain('Version 2')
  expect(text).toContain('The first.')
  expect(text).not.toContain('comes with the software')
  const same = await admin.post('/corrections/policy', { '/text': 'The second.', '/notice_days': '10' })
  expect(same.status).toBe(422)
  const wrong = await admin.post('/corrections/policy', { '/text': '', '/notice_days': 'soon' })
  expect(wrong.status).toBe(422)
})

test('whoever amends on a page says of which class it is; over the API it is a correction unless they say', async () => {
  const held = await site()
  const { question } = await log(held)
  const admin = await held.signedIn()
  const form = { '/criteria': 'Clearer.', '/because': 'Unclear.', rev: '0' }
  const page = await admin.get(`/questions/${question}/amend`)
  expect(page.text).not.toMatch(/name="\/class" value="\w+" checked/u)
  const names = ['/title', '/deadline/date', '/deadline/time_zone']
  const asked = {
    ...Object.fromEntries(names.map((name) => [name, fieldValue(page.text, name) ?? ''])),
    ...form,
  }
  expect((await admin.post(`/questions/${question}/amendments`, asked)).status).toBe(422)
  const said = await admin.post(`/questions/${question}/amendments`, { ...asked, '/class': 'update' })
  expect(said.status).toBe(303)
  const send = (body: object) =>
    held.send(`/api/questions/${question}/amendments`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { authorization: `Bearer ${held.token}`, 'content-type': 'application/json' },
    })
  expect((await send({ criteria: 'Other.', because: 'x', class: 'slip' })).status).toBe(422)
  expect((await send({ criteria: 'Other.', because: 'x' })).status).toBe(201)
  const { items } = JSON.parse((await held.send('/api/corrections')).text)
  expect(items.map(({ class: of }: { class: string }) => of)).toEqual(['correction', 'update'])
})

test('what an amendment changed is told against the words before it, whatever else happened to the question between', async () => {
  const held = await site()
  await changePolicy(held.ledger, held.unit, 'off')
  const { question } = await log(held)
  const amend = (criteria: string) =>
    amendQuestion(held.ledger, held.unit, question, AmendmentRequest.parse({ criteria, because: 'Unclear.' }))
  await amend('First.')
  const { id } = await propose(held, question, { outcome: 'yes', known_on: '2026-11-20' })
  await confirm(held, question, id)
  await takeBackResolution(held.ledger, held.unit, question, id)
  await amend('Second.')
  const { items } = JSON.parse((await held.send('/api/corrections')).text)
  expect(items.map(({ type, class: of, changes }: Record<string, unknown>) => [type, of, changes])).toEqual([
    ['question.amended', 'correction', [{ field: 'Resolves as', from: 'First.', to: 'Second.' }]],
    ['resolution.superseded', 'correction', [{ field: 'Outcome', from: 'yes', to: null }]],
    ['question.amended', 'correction', [{ field: 'Resolves as', from: expect.any(String), to: 'First.' }]],
  ])
})
