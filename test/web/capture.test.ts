import { expect, test } from 'vitest'
import { openSecret } from '../../src/ledger/members/membership.ts'
import { listStatements, readTotals } from '../../src/store/nouns.ts'
import { checkLedger } from '../support/check-ledger.ts'
import { fieldValue, problemAt } from '../support/site.ts'
import { editor, typed } from './capture-form.ts'

const without = (...names: (keyof typeof typed)[]) =>
  Object.fromEntries(Object.entries(typed).filter(([name]) => !(names as string[]).includes(name)))

test('one form logs a forecast with its analyst, source and question, and its receipt goes on to the next', async () => {
  const held = await editor()
  const answer = await held.post(typed)
  expect(answer.status).toBe(303)
  const item = await held.latest()
  expect([item?.analyst.name, item?.source.publisher, item?.question.record.title]).toEqual([
    'Ada Lovelace',
    'A radio station',
    'Rates fall',
  ])
  expect(item?.question.record.tags).toEqual(['central-banks', 'euro'])
  expect(item?.forecast.record.probability).toMatchObject({ words: 'likely', low: 0.6, high: 0.85 })
  const receipt = await held.admin.get(answer.headers.get('location') ?? '')
  expect(receipt.text).toContain(`href="/forecasts/${item?.forecast.record.id}"`)
  expect(receipt.text).toContain(`<td class="num">${item?.forecast.seq}</td>`)
  const another = /href="(\/capture\/one\?[^"]*)"/u.exec(receipt.text)?.[1] ?? ''
  const next = await held.admin.get(another.replaceAll('&amp;', '&'))
  expect([fieldValue(next.text, 'source'), fieldValue(next.text, '/analyst/name')]).toEqual([
    item?.source.id,
    'Ada Lovelace',
  ])
  await checkLedger(held)
})

test('the same form sent twice logs once', async () => {
  const { post, ledger } = await editor()
  const [first, second] = [await post(typed), await post(typed)]
  expect(second.headers.get('location')).toBe(first.headers.get('location'))
  expect((await readTotals(ledger.db)).forecasts).toBe(1)
})

test('without a deadline the house rule gives one, and says that it is ours', async () => {
  const { post, latest } = await editor()
  await post({
    ...without('/question/deadline/date'),
    '/source/published': '2026-11-01',
    published_to: '2026-11-08',
  })
  expect((await latest())?.question.record.deadline).toEqual({
    date: '2027-11-08',
    time_zone: 'Europe/Berlin',
    because: 'No horizon was named; house rule of 12 months.',
  })
})

test('without a deadline the words of the quote give it, and with it the doubt that they leave', async () => {
  const { post, latest } = await editor()
  const said = (quote: string) => post({ ...without('/question/deadline/date'), '/quote/exact': quote })
  const deadline = async () => (await latest())?.question.record.deadline
  await said('a cut is likely by the end of next year')
  expect(await deadline()).toEqual({ date: '2027-12-31', time_zone: 'Europe/Berlin' })
  const asked = await said('a cut is likely before the election')
  expect(asked.status).toBe(422)
  expect(problemAt(asked.text, 'capture-question-deadline-date')).toContain('“before the election”')
})

const manners: [string, Record<string, string>, unknown][] = [
  ['a number', { manner: 'stated', percent: '70' }, 0.7],
  ['a number with its sign', { manner: 'stated', percent: '12.5 %' }, 0.125],
  ['a range', { manner: 'range', low: '60', high: '70' }, { low: 0.6, high: 0.7 }],
  [
    'a flat yes',
    { manner: 'yes', '/probability/words': 'will fall' },
    { words: 'will fall', categorical: 'yes' },
  ],
  [
    'a flat no without its words',
    { manner: 'no', '/probability/words': '', '/quote/exact': 'there will be no cut' },
    { words: 'there will be no cut', categorical: 'no' },
  ],
  [
    'a band of the editor',
    {
      manner: 'worded',
      '/probability/words': 'on the cards',
      band_low: '40',
      band_mid: '55',
      band_high: '70',
      '/probability/because': 'A figure of speech.',
    },
    {
      words: 'on the cards',
      low: 0.4,
      mid: 0.55,
      high: 0.7,
      lexicon: 'editor',
      because: 'A figure of speech.',
    },
  ],
  [
    'options',
    {
      manner: 'options',
      shares: 'Cut: 60\nHold: 40',
      '/question/type': 'multiple_choice',
      '/question/options': 'Cut\nHold',
    },
    { Cut: 0.6, Hold: 0.4 },
  ],
  [
    'an interval',
    {
      manner: 'interval',
      from: '1',
      to: '2.5',
      level: '80',
      '/question/type': 'numeric',
      '/question/range/low': '0',
      '/question/range/high': '10',
    },
    { interval: [1, 2.5], level: 0.8 },
  ],
]
for (const [what, fields, probability] of manners)
  test(`what was said can be ${what}`, async () => {
    const { post, latest } = await editor()
    expect((await post({ ...typed, ...fields })).status).toBe(303)
    expect((await latest())?.forecast.record.probability).toEqual(probability)
  })

test('a second forecast joins a question and a source that are recorded', async () => {
  const { admin, latest, log, post } = await editor()
  const { id, question } = await log()
  const page = await admin.get(`/capture/one?question=${question}`)
  expect(fieldValue(page.text, 'question')).toBe(question)
  const source = id.slice(0, id.indexOf('_'))
  const answer = await post({
    ...without('/question/tags'),
    source,
    question,
    manner: 'stated',
    percent: '10',
  })
  expect(answer.status).toBe(303)
  const item = await latest()
  expect([item?.question.record.id, item?.source.id, item?.analyst.name]).toEqual([
    question,
    source,
    'Ada Lovelace',
  ])
})

test('a remark that cannot be tested, and one that says the same again, are logged and counted', async () => {
  const { admin, log, ledger } = await editor()
  const { id } = await log()
  const source = id.slice(0, id.indexOf('_'))
  const remark = { source, '/analyst/name': 'Konstantin Kalachev', '/voice': 'quote', '/because': '' }
  const untestable = {
    ...remark,
    '/quote/exact': 'why would he?',
    '/kind': 'untestable',
    '/reason': 'rhetorical',
  }
  const duplicate = {
    ...remark,
    '/quote/exact': 'no war, I say',
    '/kind': 'duplicate',
    '/duplicate_of': id,
    '/reason': '',
  }
  for (const fields of [untestable, duplicate]) {
    const answer = await admin.post('/capture/one/statements', fields)
    expect(answer.status).toBe(303)
    expect((await admin.get(answer.headers.get('location') ?? '')).text).toContain('Logged: 1 ')
  }
  expect(await readTotals(ledger.db)).toMatchObject({ untestable: 1, duplicates: 1 })
  const { items } = await listStatements(ledger.db, { kind: 'duplicate' }, { limit: 5 })
  expect(items[0]?.record.duplicate_of).toBe(id)
})

test('a remark without a reason comes back', async () => {
  const { admin, log } = await editor()
  const { id } = await log()
  const source = id.slice(0, id.indexOf('_'))
  const answer = await admin.post('/capture/one/statements', {
    source,
    '/analyst/name': 'Konstantin Kalachev',
    '/quote/exact': 'why would he?',
    '/kind': 'untestable',
  })
  expect([answer.status, problemAt(answer.text, 'capture-reason')]).toEqual([422, 'Is required.'])
  expect(fieldValue(answer.text, '/quote/exact')).toBe('why would he?')
})

test('readers cannot log, and nobody without a session', async () => {
  const { signedIn, anonymous, join } = await editor()
  const reader = await signedIn(await join('Eve', 'reader'))
  expect((await reader.get('/capture/one')).status).toBe(403)
  expect((await reader.post('/capture/one', typed)).status).toBe(403)
  const answer = await anonymous.get('/capture/one')
  expect(answer.status).toBe(401)
  expect(answer.text).toContain('href="/sign-in?next=%2Fcapture%2Fone"')
  expect((await anonymous.post('/capture/one', typed)).status).toBe(401)
})

test('what is no form, or too large a one, is refused without being read', async () => {
  const { host, ledger, unit, send } = await editor()
  const cookie = `sid=${await openSecret(ledger, host.now(), unit.by.member, 'session')}`
  const post = (body: BodyInit, type: string) =>
    send('/capture/one', {
      method: 'POST',
      body,
      headers: { cookie, origin: 'http://localhost', 'content-type': type },
    })
  const form = 'application/x-www-form-urlencoded'
  expect((await post('{}', 'application/json')).status).toBe(415)
  expect((await post(`a=${'x'.repeat(5_000_000)}`, form)).status).toBe(413)
  expect((await post('a=1&'.repeat(11_000), form)).status).toBe(413)
  expect((await post('--x--', 'multipart/form-data')).status).toBe(400)
  expect((await post('%E0%A4%A=%00', form)).status).toBe(422)
})

test('words too vague to score are not taken until somebody says that they may stay', async () => {
  const { post, latest } = await editor()
  const vague = { ...typed, '/quote/exact': 'a cut may come', '/probability/words': 'may' }
  const refused = await post(vague)
  expect(refused.status).toBe(422)
  expect(problemAt(refused.text, 'capture-accept-vague')).toContain('mean almost anything')
  expect(await latest()).toBeUndefined()
  expect((await post({ ...vague, accept_vague: 'yes' })).status).toBe(303)
  expect((await latest())?.forecast.record.probability).toMatchObject({ words: 'may' })
})

test('a condition is asked with its day, in the zone of the question', async () => {
  const { post, latest } = await editor()
  const conditional = {
    ...typed,
    '/question/condition/text': 'Inflation stays below 2 %.',
    '/question/condition/deadline/date': '2026-12-15',
  }
  expect((await post(conditional)).status).toBe(303)
  expect((await latest())?.question.record.condition).toEqual({
    text: 'Inflation stays below 2 %.',
    deadline: { date: '2026-12-15', time_zone: 'Europe/Berlin' },
  })
})
