import { expect, test } from 'vitest'
import { dateShown } from '../../src/core/typed-date.ts'
import { runFlagDue } from '../../src/jobs/flag-due.ts'
import { findQuestion, resolutionsOf } from '../../src/store/lookups.ts'
import { checkLedger } from '../support/check-ledger.ts'
import { fieldValue, problemAt, site } from '../support/site.ts'
import { passed, proposal } from './inbox.ts'

test('what is past its deadline is proposed, confirmed and scored from the inbox', async () => {
  const held = await site()
  const { signedIn, anonymous, log, ledger, unit } = held
  const { question } = await log({ question: passed })
  await runFlagDue(ledger, unit.now)
  const admin = await signedIn()
  expect((await admin.get('/due')).text).toMatch(/Needs a decision.*Rates fall/su)
  const proposed = await admin.post(`/questions/${question}/resolutions`, proposal)
  expect([proposed.status, proposed.headers.get('location')]).toEqual([
    303,
    `/due?done=proposed&question=${question}`,
  ])
  const inbox = (await admin.get('/due?done=proposed')).text
  expect(inbox).toMatch(/Waiting for confirmation.*Rates fall.*proposed: <bdi>no/su)
  expect(inbox).toContain('it will be marked “confirmed by the same person”')
  expect((await admin.post(`/questions/${question}/resolutions/r1/confirm`, {})).status).toBe(303)
  expect((await findQuestion(ledger.db, question))?.outcome).toBe('no')
  expect((await anonymous.get('/due')).text).toContain('Nothing to decide.')
  expect((await anonymous.get('/analysts/konstantin-kalachev')).text).toContain('it did not happen')
  await checkLedger(held)
})

test('a proposal that cannot be comes back whole, with the message beside its field', async () => {
  const { signedIn, log, ledger } = await site()
  const { question } = await log({ question: passed })
  const answer = await (await signedIn()).post(`/questions/${question}/resolutions`, {
    ...proposal,
    '/known_on': '2026-12-24',
    '/rationale': 'Because <b>I</b> say "so".',
  })
  expect(answer.status).toBe(422)
  expect(problemAt(answer.text, `resolve-${question}-known-on`)).toBe('Lies in the future.')
  expect(answer.text).toContain(`<a href="#resolve-${question}-known-on">Known on</a>: Lies in the future.`)
  expect(answer.text).toContain('Because &lt;b&gt;I&lt;/b&gt; say &quot;so&quot;.</textarea>')
  for (const [name, value] of Object.entries(proposal).filter(([name]) => !/known_on|rationale/u.test(name)))
    expect([name, fieldValue(answer.text, name)]).toEqual([name, dateShown(value)])
  expect(fieldValue(answer.text, '/known_on')).toBe('24 Dec 2026')
  expect(await resolutionsOf(ledger.db, question)).toEqual([])
})

test('an empty proposal names everything that is missing', async () => {
  const { signedIn, log } = await site()
  const { question } = await log({ question: passed })
  const { status, text } = await (await signedIn()).post(`/questions/${question}/resolutions`, {})
  expect(status).toBe(422)
  const named = [...text.matchAll(/<li><a href="#resolve-[^"]*">([^<]*)<\/a>/gu)].map(([, label]) => label)
  expect(named).toEqual(['What happened', 'Known on', 'Evidence: address', 'Why this decides it'])
})

test('"no" before the deadline needs a reason, and the form then asks for it', async () => {
  const { signedIn, log } = await site()
  const { question } = await log()
  const admin = await signedIn()
  const early = await admin.post(`/questions/${question}/resolutions`, proposal)
  expect(early.status).toBe(409)
  expect(early.text).toContain('Why already now')
  const reasoned = { ...proposal, '/because_early': 'The treaty rules it out.' }
  expect((await admin.post(`/questions/${question}/resolutions`, reasoned)).status).toBe(303)
})

test('with four eyes in force the proposer is told to ask somebody, and another member confirms', async () => {
  const { signedIn, log, join, ledger } = await site()
  const ada = await join('Ada', 'resolver')
  const { question } = await log({ question: passed })
  const [admin, other] = [await signedIn(), await signedIn(ada)]
  await admin.post(`/questions/${question}/resolutions`, proposal)
  expect((await admin.get('/due')).text).toContain('another member must confirm it')
  const own = await admin.post(`/questions/${question}/resolutions/r1/confirm`, {})
  expect([own.status, (await findQuestion(ledger.db, question))?.outcome]).toEqual([403, null])
  expect((await other.post(`/questions/${question}/resolutions/r1/confirm`, {})).status).toBe(303)
  const again = await other.post(`/questions/${question}/resolutions/r1/confirm`, {})
  expect(again.status).toBe(409)
  expect(again.text).toContain('This resolution is confirmed already.')
})

test('a dispute keeps its words, stands in the inbox, and a correction supersedes', async () => {
  const { signedIn, log, ledger } = await site()
  const { question } = await log({ question: passed })
  const admin = await signedIn()
  await admin.post(`/questions/${question}/resolutions`, proposal)
  const empty = await admin.post(`/questions/${question}/resolutions/r1/dispute`, { '/because': '' })
  expect([empty.status, problemAt(empty.text, `dispute-${question}-because`)]).toEqual([422, 'Is required.'])
  await admin.post(`/questions/${question}/resolutions/r1/dispute`, {
    '/because': 'The bank corrected itself.',
  })
  const inbox = (await admin.get('/due')).text
  expect(inbox).toMatch(/Disputed.*The bank corrected itself/su)
  expect(fieldValue(inbox, '/supersedes')).toBe('r1')
  await admin.post(`/questions/${question}/resolutions`, {
    ...proposal,
    '/outcome': 'yes',
    '/supersedes': 'r1',
  })
  await admin.post(`/questions/${question}/resolutions/r2/confirm`, {})
  expect((await findQuestion(ledger.db, question))?.outcome).toBe('yes')
})

const conditional = {
  title: 'Prices double',
  criteria: 'The mean of a week.',
  deadline: { date: '2027-02-01', time_zone: 'UTC' },
  condition: { text: 'The strait closes', deadline: { date: '2026-11-15', time_zone: 'UTC' } },
}

test('a condition past its deadline is recorded as met', async () => {
  const { signedIn, log, ledger } = await site()
  const { question } = await log({ question: conditional })
  const admin = await signedIn()
  expect((await admin.get('/due')).text).toMatch(/did it come about.*The strait closes/su)
  const { '/evidence/0/url': url, '/evidence/0/says': says, '/evidence/0/accessed': accessed } = proposal
  const evidence = { '/evidence/0/url': url, '/evidence/0/says': says, '/evidence/0/accessed': accessed }
  const late = await admin.post(`/questions/${question}/condition`, { ...evidence, '/met_on': '2026-11-20' })
  expect([late.status, fieldValue(late.text, '/met_on')]).toEqual([422, '20 Nov 2026'])
  expect(
    (await admin.post(`/questions/${question}/condition`, { ...evidence, '/met_on': '2026-11-10' })).status,
  ).toBe(303)
  expect((await findQuestion(ledger.db, question))?.condition_met?.met_on).toBe('2026-11-10')
})

test('until then the question has no answer, and the page says what to do first', async () => {
  const { signedIn, log, ledger } = await site()
  const open = { ...conditional, condition: { ...conditional.condition, deadline: passed.deadline } }
  const { question } = await log({ question: { ...open, deadline: passed.deadline } })
  const admin = await signedIn()
  const resolve = (await admin.get(`/questions/${question}/resolve`)).text
  expect(resolve).toContain('An answer needs the condition on record')
  expect(resolve).not.toMatch(/value="(yes|no)"/u)
  const refused = await admin.post(`/questions/${question}/resolutions`, proposal)
  expect([refused.status, problemAt(refused.text, `resolve-${question}-outcome`)]).toEqual([
    409,
    expect.stringContaining('record first, with evidence, that it was met'),
  ])
  const { '/evidence/0/url': url, '/evidence/0/says': says, '/evidence/0/accessed': accessed } = proposal
  await admin.post(`/questions/${question}/condition`, {
    '/evidence/0/url': url,
    '/evidence/0/says': says,
    '/evidence/0/accessed': accessed,
    '/met_on': '2026-11-10',
  })
  expect((await admin.get(`/questions/${question}/resolve`)).text).toMatch(/value="yes".*value="no"/su)
  expect((await admin.post(`/questions/${question}/resolutions`, proposal)).status).toBe(303)
  expect(await resolutionsOf(ledger.db, question)).toHaveLength(1)
})

test('or the question is annulled before its own deadline, as the form proposes', async () => {
  const { signedIn, log, ledger } = await site()
  const { question } = await log({ question: conditional })
  const admin = await signedIn()
  const inbox = (await admin.get('/due')).text
  expect([fieldValue(inbox, '/outcome'), fieldValue(inbox, '/annulled_because')]).toEqual([
    'annulled',
    'condition_not_met',
  ])
  const annulled = { ...proposal, '/outcome': 'annulled', '/annulled_because': 'condition_not_met' }
  expect((await admin.post(`/questions/${question}/resolutions`, annulled)).status).toBe(303)
  await admin.post(`/questions/${question}/resolutions/r1/confirm`, {})
  expect((await findQuestion(ledger.db, question))?.outcome).toBe('annulled')
})

const answers: [string, Record<string, unknown>, unknown, Record<string, string>, unknown][] = [
  [
    'an option',
    { type: 'multiple_choice', options: ['Red', 'Blue'] },
    { Red: 0.6, Blue: 0.4 },
    { '/outcome': 'Blue' },
    'Blue',
  ],
  [
    'a number',
    { type: 'numeric', range: { low: 0, high: 9 } },
    { interval: [1, 2], level: 0.8 },
    { '/outcome': 'value', value: '1.5' },
    1.5,
  ],
  [
    'a day',
    { type: 'date', range: { low: '2026-11-01', high: '2026-11-30' } },
    { interval: ['2026-11-02', '2026-11-09'], level: 0.8 },
    { '/outcome': 'value', value: '2026-11-05' },
    '2026-11-05',
  ],
]
for (const [what, kind, probability, typed, outcome] of answers)
  test(`a question can be answered with ${what}`, async () => {
    const { signedIn, log, ledger } = await site()
    const { question } = await log({ question: { ...passed, ...kind }, probability })
    const admin = await signedIn()
    expect((await admin.post(`/questions/${question}/resolutions`, { ...proposal, ...typed })).status).toBe(
      303,
    )
    expect((await resolutionsOf(ledger.db, question))[0]?.record.outcome).toBe(outcome)
  })

test('an empty inbox names what comes next', async () => {
  const { anonymous, log } = await site()
  expect((await anonymous.get('/due')).text).toContain('Nothing to decide. No question is open.')
  await log()
  expect((await anonymous.get('/due')).text).toMatch(
    /Nothing to decide\. Next: 31 Dec 2026, <a href="[^"]*"><bdi>A new war begins/u,
  )
})

test('a reader and a recorder see what is due and cannot decide it', async () => {
  const { signedIn, log, join } = await site()
  const { question } = await log({ question: passed })
  for (const role of ['reader', 'recorder'] as const) {
    const visitor = await signedIn(await join(role, role))
    const { text } = await visitor.get('/due')
    expect([text.includes('Rates fall'), text.includes('Propose this outcome')]).toEqual([true, false])
    expect((await visitor.post(`/questions/${question}/resolutions`, proposal)).status).toBe(403)
  }
})
