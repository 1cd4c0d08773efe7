import { expect, test } from 'vitest'
import { machineMember } from '../../src/ledger/members/membership.ts'
import { recordArchived } from '../../src/ledger/source/archive-source.ts'
import { recordSource } from '../../src/ledger/source/record-source.ts'
import { findSource } from '../../src/store/lookups.ts'
import { isOnServer } from '../support/by-files.ts'
import { inLedger } from '../support/bytes.ts'
import { commandOn } from '../support/command.ts'
import { type Site, site } from '../support/site.ts'

const QUOTE = 'the quixotic baroness will never again leave Zanzibar'
const WORDS = ['quixotic', 'baroness', 'Zanzibar', 'Vaclav', 'Novotny']
const because = 'The person concerned asked for it.'

/** Everything that anybody is answered about a ledger, now and as of every entry. */
async function everything(
  held: Site,
  ids: { id: string; question: string; analyst: string; source: string },
) {
  const pages = [
    '/',
    '/ledger',
    '/ledger?q=again',
    `/forecasts/${ids.id}`,
    `/questions/${ids.question}`,
    `/sources/${ids.source}`,
    `/analysts/${ids.analyst}`,
    '/analysts',
    '/sources',
    '/words',
    '/changes?since=5',
    `/embed/forecasts/${ids.id}`,
    `/embed/analysts/${ids.analyst}`,
    '/sitemap/forecasts-1.xml',
    '/feeds/new.atom',
    `/feeds/new.atom?analyst=${ids.analyst}`,
    `/feeds/due.atom?source=${ids.source}`,
    '/feeds/due.ics',
    `/feeds/due.ics?analyst=${ids.analyst}`,
    '/corrections.atom',
    `/oembed?url=${encodeURIComponent(`http://localhost/forecasts/${ids.id}`)}`,
    '/api/search?q=again',
    '/api/forecasts',
    '/api/forecasts.csv',
    `/api/forecasts/${ids.id}`,
    '/api/questions.csv',
    `/api/questions/${ids.question}`,
    `/api/questions/${ids.question}/history`,
    '/api/sources.csv',
    `/api/sources/${ids.source}`,
    '/api/statements.csv',
    `/api/statements?source=${ids.source}`,
    '/api/analysts.csv',
    `/api/analysts/${ids.analyst}/track-record`,
    `/api/analysts/${ids.analyst}/track-record/receipt`,
    '/api/changes?since=5',
    '/api/redactions',
    '/api/redactions.csv',
  ]
  const { seq } = await held.host.head()
  const all = [
    ...pages,
    ...Array.from({ length: seq + 1 }, (_, entry) => `/api/log/entries/${entry}`),
    ...[seq - 1, 9].flatMap((entry) =>
      pages.map((page) => `${page}${page.includes('?') ? '&' : '?'}as_of=${entry}`),
    ),
  ]
  const said: { path: string; status: number; text: string }[] = []
  for (const path of all) said.push({ path, ...(await held.anonymous.get(path)) })
  return said
}

const telling = (said: { path: string; text: string }[]) =>
  said.filter(({ text }) => WORDS.some((word) => text.toLowerCase().includes(word.toLowerCase())))

test('what was taken out of a claim and of its analyst is in no answer of any route, of any moment', async () => {
  const held = await site()
  const made = await held.log({
    analyst: { name: 'Vaclav Novotny', note: 'Lives in Zanzibar.' },
    quote: QUOTE,
    source: {
      title: 'An interview',
      type: 'interview',
      url: 'https://example.com/interview',
      published: '2026-11-01',
      text: `I tell you: ${QUOTE}. That is all.`,
    },
    probability: { words: QUOTE, categorical: 'no' },
  })
  const source = '2026-11-an-interview'
  const { stream } = (await findSource(held.ledger.db, source)) ?? { stream: '' }
  const unit = { ...held.unit, by: await machineMember(held.ledger, 'scheduler') }
  await recordArchived(held.ledger, unit, stream, {
    source,
    archive_url: 'https://web.archive.org/web/20261102030405/https://example.com/interview?Zanzibar',
    holds: [made.id],
    lacks: [],
  })
  const before = await everything(held, { ...made, source })
  expect(telling(before).length).toBeGreaterThan(40)
  const admin = await held.signedIn()
  const asked = async (body: Record<string, unknown>) =>
    held.send('/api/redactions', {
      method: 'POST',
      body: JSON.stringify({ because, class: 'update', ...body }),
      headers: { authorization: `Bearer ${held.token}`, 'content-type': 'application/json' },
    })
  const unsaid = await asked({ kind: 'forecast', id: made.id, class: undefined })
  expect([unsaid.status, JSON.parse(unsaid.text).errors]).toMatchObject([422, [{ pointer: '/class' }]])
  expect((await asked({ kind: 'forecast', id: made.id })).status).toBe(201)
  const gone = await asked({ kind: 'analyst', id: made.analyst })
  expect([gone.status, JSON.parse(gone.text).record.scrubbed]).toEqual([201, isOnServer ? 'remote' : 'clean'])
  // The address of an archived copy tells of it too.
  expect((await asked({ words: ['Zanzibar'] })).status).toBe(201)
  const { items } = JSON.parse((await held.anonymous.get('/api/analysts')).text)
  const after = await everything(held, { ...made, source, analyst: items[0].id })
  expect(telling(after).map(({ path }) => path)).toEqual([])
  const statuses = Object.fromEntries(before.map(({ path, status }) => [path, status]))
  expect(
    after.filter(({ path, status }) => statuses[path] !== undefined && statuses[path] !== status),
  ).toEqual([])
  expect(await inLedger(held, WORDS)).toEqual([])
  const page = (await held.anonymous.get(`/forecasts/${made.id}`)).text
  expect(page).toMatch(/Something was taken out here on .*The person concerned asked for it\./su)
  expect(page).not.toContain('Take something out')
  expect((await admin.get(`/forecasts/${made.id}`)).text).toContain('Take something out')
  const text = (await held.anonymous.get(`/sources/${source}`)).text
  expect(text).toMatch(/No longer kept here, since .*The person concerned asked for it\./su)
  const entry = JSON.parse((await held.anonymous.get('/api/log/entries/7')).text)
  expect(entry).toMatchObject({
    disclosure: null,
    taken_out: { because },
    payload: { quote: { exact: '[taken out]' } },
  })
})

test('an administrator sees on a page what would go, and takes it out with a second button', async () => {
  const held = await site()
  const made = await held.log({ quote: QUOTE })
  const member = await held.signedIn(await held.join('Rita', 'resolver'))
  expect((await member.get('/settings/redactions')).status).toBe(403)
  expect((await member.post('/settings/redactions/made', {})).status).toBe(403)
  const admin = await held.signedIn()
  expect((await admin.get(`/settings/redactions?kind=statement&id=${made.id}`)).text).toContain(
    `value="${made.id}"`,
  )
  const form = { '/kind': 'statement', '/id': made.id, '/because': because, '/class': 'update' }
  const { seq } = await held.host.head()
  const plan = await admin.post('/settings/redactions/plan', form)
  expect([plan.status, plan.text.includes('1 statement.recorded (7)')]).toEqual([200, true])
  expect((await held.host.head()).seq).toBe(seq)
  const wrong = await admin.post('/settings/redactions/made', { ...form, '/id': 'nobody_here' })
  expect([wrong.status, (await held.host.head()).seq]).toEqual([404, seq])
  const unsaid = await admin.post('/settings/redactions/made', { ...form, '/class': '' })
  expect([unsaid.status, (await held.host.head()).seq]).toEqual([422, seq])
  const empty = await admin.post('/settings/redactions/plan', { '/because': 'So.', '/class': 'update' })
  expect([empty.status, empty.text.includes('name a record, words, or the text of a source')]).toEqual([
    422,
    true,
  ])
  const done = await admin.post('/settings/redactions/made', form)
  expect([done.status, done.headers.get('location')]).toEqual([303, '/settings/redactions'])
  expect((await admin.get('/settings/redactions')).text).toContain('Words of entry 7')
  expect((await held.anonymous.get(`/forecasts/${made.id}`)).text).not.toContain('quixotic')
})

test('the command says what would go, writes nothing without --yes, and then does it', async () => {
  const held = await site()
  await recordSource(held.ledger, held.unit, {
    title: 'A speech',
    type: 'speech',
    published: '2026-11-01',
    text: 'The whole speech of the quixotic baroness.',
  })
  const reckon = commandOn({ RECKONING_DATABASE_URL: held.url }, held.host.now)
  const words = [
    'redact',
    '--text',
    '2026-11-a-speech',
    '--because',
    'The licence has ended.',
    '--class',
    'update',
  ]
  // Nothing is assumed of what it is.
  expect((await reckon(...words.slice(0, -2), '--yes')).code).toBe(2)
  const asked = await reckon(...words)
  expect([asked.code, asked.stdout]).toEqual([
    1,
    '0 entries: \nKept texts of sources: 2026-11-a-speech\nNothing was written. With --yes it goes for good.\n'.replace(
      '0 entries: \n',
      '',
    ),
  ])
  const done = await reckon(...words, '--yes')
  expect([done.code, done.stdout]).toEqual([
    0,
    expect.stringMatching(
      /^Kept texts of sources: 2026-11-a-speech\nTaken out, by entry 6 and those after it\./u,
    ),
  ])
  expect(
    (await reckon('redact', '--words', 'xylophone', '--because', 'So.', '--class', 'update', '--yes')).code,
  ).toBe(1)
  expect((await reckon('redact', '--because', 'So.', '--class', 'update')).code).toBe(2)
  expect((await reckon('verify', '--in-process')).stdout).toContain('Words were taken out once')
})
