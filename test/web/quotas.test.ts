import { expect, test } from 'vitest'
import { CaptureDraft } from '../../src/core/capture.ts'
import { UNLIMITED } from '../../src/core/quota.ts'
import { saveCapture } from '../../src/ledger/capture/save-capture.ts'
import { issueToken } from '../../src/ledger/members/membership.ts'
import { site } from '../support/site.ts'
import { typed } from './capture-form.ts'

const draft = (title: string) => CaptureDraft.parse({ source: { title }, text: title, marks: [] })
const linkTo = (page: string, words: string): string =>
  new RegExp(`<a href="([^"#]*)[^"]*">${words}`, 'u').exec(page)?.[1]?.replaceAll('&amp;', '&') ?? ''

test('one’s own captures come first, and every other is reached from page to page, or by whose it is', async () => {
  const { ledger, unit, join, as, signedIn } = await site()
  const ruth = await join('Ruth', 'recorder')
  await saveCapture(ledger, unit, draft('My own interview'))
  for (let n = 0; n < 120; n++) await saveCapture(ledger, as(ruth), draft(`Filler no. ${n}.`))
  const admin = await signedIn()
  const first = (await admin.get('/capture')).text
  expect(first.indexOf('My own interview')).toBeLessThan(first.indexOf('Filler no.'))
  const seen = new Set<string>()
  let page = first
  for (let pages = 1; ; pages++) {
    for (const [title] of page.matchAll(/Filler no\. \d+\./gu)) seen.add(title)
    const next = linkTo(page, 'Earlier captures')
    if (next === '') break
    expect(pages).toBeLessThan(5)
    page = (await admin.get(next)).text
  }
  expect(seen.size).toBe(120)
  const hers = (await admin.get(`/capture?member=${ruth.member}`)).text
  expect([hers.includes('<bdi>Of Ruth</bdi>'), hers.includes('My own interview')]).toEqual([true, false])
  // Another place than one of ours begins at the beginning.
  expect((await admin.get('/capture?after=nothing')).text).toContain('My own interview')
})

test('a capture that nobody saved for long says until when it is kept', async () => {
  const { ledger, unit, signedIn, at } = await site()
  await saveCapture(ledger, unit, draft('My own interview'))
  at('2027-02-19T10:00:00.000Z')
  const young = (await (await signedIn()).get('/capture')).text
  expect([young.includes('One that nobody saves for 180 days'), young.includes('It is kept until')]).toEqual([
    true,
    false,
  ])
  at('2027-02-20T10:00:00.000Z')
  expect((await (await signedIn()).get('/capture')).text).toContain(
    '<time datetime="2027-05-21">21 May 2027</time>',
  )
})

test('a form beyond the limit comes back as it was typed, with the limit and its setting', async () => {
  const { signedIn } = await site({ quotas: { ...UNLIMITED, daily_entries: 4, drafts: 1 } })
  const admin = await signedIn()
  const refused = await admin.post('/capture/one', typed)
  expect([refused.status, refused.text.includes('RECKONING_DAILY_ENTRIES')]).toEqual([429, true])
  expect(refused.text).toContain('a cut is likely')
  expect((await admin.post('/capture', { text: 'The talks will fail.' })).status).toBe(303)
  const full = await admin.post('/capture', { text: 'The border will be closed.' })
  expect([full.status, full.text.includes('RECKONING_DRAFTS')]).toEqual([409, true])
  expect(full.text).toContain('The border will be closed.')
  // A double click finds the capture that it began.
  const again = await admin.post('/capture', { text: 'The talks will fail.' })
  expect(again.status).toBe(303)
})

test('the tokens of the settings have pages, those that work first', async () => {
  const { ledger, unit, signedIn } = await site()
  for (let n = 0; n < 60; n++)
    await issueToken(ledger, unit, { member: unit.by.member, name: `Script ${n}.`, role: 'reader' })
  const admin = await signedIn()
  const first = (await admin.get('/settings')).text
  const second = (await admin.get(linkTo(first, 'After these'))).text
  const names = [first, second].flatMap((page) =>
    [...page.matchAll(/<bdi>(Script \d+\.)<\/bdi>/gu)].map(([, name]) => name),
  )
  expect([names.length, new Set(names).size]).toEqual([60, 60])
  for (const page of ['0', '99', 'x', '-1', '1e3'])
    expect((await admin.get(`/settings?tokens=${page}`)).status).toBe(200)
})
