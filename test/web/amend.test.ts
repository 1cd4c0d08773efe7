import { expect, test } from 'vitest'
import { findQuestion } from '../../src/store/lookups.ts'
import { fieldValue, problemAt, type Site, site } from '../support/site.ts'
import { aQuestion } from '../support/steps.ts'

const NAMES = [
  'rev',
  '/title',
  '/criteria',
  '/fine_print',
  '/resolution_sources',
  '/deadline/date',
  '/deadline/time_zone',
  '/deadline/because',
  '/opens',
  '/condition/text',
  '/condition/deadline/date',
  '/condition/deadline/time_zone',
  '/condition/deadline/because',
  '/family',
  '/implies',
  '/tags',
  '/low_information',
]
const condition = { text: 'An attack happens.', deadline: { date: '2026-12-01', time_zone: 'Asia/Baku' } }
const extras = {
  fine_print: 'The usual threshold.',
  resolution_sources: ['Reuters', 'AFP'],
  opens: '2026-11-01',
  condition,
  family: 'escalation',
  low_information: 'It always happens.',
  tags: ['war', 'baku'],
}

/** The form of a question as it stands, and what becomes of it with some fields changed. */
async function amending(held: Site, question: string) {
  const admin = await held.signedIn()
  const { text } = await admin.get(`/questions/${question}/amend`)
  const fields = Object.fromEntries(NAMES.map((name) => [name, fieldValue(text, name) ?? '']))
  return {
    text,
    fields,
    send: (changes: Record<string, string>) =>
      admin.post(`/questions/${question}/amendments`, {
        ...fields,
        '/because': 'Clearer.',
        '/class': 'clarification',
        ...changes,
      }),
    record: async () => (await findQuestion(held.ledger.db, question))?.record,
  }
}

test('a form sent as it stands changes nothing', async () => {
  const held = await site()
  const { question } = await held.log({ question: aQuestion(extras) })
  const { send } = await amending(held, question)
  const answer = await send({})
  expect([answer.status, answer.text.includes('The amendment changes nothing.')]).toEqual([422, true])
})

test('what is emptied is taken away, each by itself, and the history shows it', async () => {
  const held = await site()
  const { question } = await held.log({ question: aQuestion(extras) })
  const emptied: Record<string, Record<string, string>> = {
    fine_print: { '/fine_print': '' },
    resolution_sources: { '/resolution_sources': '' },
    opens: { '/opens': '' },
    condition: { '/condition/text': '', '/condition/deadline/date': '' },
    family: { '/family': '' },
    low_information: { '/low_information': '' },
    tags: { '/tags': '' },
  }
  let left: Record<string, unknown> = { id: question, ...aQuestion(extras) }
  for (const [key, fields] of Object.entries(emptied)) {
    const { send, record } = await amending(held, question)
    expect([key, (await send(fields)).status]).toEqual([key, 303])
    left = Object.fromEntries(Object.entries(left).filter(([name]) => name !== key))
    expect(await record()).toEqual(left)
  }
  expect((await held.anonymous.get(`/questions/${question}`)).text).toContain(
    '<del>The usual threshold.</del>',
  )
})

test('condition, topics and what decides it are written and changed', async () => {
  const held = await site()
  const { question } = await held.log()
  const { send, record } = await amending(held, question)
  const first = await send({
    '/condition/text': 'An attack happens.',
    '/condition/deadline/date': '2026-12-01',
    '/tags': 'war, baku',
    '/resolution_sources': 'Reuters\nAFP',
  })
  expect(first.status).toBe(303)
  expect(await record()).toMatchObject({
    condition: { text: 'An attack happens.', deadline: { date: '2026-12-01', time_zone: 'Asia/Yerevan' } },
    tags: ['war', 'baku'],
    resolution_sources: ['Reuters', 'AFP'],
  })
  const next = await amending(held, question)
  expect((await next.send({ '/condition/text': 'Two attacks happen.', '/tags': 'war' })).status).toBe(303)
  expect(await record()).toMatchObject({ condition: { text: 'Two attacks happen.' }, tags: ['war'] })
})

test('what no question can do without is refused where it was emptied, and half a condition too', async () => {
  const held = await site()
  const { question } = await held.log({ question: aQuestion({ condition }) })
  const { send } = await amending(held, question)
  for (const [changes, field] of [
    [{ '/title': '' }, 'title'],
    [{ '/criteria': '' }, 'criteria'],
    [{ '/deadline/date': '' }, 'deadline-date'],
    [{ '/condition/text': '' }, 'condition-text'],
    [{ '/condition/deadline/date': '' }, 'condition-deadline-date'],
    [{ '/condition/deadline/date': '2026-11-01' }, 'condition-deadline-date'],
    [{ '/tags': 'Not A Slug' }, 'tags'],
  ] as const) {
    const { status, text } = await send(changes)
    expect([changes, status, problemAt(text, `amend-${field}`)]).toEqual([changes, 422, expect.anything()])
  }
})

test('a condition whose day has passed is not offered, and a form of yesterday undoes nothing', async () => {
  const held = await site()
  const { question } = await held.log({ question: aQuestion({ ...extras }) })
  const old = await amending(held, question)
  const next = await amending(held, question)
  expect((await next.send({ '/fine_print': 'Another threshold.' })).status).toBe(303)
  expect((await old.send({ '/title': 'A war begins' })).status).toBe(412)
  expect(await next.record()).toMatchObject({ fine_print: 'Another threshold.', title: 'A new war begins' })
  held.at('2026-12-02T00:00:00.000Z')
  const later = await amending(held, question)
  expect([later.text.includes('it no longer moves'), later.text.includes('/condition/text')]).toEqual([
    true,
    false,
  ])
})
