import fc from 'fast-check'
import { expect, test } from 'vitest'
import { codingRoutes } from '../../src/api/coding-routes.ts'
import { allRoutes } from '../../src/api/routes.ts'
import { createApp } from '../../src/app.ts'
import type { PassageRequest } from '../../src/core/coding.ts'
import type { BlindOutcome } from '../../src/core/resolution.ts'
import { saveCoding, submitCoding } from '../../src/ledger/coding/code.ts'
import { recordForecast } from '../../src/ledger/forecast/record-forecast.ts'
import { openSecret } from '../../src/ledger/members/membership.ts'
import { sealOutcome } from '../../src/ledger/resolution/seal-outcome.ts'
import { readHead } from '../../src/store/append.ts'
import { findOutcome } from '../../src/store/blind-outcomes.ts'
import { findCoding } from '../../src/store/coding.ts'
import { patient } from '../support/by-files.ts'
import { aForecast, keptLedger, type TestLedger } from '../support/ledger.ts'
import { ORIGIN } from '../support/site.ts'
import { claim, openedRound, other, SOURCE } from './round.ts'

const routes = await allRoutes()

/** Every address that the second coder can read, of pages and of the API, as they come from the tables themselves. */
function addresses(
  app: ReturnType<typeof createApp>,
  round: string,
  question: string,
  head: number,
): string[] {
  const filled = (path: string): string[] => {
    const ids = path.includes('codings') ? [round] : [SOURCE, round, question, 'nobody']
    return ids.map((id) =>
      path
        .replace(/:seq\b(\{[^}]*\})?/u, String(head))
        .replace(/:chart\{.*$/u, 'passages')
        .replace(/:part\{[^}]*\}[^/]*/u, 'pages-1.xml')
        .replace(/:\w+\{\[\^\/\]\+\\\.png\}/u, `${id}.png`)
        .replaceAll(/:\w+(\{[^}]*\})?/gu, id),
    )
  }
  const known = app.routes
    .filter(({ method, path }) => method === 'GET' && !path.includes('*') && !/\.png/u.test(path))
    .flatMap(({ path }) => filled(path))
  const log = Array.from({ length: head + 1 }, (_, seq) => `/api/log/entries/${seq}`)
  const searches = ['Xanadu', 'zzmarker', 'new war', 'Opposition'].flatMap((q) => [
    `/ledger?q=${q}`,
    `/api/search?q=${q}`,
    `/api/questions?q=${q}`,
    `/api/forecasts?q=${q}`,
  ])
  const decided = [`/questions/${question}/resolve?blind=yes`, `/questions/${question}/resolve?sealed=1`]
  return [...new Set([...known, ...decided, ...log, ...searches, `/api/changes?since=${head - 1}`])]
}

const anOutcome = (changes: Partial<BlindOutcome> = {}): BlindOutcome => ({
  outcome: 'no',
  known_on: '2026-11-21',
  evidence: [{ url: 'https://example.com/report', says: 'It is reported.', accessed: '2026-11-22' }],
  rationale: 'The day passed quietly.',
  ...changes,
})

/** A question whose deadline has passed, with a forecast on it from another source than the one that is coded. */
async function dueQuestion(held: TestLedger): Promise<string> {
  const question = { title: 'A dam breaks', criteria: 'It is reported.', deadline: PASSED }
  const { event } = await recordForecast(held.ledger, held.unit, aForecast({ question }))
  return (event.payload as { question: string }).question
}
const PASSED = { date: '2026-11-20', time_zone: 'UTC' }

type Seen = { path: string; status: number; headers: string; text: string }

/** A ledger in which the first coder has kept and, perhaps, submitted this; all that the second can be answered. */
async function seenBy(passages: PassageRequest[], submits: boolean, outcome: BlindOutcome) {
  const held = await keptLedger()
  try {
    const ada = await held.join('Ada Lovelace', 'resolver')
    const ben = await held.join('Benjamin Peirce', 'admin')
    const round = await openedRound(held)
    const question = await dueQuestion(held)
    await sealOutcome(held.ledger, held.as(ada), question, outcome)
    await saveCoding(held.ledger, held.as(ben), round, { passages: [other()] })
    await saveCoding(held.ledger, held.as(ada), round, { passages })
    if (submits) await submitCoding(held.ledger, held.as(ada), round)
    const nonces = [
      (await findCoding(held.ledger.db, round, ada.member))?.nonce ?? [],
      (await findOutcome(held.ledger.db, { question, member: ada.member }))?.nonce ?? [],
    ].flat()
    expect(nonces).toHaveLength(submits ? 2 : 1)
    const app = createApp(held.host)
    const session = await openSecret(held.ledger, held.host.now(), ben.member, 'session')
    const { seq } = await readHead(held.ledger.db)
    const seen: Seen[] = []
    for (const path of addresses(app, round, question, seq)) {
      const as = path.startsWith('/api')
        ? { authorization: `Bearer ${ben.token}` }
        : { cookie: `sid=${session}` }
      const reply = await app.request(`${ORIGIN}${path}`, { headers: as })
      const headers = [...reply.headers].map(([name, value]) => `${name}: ${value}`).join('\n')
      seen.push({ path, status: reply.status, headers, text: await reply.text() })
    }
    const posted: readonly (readonly [string, unknown])[] = [
      [`/api/codings/${round}/adjudication`, { takes: ['first'] }],
      ['/api/codings', { source: SOURCE }],
      [`/api/codings/${round}/own`, {}],
      [`/api/questions/${question}/outcomes`, { outcome: 'perhaps' }],
      // Whoever may take words out asks where they stand.
      ['/api/redactions/plan', { words: ['zzprobe'], because: 'So.', class: 'update' }],
    ]
    for (const [path, body] of posted) {
      const reply = await app.request(`${ORIGIN}${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${ben.token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      seen.push({ path: `POST ${path}`, status: reply.status, headers: '', text: await reply.text() })
    }
    return { seen, nonces, round }
  } finally {
    await held.close()
  }
}

/** Ids, seals and hashes are random in every ledger; what is left is the same or tells something. */
const plain = ({ path, status, headers, text }: Seen) => ({
  path,
  status,
  etag: /^etag: (.*)$/mu.exec(headers)?.[1],
  said: `${headers}\n${text}`.replaceAll(
    /[A-Za-z0-9_+/=-]{20,}|(?<=["(\n])(?=\w*[A-Z0-9])\w{12}(?=[",)])/gu,
    '#',
  ),
})
/** Where ids of tokens stand, which are short, and the clock of the machine. */
const OF_ITS_OWN = /^\/(api\/tokens|api\/clock|settings)/u
const compared = (seen: readonly Seen[]) => seen.filter(({ path }) => !OF_ITS_OWN.test(path)).map(plain)

const WORD = fc.stringMatching(/^zzmarker[a-z]{6,12}$/u)
const CHANCE = fc.integer({ min: 1, max: 99 }).map((k) => k / 100 + 0.00317)

test('as the second nothing of the first coding, or of the first outcome, is in any answer before both are in: no page, list, count, search, log or header tells two apart', {
  timeout: patient(300_000),
}, async () => {
  let ran = 0
  await fc.assert(
    fc.asyncProperty(WORD, WORD, CHANCE, CHANCE, fc.boolean(), async (event, note, low, own, submits) => {
      const full = [
        claim({ event: `Xanadu ${event}`, note, band: { low, high: 1 }, own, words: note, kind: 'words' }),
        claim({ quote: 'The pressure will probably continue', event: note, deadline: '2031-07-19' }),
      ]
      const one = await seenBy(
        full,
        submits,
        anOutcome({ rationale: `Xanadu zzprobe ${note}`, outcome: 'ambiguous' }),
      )
      const none = await seenBy([], submits, anOutcome())
      expect(one.seen.length).toBeGreaterThan(60)
      const marks = [event, note, String(low), String(own), '2031-07-19', '19 Jul 2031', 'Xanadu'].concat(
        one.nonces,
      )
      for (const { path, headers, text } of one.seen) {
        // What was searched for stands in the field it was typed into.
        const isAsked = /[?&]q=/u.test(path)
        const told = marks.filter(
          (mark) => `${headers}\n${text}`.includes(mark) && !(isAsked && path.includes(mark)),
        )
        expect([path, told]).toEqual([path, []])
      }
      expect(compared(one.seen)).toEqual(compared(none.seen))
      ran++
    }),
    { numRuns: 3, seed: 13 },
  )
  expect(ran).toBe(3)
})

test('every answer about coding is as it is described, by every route', async () => {
  const held = await keptLedger()
  try {
    const app = createApp(held.host)
    const ada = await held.join('Ada Lovelace', 'recorder')
    const ben = await held.join('Benjamin Peirce', 'recorder')
    const first = await openedRound(held)
    const seen = new Set<string>()
    const call = async (method: string, path: string, token: string, body?: unknown) => {
      const reply = await app.request(`${ORIGIN}/api${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(method === 'GET' ? {} : { body: JSON.stringify(body ?? {}) }),
      })
      const route = codingRoutes.find(
        (one) =>
          one.method === method && new RegExp(`^${one.path.replaceAll(/:\w+/gu, '[^/]+')}$`, 'u').test(path),
      )
      const json = await reply.json()
      expect([method, path, reply.status, json]).toEqual([method, path, route?.status, json])
      expect([path, route?.answer.safeParse(json).error?.issues ?? []]).toEqual([path, []])
      seen.add(`${method} ${route?.path}`)
      return json
    }
    await call('POST', `/codings/${first}/closure`, held.token, { because: 'By another codebook.' })
    await call('POST', '/codebooks', held.token, { text: 'Read twice.' })
    await call('POST', '/codings', held.token, { source: SOURCE })
    const round = `${SOURCE}-coding-2`
    await call('GET', `/codings/${round}/own`, ada.token)
    for (const { token } of [ada, ben]) {
      await call('PUT', `/codings/${round}/own`, token, { passages: [claim(), other()] })
      await call('GET', `/codings/${round}/own`, token)
      await call('POST', `/codings/${round}/submission`, token)
      await call('GET', `/codings/${round}`, token)
    }
    await call('POST', `/codings/${round}/adjudication`, held.token, { takes: ['first', 'neither'] })
    const { agreement } = await call('GET', `/codings/${round}`, ada.token)
    expect(agreement).toMatchObject({ kind: { units: 2, raw: 1, alpha: null }, spans: { f1: 1 } })
    await call('GET', '/codings', ada.token)
    await call('GET', '/agreement', ada.token)
    await call('GET', '/codebooks', ada.token)
    const question = await dueQuestion(held)
    const resolver = await held.join('Cleo Patra', 'resolver')
    for (const { token } of [held, resolver]) {
      await call('POST', `/questions/${question}/outcomes`, token, anOutcome())
      await call('GET', '/outcomes', token)
    }
    const { outcome } = await call('GET', '/agreement', ada.token)
    expect(outcome).toMatchObject({ units: 1, raw: 1, waiting: 0 })
    const all = routes.filter((one) => codingRoutes.includes(one) && one.media === 'application/json')
    expect([...seen].sort()).toEqual(all.map(({ method, path }) => `${method} ${path}`).sort())
  } finally {
    await held.close()
  }
})
