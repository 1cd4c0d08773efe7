import { expect, test } from 'vitest'
import { site } from '../support/site.ts'
import { AFTERWARDS, confirm, propose } from '../support/steps.ts'

const STATUS_QUO = {
  '/reference/kind': 'nothing_changes',
  reference_percent: '2',
  '/reference/source': 'Peace <holds>',
}
const RATE = {
  '/reference/kind': 'base_rate',
  '/reference/of/k': '3',
  '/reference/of/n': '20',
  '/reference/of/class': 'years',
  '/reference/source': 'The almanac',
  // What the kind does not have is not shown, and not sent on.
  '/reference/observed_at': 'never',
}

test('the page of a question shows what it is compared with, which one counts, and what is hindsight', async () => {
  const held = await site()
  const { question } = await held.log()
  const path = `/questions/${question}`
  expect((await held.anonymous.get(path)).text).not.toContain('id="references"')
  let member = await held.signedIn()
  const post = async (address: string, fields: Record<string, string> = {}) => {
    const { status, headers } = await member.post(`${path}/references${address}`, fields)
    expect([status, headers.get('location')]).toEqual([303, `${path}#references`])
  }
  await post('', STATUS_QUO)
  await post('', RATE)
  await post('/ref2/primary')
  const shown = async () =>
    /<section id="references">.*?<\/section>/su.exec((await held.anonymous.get(path)).text)?.[0] ?? ''
  const before = await shown()
  expect(before).toContain('Peace &lt;holds&gt;')
  expect(before).toMatch(/<li id="ref1">(?:(?!<\/li>).)*2\u00a0%/su)
  expect(before).toMatch(
    /<li id="ref2">(?:(?!<\/li>).)*15\u00a0%(?:(?!<\/li>).)*3 of 20(?:(?!<\/li>).)*primary: this one counts/su,
  )
  expect(before.match(/this one counts/gu)).toHaveLength(1)
  expect(before).not.toContain('<form')

  await post('/ref1/withdrawal', { '/because': 'It was of another war.' })
  held.at(AFTERWARDS)
  member = await held.signedIn()
  const { id } = await propose(held, question)
  await confirm(held, question, id)
  await post('', { '/reference/kind': 'crowd', reference_percent: '40', '/reference/source': 'Readers' })
  await post('/ref2/withdrawal', { '/because': 'It looks bad now.' })
  const after = await shown()
  expect(after).toMatch(/<li id="ref1">(?:(?!<\/li>).)*withdrawn(?:(?!<\/li>).)*It was of another war\./su)
  expect(after).toMatch(
    /<li id="ref2">(?:(?!<\/li>).)*this one counts(?:(?!<\/li>).)*with hindsight, so that it still counts/su,
  )
  expect(after).toMatch(/<li id="ref3">(?:(?!<\/li>).)*with hindsight: in no figure/su)
  const { text } = await member.get(path)
  expect(text).toContain(
    'what is recorded now is marked as chosen with\n          hindsight'.replace(/\s+/gu, ' '),
  )
  expect(text).not.toContain('Let this one count')
})

test('what is refused comes back as it was typed, at its field, and nothing is written', async () => {
  const held = await site()
  const { question } = await held.log()
  const member = await held.signedIn()
  const before = (await held.host.head()).seq
  const { status, text } = await member.post(`/questions/${question}/references`, {
    ...RATE,
    '/reference/of/k': '21',
  })
  expect(status).toBe(422)
  expect(text).toContain('value="21"')
  expect(text).toContain('Must not exceed n.')
  const missing = await member.post(`/questions/${question}/references`, { '/reference/kind': '' })
  expect([missing.status, missing.text.includes('What to compare with</a>: Is required.')]).toEqual([
    422,
    true,
  ])
  expect(
    (await member.post(`/questions/${question}/references/ref9/withdrawal`, { '/because': 'x' })).status,
  ).toBe(404)
  expect((await held.host.head()).seq).toBe(before)
  const reader = await held.signedIn(await held.join('Rea', 'reader'))
  expect((await reader.get(`/questions/${question}`)).text).not.toContain('Record what to compare with')
  expect((await reader.post(`/questions/${question}/references`, STATUS_QUO)).status).toBe(403)
})

test('the single form and a card ask for it in one fold, and keep what was typed', async () => {
  const held = await site()
  const member = await held.signedIn()
  const { text } = await member.get('/capture/one')
  expect(text.match(/<summary>[^<]*What to compare it with<\/summary>/gu)).toHaveLength(1)
  const one = {
    '/analyst/name': 'Ada Lovelace',
    '/source/title': 'A talk',
    '/source/type': 'interview',
    '/source/published': '2026-11-20',
    '/source/coverage': 'unstated',
    '/quote/exact': 'a cut is likely',
    '/voice': 'quote',
    '/question/title': 'Rates fall',
    '/question/criteria': 'The bank publishes a lower rate.',
    '/question/deadline/date': '2026-12-31',
    '/question/deadline/time_zone': 'UTC',
    manner: 'worded',
    '/probability/words': 'likely',
  }
  const refused = await member.post('/capture/one', { ...one, ...RATE, '/question/title': '' })
  expect(refused.status).toBe(422)
  expect(refused.text).toMatch(/<details open(?:="")?><summary>[^<]*What to compare it with/u)
  expect(refused.text).toContain('<option value="base_rate" selected')
  const taken = await member.post('/capture/one', { ...one, ...RATE })
  expect(taken.status).toBe(303)
  const page = await held.anonymous.get('/questions/2026-11-a-talk_rates-fall')
  expect(page.text).toContain('3 of 20')
  // With an existing question nothing is asked, and nothing that was hidden is recorded.
  const again = await member.post('/capture/one', {
    ...one,
    ...STATUS_QUO,
    '/source/title': 'Another talk',
    question: '2026-11-a-talk_rates-fall',
  })
  expect(again.status).toBe(303)
  expect((await held.anonymous.get('/questions/2026-11-a-talk_rates-fall')).text).not.toContain('Peace')
})
