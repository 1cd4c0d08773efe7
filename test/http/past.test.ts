import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createApp } from '../../src/app.ts'
import { runFlagDue } from '../../src/jobs/flag-due.ts'
import { changePolicy } from '../../src/ledger/members/membership.ts'
import { refreshPairs } from '../../src/store/pairs.ts'
import { refreshSummaries } from '../../src/store/summaries.ts'
import { patient } from '../support/by-files.ts'
import { keptLedger, NOW } from '../support/ledger.ts'
import { ORIGIN } from '../support/site.ts'

const NAMES = ['Ada Overton', 'Ben Calder', 'Zoé Quinn']
const DAY_MS = 86_400_000
const dayOf = (instant: number) => new Date(instant).toISOString().slice(0, 10)

type Served = { seq: number; documents: Map<string, string> }
type Step = { does: number; which: number; days: number; p: number }
const step: fc.Arbitrary<Step> = fc.record({
  does: fc.nat(11),
  which: fc.nat(7),
  days: fc.nat(25),
  p: fc.integer({ min: 1, max: 99 }),
})

const BEGINNING = [0, 1, 2].map((which) => ({ does: which, which, days: 1, p: 20 + which }))

/** A ledger that is written and read through the API alone, a step after the other. */
async function written() {
  const held = await keptLedger()
  const app = createApp(held.host)
  let now = NOW.getTime()
  const ids = {
    questions: [] as string[],
    forecasts: [] as string[],
    sources: [] as string[],
    analysts: [] as string[],
  }
  const pending: [question: string, resolution: string][] = []
  const some = (list: readonly string[], which: number) => list[which % Math.max(1, list.length)] ?? 'nobody'
  const get = async (path: string) => {
    const answer = await app.request(`${ORIGIN}${path}`)
    return { status: answer.status, text: await answer.text() }
  }
  const post = async (path: string, body: object) => {
    const answer = await app.request(`${ORIGIN}/api${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${held.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    const { record } = (await answer.json()) as { record?: Record<string, string> }
    return answer.status === 201 ? (record ?? null) : null
  }
  let count = 0
  const evidence = () => [{ url: 'https://example.com/e', says: 'It is reported.', accessed: dayOf(now) }]
  const forecast = async ({ which, p }: Step, question: unknown) => {
    count++
    const made = await post('/forecasts', {
      analyst: { name: NAMES[which % NAMES.length] },
      source: {
        title: `Talk ${count}`,
        type: 'interview',
        url: `https://example.com/${count}`,
        published: dayOf(now - DAY_MS),
      },
      quote: `what was said ${count}`,
      question,
      probability: p % 3 === 0 ? { words: 'likely' } : p / 100,
    })
    if (made === null) return
    ids.forecasts.push(made.id as string)
    const source = made.id?.split('_')[0]
    for (const [list, id] of [
      ['questions', made.question],
      ['sources', source],
      ['analysts', made.analyst],
    ] as const)
      if (!ids[list].includes(id as string)) ids[list].push(id as string)
  }
  const asked = ({ days, p }: Step) => ({
    title: `Event ${count} happens`,
    criteria: 'It is reported by two papers.',
    deadline: {
      date: dayOf(now + (days + 2) * DAY_MS),
      time_zone: 'Asia/Yerevan',
      because: 'No horizon was named.',
    },
    ...(p % 4 === 0 ? { family: 'events' } : {}),
    tags: ['events'],
  })
  /** Some of these are refused: nothing is recorded then. */
  const acts: ((one: Step) => Promise<unknown>)[] = [
    (one) => forecast(one, asked(one)),
    (one) => forecast(one, asked(one)),
    (one) => forecast(one, some(ids.questions, one.which)),
    (one) =>
      post(`/questions/${some(ids.questions, one.which)}/amendments`, {
        criteria: `Otherwise ${count}.`,
        because: 'It was unclear.',
      }),
    async (one) => {
      const question = some(ids.questions, one.which)
      const made = await post(`/questions/${question}/resolutions`, {
        outcome: one.p % 2 === 0 ? 'yes' : 'no',
        known_on: dayOf(now),
        evidence: evidence(),
        rationale: 'It is known.',
        because_early: 'It happened.',
      })
      if (made !== null) pending.push([question, made.id as string])
    },
    async ({ which }) => {
      const [question, id] = pending[which % Math.max(1, pending.length)] ?? ['nothing', 'r']
      await post(`/questions/${question}/resolutions/${id}/confirm`, {})
    },
    async ({ which }) => {
      const [question, id] = pending[which % Math.max(1, pending.length)] ?? ['nothing', 'r']
      await post(`/questions/${question}/resolutions/${id}/dispute`, { because: 'The report was wrong.' })
    },
    ({ which }) =>
      post(`/forecasts/${some(ids.forecasts, which)}/withdrawal`, {
        withdrawn_on: dayOf(now),
        because: 'Taken back.',
      }),
    ({ which }) => post(`/forecasts/${some(ids.forecasts, which)}/retraction`, { because: 'Our mistake.' }),
    ({ which, p }) =>
      post(`/questions/${some(ids.questions, which)}/references`, {
        kind: 'base_rate',
        of: { k: p, n: 100 },
      }),
    ({ which }) =>
      post(`/forecasts/${some(ids.forecasts, which)}/replies`, {
        text: `A reply ${count}`,
        replied_on: dayOf(now),
      }),
    () => runFlagDue(held.ledger, held.host.now()),
  ]
  const addresses = () =>
    [
      ...[
        '/analysts',
        '/forecasts',
        '/questions',
        '/sources',
        '/statements',
        '/due',
        '/calibration',
        '/forecasts.csv',
      ],
      ...ids.analysts.flatMap((id) => [`/analysts/${id}`, `/analysts/${id}/track-record`]),
      ...ids.questions.flatMap((id) => [`/questions/${id}`, `/questions/${id}/history`]),
      ...ids.forecasts.map((id) => `/forecasts/${id}`),
      ...ids.sources.map((id) => `/sources/${id}`),
      ...(ids.analysts.length > 1 ? [`/compare?analysts=${ids.analysts[0]},${ids.analysts[1]}`] : []),
    ].map((path) => `/api${path}`)

  return {
    held,
    get,
    head: async () => (await held.host.head()).seq,
    async take(one: Step): Promise<void> {
      now += one.days * DAY_MS + 60_000
      held.at(new Date(now).toISOString())
      await (acts[one.does] as (one: Step) => Promise<unknown>)(one)
      // What is kept of people beside the log is brought up to date now and then.
      if (one.p % 2 === 0) {
        await refreshSummaries(held.ledger.db, held.host.now(), 1000)
        await refreshPairs(held.ledger.db, held.host.now())
      }
    },
    async served(): Promise<Served> {
      const documents = new Map<string, string>()
      for (const path of addresses()) {
        const { status, text } = await get(path)
        expect([path, status]).toEqual([path, 200])
        documents.set(path, text)
      }
      return { seq: await this.head(), documents }
    },
  }
}

test(
  'as of an entry every document is what was served when that entry was the last',
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 12 }), async (steps) => {
        const ledger = await written()
        try {
          await changePolicy(ledger.held.ledger, ledger.held.unit, 'off')
          const kept: Served[] = []
          for (const one of [...BEGINNING, ...steps]) {
            const before = await ledger.head()
            await ledger.take(one)
            if ((await ledger.head()) > before) kept.push(await ledger.served())
          }
          for (const { seq, documents } of kept.toReversed())
            for (const [path, then] of documents) {
              const now = await ledger.get(`${path}${path.includes('?') ? '&' : '?'}as_of=${seq}`)
              expect([seq, path, now.text]).toEqual([seq, path, then])
            }
        } finally {
          await ledger.held.close()
        }
      }),
      { numRuns: 6, endOnFailure: true },
    )
  },
  patient(240_000),
)

/** Every page that tells of the record, of what `ids` names. */
const pagesOf = async (ledger: Awaited<ReturnType<typeof written>>) => {
  const { items } = JSON.parse((await ledger.get('/api/forecasts')).text) as { items: { id: string }[] }
  const [{ id }] = items as [{ id: string }]
  const one = JSON.parse((await ledger.get(`/api/forecasts/${id}`)).text)
  return [
    '/',
    '/ledger',
    '/due',
    '/analysts',
    '/compare',
    '/sources',
    `/forecasts/${id}`,
    `/questions/${one.question.id ?? one.question}`,
    `/sources/${id.split('_')[0]}`,
    `/analysts/${one.analyst.id ?? one.analyst}`,
    `/embed/forecasts/${id}`,
    `/cards/forecasts/${id}.svg`,
  ]
}
const STEPS: Step[] = [
  ...BEGINNING,
  { does: 2, which: 1, days: 1, p: 61 },
  { does: 3, which: 0, days: 1, p: 5 },
  { does: 4, which: 0, days: 2, p: 2 },
  { does: 5, which: 0, days: 0, p: 2 },
  { does: 8, which: 1, days: 1, p: 2 },
  { does: 10, which: 0, days: 1, p: 2 },
]

test(
  'every page reads well as of every entry, says which moment it is, and leads to pages of the same',
  async () => {
    const ledger = await written()
    try {
      await changePolicy(ledger.held.ledger, ledger.held.unit, 'off')
      for (const one of STEPS) await ledger.take(one)
      const head = await ledger.head()
      const paths = await pagesOf(ledger)
      for (let seq = 0; seq <= head; seq++)
        for (const path of paths) {
          const page = await ledger.get(`${path}?as_of=${seq}`)
          expect([path, seq, page.status < 500]).toEqual([path, seq, true])
          if (path.startsWith('/embed') || path.startsWith('/cards') || page.status >= 300) continue
          expect(page.text).toContain('The record as it stood')
          expect(page.text).toContain(`up to entry ${seq}`)
          expect(page.text).not.toContain('method="post"')
          const leads = [...page.text.matchAll(/<a\b[^>]* href="(\/[^"]*)"[^>]*>/gu)].filter(
            ([tag]) => !tag.includes('data-now'),
          )
          const lost = leads
            .map(([, to]) => to as string)
            .filter((to) => !/as_of=/u.test(to) && !/^\/(methods|docs|help|sign-in)/u.test(to))
          expect([path, lost]).toEqual([path, []])
        }
    } finally {
      await ledger.held.close()
    }
  },
  patient(120_000),
)
