import { expect, test } from 'vitest'
import { recordStatement } from '../../src/ledger/forecast/record-statement.ts'
import { recordCondition } from '../../src/ledger/question/record-condition.ts'
import { confirmResolution } from '../../src/ledger/resolution/confirm-resolution.ts'
import { disputeResolution } from '../../src/ledger/resolution/dispute-resolution.ts'
import { proposeResolution } from '../../src/ledger/resolution/propose-resolution.ts'
import { site } from '../support/site.ts'

const attack = (field: string) => `"'><script>alert('${field}')</script><img src=x onerror=alert(1)>&amp;`

test('every text that was stored or typed stands on every page as text', async () => {
  const held = await site()
  const { log, ledger, unit, signedIn, anonymous } = held
  const { id, question, analyst } = await log({
    analyst: {
      name: 'Ada Lovelace',
      affiliation: attack('affiliation'),
      role: attack('role'),
      note: attack('note'),
    },
    source: {
      title: attack('title'),
      publisher: attack('publisher'),
      type: 'interview',
      url: 'https://example.com/?a="><script>alert(1)</script>',
      published: { from: '2026-11-01', to: '2026-11-02', because: attack('published') },
      coverage: 'selected',
      selected_because: attack('selected'),
    },
    quote: { exact: attack('exact'), prefix: attack('prefix'), suffix: attack('suffix') },
    question: {
      title: attack('question'),
      criteria: attack('criteria'),
      fine_print: attack('fine print'),
      resolution_sources: [attack('resolution source')],
      deadline: { date: '2026-11-10', time_zone: 'Asia/Yerevan', because: attack('deadline') },
      condition: { text: attack('condition'), deadline: { date: '2026-11-09', time_zone: 'UTC' } },
      low_information: attack('low information'),
    },
    probability: { words: attack('words'), low: 0.1, mid: 0.2, high: 0.3, because: attack('band') },
  })
  const source = id.slice(0, id.indexOf('_'))
  await recordStatement(ledger, unit, {
    analyst,
    source,
    quote: attack('remark'),
    kind: 'untestable',
    reason: 'motive',
    because: attack('because'),
  })
  const evidence = [{ url: 'https://example.com/"><script>', says: attack('says'), accessed: '2026-11-22' }]
  await recordCondition(ledger, unit, question, {
    met_on: '2026-11-08',
    evidence,
    rationale: attack('condition met'),
  })
  await proposeResolution(ledger, unit, question, {
    outcome: 'no',
    known_on: '2026-11-11',
    evidence,
    rationale: attack('rationale'),
  })
  await confirmResolution(ledger, unit, question, 'r1')
  await disputeResolution(ledger, unit, question, 'r1', { because: attack('dispute') })

  const admin = await signedIn()
  const search = encodeURIComponent(attack('q'))
  const paths = [
    '/',
    '/ledger',
    `/?q=${search}`,
    '/due',
    `/due?done=${search}&question=${search}`,
    `/forecasts/${id}`,
    `/questions/${question}`,
    '/sources',
    `/sources/${source}`,
    '/analysts',
    `/analysts/${analyst}`,
    `/compare?analysts=${search},b`,
    '/methods',
    '/log',
    `/sign-in?token=${search}`,
    `/forecasts/${search}`,
    `/${search}`,
  ]
  const own = [
    `/capture/one?source=${search}&question=${search}&analyst=${search}&logged=${search}`,
    '/capture/one',
    '/capture/one?what=remark',
    `/questions/${question}/resolve`,
    '/settings',
    '/settings/sign-ins',
    '/settings/reminders',
    '/settings/webhooks',
    '/settings/audit',
  ]
  const pages = [
    ...(await Promise.all([...paths, ...own].map(async (path) => [path, await admin.get(path)] as const))),
    ...(await Promise.all(paths.map(async (path) => [path, await anonymous.get(path)] as const))),
  ]
  for (const [path, { text, status }] of pages) {
    expect([path, /<script(?! type="application\/ld\+json")|<img/u.test(text)]).toEqual([path, false])
    expect([path, status < 500]).toEqual([path, true])
  }
  expect(pages.find(([path]) => path === '/ledger')?.[1].text).toContain(
    '&lt;script&gt;alert(&#39;exact&#39;)',
  )
})

test('a form that comes back does not run what was typed into it', async () => {
  const { signedIn } = await site()
  const admin = await signedIn()
  const names = [
    '/analyst/name',
    '/quote/exact',
    '/question/title',
    '/question/criteria',
    '/tags',
    '/source/url',
    'source',
    'question',
    'manner',
    'key',
  ]
  const answer = await admin.post(
    '/capture/one',
    Object.fromEntries(names.map((name) => [name, attack(name)])),
  )
  expect(answer.status).toBe(422)
  expect(answer.text).not.toMatch(/<script|<img/u)
  expect(answer.text).toContain('&lt;script&gt;')
})

test('a link out of the ledger shows where it really leads, and vouches for nothing', async () => {
  const { log, anonymous } = await site()
  const { id } = await log({
    source: { title: 'T', type: 'article', url: 'https://аррӏе.com/x', published: '2026-11-01' },
  })
  const { text } = await anonymous.get(`/sources/${id.slice(0, id.indexOf('_'))}`)
  expect(text).toContain('xn--')
  for (const [link] of text.matchAll(/<a [^>]*href="https?:[^>]*>/gu))
    expect(link).toContain('rel="noopener nofollow ugc"')
})
