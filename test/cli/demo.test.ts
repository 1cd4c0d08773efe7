import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { drawComparison } from '../../src/cli/compare.ts'
import { widthOf } from '../../src/cli/terminal.ts'
import { demoFounded, fillDemo } from '../../src/demo/ledger.ts'
import * as crowd from '../../src/demo/people.ts'
import { ADA, BEN, CLEO, DAN } from '../../src/demo/world.ts'
import { ledgerOn } from '../../src/node/runtime.ts'
import type { Comparison } from '../../src/scoring/comparison.ts'
import { readAnalysts } from '../../src/store/documents/analysts.ts'
import { readAgreement, readRounds } from '../../src/store/documents/coding.ts'
import { readComparison } from '../../src/store/documents/comparison.ts'
import { type RecordDocument, readTrackRecord } from '../../src/store/documents/track-record.ts'
import { readDue } from '../../src/store/due.ts'
import { migrate, rebuild } from '../../src/store/migrate.ts'
import { patient } from '../support/by-files.ts'
import { memoryDatabase, verified } from '../support/check-ledger.ts'
import { environment, folder, launcher, reckon, start, until } from '../support/process.ts'
import { site } from '../support/site.ts'

const TODAY = '2026-11-22'
const NOW = new Date(`${TODAY}T10:00:00.000Z`)

async function made(months?: number) {
  const db = memoryDatabase()
  await migrate(db, demoFounded(TODAY, months))
  await rebuild(db, { afresh: false })
  await fillDemo(ledgerOn(db), TODAY, months === undefined ? {} : { months })
  return db
}

describe('the invented ledger', () => {
  let db: Awaited<ReturnType<typeof made>>
  const record = new Map<string, RecordDocument>()
  const of = (id: string) => record.get(id) as RecordDocument
  beforeAll(async () => {
    db = await made()
    for (const { id } of (await readAnalysts(db, NOW)).people)
      record.set(id, (await readTrackRecord(db, id, { now: NOW, logged: 'live' })) as RecordDocument)
    return () => db.close()
  })

  it('is a whole ledger, and says of everybody that they are invented', async () => {
    expect((await verified(db)).findings).toEqual([])
    const names = [ADA, BEN, CLEO, DAN, ...Object.values(crowd)].map((one) =>
      typeof one === 'string' ? one : one.name,
    )
    expect([...record.values()].map(({ analyst }) => analyst?.name).sort()).toEqual(names.sort())
    for (const name of names) expect(name).toMatch(/ \(invented\)$/u)
  })

  it('has texts that two coded blind and a third read jointly, and questions that two decided, enough for alpha', async () => {
    const { agreement, outcome, not_blind } = await readAgreement(db)
    expect({ rounds: agreement.rounds, not_blind, waiting: outcome.waiting }).toEqual({
      rounds: 2,
      not_blind: 0,
      waiting: 0,
    })
    for (const { units, raw, alpha } of [agreement.kind, outcome]) {
      expect(units).toBeGreaterThanOrEqual(30)
      expect(raw).toBeGreaterThan(0.5)
      expect(raw).toBeLessThan(1)
      expect(alpha).not.toBeNull()
    }
    const { items } = await readRounds(db, { limit: 10 })
    const origins = items.flatMap(({ joint }) => joint?.passages.map(({ origin }) => origin) ?? [])
    expect(new Set(origins)).toEqual(new Set(['first', 'second', 'both', 'own']))
  })

  it('has names of many scripts, from one letter to a line, two of them from right to left', () => {
    const names = [...record.values()].map(({ analyst }) => analyst?.name.replace(' (invented)', '') ?? '')
    for (const script of ['Latin', 'Greek', 'Cyrillic', 'Armenian', 'Georgian', 'Arabic', 'Hebrew', 'Han'])
      expect(
        names.some((name) => new RegExp(`^\\p{Script=${script}}`, 'u').test(name)),
        script,
      ).toBe(true)
    const lengths = names.map((name) => name.length)
    expect([Math.min(...lengths), Math.max(...lengths) > 70]).toEqual([1, true])
  })

  it('shows one who overstates numbers as overconfident', async () => {
    const record = of('ada-overton-invented')
    const { headline, own_probabilities, decomposition, tier, counts, finding, monitor, forecasts } = record
    expect(tier).toBe(4)
    expect(headline?.n).toBeGreaterThanOrEqual(70)
    expect(headline?.clusters).toBeGreaterThanOrEqual(25)
    expect(own_probabilities?.z).toBeGreaterThan(3)
    expect(decomposition?.miscalibration).toBeGreaterThan(
      decomposition?.miscalibration_if_calibrated?.q95 ?? 1,
    )
    expect(finding.rule).toMatch(/_differs$/u)
    expect(monitor).toMatchObject({ alarm: true, direction: 'surer_than_right' })
    expect(forecasts.some(({ changed }) => changed.length > 0)).toBe(true)
    expect(counts).toMatchObject({
      moot: 1,
      condition_not_met: 1,
      ambiguous: 1,
      disputed: 1,
      proposed: 1,
      due: 1,
      awaiting_deadline: 1,
    })
    const all = await readTrackRecord(db, 'ada-overton-invented', {
      now: NOW,
      logged: 'all',
      simulate: false,
    })
    expect(all?.counts).toMatchObject({ too_late: 1, selected: 1, late: 1 })
  })

  it('shows one who is calibrated as calibrated, with every part that a record can have', () => {
    const { headline, own_probabilities, decomposition, tier, withheld, monitor } = of('ben-calder-invented')
    expect(tier).toBe(5)
    expect(headline?.n).toBeGreaterThanOrEqual(210)
    expect(headline?.clusters).toBeGreaterThanOrEqual(30)
    expect(Math.abs(own_probabilities?.z ?? 9)).toBeLessThan(2)
    expect(decomposition?.miscalibration).toBeLessThan(decomposition?.miscalibration_if_calibrated?.q95 ?? 0)
    expect(monitor?.alarm).toBe(false)
    expect(withheld).toEqual({
      words: 'no_worded_probabilities',
      worded: 'no_worded_probabilities',
      revisions: 'no_revisions',
      'by_type.numeric.interval': 'too_few_of_the_type',
      'by_type.date.interval': 'too_few_of_the_type',
    })
  })

  it('shows one who only uses words in full, some of them hollow and some too vague', () => {
    const { headline, counts, words, categorical, claims } = of('cleo-marsh-invented')
    expect(headline).toBeNull()
    expect(counts.worded).toBeGreaterThanOrEqual(40)
    expect(counts.worded).toBe(counts.scored)
    expect(counts.too_vague).toBeGreaterThan(5)
    expect(counts).toMatchObject({ untestable: 5, duplicates: 1, deadline_ours: 2 })
    expect(categorical.n).toBeGreaterThan(5)
    expect(words?.length).toBeGreaterThanOrEqual(4)
    expect(new Set(words?.map(({ reading }) => reading))).toEqual(
      new Set(['more_often', 'cannot_be_told_apart', null]),
    )
    expect(claims.without_low_information.n).toBeLessThan(claims.n)
  })

  it('shows one who has said too little as just that', () => {
    const { counts, tier, headline, lead } = of('dan-ellery-invented')
    expect([counts.scored, tier, headline]).toEqual([3, 1, null])
    expect(lead.sentence).toBe('2 of 3 claims came true: too few claims to say more.')
  })

  it('shows one who promises too little in more than 300 claims, sixty claims, and a dozen', () => {
    const sotiria = of('sotiria-valdoriotou-invented')
    expect(sotiria.claims.n).toBeGreaterThan(300)
    expect(sotiria.claims.promised?.[1]).toBeLessThan(sotiria.claims.came_true)
    expect(sotiria.finding.rule).toMatch(/_differs$/u)
    expect(of('miroslava-osterrinskaya-invented').claims.n).toBe(60)
    expect(of('arpi-valdoryan-invented').claims.n).toBe(12)
  })

  it('shows one who revises towards what happened, and one whose words nobody has measured', () => {
    const { revisions, forecasts } = of('lela-merineli-invented')
    expect(forecasts.filter(({ changed }) => changed.length === 2).length).toBeGreaterThan(10)
    expect(revisions).not.toBeNull()
    expect(of('layla-invented').counts).toMatchObject({ unmeasured: 30, scored: 0 })
  })

  it('shows one long interview, from which more than half cannot be checked', () => {
    const { counts, claims } = of('maximiliane-ottilie-freifrau-von-und-zu-hohenvaldora-osterra')
    expect(counts).toMatchObject({ statements: 26, forecasts: 10, untestable: 13, duplicates: 3 })
    expect(claims.clusters).toBe(1)
  })

  it('shows those who only choose, who only give figures, and of whom nothing is decided', () => {
    expect(of('lu-invented').counts).toMatchObject({ multiple_choice: 14, yes_no: 0 })
    expect(of('asgerdur-zolwinska-durdova-invented').counts).toMatchObject({ numeric: 7, date: 7, yes_no: 0 })
    expect(of('noam-invented').counts).toMatchObject({ open: 1, moot: 1, scored: 0 })
  })

  it('has two ladders, one of them decided, and one still open', async () => {
    const rungs = await db.read({
      sql: `SELECT record ->> '$.family' AS family, outcome ->> '$' AS outcome FROM question
        WHERE record ->> '$.implies' IS NOT NULL OR record ->> '$.family' IN ('strait-of-merin', 'prices-of-merin')`,
    })
    expect(rungs.map(({ family, outcome }) => `${family} ${outcome}`).sort()).toEqual([
      'prices-of-merin null',
      'prices-of-merin null',
      'prices-of-merin null',
      'strait-of-merin no',
      'strait-of-merin yes',
      'strait-of-merin yes',
    ])
  })

  it('points from the overconfident to the calibrated, as far as so many pairs allow, in the list and in the comparison', async () => {
    const compared = async (a: string, b: string) => (await readComparison(db, a, b, NOW)) as Comparison
    const numbers = await compared('ada-overton-invented', 'ben-calder-invented')
    expect(numbers.common).toBeGreaterThanOrEqual(70)
    expect(numbers.difference?.basis).toBe('numbers')
    expect(numbers.difference?.mean[0]).toBeGreaterThan(0)
    expect(numbers.difference?.interval[0]).toBeGreaterThan(0)
    expect(numbers.ruling).toMatchObject({ pairs: 14, told_apart: false, points_to: true })
    expect(numbers.verdict).toBe(
      `Points to ${BEN}, but among 14 pairs one such difference turns up by chance in up to 70 of 100 such ledgers.`,
    )
    const words = await compared('cleo-marsh-invented', 'ben-calder-invented')
    expect([words.difference?.basis, words.difference?.n]).toEqual(['readings', words.common])
    expect(words.verdict).toContain('cannot be told apart')
    const { people, pairs, estimates, alarms, findings, withheld } = await readAnalysts(db, NOW)
    expect(pairs).toMatchObject({ tested: 14, told_apart: [] })
    expect(pairs.points_to.map(({ sentence }) => sentence)).toContain(numbers.verdict)
    expect([estimates, withheld]).toEqual([null, { estimates: 'no_reference' }])
    const differing = people.flatMap(({ name, claims: { differs } }) =>
      differs === null ? [] : [[name, differs]],
    )
    expect(differing).toEqual([
      [ADA, 'fewer'],
      [crowd.SOTIRIA, 'more'],
    ])
    expect(alarms.map(({ name }) => name)).toEqual([ADA, crowd.SOTIRIA])
    expect(findings.differ.map(({ name }) => name)).toEqual([ADA, CLEO, crowd.SOTIRIA])
    expect(findings.fit.map(({ name }) => name)).toEqual([BEN])
  })

  it('has something in every part of the inbox', async () => {
    const due = await readDue(db, NOW)
    expect(
      [due.due.length, due.due_soon.length, due.proposed.length, due.disputed.length].map((n) => n > 0),
    ).toEqual([true, true, true, true])
  })

  it('is the same again', async () => {
    const told = async () => {
      const small = await made(24)
      const { people } = await readAnalysts(small, NOW)
      const records = await Promise.all(
        people.map(({ id }) => readTrackRecord(small, id, { now: NOW, logged: 'live', simulate: false })),
      )
      await small.close()
      return records.map((record) => ({ ...(record as RecordDocument), as_of: null }))
    }
    expect(await told()).toEqual(await told())
  })

  it.each([
    [ADA, 'ben-calder-invented', /Points to Ben.*●.*CAME TR.*Questions/su],
    [CLEO, 'ben-calder-invented', /every reading of the words.*CAME TR/su],
    [CLEO, 'dan-ellery-invented', /have no decided question in common\./u],
  ])('is compared in the terminal, in 80 columns or 40: %s', async (name, other, expected) => {
    const id = name === ADA ? 'ada-overton-invented' : 'cleo-marsh-invented'
    const comparison = (await readComparison(db, id, other, NOW)) as Comparison
    for (const width of [80, 40]) {
      const drawn = drawComparison({ width, colour: false }, comparison)
      expect(drawn.replaceAll('\n', ' ')).toMatch(expected)
      expect(drawn).not.toMatch(/NaN|undefined/u)
      for (const line of drawn.split('\n')) expect(widthOf(line), line).toBeLessThanOrEqual(width)
    }
  })
})

describe('reckon demo', () => {
  it(
    'makes its ledger once, beside yours, and says on every page that it is invented',
    async () => {
      const cwd = folder()
      const serving = async () => {
        const program = start(process.execPath, [launcher, 'demo', '--port', '0'], {
          cwd,
          env: environment(),
        })
        const address = await until(
          'the address',
          () => {
            if (program.child.exitCode !== null) throw new Error(program.stderr())
            return /Reckoning is at (\S+)\n.*sign-in\n/su.exec(program.stdout())?.[1]
          },
          120_000,
        )
        return { program, address }
      }
      const { program, address } = await serving()
      const link = /^Sign in \(once, within 15 minutes\): (\S+)$/mu.exec(program.stdout())?.[1] as string
      expect(link.startsWith(`${address}/sign-in?token=`)).toBe(true)
      expect(await (await fetch(link)).text()).toContain('Sign in')
      expect(program.stdout()).toContain(
        `To sign in again: RECKONING_DATABASE_URL=file:data/demo.db PORT=${new URL(address).port} npx reckon sign-in`,
      )
      const elsewhere = { cwd, settings: { RECKONING_DATABASE_URL: 'file:data/demo.db' } }
      // Another program on the same ledger, as the first lines of the demo advise.
      for (let i = 0; i < 2; i++) {
        expect(await reckon(['sign-in'], elsewhere)).toMatchObject({ code: 0 })
        for (const path of ['/sign-in?token=x', `/?q=word${i}`])
          expect([path, (await fetch(address + path)).status]).toEqual([path, 200])
      }
      expect(await reckon(['verify'], elsewhere)).toMatchObject({ code: 0 })
      for (const path of ['/', '/analysts', '/analysts/ada-overton-invented', '/due', '/nowhere']) {
        const page = await (await fetch(address + path)).text()
        expect(page, path).toContain('Invented: every analyst and forecast in this ledger is made up.')
      }
      expect(await program.stop('SIGTERM')).toBe(0)
      expect(
        ['demo.db', 'demo.db.unfinished', 'demo.db.unfinished-copy', 'reckoning.db'].map((name) =>
          existsSync(join(cwd, 'data', name)),
        ),
      ).toEqual([true, false, false, false])

      const again = await serving()
      expect(again.program.stderr()).not.toContain('Making')
      await again.program.stop('SIGTERM')
      expect((await reckon(['compare', ADA, BEN], elsewhere)).stdout).toContain(
        'Points to Ben Calder (invented), but among 14 pairs',
      )
      expect((await reckon(['compare', ADA, 'ada-overton-invented'], elsewhere)).code).toBe(2)
      expect((await reckon(['compare', ADA, 'Eve'], elsewhere)).code).toBe(1)
    },
    patient(180_000),
  )

  it('refuses a port that is none', async () => {
    const cwd = folder()
    const { code, stderr } = await reckon(['demo', '--port', '99999'], { cwd })
    expect([code, stderr.startsWith('reckon: --port'), existsSync(join(cwd, 'data'))]).toEqual([
      2,
      true,
      false,
    ])
  })
})

describe('the banner', () => {
  it('stands on every page as text, whatever it says', async () => {
    const { anonymous } = await site({ banner: 'Only "<b>tests</b>" & more' })
    const { text } = await anonymous.get('/')
    expect(text).toContain('Only &quot;&lt;b&gt;tests&lt;/b&gt;&quot; &amp; more</aside>')
  })

  it('is not there unless it is set', async () => {
    const { anonymous } = await site()
    expect((await anonymous.get('/')).text).not.toContain('class="banner"')
  })
})
