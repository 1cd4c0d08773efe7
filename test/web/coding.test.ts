import { expect, test } from 'vitest'
import { adjudicate } from '../../src/ledger/coding/adjudicate.ts'
import { openRound } from '../../src/ledger/coding/round.ts'
import { findRound } from '../../src/store/coding.ts'
import { resolutionsOf } from '../../src/store/lookups.ts'
import { claim, coded, openedRound, SOURCE } from '../coding/round.ts'
import { fieldValue, problemAt, site } from '../support/site.ts'
import { passed, proposal } from './inbox.ts'

const typed = {
  do: 'keep',
  rev: '',
  '/quote': 'There will be no new war this year',
  '/kind': 'flat',
  '/event': 'A new war begins',
  '/deadline': '31 Dec 2027',
  '/band/low': '2',
  '/band/high': '10 %',
  '/own': '20',
}

test('a text is coded, submitted and read jointly by forms alone, and the source says how far the two agree', async () => {
  const held = await site()
  const round = await openedRound(held)
  const ada = await held.join('Ada Lovelace', 'recorder')
  const ben = await held.join('Benjamin Peirce', 'recorder')
  const visitor = await held.signedIn(ada)
  const own = `/codings/${round}/own`

  expect((await held.anonymous.get(own)).status).toBe(401)
  expect((await visitor.get(own)).text).toContain('The pressure will probably continue')
  const wrong = await visitor.post(`/codings/${round}/passages`, { ...typed, '/quote': 'never said' })
  expect(wrong.status).toBe(422)
  expect(fieldValue(wrong.text, '/event')).toBe('A new war begins')
  expect(problemAt(wrong.text, 'passage-quote')).not.toBeNull()
  const halved = await visitor.post(`/codings/${round}/passages`, { ...typed, '/own': '' })
  expect(problemAt(halved.text, 'passage-own')).not.toBeNull()
  expect((await visitor.post(`/codings/${round}/passages`, { ...typed, '/kind': '' })).status).toBe(422)

  expect((await visitor.post(`/codings/${round}/passages`, typed)).status).toBe(303)
  expect((await visitor.get(own)).text).toMatch(
    /<mark id="at-\d+">There will be no new war this year<\/mark>/u,
  )
  const late = await visitor.post(`/codings/${round}/passages`, typed)
  expect([late.status, late.text.includes('changed elsewhere')]).toEqual([412, true])
  const change = { ...typed, rev: '0', passage: '0', '/own': '15' }
  expect((await visitor.post(`/codings/${round}/passages`, change)).status).toBe(303)
  const again = await visitor.get(`${own}?passage=0`)
  expect([fieldValue(again.text, '/own'), fieldValue(again.text, '/kind')]).toEqual(['15', 'flat'])
  expect((await visitor.post(`/codings/${round}/submission`, {})).status).toBe(303)
  expect((await visitor.get(own)).headers.get('location')).toBe(`/codings/${round}`)

  const before = (await held.anonymous.get(`/codings/${round}`)).text
  expect(before).toContain('One of two codings is in')
  expect(before).not.toContain('A new war begins')
  await coded(held, round, ben, [claim({ deadline: '2027-12-30' })])
  const shown = (await held.anonymous.get(`/codings/${round}`)).text
  expect(shown).toContain('A new war begins')
  expect(shown).not.toContain('Ada Lovelace')

  const third = await held.signedIn()
  const page = (await third.get(`/codings/${round}`)).text
  expect(page).toContain('Record the joint reading')
  expect(page).not.toContain('Own probability')
  expect((await visitor.get(`/codings/${round}`)).text).toContain(
    'a member who did not records the joint reading',
  )
  expect((await third.post(`/codings/${round}/adjudication`, { mark: 'm0' })).status).toBe(422)
  const mine = {
    mark: 'm0',
    'm0:take': 'own',
    'm0:/quote': 'no new war this year',
    'm0:/kind': 'flat',
    'm0:/event': 'A war that is new begins',
    'm0:/deadline': '31 Dec 2026',
    'm0:/band/low': '0',
    'm0:/band/high': '5',
  }
  for (const [name, wrong, at] of [
    ['m0:/quote', 'never said', 'joint-m0-quote'],
    ['m0:/deadline', 'some day', 'joint-m0-deadline'],
    ['m0:/band/high', 'much', 'joint-m0-band-high'],
  ] as const) {
    const again = await third.post(`/codings/${round}/adjudication`, { ...mine, [name]: wrong })
    expect([name, again.status, fieldValue(again.text, 'm0:/event')]).toEqual([
      name,
      422,
      'A war that is new begins',
    ])
    expect([name, problemAt(again.text, at)]).not.toEqual([name, null])
    expect(again.text).toContain(`<a href="#${at}">1: `)
    expect(again.text).not.toContain('Ada Lovelace')
  }
  const joint = await third.post(`/codings/${round}/adjudication`, mine)
  expect(joint.status).toBe(303)
  const decided = (await held.anonymous.get(`/codings/${round}`)).text
  expect(decided).toContain('Of 1 passage: 1 as neither did, written by who decided.')
  expect(decided).toContain('As neither coder read it')
  expect((await findRound(held.ledger.db, round))?.state).toBe('adjudicated')
  expect((await held.anonymous.get(`/codings/${round}`)).text).toContain('Ada Lovelace')

  for (const address of [`/sources/${SOURCE}`, '/methods']) {
    const { text } = await held.anonymous.get(address)
    expect(text).toContain('Kind of passage')
    expect(text).toContain('shown from 30 units on')
    expect(text).toContain('No outcome was decided twice')
  }
})

test('a forecast says that its source was coded by two, and whether they could have read it before', async () => {
  const held = await site()
  const round = await openedRound(held)
  const ada = await held.join('Ada Lovelace', 'recorder')
  const log = { source: SOURCE, quote: 'There will be no new war this year' }
  const pages: string[] = []
  for (const name of ['Benjamin Peirce', 'Cleo Patra']) {
    const id = round.replace(/1$/u, String(pages.length + 1))
    if (pages.length > 0) await openRound(held.ledger, held.unit, { source: SOURCE })
    await coded(held, id, ada, [claim()])
    await coded(held, id, await held.join(name, 'recorder'), [claim()])
    await adjudicate(held.ledger, held.unit, id, { takes: ['first'] })
    const forecast = pages.length === 0 ? (await held.log(log)).id : `${SOURCE}_a-new-war-begins`
    pages.push((await held.anonymous.get(`/forecasts/${forecast}`)).text)
  }
  expect(pages[0]).toContain('each blind to the other and to any reading in the ledger')
  expect(pages[1]).toContain('not to the published reading')
  expect((await held.anonymous.get('/methods')).text).toContain('1 round is left out')
})

test('without a round the methods page says that agreement is not measured, and the list offers one', async () => {
  const held = await site()
  expect((await held.anonymous.get('/methods')).text).toContain(
    'Not measured: no text was coded by two before',
  )
  const admin = await held.signedIn()
  const refused = await admin.post('/codings', { '/source': 'no-such-source' })
  expect(refused.status).toBe(404)
  await openedRound(held)
  expect((await held.anonymous.get('/codings')).text).toContain('A talk about the winter')
  const codebook = await admin.post('/codebook', { '/text': 'Read twice.' })
  expect(codebook.status).toBe(303)
  expect((await held.anonymous.get('/codebook')).text).toContain('Codebook own-1')
  expect((await held.anonymous.get('/codebook?version=house-1')).text).toContain(
    'Read the text from end to end',
  )
  expect((await held.anonymous.get('/codebook?version=own-9')).status).toBe(404)
})

test('an outcome is drawn blind: the page names no speaker and no probability, and the entry says so', async () => {
  const held = await site()
  const { question } = await held.log()
  held.at('2027-01-05T10:00:00.000Z')
  const admin = await held.signedIn()
  const { text } = await admin.get(`/questions/${question}/resolve?blind=yes`)
  for (const hidden of ['Kalachev', 'there will be no war', 'An interview', '2 %'])
    expect([hidden, text.slice(text.indexOf('<main')).includes(hidden)]).toEqual([hidden, false])
  const form = {
    '/drawn_blind': fieldValue(text, '/drawn_blind') ?? '',
    '/outcome': 'no',
    '/known_on': '2027-01-01',
    '/evidence/0/url': 'https://example.com/report',
    '/evidence/0/says': 'No war.',
    '/evidence/0/accessed': '2027-01-05',
  }
  const again = await admin.post(`/questions/${question}/resolutions`, form)
  expect([again.status, again.text.includes('Kalachev')]).toEqual([422, false])
  const done = await admin.post(`/questions/${question}/resolutions`, {
    ...form,
    '/rationale': 'None began.',
  })
  expect(done.status).toBe(303)
  expect(await resolutionsOf(held.ledger.db, question)).toMatchObject([{ record: { drawn_blind: true } }])
  expect((await held.anonymous.get(`/questions/${question}`)).text).toContain('Drawn blind')
})

test('two decide a question on their own, by the page that names no speaker; both are shown together, and can be proposed', async () => {
  const held = await site()
  const { question } = await held.log({ question: passed })
  const ada = await held.join('Ada Lovelace', 'resolver')
  const ben = await held.join('Benjamin Peirce', 'resolver')
  const [first, second] = [await held.signedIn(ada), await held.signedIn(ben)]
  const blind = `/questions/${question}/resolve?blind=yes`
  expect((await first.get(blind)).text).toContain(`formaction="/questions/${question}/outcomes"`)
  const typed = { ...proposal, '/drawn_blind': 'yes' }
  const refused = await first.post(`/questions/${question}/outcomes`, { ...typed, '/rationale': '' })
  expect([refused.status, fieldValue(refused.text, '/evidence/0/says')]).toEqual([422, 'Rates stay.'])
  expect(refused.text).not.toContain('Kalachev')
  expect((await first.post(`/questions/${question}/outcomes`, typed)).status).toBe(303)
  expect((await first.get(blind)).text).toContain('Yours is sealed')
  expect((await first.post(`/questions/${question}/outcomes`, typed)).status).toBe(409)

  const before = (await held.anonymous.get(`/questions/${question}`)).text
  expect(before).toContain('One member has decided it on their own')
  expect(before).not.toContain('The decision names the old rate')
  expect((await second.get('/due')).text).toContain('Decide it blind, too')
  const other = { ...typed, '/outcome': 'yes', '/rationale': 'It names a lower one.' }
  expect((await second.post(`/questions/${question}/outcomes`, other)).status).toBe(303)
  const after = (await held.anonymous.get(`/questions/${question}`)).text
  for (const shown of [
    'One says',
    'Ada Lovelace',
    'It names a lower one.',
    'names the old rate',
    'Drawn blind',
  ])
    expect([shown, after.includes(shown)]).toEqual([shown, true])

  const { sealed } = JSON.parse((await held.anonymous.get('/api/outcomes')).text).items[0]
  expect(sealed).toHaveLength(2)
  const [one, two] = [
    await first.get(`/questions/${question}/resolve?sealed=1`),
    await first.get(`/questions/${question}/resolve?sealed=2`),
  ]
  expect([one, two].map(({ text }) => fieldValue(text, '/outcome')).sort()).toEqual(['no', 'yes'])
  const csv = (await held.anonymous.get('/api/outcomes.csv')).text
  expect(csv).toMatch(new RegExp(`${question},Rates fall,2,(yes,no|no,yes),false`, 'u'))
  for (const address of ['/sources/2026-11-an-interview', '/methods']) {
    const { text } = await held.anonymous.get(address)
    expect(text).toMatch(/Outcome of a question.*?data-name="Units">1<.*?data-name="Same">0.%/su)
    expect(text).toContain('they are no random sample')
  }
})

test('what both read alike is shown once and chosen already; where they differ, nobody is chosen for', async () => {
  const held = await site()
  const round = await openedRound(held)
  const pressure = claim({ quote: 'The pressure will probably continue', event: 'The pressure continues' })
  const wider = claim({ quote: 'The pressure will probably continue', event: 'It goes on' })
  await coded(held, round, await held.join('Ada Lovelace', 'recorder'), [claim({ own: 0.31 }), pressure])
  await coded(held, round, await held.join('Benjamin Peirce', 'recorder'), [claim({ own: 0.57 }), wider])
  const admin = await held.signedIn()
  const page = (await admin.get(`/codings/${round}`)).text
  expect(page.split('Both alike')).toHaveLength(2)
  expect(page.match(/name="m\d:take" value="\w+" checked/gu)).toEqual([
    'name="m0:take" value="first" checked',
  ])
  expect(page).not.toMatch(/31.%|57.%/u)
  expect((await held.anonymous.get(`/codings/${round}`)).text).toMatch(/own probability 31.%/u)
  const both = new URLSearchParams([
    ['mark', 'm0'],
    ['mark', 'm1'],
    ['m0:take', 'first'],
    ['m1:take', 'second'],
  ])
  expect((await admin.postBody(`/codings/${round}/adjudication`, both)).status).toBe(303)
  const joint = (await findRound(held.ledger.db, round))?.joint?.passages.map(({ origin }) => origin)
  expect(joint).toEqual(['both', 'second'])
})
