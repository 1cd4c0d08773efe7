import { describe, expect, it } from 'vitest'
import type { Article } from '../../src/core/capture.ts'
import { runFlagDue } from '../../src/jobs/flag-due.ts'
import type { Mail } from '../../src/jobs/notify/outlets.ts'
import { receiveReport } from '../../src/ledger/correction/report.ts'
import { changeMember } from '../../src/ledger/members/change-member.ts'
import {
  chooseReminders,
  confirmAddress,
  readReminders,
  stopReminders,
} from '../../src/ledger/reminders/reminders.ts'
import { addWebhook } from '../../src/ledger/reminders/webhook.ts'
import { disputeResolution } from '../../src/ledger/resolution/dispute-resolution.ts'
import { recheckSource } from '../../src/ledger/source/recheck-source.ts'
import { listMembers } from '../../src/store/members.ts'
import { readQuotedSources } from '../../src/store/rechecks.ts'
import { findTarget } from '../../src/store/targets.ts'
import { type TestLedger, testLedger } from '../support/ledger.ts'
import { CHOICES, linkIn, linkOf, outlets, reminded } from '../support/outlets.ts'
import { log, propose, refusal } from '../support/steps.ts'
import { openAnother } from './another.ts'

const DUE = '2026-12-31T20:00:00.000Z'
const minutesAfter = (at: string, minutes: number) =>
  new Date(Date.parse(at) + minutes * 60_000).toISOString()

async function standing() {
  const test = await testLedger()
  const out = outlets(test)
  return { test, out }
}

const flagAt = async (test: TestLedger, at: string) => {
  test.at(at)
  return runFlagDue(test.ledger, test.unit.now)
}

describe('an address', () => {
  it('gets nothing but a letter to confirm it before its link was used', async () => {
    const { test, out } = await standing()
    await log(test)
    await chooseReminders(test.ledger, test.unit, { ...CHOICES, email: 'ada@example.com' })
    await flagAt(test, DUE)
    await out.run()
    await out.run()
    expect(out.letters.map(({ subject, to }) => [subject, to])).toEqual([
      ['Confirm your address for reminders', 'ada@example.com'],
    ])
    await confirmAddress(test.ledger, linkOf(linkIn(out.letters[0] as Mail, 'confirmation')), test.unit.now)
    // What happened before is in the inbox; letters begin with what happens from then on.
    await out.run()
    expect(out.letters).toHaveLength(1)
  })

  it('is confirmed within a day, by the link to that address alone', async () => {
    const { test, out } = await standing()
    await chooseReminders(test.ledger, test.unit, { ...CHOICES, email: 'old@example.com' })
    await out.run()
    await chooseReminders(test.ledger, test.unit, { ...CHOICES, email: 'new@example.com' })
    await out.run()
    const [old, young] = out.letters.map((letter) => linkOf(linkIn(letter, 'confirmation')))
    if (old === undefined || young === undefined) throw new Error('two letters')
    const now = test.unit.now
    expect((await refusal(() => confirmAddress(test.ledger, old, now)))?.code).toBe('not_found')
    const late = new Date(now.getTime() + 86_400_000)
    expect((await refusal(() => confirmAddress(test.ledger, young, late)))?.code).toBe('not_found')
    const longer = { ...young, until: '2030-01-01T00:00:00.000Z' }
    expect((await refusal(() => confirmAddress(test.ledger, longer, now)))?.code).toBe('not_found')
    await confirmAddress(test.ledger, young, now)
    expect(await readReminders(test.ledger, test.unit.by.member)).toMatchObject({
      address: 'new@example.com',
      confirmed_at: now.toISOString(),
    })
  })

  it('gets at most five letters to confirm it in a day', async () => {
    const { test } = await standing()
    const ask = (n: number) =>
      chooseReminders(test.ledger, test.unit, { ...CHOICES, email: `a${n}@example.com` })
    for (let n = 0; n < 5; n++) await ask(n)
    expect((await refusal(() => ask(5)))?.code).toBe('rate_limited')
    expect((await readReminders(test.ledger, test.unit.by.member))?.address).toBe('a4@example.com')
  })

  it('is changed by nothing that may do less than its member, or ends: it lets sign in', async () => {
    const { test } = await standing()
    const lesser = { ...test.unit, by: { ...test.unit.by, role: 'reader' as const, kind: 'token' as const } }
    const ending = { ...test.unit, by: { ...test.unit.by, expires_at: '2027-01-01T00:00:00.000Z' } }
    for (const unit of [lesser, ending])
      expect(
        (await refusal(() => chooseReminders(test.ledger, unit, { ...CHOICES, email: 'x@example.com' })))
          ?.code,
      ).toBe('forbidden')
  })
})

describe('a member', () => {
  it('is told of each kind that waits for them, in words of what it is', async () => {
    const { test, out } = await standing()
    const other = await test.join('Ben', 'resolver')
    const { question, id } = await log(test)
    await reminded(test, out)
    await flagAt(test, '2026-12-20T00:00:00.000Z')
    await out.run()
    await flagAt(test, DUE)
    await out.run()
    test.at('2027-01-02T00:00:00.000Z')
    await propose(test, question, {}, test.as(other))
    await out.run()
    const [proposed] = (await test.ledger.db.read({ sql: 'SELECT id FROM resolution' })) as { id: string }[]
    await disputeResolution(test.ledger, test.as(other), question, String(proposed?.id), { because: 'No.' })
    await out.run()
    const [source] = await readQuotedSources(test.ledger.db, null)
    if (source === undefined) throw new Error('a source')
    await recheckSource(
      test.ledger,
      source,
      async () => ({ ...EMPTY, text: 'Nothing of the kind stands here.' }),
      test.unit.now,
    )
    await out.run()
    await receiveReport(test.ledger, test.unit.now, { about: `forecast:${id}`, text: 'secret words' })
    await out.run()
    expect(out.letters.map(({ subject }) => subject)).toEqual([
      'A question is due soon: A new war begins',
      'A question is due: A new war begins',
      'An outcome waits for you: A new war begins',
      'An outcome is disputed: A new war begins',
      'A page no longer holds a quote: An interview',
      'A reader reports something: there will be no war',
    ])
    expect(JSON.stringify(out.letters)).not.toContain('secret words')
    expect(out.letters[1]?.text).toContain(
      'Deadline 31 Dec 2026 (Asia/Yerevan). Forecasts of Konstantin Kalachev.',
    )
    expect(out.letters[1]?.text).toContain(`https://reckoning.test/questions/${question}`)
  })

  it('is not told of what they proposed themselves, what was decided meanwhile, or what is not for their role', async () => {
    const { test, out } = await standing()
    await test.join('Ben', 'resolver')
    const { question } = await log(test)
    await reminded(test, out)
    const reader = await test.join('Rita', 'reader')
    await reminded(test, out, {}, test.as(reader), 'rita@example.com')
    await flagAt(test, DUE)
    test.at('2027-01-02T00:00:00.000Z')
    await propose(test, question)
    expect(await out.run()).toBeNull()
    expect(out.letters).toEqual([])
  })

  it('gets one letter of everything after a downtime, and each question in it once', async () => {
    const { test, out } = await standing()
    for (const title of ['It rains', 'It snows', 'It <b>hails</b>'])
      await log(test, { quote: title, question: { ...RAIN, title } })
    await reminded(test, out)
    for (const weeks of [0, 1, 2, 3]) await flagAt(test, minutesAfter(DUE, weeks * 10_080))
    await out.run()
    expect(out.letters).toHaveLength(1)
    const [letter] = out.letters
    expect(letter?.subject).toBe('3 due')
    expect(letter?.text.match(/- It rains/gu)).toHaveLength(1)
    expect(letter?.html).toContain('It &lt;b&gt;hails&lt;/b&gt;')
    expect(letter?.html).not.toMatch(/<img|<script|src=|<b>/u)
  })

  it('gets a daily digest after their hour, on their clocks, once', async () => {
    const { test, out } = await standing()
    await log(test)
    await reminded(test, out, { when: 'daily', hour: 8, time_zone: 'America/New_York' })
    test.at('2026-12-31T13:00:00.000Z')
    await out.run()
    await flagAt(test, DUE)
    for (const at of ['2026-12-31T23:00:00.000Z', '2027-01-01T12:59:00.000Z']) {
      test.at(at)
      await out.run()
    }
    expect(out.letters).toEqual([])
    for (const at of ['2027-01-01T13:00:00.000Z', '2027-01-01T13:01:00.000Z', '2027-01-01T18:00:00.000Z']) {
      test.at(at)
      await out.run()
    }
    expect(out.letters.map(({ subject }) => subject)).toEqual(['A question is due: A new war begins'])
  })

  it('gets a weekly digest on Monday', async () => {
    const { test, out } = await standing()
    await log(test)
    await reminded(test, out, { when: 'weekly', hour: 8, time_zone: 'UTC' })
    test.at('2026-12-28T08:00:00.000Z')
    await out.run()
    await flagAt(test, DUE)
    for (const [at, n] of [
      ['2027-01-04T07:59:00.000Z', 0],
      ['2027-01-04T08:00:00.000Z', 1],
      ['2027-01-05T08:00:00.000Z', 1],
    ] as const) {
      test.at(at)
      await out.run()
      expect(out.letters, at).toHaveLength(n)
    }
  })

  it('who is suspended gets nothing', async () => {
    const { test, out } = await standing()
    const other = await test.join('Ben', 'resolver')
    await log(test)
    await reminded(test, out, {}, test.as(other))
    await changeMember(test.ledger, test.unit, other.member, { suspended: true, because: 'Left.' })
    await flagAt(test, DUE)
    expect(await out.run()).toBeNull()
    expect((await listMembers(test.ledger.db)).some(({ suspended }) => suspended)).toBe(true)
    expect(out.letters).toEqual([])
  })

  it('stops it by the link in a letter, which programs can use with one click', async () => {
    const { test, out } = await standing()
    await log(test)
    await reminded(test, out)
    await flagAt(test, DUE)
    await out.run()
    const headers = out.letters[0]?.headers ?? {}
    expect(headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click')
    const link = linkOf(new URL(String(headers['List-Unsubscribe']).slice(1, -1)))
    expect(
      (await refusal(() => stopReminders(test.ledger, { ...link, key: `${link.key}x` }, test.unit.now)))
        ?.code,
    ).toBe('not_found')
    await stopReminders(test.ledger, link, test.unit.now)
    await flagAt(test, minutesAfter(DUE, 10_080))
    await out.run()
    expect(out.letters).toHaveLength(1)
  })
})

describe('the record of what was sent', () => {
  const sent = async (test: TestLedger) =>
    (await test.ledger.db.read({ sql: 'SELECT sent_at FROM outbox' })).map((row) => row.sent_at)

  it('calls a question reminded of once a message was delivered, and not when it was queued or refused', async () => {
    const { test, out } = await standing()
    await log(test)
    await reminded(test, out)
    await flagAt(test, DUE)
    expect(await sent(test)).toEqual([null])
    out.meets.mail = () => {
      throw new Error('450 try again')
    }
    expect(await out.run()).toEqual({ sent: 0, failed: 1, switched_off: 0 })
    expect(await sent(test)).toEqual([null])
    out.meets.mail = () => {}
    test.at(minutesAfter(DUE, 2))
    await out.run()
    expect(await sent(test)).toEqual([minutesAfter(DUE, 2)])
  })

  it('holds nothing of a ledger without an origin, which sends nothing', async () => {
    const { test, out } = await standing()
    await log(test)
    await reminded(test, out)
    await flagAt(test, DUE)
    out.origin = null
    expect(await out.run()).toBeNull()
    out.origin = 'https://reckoning.test'
    await out.run()
    expect(out.letters).toHaveLength(1)
  })
})

describe('several at once', () => {
  it('send each message once, whoever is first', async () => {
    const { test, out } = await standing()
    await log(test)
    await reminded(test, out)
    const hook = { name: 'A hook', url: 'https://example.com/hook', format: 'standard' as const }
    await addWebhook(
      test.ledger,
      test.unit,
      { ...hook, events: ['question.due', 'forecast.recorded'] },
      false,
    )
    const ledgers = [test.ledger, await openAnother(test), await openAnother(test)]
    await log(test, { quote: 'it rains', question: { ...RAIN, title: 'It rains' } })
    test.at(DUE)
    await Promise.all(ledgers.map((ledger) => runFlagDue(ledger, test.unit.now)))
    for (let round = 0; round < 3; round++) await Promise.all(ledgers.map((ledger) => out.run(ledger)))
    expect(out.letters.map(({ subject }) => subject)).toEqual(['2 due'])
    const ids = out.posts.map(({ headers }) => headers['webhook-id'])
    expect(ids).toHaveLength(3)
    expect(new Set(ids).size).toBe(3)
  })
})

describe('a run that read before another wrote', () => {
  it('makes no message of what the other has told', async () => {
    const { test, out } = await standing()
    const { id } = await log(test)
    await reminded(test, out)
    const report = () =>
      receiveReport(test.ledger, test.unit.now, { about: `forecast:${id}`, text: 'Wrong.' })
    await report()
    const slow = await openAnother(test)
    const { readAll } = slow.db
    slow.db.readAll = async (statements) => {
      const stale = await readAll(statements)
      slow.db.readAll = readAll
      await report()
      await out.run()
      return stale
    }
    await out.run(slow)
    await out.run()
    expect(out.letters.map(({ subject }) => subject)).toEqual(['2 reported by readers'])
  })
})

describe('a target that fails', () => {
  it('is tried again later and later, is switched off after five days, and stops no other', async () => {
    const { test, out } = await standing()
    const hook = { format: 'standard' as const, events: ['forecast.recorded' as const] }
    const bad = await addWebhook(
      test.ledger,
      test.unit,
      { ...hook, name: 'Bad', url: 'https://bad.example/hook' },
      false,
    )
    await addWebhook(
      test.ledger,
      test.unit,
      { ...hook, name: 'Good', url: 'https://good.example/hook' },
      false,
    )
    const tries: Date[] = []
    out.meets.post = ({ url, at }) => {
      if (url.includes('good')) return 200
      tries.push(at)
      return 500
    }
    await log(test)
    const start = test.unit.now.toISOString()
    for (let minutes = 0; minutes <= 2_400; minutes++) {
      test.at(minutesAfter(start, minutes))
      await out.run()
    }
    expect(out.posts).toHaveLength(1)
    expect(tries.map((at) => (at.getTime() - Date.parse(start)) / 60_000)).toEqual([
      0, 1, 6, 36, 156, 456, 1056, 1896,
    ])
    expect(await findTarget(test.ledger.db, bad.id)).toMatchObject({
      error: 'answers with status 500',
      failing_since: start,
      off_at: null,
    })
    test.at(minutesAfter(start, 6 * 1_440))
    await log(test, { quote: 'it rains', question: { ...RAIN, title: 'It rains' } })
    expect(await out.run()).toEqual({ sent: 1, failed: 1, switched_off: 1 })
    await log(test, { quote: 'it snows', question: { ...RAIN, title: 'It snows' } })
    expect(await out.run()).toEqual({ sent: 1, failed: 0, switched_off: 0 })
    expect((await findTarget(test.ledger.db, bad.id))?.waiting).toBe(0)
  })

  it('is switched off at once where it says that it is gone', async () => {
    const { test, out } = await standing()
    const events = ['forecast.recorded' as const]
    const { id } = await addWebhook(
      test.ledger,
      test.unit,
      { name: 'Gone', url: 'https://gone.example/hook', format: 'slack', events },
      false,
    )
    out.meets.post = () => 410
    await log(test)
    await out.run()
    expect((await findTarget(test.ledger.db, id))?.off_at).not.toBeNull()
  })
})

const RAIN = {
  title: 'It rains',
  criteria: 'At least 1 mm is measured.',
  deadline: { date: '2026-12-31', time_zone: 'Asia/Yerevan' },
}
const EMPTY = {
  url: 'https://example.com/interview',
  media: 'text/html',
  title: '',
  left_out: [],
} as unknown as Article
