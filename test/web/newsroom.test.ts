import { expect, test } from 'vitest'
import { dateShown } from '../../src/core/typed-date.ts'
import { findQuestion, resolutionsOf } from '../../src/store/lookups.ts'
import { keepRecheck } from '../../src/store/rechecks.ts'
import { fieldValue, problemAt, type Site, site } from '../support/site.ts'
import { passed, proposal } from './inbox.ts'

const rungs = async (held: Site) => {
  const asked = (title: string) =>
    held.log({ quote: `${title}, she said`, question: { ...passed, title, family: 'ladder' } })
  return [(await asked('E1')).question, (await asked('E2')).question, (await asked('E3')).question] as const
}

test('a question is assigned, and its member finds it among their own', async () => {
  const { signedIn, log, join, anonymous } = await site()
  const { question } = await log({ question: passed })
  await log({ quote: 'x', question: { ...passed, title: 'Prices double' } })
  const ada = await join('Ada', 'resolver')
  const [admin, other] = [await signedIn(), await signedIn(ada)]
  const answer = await admin.post(`/questions/${question}/assignment`, { '/member': ada.member })
  expect([answer.status, answer.headers.get('location')]).toEqual([
    303,
    `/due?done=desk&question=${question}`,
  ])
  const mine = (await other.get('/due?assigned=me')).text
  expect([mine.includes('Rates fall'), mine.includes('Prices double')]).toEqual([true, false])
  expect((await admin.get('/due?assigned=me')).text).toContain('Nothing of this is assigned to you.')
  expect((await anonymous.get('/due')).text).not.toContain('Ada')
  await admin.post(`/questions/${question}/assignment`, { '/member': '', back: 'question' })
  expect((await other.get('/due?assigned=me')).text).toContain('Nothing of this is assigned to you.')
})

test('what is set aside is folded, counted and comes back on its day, and the deadline stays', async () => {
  const { signedIn, log, anonymous, at } = await site()
  const { question } = await log({ question: passed })
  const admin = await signedIn()
  const bare = await admin.post(`/questions/${question}/snooze`, { '/until': '2026-12-01' })
  expect([bare.status, problemAt(bare.text, `desk-${question}-because`)]).toEqual([422, 'Is required.'])
  expect(fieldValue(bare.text, '/until')).toBe('1 Dec 2026')
  await admin.post(`/questions/${question}/snooze`, {
    '/until': '2026-12-01',
    '/because': 'The minutes come out on the 30th.',
  })
  const folded = (await admin.get('/due')).text
  expect(folded).toMatch(/Needs a decision <span class="soft">1<.*1 of 1 set aside until later/su)
  expect(folded).toMatch(/again on 1 Dec 2026: <bdi>The minutes come out on the 30th\./u)
  expect(folded).not.toContain('Propose this outcome')
  const open = (await anonymous.get('/due')).text
  expect([open.includes('Rates fall'), open.includes('set aside'), open.includes('The minutes')]).toEqual([
    true,
    false,
    false,
  ])
  expect((await admin.get(`/questions/${question}`)).text).toContain('Set aside until')
  at('2026-11-30T23:00:00.000Z')
  expect((await admin.get('/due')).text).toContain('Propose this outcome')
})

test('set aside by mistake, it is there again at once', async () => {
  const { signedIn, log } = await site()
  const { question } = await log({ question: passed })
  const admin = await signedIn()
  await admin.post(`/questions/${question}/snooze`, { '/until': '2026-12-01', '/because': 'Later.' })
  const back = await admin.post(`/questions/${question}/snooze/end`, { back: 'question' })
  expect(back.headers.get('location')).toBe(`/questions/${question}#newsroom`)
  expect((await admin.get('/due')).text).toContain('Propose this outcome')
})

test('a note is for members only, and one that changed meanwhile is not written over', async () => {
  const { signedIn, log, join, anonymous, send, token } = await site()
  const { question } = await log({ question: passed })
  const [admin, reader] = [await signedIn(), await signedIn(await join('Rosa', 'reader'))]
  await admin.post(`/questions/${question}/note`, { '/text': 'Ask the <ministry>.', '/read_at': '' })
  for (const path of ['/due', `/questions/${question}`]) {
    expect((await reader.get(path)).text).toContain('Ask the &lt;ministry&gt;.')
    expect((await anonymous.get(path)).text).not.toContain('ministry')
  }
  const headers = { authorization: `Bearer ${token}` }
  for (const path of ['/api/due', `/api/questions/${question}`])
    expect((await send(path, { headers })).text).not.toContain('ministry')
  const stale = await admin.post(`/questions/${question}/note`, { '/text': 'Mine.', '/read_at': '' })
  expect(stale.status).toBe(412)
  expect(fieldValue(stale.text, '/text')).toBe('Mine.')
  expect(stale.text).toContain('Ask the &lt;ministry&gt;.')
  const read_at = fieldValue(stale.text, '/read_at') as string
  expect(
    (await admin.post(`/questions/${question}/note`, { '/text': 'Mine.', '/read_at': read_at })).status,
  ).toBe(303)
  expect((await reader.post(`/questions/${question}/note`, { '/text': 'x' })).status).toBe(403)
})

test('a lower rung that resolved no is proposed for the higher ones along with it', async () => {
  const held = await site()
  const { signedIn, ledger } = held
  const [e1, e2, e3] = await rungs(held)
  const admin = await signedIn()
  const page = (await admin.get(`/questions/${e2}/resolve`)).text
  expect([...page.matchAll(/name="also" value="([^"]*)"/gu)].map(([, id]) => id)).toEqual([e1, e3])
  const answer = await admin.post(`/questions/${e2}/resolutions`, { ...proposal, also: e3 })
  expect(answer.headers.get('location')).toBe(`/due?done=proposed&question=${e2}&question=${e3}`)
  for (const id of [e2, e3])
    expect((await resolutionsOf(ledger.db, id)).map(({ record }) => record.outcome)).toEqual(['no'])
  const card = (await admin.get('/due')).text
  expect(card).toContain(`<a href="/questions/${e1}/resolve?as=${e2}">Begin with its outcome</a>`)
  const begun = (await admin.get(`/questions/${e1}/resolve?as=${e2}`)).text
  for (const [name, value] of Object.entries(proposal))
    expect([name, fieldValue(begun, name)]).toEqual([name, dateShown(value)])
})

test('of a ladder, what a plain outcome decides is ticked for that outcome', async () => {
  const { signedIn, ledger, log } = await site()
  const rung = async (title: string, implies?: string) =>
    (
      await log({
        quote: `${title}, she said`,
        question: { ...passed, title, family: 'ladder', ...(implies === undefined ? {} : { implies }) },
      })
    ).question
  const e1 = await rung('E1')
  const e2 = await rung('E2', e1)
  const e3 = await rung('E3', e2)
  const admin = await signedIn()
  const page = (await admin.get(`/questions/${e2}/resolve`)).text
  const ticked = [...page.matchAll(/name="(also[^"]*)" value="([^"]*)" checked/gu)].map(([, name, id]) => [
    name,
    id,
  ])
  expect(ticked).toEqual([
    ['also_no', e3],
    ['also_yes', e1],
  ])
  const answer = await admin.post(`/questions/${e2}/resolutions`, { ...proposal, also_no: e3, also_yes: e1 })
  expect(answer.headers.get('location')).toBe(`/due?done=proposed&question=${e2}&question=${e3}`)
  expect(await resolutionsOf(ledger.db, e1)).toEqual([])
  expect((await admin.get(`/questions/${e3}`)).text).toContain('cannot happen without “<bdi>E2</bdi>”')
})

test('a rung that waits for its condition is ticked for no answer, and offered for what is none', async () => {
  const { signedIn, ledger, log } = await site()
  const condition = { text: 'The talks fail', deadline: { date: '2026-11-10', time_zone: 'UTC' } }
  const rung = async (title: string, more: object) =>
    (await log({ quote: `${title}, she said`, question: { ...passed, title, family: 'ladder', ...more } }))
      .question
  const lower = await rung('E1', {})
  const upper = await rung('E2', { implies: lower, condition })
  const admin = await signedIn()
  const page = (await admin.get(`/questions/${lower}/resolve`)).text
  expect(
    [...page.matchAll(/name="(also[^"]*)" value="[^"]*"( checked)?/gu)].map(([, ...found]) => found),
  ).toEqual([['also', undefined]])
  const annulled = { ...proposal, '/outcome': 'annulled', '/annulled_because': 'moot', also: upper }
  expect((await admin.post(`/questions/${lower}/resolutions`, annulled)).status).toBe(303)
  expect((await resolutionsOf(ledger.db, upper)).map(({ record }) => record.outcome)).toEqual(['annulled'])
})

test('when one of the family does not take it nothing is proposed, and the ticks are still there', async () => {
  const held = await site()
  const { signedIn, ledger } = held
  const [, e2, e3] = await rungs(held)
  const admin = await signedIn()
  await admin.post(`/questions/${e3}/resolutions`, proposal)
  const page = await admin.post(`/questions/${e2}/resolutions`, { ...proposal, also: e3 })
  expect(page.status).toBe(409)
  expect(page.text).toContain('another of the family does not take it')
  expect(page.text).toContain(`&quot;E3&quot;: An outcome is proposed already`)
  expect(await resolutionsOf(ledger.db, e2)).toEqual([])
})

test('a proposal offers its undo for a minute, and the undo is an entry after which the question is due again', async () => {
  const { signedIn, log, at, ledger } = await site()
  const { question } = await log({ question: passed })
  const admin = await signedIn()
  const { headers } = await admin.post(`/questions/${question}/resolutions`, proposal)
  const undo = `/questions/${question}/resolutions/r1/withdrawal`
  expect((await admin.get(headers.get('location') as string)).text).toContain(`action="${undo}"`)
  at('2026-11-22T10:00:30.000Z')
  expect((await admin.post(undo, {})).headers.get('location')).toBe(
    `/due?done=taken-back&question=${question}`,
  )
  expect((await admin.get('/due')).text).toMatch(/Needs a decision.*Rates fall/su)
  expect((await admin.get(`/questions/${question}`)).text).toContain('was taken back within a minute')
  await admin.post(`/questions/${question}/resolutions`, proposal)
  at('2026-11-22T10:01:31.000Z')
  const late = `/questions/${question}/resolutions/r2/withdrawal`
  expect((await admin.get(`/due?done=proposed&question=${question}`)).text).not.toContain(late)
  const refused = await admin.post(late, {})
  expect([refused.status, refused.text.includes('More than a minute has passed')]).toEqual([409, true])
  expect((await findQuestion(ledger.db, question))?.pending).toBe('r2')
})

test('a confirmation by mistake is taken back by its confirmer, and nobody else is offered that', async () => {
  const { signedIn, log, join, ledger, anonymous } = await site()
  const ada = await join('Ada', 'resolver')
  const { question } = await log({ question: passed })
  const [admin, other] = [await signedIn(), await signedIn(ada)]
  await admin.post(`/questions/${question}/resolutions`, proposal)
  const { headers } = await other.post(`/questions/${question}/resolutions/r1/confirm`, {})
  const done = headers.get('location') as string
  const undo = `/questions/${question}/resolutions/r1/withdrawal`
  const offers = async (who: typeof admin) => (await who.get(done)).text.includes(`action="${undo}"`)
  expect([await offers(other), await offers(admin), await offers(anonymous)]).toEqual([true, false, false])
  await other.post(undo, {})
  expect((await findQuestion(ledger.db, question))?.outcome).toBeNull()
})

test('a reply of the person concerned stands beside the forecast, on both pages and in the API', async () => {
  const { signedIn, log, anonymous, send } = await site()
  const { id, question } = await log()
  const admin = await signedIn()
  const page = `/forecasts/${id}`
  expect((await admin.get(page)).text).toContain('for a reply yet')
  await admin.post(`${page}/asked`, { '/asked_on': '2026-11-20' })
  expect((await admin.get(page)).text).toMatch(
    /asked <bdi dir="auto">Konstantin Kalachev<\/bdi> for a reply on .*20 Nov 2026/u,
  )
  expect((await anonymous.get(page)).text).not.toContain('for a reply')
  const empty = await admin.post(`${page}/replies`, { '/replied_on': '2026-11-30' })
  expect([empty.status, problemAt(empty.text, 'reply-text')]).toEqual([422, 'Is required.'])
  const reply = {
    '/text': 'I meant <a> war.\nNot a clash.',
    '/url': 'https://example.com/reply',
    '/replied_on': '2026-11-21',
  }
  expect((await admin.post(`${page}/replies`, reply)).status).toBe(303)
  for (const path of [page, `/questions/${question}`]) {
    const { text } = await anonymous.get(path)
    expect(text).toMatch(/Reply by <bdi dir="auto">Konstantin Kalachev/u)
    expect(text).toContain('I meant &lt;a&gt; war.\nNot a clash.')
  }
  const json = JSON.parse((await send(`/api/forecasts/${id}`)).text)
  expect(json.replies).toMatchObject([{ text: reply['/text'], replied_on: '2026-11-21' }])
  expect(JSON.stringify(json)).not.toContain('asked_on')
})

test('with four eyes in force a reply without an address is kept by one member and published by another', async () => {
  const { signedIn, join, log, anonymous } = await site()
  await join('Rita', 'resolver')
  const ada = await join('Ada', 'recorder')
  const { id, question } = await log()
  const [admin, other] = [await signedIn(), await signedIn(ada)]
  const page = `/forecasts/${id}`
  const reply = { '/text': 'I meant a war.\r\nNot a clash.', '/replied_on': '2026-11-21' }
  const alone = await other.post(`${page}/replies`, reply)
  expect(alone.status).toBe(403)
  expect(alone.text).toContain('two members: one keeps what they heard')
  expect(fieldValue(alone.text, '/text')).toContain('Not a clash.')
  expect((await other.post(`${page}/heard`, reply)).status).toBe(303)
  const offer = 'I checked it: publish it'
  const offered = async (visitor: typeof other) => (await visitor.get(page)).text.includes(offer)
  expect([await offered(other), await offered(admin), await offered(anonymous)]).toEqual([false, true, false])
  expect((await admin.post(`${page}/replies`, reply)).status).toBe(303)
  expect(await offered(admin)).toBe(false)
  const { text } = await anonymous.get(page)
  expect(text).toContain('Heard by <bdi>Ada</bdi>. Published here by <bdi>administrator</bdi>')
  expect((await other.get(`/questions/${question}`)).text).not.toContain(`/questions/${question}/amend`)
  expect((await other.get(`/questions/${question}/amend`)).status).toBe(403)
  expect(
    (await other.post(`/questions/${question}/amendments`, { '/title': 'X', '/because': 'x', rev: '0' }))
      .status,
  ).toBe(403)
  expect((await admin.get(`/questions/${question}`)).text).toContain(`/questions/${question}/amend`)
})

test('a question is amended before its deadline with a reason, and the change is shown word by word', async () => {
  const { signedIn, log, join, anonymous, at } = await site()
  const { question } = await log()
  const ruth = await join('Ruth', 'recorder')
  const recorder = await signedIn(ruth)
  const form = (await recorder.get(`/questions/${question}/amend`)).text
  const fields = Object.fromEntries(
    ['/title', '/criteria', '/deadline/date', '/deadline/time_zone', '/deadline/because'].map((name) => [
      name,
      fieldValue(form, name) as string,
    ]),
  )
  const changed = {
    ...fields,
    '/criteria': 'A war is declared or two thousand people die in it.',
    '/class': 'clarification',
  }
  const bare = await recorder.post(`/questions/${question}/amendments`, changed)
  expect([bare.status, problemAt(bare.text, 'amend-because')]).toEqual([422, 'Is required.'])
  expect(fieldValue(bare.text, '/criteria')).toBe(changed['/criteria'])
  const reasoned = { ...changed, '/because': 'The usual threshold.' }
  expect((await recorder.post(`/questions/${question}/amendments`, reasoned)).status).toBe(303)
  const { text } = await anonymous.get(`/questions/${question}`)
  expect(text).toContain('The usual threshold.')
  expect(text).toContain('A war is declared or <del>a </del><ins>two </ins>thousand people die in it.')
  at('2027-01-02T00:00:00.000Z')
  const afterwards = await signedIn(ruth)
  expect((await afterwards.get(`/questions/${question}`)).text).not.toContain('/amend"')
  expect((await afterwards.get(`/questions/${question}/amend`)).status).toBe(409)
  expect((await afterwards.post(`/questions/${question}/amendments`, reasoned)).status).toBe(409)
})

test('a correction stands in the history of its question beside what it corrects, each with its day', async () => {
  const { signedIn, log, anonymous, at } = await site()
  const { question } = await log({ question: passed })
  const admin = await signedIn()
  const resolve = `/questions/${question}/resolutions`
  await admin.post(resolve, proposal)
  await admin.post(`${resolve}/r1/confirm`, {})
  at('2026-11-24T10:00:00.000Z')
  await admin.post(resolve, { ...proposal, '/outcome': 'yes', '/supersedes': 'r1', '/class': 'correction' })
  await admin.post(`${resolve}/r2/confirm`, {})
  const { text } = await anonymous.get(`/questions/${question}`)
  const history = text.slice(text.indexOf('<h2 id="history">')).replaceAll(/<[^>]*>/gu, ' ')
  expect(history).toMatch(
    /The outcome no was proposed \(r1\)\..*22 Nov 2026.*Resolution r1 was confirmed: from here on it counts\..*22 Nov 2026.*The outcome yes was proposed \(r2, to correct r1\)\..*24 Nov 2026.*Resolution r2 was confirmed: from here on it counts\..*24 Nov 2026/su,
  )
})

test('quotes that changed or vanished at their source stand in the inbox, for members', async () => {
  const { signedIn, log, anonymous, ledger } = await site()
  const { id } = await log()
  const source = id.split('_')[0] as string
  await ledger.db.write([
    keepRecheck({
      source,
      at: '2026-11-22T09:00:00.000Z',
      state: 'changed',
      url: 'https://example.com/interview',
      quotes: [
        {
          statement: id,
          state: 'changed',
          exact: 'there will be no war',
          nearest: 'there may be no war',
          similarity: 0.8,
        },
      ],
    }),
  ])
  const inbox = (await (await signedIn()).get('/due')).text
  expect(inbox).toMatch(/Changed at the source.*there will be no war.*Now: .*there may be no war/su)
  expect((await anonymous.get('/due')).text).not.toContain('there may be no war')
})

test('an editor’s band stands beside the words with its reason and the band of the lexicon', async () => {
  const { log, anonymous } = await site()
  const because = 'He said before what he means by it.'
  const { id } = await log({ probability: { words: 'likely', low: 0.8, mid: 0.9, high: 0.95, because } })
  const { text } = await anonymous.get(`/forecasts/${id}`)
  expect(text).toContain(because)
  expect(text).toMatch(
    /An editor reads it as 80–95\s%, with 90\s% in the middle\. The lexicon reads “likely” as 60–85\s%\./u,
  )
  expect(text).not.toContain('Nobody has measured this phrase')
})

test('a condition that came about is in the history with its day, and the question is decided at its own deadline', async () => {
  const { signedIn, log, anonymous, ledger, at } = await site()
  const condition = { text: 'The strait closes', deadline: { date: '2026-11-15', time_zone: 'UTC' } }
  const { question } = await log({
    question: { ...passed, condition, deadline: { date: '2026-11-29', time_zone: 'UTC' } },
  })
  const admin = await signedIn()
  const { '/evidence/0/url': url, '/evidence/0/says': says, '/evidence/0/accessed': accessed } = proposal
  const evidence = { '/evidence/0/url': url, '/evidence/0/says': says, '/evidence/0/accessed': accessed }
  await admin.post(`/questions/${question}/condition`, { ...evidence, '/met_on': '2026-11-10' })
  expect((await admin.get('/due')).text).not.toContain('did it come about')
  const { text } = await anonymous.get(`/questions/${question}`)
  expect(text.slice(text.indexOf('<h2 id="history">'))).toMatch(
    /The condition was met on <time[^>]*>10 Nov 2026.*22 Nov 2026/su,
  )
  const failed = { ...proposal, '/outcome': 'annulled', '/annulled_because': 'condition_not_met' }
  at('2026-11-30T10:00:00.000Z')
  expect((await admin.post(`/questions/${question}/resolutions`, failed)).status).toBe(422)
  const decided = { ...proposal, '/known_on': '2026-11-30' }
  expect((await admin.post(`/questions/${question}/resolutions`, decided)).status).toBe(303)
  await admin.post(`/questions/${question}/resolutions/r1/confirm`, {})
  expect((await findQuestion(ledger.db, question))?.outcome).toBe('no')
})
