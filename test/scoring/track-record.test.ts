import { describe, expect, test } from 'vitest'
import { simulateCalibrated, simulationKey } from '../../src/scoring/consistency-band.ts'
import type { Headline } from '../../src/scoring/document.ts'
import type { ForecastLine } from '../../src/scoring/forecast-lines.ts'
import { leadingView, sourceFunnel } from '../../src/scoring/funnel.ts'
import { sentencesOf } from '../../src/scoring/sentences.ts'
import {
  AS_OF,
  day,
  flatlyNo,
  flatlyYes,
  LOGGING,
  likely,
  many,
  noNaN,
  possibly,
  recordOf,
  said,
  unit,
  unlikely,
} from './a-unit.ts'

/** One interview, April 2024: sixteen claims, four forecasts, logged when the outcome was known. */
const interview = {
  source: 'interview',
  deadline_ours: true,
  deadline_on: '2025-04-08',
  deadline_end: day('2025-04-09'),
}
const afterwards = (p: Parameters<typeof said>[0]) => [
  said(p, { said_on: '2024-04-08', logged: 'afterwards' }),
]
const byNoMeans = { words: 'by no means', low: 0.01, mid: 0.05, high: 0.2, lexicon: '0.2' }
const known = day('2025-04-09')
const kalachev = [
  unit('war', flatlyNo, {
    ...interview,
    family: 'escalation',
    outcome: 'no',
    known_from: known,
    statements: afterwards(flatlyNo),
  }),
  unit('escalation', byNoMeans, {
    ...interview,
    family: 'escalation',
    outcome: 'no',
    known_from: known,
    statements: afterwards(byNoMeans),
  }),
  unit('pressure', flatlyYes, {
    ...interview,
    low_information: true,
    known_from: known,
    statements: afterwards(flatlyYes),
  }),
  unit('csto', flatlyNo, {
    ...interview,
    state: 'annulled',
    annulled_because: 'condition_not_met',
    outcome: null,
    known_from: null,
    statements: afterwards(flatlyNo),
  }),
]
const kalachevLogging = { statements: 16, untestable: 9, duplicates: 3, sources: 1, complete: 1 }

describe('the worked example', () => {
  const record = recordOf(kalachev, { name: 'Konstantin Kalachev', logging: kalachevLogging })

  test('16 claims become 4 forecasts, 3 decided, 2 of them informative', () => {
    expect(sourceFunnel(16, kalachev)).toEqual({ claims: 16, testable: 4, decided: 3, informative: 2 })
    expect(
      record.funnel.map(({ step, from, out, stays }) => [
        step,
        from,
        out.map(({ why, n }) => `${n} ${why}`),
        stays,
      ]),
    ).toEqual([
      ['logged', 16, ['9 untestable', '3 duplicate'], 4],
      ['decided', 4, ['1 condition_not_met'], 3],
      ['scored', 3, [], 3],
      ['yes_no', 3, [], 3],
      ['claims', 3, [], 3],
      ['numbers', 3, ['3 in_words'], 0],
    ])
  })

  test('every count is what a reader counts', () => {
    expect(record.counts).toEqual({
      statements: 16,
      untestable: 9,
      duplicates: 3,
      forecasts: 4,
      open: 0,
      due_soon: 0,
      due: 0,
      proposed: 0,
      resolved: 3,
      annulled: 1,
      condition_not_met: 1,
      moot: 0,
      ambiguous: 0,
      disputed: 0,
      not_final: 0,
      scored: 3,
      stated: 0,
      worded: 3,
      yes_no: 3,
      multiple_choice: 0,
      numeric: 0,
      date: 0,
      neither: 0,
      numbers: 0,
      referenced: 0,
      too_late: 0,
      too_vague: 0,
      unmeasured: 0,
      selected: 0,
      awaiting_deadline: 0,
      live: 0,
      late: 0,
      afterwards: 4,
      deadline_ours: 4,
      retracted: 0,
      left_out: 0,
    })
    expect(record.coverage).toEqual({ sources: 1, complete: 1 })
  })

  test('3 of 3 came true, from one interview, which says nothing about how good he is', () => {
    expect(record.tier).toBe(1)
    expect(record.claims.n).toBe(3)
    expect(record.claims.came_true).toBe(3)
    expect(record.claims.clusters).toBe(1)
    // no: 1 − .09 and 1 − 0; "by no means": 1 − .20 and 1 − .01; yes: .91 and 1
    expect(record.claims.promised[0]).toBeCloseTo(0.91 + 0.8 + 0.91, 12)
    expect(record.claims.promised[1]).toBeCloseTo(1 + 0.99 + 1, 12)
    expect(record.claims.p_value).toBeNull()
    expect(record.claims.without_low_information).toMatchObject({ n: 2, came_true: 2 })
    expect(record.claims.deadline_ours).toMatchObject({ n: 3, came_true: 3 })
    expect(record.categorical).toMatchObject({ n: 2, hits: 2, clusters: 1 })
    expect(record.categorical.without_low_information).toMatchObject({ n: 1, hits: 1 })
    expect(record.lead.sentence).toBe('Logged with hindsight: an illustration.')
    const sentences = sentencesOf(record, { name: 'Konstantin Kalachev' })
    expect(sentences.low_information).toBe(
      '1 of the 3 claims was hard to get wrong; without it 2 of 2 came true, where 1.71 to 1.99 were to be expected.',
    )
    expect(leadingView(kalachev, AS_OF)).toBe('all')
  })

  test('no average is shown, and each missing part says why', () => {
    expect(record.headline).toBeNull()
    expect(record.all).toBeNull()
    expect(record.words).toBeNull()
    expect(record.withheld).toMatchObject({
      headline: 'no_stated_probabilities',
      words: 'no_phrases',
      worded: 'too_few_worded',
      all: 'too_few_scored',
      'claims.p_value': 'too_few_interviews',
    })
  })

  test('his own forecasts carry the range of the words, never one figure', () => {
    const line = record.forecasts.find((f) => f.id === 'escalation')
    expect(line).toMatchObject({ scored: true, logged: 'afterwards', outcome: 'no', cluster: 'interview' })
    const [best, worst] = (line as ForecastLine).brier as [number, number]
    expect(best).toBeCloseTo(0.0001, 12)
    expect(worst).toBeCloseTo(0.04, 12)
    const yes = (record.forecasts.find((f) => f.id === 'pressure') as ForecastLine).brier as [number, number]
    expect(yes[0]).toBe(0)
    expect(yes[1]).toBeCloseTo(0.0081, 12)
    expect(record.forecasts.find((f) => f.id === 'csto')).toMatchObject({
      scored: false,
      why_not: 'condition_not_met',
      brier: null,
    })
  })
})

describe('counts', () => {
  const pending = { outcome: null, known_from: null }
  const units = [
    unit('open', 0.7, {
      ...pending,
      state: 'open',
      deadline_on: '2026-06-30',
      deadline_end: day('2026-07-01'),
    }),
    unit('soon', 0.7, {
      ...pending,
      state: 'open',
      deadline_on: '2026-01-14',
      deadline_end: day('2026-01-15'),
    }),
    unit('due', 0.7, { ...pending, state: 'open' }),
    unit('proposed', 0.7, { ...pending, state: 'proposed' }),
    unit('moot', 0.7, { ...pending, state: 'annulled', annulled_because: 'moot' }),
    unit('unmet', 0.7, { ...pending, state: 'annulled', annulled_because: 'condition_not_met' }),
    unit('ambiguous', 0.7, { ...pending, state: 'ambiguous' }),
    unit('scored', 0.7, { disputed: true }),
    unit('words', likely),
    unit('late', 0.7, { known_from: day('2024-01-01') }),
    unit('vague', possibly),
    unit('picked', 0.7, { coverage: 'selected', statements: [said(0.7, { logged: 'afterwards' })] }),
    unit('waiting', 0.7, {
      deadline_on: '2026-06-30',
      deadline_end: day('2026-07-01'),
      statements: [said(0.7, { logged: 'late' })],
    }),
  ]
  const record = recordOf(units)
  const c = record.counts

  test('every forecast is in exactly one count', () => {
    expect(c.forecasts).toBe(13)
    expect(c.forecasts).toBe(c.open + c.due + c.proposed + c.resolved + c.annulled + c.ambiguous)
    expect(c.resolved).toBe(c.scored + c.too_late + c.too_vague + c.selected + c.awaiting_deadline)
    expect(c.annulled).toBe(c.condition_not_met + c.moot)
    expect(c.scored).toBe(c.stated + c.worded)
    expect(c.forecasts).toBe(c.live + c.late + c.afterwards)
    expect([c.open, c.due_soon, c.due, c.proposed, c.ambiguous, c.disputed]).toEqual([2, 1, 1, 1, 1, 1])
    expect([c.scored, c.stated, c.too_late, c.too_vague, c.selected, c.awaiting_deadline]).toEqual([
      2, 1, 1, 1, 1, 1,
    ])
  })

  test('the table says for each why it is not scored, and shows the own score of a picked one', () => {
    const why = Object.fromEntries(record.forecasts.map((f) => [f.id, f.why_not ?? 'scored']))
    expect(why).toEqual({
      open: 'open',
      soon: 'open',
      due: 'due',
      proposed: 'proposed',
      moot: 'moot',
      unmet: 'condition_not_met',
      ambiguous: 'ambiguous',
      scored: 'scored',
      words: 'scored',
      late: 'too_late',
      vague: 'too_vague',
      picked: 'selected',
      waiting: 'awaiting_deadline',
    })
    expect(record.forecasts.find((f) => f.id === 'picked')?.brier).toBeCloseTo(0.09, 12)
    expect(record.forecasts.find((f) => f.id === 'late')?.brier).toBeNull()
  })

  test('the funnel names every exit, and what stays of each step is a count of the record', () => {
    const stays = Object.fromEntries(record.funnel.map((step) => [step.step, step.stays]))
    expect(stays).toEqual({
      logged: c.forecasts,
      decided: c.resolved,
      scored: c.scored,
      yes_no: c.yes_no,
      claims: record.claims.n,
      numbers: c.numbers,
    })
    for (const { from, out, stays: left } of record.funnel)
      expect(from).toBe(left + out.reduce((n, exit) => n + exit.n, 0))
  })

  test('a sentence counts what was too vague, and another what waits', () => {
    expect(record.lead.sentence).toBe('2 of 2 claims came true: too few claims to say more.')
    const said = sentencesOf(record, { name: 'Vera' })
    expect(said.too_vague).toBe('1 more was too vague to be wrong.')
    expect(said.undecided).toBe(
      'Besides those scored, 1 is decided and waits for its deadline, 1 is overdue, 1 has a proposed outcome and 2 are open; next 14 Jan 2026.',
    )
    expect(sentencesOf(recordOf([unit('a', 0.7), ...many(2, 1, possibly)]), { name: null }).too_vague).toBe(
      '2 more were too vague to be wrong.',
    )
  })

  test('the table is ordered by day of speech, then by id', () => {
    const first = unit('z', 0.7, { statements: [said(0.7, { said_on: '2023-12-31' })] })
    expect(recordOf([unit('b', 0.7), unit('a', 0.7), first]).forecasts.map((f) => f.id)).toEqual([
      'z',
      'a',
      'b',
    ])
  })
})

describe('nothing decided', () => {
  test('an empty record has counts of zero, tier 0, and every part withheld', () => {
    const record = recordOf([])
    expect(record.tier).toBe(0)
    expect(record.counts.forecasts).toBe(0)
    expect(record.claims).toMatchObject({ n: 0, came_true: 0, promised: [0, 0], p_value: null })
    expect(new Set(Object.values(record.withheld))).toEqual(
      new Set(['nothing_scored', 'of_the_whole_record_only']),
    )
    expect(record.lead.sentence).toBe('No forecast by Vera is logged here.')
    noNaN(record)
  })

  test('open forecasts name the next deadline', () => {
    const open = (id: string, on: string) =>
      unit(id, 0.7, {
        state: 'open',
        outcome: null,
        known_from: null,
        deadline_on: on,
        deadline_end: day(on),
      })
    const { lead } = recordOf([open('a', '2027-03-01'), open('b', '2026-10-03'), open('c', '2028-01-01')])
    expect(lead.sentence).toBe('No forecast by Vera is scored: 3 are open; next 3 Oct 2026.')
  })

  test('what is decided and in no score is not called undecided', () => {
    const late = unit('late', 0.7, { known_from: day('2023-12-01') })
    expect(recordOf([late]).lead.sentence).toBe(
      'No forecast by Vera is scored: 1 was said when the outcome was known.',
    )
  })
})

describe('stated probabilities', () => {
  // Eight say .8 of which six came true, two say .5: mean (6·.04 + 2·.64 + 2·.25)/10
  const ten = [...many(8, 6, 0.8), ...many(2, 1, 0.5)]
  const record = recordOf(ten)

  test('the headline is the mean Brier with its range, its n and G', () => {
    expect(record.tier).toBe(2)
    expect(record.headline?.brier).toBeCloseTo(0.202, 12)
    expect(record.headline).toMatchObject({
      n: 10,
      clusters: 10,
      effective_clusters: 10,
      largest_share: 0.1,
      concentrated: false,
      always_half: 'cannot_be_told',
      bounds: null,
    })
    const [lo, hi] = (record.headline as Headline).interval
    expect(lo).toBeLessThan(0.202)
    expect(hi).toBeGreaterThan(0.202)
    const { score, always_half } = sentencesOf(record, { name: 'Vera' })
    expect(score).toBe(
      `The score is .20 (.${lo.toFixed(2).slice(2)}–.${hi.toFixed(2).slice(2)}) over 10 numbers from 10 interviews; 0 is perfect and 1 is worst.`,
    )
    expect(always_half).toBe('That cannot be told from always saying 50 % (.25).')
  })

  test('a 50 % leans nowhere and is in no claim', () => {
    expect(record.claims).toMatchObject({ n: 8, came_true: 6 })
    expect(record.claims.promised[0]).toBeCloseTo(6.4, 12)
    expect(record.claims.p_value).not.toBeNull()
  })

  test('the tilt counts the same questions', () => {
    expect(record.tilt).toMatchObject({ happened: 7, n: 10, direction: 'expects_too_much' })
    expect(record.tilt?.expected).toEqual([expect.closeTo(7.4, 12), expect.closeTo(7.4, 12)])
  })

  test('fewer than five, or fewer than three interviews, give no average', () => {
    expect(recordOf(many(4, 2, 0.8)).withheld.headline).toBe('too_few_stated')
    const one = recordOf(many(10, 5, 0.8, (i) => ({ source: `s${i % 2}` })))
    expect(one.withheld.headline).toBe('too_few_interviews')
    expect(one.tier).toBe(1)
    expect(recordOf(many(10, 5, likely, (i) => ({ source: `s${i % 2}` }))).withheld.all).toBe(
      'too_few_interviews',
    )
    const most = many(20, 10, 0.8, (i) => ({ source: i < 13 ? 'long' : `s${i}` }))
    expect(recordOf(most).withheld).toMatchObject({
      headline: 'one_interview_dominates',
      all: 'one_interview_dominates',
      calibration: 'too_few_interviews',
    })
    const half = recordOf(many(20, 10, 0.8, (i) => ({ source: i < 8 ? 'long' : `s${i}` })))
    expect(half.headline).toMatchObject({ clusters: 13, largest_share: 0.4, concentrated: true })
    expect(sentencesOf(half, { name: 'Vera' }).concentrated).toBe(
      'The largest interview holds 40 % of these numbers; together they count as about 5 interviews.',
    )
    expect(recordOf([...many(10, 5, likely), unit('x', 0.8)]).lead.sentence).toBe(
      '6 of 11 came true; 7 to 9 were to be expected. Too few to tell whether Vera’s word can be relied on.',
    )
  })

  test('G is the smaller number of clusters by source and by family', () => {
    const families = many(9, 5, 0.8, (i) => ({ family: `f${i % 4}` }))
    expect(recordOf(families).headline?.clusters).toBe(4)
    const sources = many(9, 5, 0.8, (i) => ({ source: `s${i % 3}`, family: `f${i}` }))
    expect(recordOf(sources).headline?.clusters).toBe(3)
  })

  test('of a data set the cluster column is the cluster, and without one each row is', () => {
    const rows = (cluster: (i: number) => string | null) =>
      many(12, 6, 0.8, (i) => ({ source: 'nfl', source_type: 'dataset', cluster: cluster(i) }))
    expect(recordOf(rows((i) => `day ${i % 4}`)).headline?.clusters).toBe(4)
    expect(recordOf(rows(() => null)).headline?.clusters).toBe(12)
    const scoreOf = (units: Parameters<typeof recordOf>[0]) => sentencesOf(recordOf(units), { name: 'Vera' })
    expect(scoreOf(rows(() => null)).score).toMatch(/ over 12 numbers from 12 independent groups;/)
    expect(scoreOf(rows(() => null)).rows_alone).toBe('Rows of the data set are treated as independent.')
    expect(scoreOf(rows((i) => `day ${i % 4}`)).rows_alone).toBeUndefined()
    const kinds = many(6, 3, 0.8, (i) => ({ source_type: i ? 'column' : 'interview' }))
    expect(scoreOf(kinds).score).toMatch(/from 6 sources;/)
    const related = many(24, 12, 0.8, (i) => ({ family: i < 4 ? 'one' : null }))
    expect(scoreOf(related).score).toMatch(/from 24 interviews \(21 independent groups\);/)
    const subject = many(10, 5, 0.8, () => ({ family: 'the-war' }))
    expect(recordOf(subject).lead.sentence).toBe(
      '5 of 10 claims came true, from only 10 interviews about one subject (the-war); what is said about one subject stands and falls together.',
    )
  })

  describe('the first statement counts, and nothing that was said after it', () => {
    const later = { said_on: '2024-04-01' }
    const lineOf = (...statements: ReturnType<typeof said>[]) =>
      recordOf([unit('r', 0.6, { statements })]).forecasts[0]

    test('a revision is listed as a change of mind and is in no figure', () => {
      const nine = many(9, 9, 1)
      const revised = unit('r', 0.6, { statements: [said(0.6), said(0.9, later)] })
      const { headline, claims, forecasts } = recordOf([revised, ...nine])
      const once = recordOf([unit('r', 0.6), ...nine])
      expect(headline).toEqual(once.headline)
      expect(claims).toEqual(once.claims)
      expect(headline?.brier).toBeCloseTo(0.016, 12)
      expect(forecasts.find((f) => f.id === 'r')).toMatchObject({
        probability: 0.6,
        said_on: '2024-01-01',
        changed: [{ said_on: '2024-04-01', probability: 0.9 }],
      })
    })

    test('a withdrawal takes nothing out, and is listed', () => {
      const withdrawn = said(0.6, { withdrawn_on: '2024-02-01', withdrawn_at: day('2024-02-01') })
      const line = lineOf(withdrawn, said(0.9, { said_on: '2024-12-01' }))
      expect(line?.brier).toBeCloseTo(0.16, 12)
      expect(line?.changed).toEqual([
        { said_on: '2024-02-01', probability: null },
        { said_on: '2024-12-01', probability: 0.9 },
      ])
    })

    test('the same again is no change', () => {
      expect(lineOf(said(0.6), said(0.6, later))?.changed).toEqual([])
    })

    test('what cannot count does not count as the first', () => {
      const line = lineOf(said(possibly), said(0.6, later), said(0.7, { said_on: '2024-05-01' }))
      expect(line).toMatchObject({ probability: 0.6, said_on: '2024-04-01' })
      expect(line?.changed).toEqual([{ said_on: '2024-05-01', probability: 0.7 }])
    })

    test('its source is the group, and how it was logged is how the forecast was logged', () => {
      const vague = said(possibly, {
        logged: 'afterwards',
        from: { source: 'one', source_type: 'interview' },
      })
      const firm = said(0.6, { ...later, from: { source: 'two', source_type: 'interview' } })
      const { counts, forecasts } = recordOf([unit('r', 0.6, { source: 'one', statements: [vague, firm] })])
      expect(forecasts[0]).toMatchObject({ cluster: 'two', logged: 'live' })
      expect(counts).toMatchObject({ live: 1, afterwards: 0 })
    })
  })

  test('a paraphrased number counts as worded, and so does what was first said in words', () => {
    const reported = unit('a', 0.7, { statements: [said(0.7, { voice: 'paraphrase' })] })
    const mixed = unit('b', 0.7, { statements: [said(likely), said(0.7, { said_on: '2024-02-01' })] })
    const restated = unit('c', 0.7, {
      statements: [said(0.7), said(0.7, { said_on: '2024-02-01', voice: 'paraphrase' })],
    })
    expect(recordOf([reported, mixed, restated]).counts).toMatchObject({ stated: 1, worded: 2 })
  })

  test('a stated range counts by its middle, its ends in the range of readings', () => {
    const ranged = recordOf(many(6, 3, { low: 0.6, high: 0.8 }))
    expect(ranged.headline?.brier).toBeCloseTo((0.09 + 0.49) / 2, 12)
    // each is its own phrase: .8 or .6 for a yes, .6 or .8 for a no
    expect(ranged.all?.best).toBeCloseTo((0.04 + 0.36) / 2, 12)
    expect(ranged.all?.worst).toBeCloseTo((0.16 + 0.64) / 2, 12)
    expect(ranged.all?.mid).toBeCloseTo(0.29, 12)
    const atLeast = recordOf(many(6, 6, { low: 0.8, mid: 0.8, high: 1 }))
    expect(atLeast.headline?.brier).toBeCloseTo(0.04, 12)
    expect(atLeast.all?.best).toBe(0)
  })

  test('what is undecided is counted for and against, words and claims apart', () => {
    const open = { outcome: null, known_from: null }
    const unclear = many(2, 0, 0.9, () => ({ state: 'ambiguous', ...open }))
    const due = unit('due', 0.3, { state: 'open', ...open })
    const picked = unit('picked', 0.6, {
      coverage: 'selected',
      statements: [said(0.6, { logged: 'afterwards' })],
    })
    const worded = unit('w', likely, { state: 'proposed', ...open })
    const half = unit('half', 0.5, { state: 'ambiguous', ...open })
    const record = recordOf([...many(10, 10, 0.9), ...unclear, due, picked, worded, half])
    expect(record.headline?.brier).toBeCloseTo(0.01, 12)
    expect(record.headline?.bounds).toMatchObject({
      undecided: 5,
      of: { due: 1, proposed: 0, ambiguous: 3, selected: 1 },
      low: expect.closeTo((10 * 0.01 + 2 * 0.01 + 0.09 + 0.16 + 0.25) / 15, 12),
      high: expect.closeTo((10 * 0.01 + 2 * 0.81 + 0.49 + 0.36 + 0.25) / 15, 12),
    })
    expect(record.claims.bounds).toEqual({
      undecided: 5,
      of: { due: 1, proposed: 1, ambiguous: 2, selected: 1 },
      low: 10,
      high: 15,
      n: 15,
    })
    const sentences = sentencesOf(record, { name: 'Vera' })
    expect(sentences.bounds).toBe(
      'Were the one overdue, 3 ambiguous and one from sources read in part all to count for or all against Vera, the score would lie between .04 and .19.',
    )
    expect(sentences.claims_bounds).toBe(
      'Were the one overdue, one with a proposed outcome, 2 ambiguous and one from sources read in part all to count for or all against Vera, 10 to 15 of 15 claims would have come true.',
    )
    expect(recordOf(many(10, 10, 0.9)).headline?.bounds).toBeNull()
  })
})

describe('only words', () => {
  // 15 of 20 "likely" and 1 of 5 "unlikely"
  const record = recordOf([...many(20, 15, likely), ...many(5, 1, unlikely)], { name: 'Nora' })

  test('the sentence compares what came true with what was to be expected', () => {
    expect(record.claims).toMatchObject({ n: 25, came_true: 19 })
    expect(record.claims.promised[0]).toBeCloseTo(20 * 0.6 + 5 * 0.7, 12)
    expect(record.claims.promised[1]).toBeCloseTo(20 * 0.85 + 5 * 0.95, 12)
    expect(record.lead.sentence).toBe(
      '19 of 25 came true; 16 to 22 were to be expected. Too few to tell whether Nora’s word can be relied on.',
    )
  })

  test('the words table sets what happened beside what readers hear', () => {
    expect(record.words?.[0]).toMatchObject({
      key: 'likely',
      n: 20,
      happened: 15,
      readers: [0.6, 0.75, 0.85],
    })
    // 12 to 17 of 20: every tenth reader hears less than 60, every tenth more than 85 %
    expect(record.words?.[0]?.frame).toMatchObject({ squares: [12, 17], position: 'inside' })
    const [low, high] = record.words?.[0]?.meant?.interval ?? [1, 0]
    expect(low).toBeLessThan(0.75)
    expect(high).toBeGreaterThan(0.75)
    expect(record.words?.map((w) => w.reading)).toEqual(['cannot_be_told_apart', 'cannot_be_told_apart'])
    const rare = recordOf([...many(10, 1, likely), ...many(10, 9, unlikely), ...many(4, 4, flatlyYes)])
    expect(rare.words?.map((w) => [w.key, w.reading])).toEqual([
      ['likely', 'less_often'],
      ['unlikely', 'more_often'],
    ])
    expect(recordOf([...many(4, 4, likely), ...many(4, 4, flatlyYes)]).words?.[0]?.reading).toBeNull()
  })

  test('fewer than five interviews are too few to say what a word meant', () => {
    const of = (groups: number) =>
      recordOf(many(20, 1, likely, (i) => ({ source: `s${i % groups}` }))).words?.[0]
    expect(of(4)).toMatchObject({ n: 20, clusters: 4, p: null, p_holm: null, reading: null, meant: null })
    expect(of(5)).toMatchObject({ clusters: 5, reading: expect.any(String), meant: expect.any(Object) })
  })

  test('numbers stand in rows of their own, and one half in none', () => {
    const rows = recordOf([...many(10, 9, 0.8), ...many(6, 0, 0.1), ...many(5, 2, 0.5)]).numbers
    expect(rows?.map(({ from, to, n, happened }) => [from, to, n, happened])).toEqual([
      [0, 0.1, 6, 0],
      [0.7, 0.9, 10, 9],
    ])
    expect(recordOf(many(10, 9, 0.5)).withheld.numbers).toBe('no_claims')
    expect(recordOf(many(10, 9, flatlyYes)).withheld.words).toBe('no_phrases')
  })

  test('there is no probability score, and the reason is given', () => {
    expect(record.headline).toBeNull()
    expect(record.withheld.headline).toBe('no_stated_probabilities')
    expect(sentencesOf(record, { name: 'Nora' }).score).toBe('Nora gave no numbers, so there is no score.')
  })

  test('one phrase means one thing: best and worst are one meaning of "likely" for all', () => {
    // best at 15/20 = .75; worst at .6: (15·.16 + 5·.36)/20; mid is the best here
    const likelyOnly = recordOf(many(20, 15, likely))
    expect(likelyOnly.worded?.best).toBeCloseTo(0.1875, 12)
    expect(likelyOnly.worded?.mid).toBeCloseTo(0.1875, 12)
    expect(likelyOnly.worded?.worst).toBeCloseTo(0.21, 12)
    expect(likelyOnly.all?.interval[0]).toBeLessThan(0.1875)
    expect(likelyOnly.all?.interval[1]).toBeGreaterThan(0.21)
  })

  test('most logged afterwards is said', () => {
    const hindsight = many(6, 6, likely, (i) =>
      i < 4 ? { statements: [said(likely, { logged: 'afterwards' })] } : {},
    )
    expect(recordOf(hindsight).lead.sentence).toBe('Logged with hindsight: an illustration.')
    expect(sentencesOf(recordOf(hindsight), { name: 'Vera' }).illustration).toMatch(
      /^Whoever logged this could know/,
    )
    expect(leadingView(hindsight, AS_OF)).toBe('all')
    expect(leadingView(many(5, 5, likely), AS_OF)).toBe('live')
    expect(
      leadingView(
        many(5, 5, likely, () => ({ source: 'one' })),
        AS_OF,
      ),
    ).toBe('all')
  })

  test('a word whose readers agree has one expectation, and a reported number no range of readings', () => {
    const reported = { statements: [said(0.7, { voice: 'paraphrase' })] }
    const sentences = sentencesOf(recordOf(many(6, 5, 0.7, () => reported)), { name: 'Vera' })
    expect(sentences.claims_kindest).toMatch(/^5 of 6 came true; 4\.2 were to be expected; a gap this large/)
    expect(sentences.claims_usual).toBeUndefined()
    expect(sentences.readings).toBeUndefined()
    expect(sentences.paraphrases).toBe('6 forecasts are reported by others, as 70 % each time.')
  })
})

describe('a long record', () => {
  // 60 forecasts, of 90 % and 10 % in turn, from 60 interviews
  const long = [...many(30, 24, 0.9), ...many(30, 5, 0.1)]
  const record = recordOf(long)

  test('dots, band, decomposition, log score and AUC appear together', () => {
    expect(record.tier).toBe(4)
    expect(record.calibration?.points).toHaveLength(2)
    expect(record.calibration?.points[1]).toMatchObject({ probability: 0.9, observed: 0.8, n: 30 })
    expect(record.calibration?.band).toMatchObject({ level: 0.9, draws: 2000, probability: [0.1, 0.9] })
    expect(record.calibration?.curve).toEqual([
      { probability: expect.closeTo(0.1, 12), observed: 5 / 30 },
      { probability: expect.closeTo(0.9, 12), observed: 0.8 },
    ])
    const d = record.decomposition
    expect(d?.miscalibration).toBeCloseTo((30 * 0.01 + 30 * (1 / 15) ** 2) / 60, 12)
    expect(d?.miscalibration_if_calibrated?.mean).toBeGreaterThan(0)
    expect(record.own_probabilities?.expected_brier).toBeCloseTo(0.09, 12)
    expect(record.own_probabilities?.z).toBeGreaterThan(0)
    expect(record.log_score).toMatchObject({ clipped: 0 })
    expect(record.auc).toBeCloseTo((24 * 25 + 24 * 6 * 0.5 + 5 * 25 * 0.5) / (29 * 31), 12)
    expect(record.over_time).toEqual([
      {
        year: 2024,
        n: 60,
        clusters: 60,
        brier: expect.closeTo(record.headline?.brier as number, 12),
        interval: record.headline?.interval,
      },
    ])
    noNaN(record)
  })

  test('the simulated parts can be left out, or come from a cache keyed by their inputs', () => {
    const without = recordOf(long, { simulate: null })
    expect(without.calibration?.band).toBeNull()
    expect(without.decomposition?.miscalibration_if_calibrated).toBeNull()
    expect(without.withheld).toMatchObject({
      'calibration.band': 'not_simulated',
      'decomposition.miscalibration_if_calibrated': 'not_simulated',
    })
    let inputs: Parameters<typeof simulateCalibrated> = [[], []]
    recordOf(long, {
      simulate: (...asked) => {
        inputs = asked
        return null
      },
    })
    const [p, partitions] = inputs
    expect(p).toHaveLength(long.length)
    const backwards = partitions.map((labels) => [...labels].reverse())
    expect(simulationKey(p, partitions)).toBe(simulationKey([...p].reverse(), backwards))
    const together = partitions.map((labels) => labels.map((label, i) => (i < 2 ? 'one' : label)))
    expect(simulationKey(p, partitions)).not.toBe(simulationKey(p, together))
    const cache = new Map([[simulationKey(p, partitions), simulateCalibrated(p, partitions)]])
    const cached = recordOf(long, { simulate: (...asked) => cache.get(simulationKey(...asked)) ?? null })
    expect(cached).toEqual(record)
  })

  test('twenty give dots without a curve, and years with fewer than twenty are no year', () => {
    const twenty = recordOf(many(20, 15, 0.8, (i) => ({ deadline_on: i < 10 ? '2023-12-31' : '2024-12-31' })))
    expect(twenty.tier).toBe(3)
    expect(twenty.calibration?.points).toHaveLength(1)
    expect(twenty.calibration?.curve).toBeNull()
    expect(twenty.withheld).toMatchObject({
      'calibration.curve': 'too_few_stated',
      over_time: 'too_few_a_year',
      auc: 'too_few_stated',
      reference: 'no_reference',
    })
    const two = [...many(20, 15, 0.8), ...many(20, 15, 0.7, () => ({ deadline_on: '2023-12-31' }))]
    expect(recordOf(two).over_time?.map((y) => y.year)).toEqual([2023, 2024])
  })

  test('from a hundred on the sentence gives three decimals', () => {
    expect(sentencesOf(recordOf(many(100, 80, 0.8)), { name: 'Vera' }).score).toMatch(
      /^The score is \.160 \(\.\d\d–\.\d\d\) over 100 numbers/,
    )
  })

  test('beyond 20,000 claims the exact p-values are withheld, and nothing else', () => {
    const record = recordOf(many(20_001, 16_000, 0.8), { simulate: null })
    expect(record.withheld['claims.p_value']).toBe('too_many_for_an_exact_value')
    expect(record.headline?.n).toBe(20_001)
  })

  test('one outcome only, too few of one, and probabilities without spread are said', () => {
    expect(recordOf(many(60, 60, 0.9)).withheld.auc).toBe('one_outcome_only')
    expect(recordOf(many(60, 55, 0.9)).withheld.auc).toBe('too_few_of_an_outcome')
    expect(recordOf(many(60, 60, 1)).withheld.own_probabilities).toBe('no_variance')
    noNaN(recordOf(many(60, 60, 1)))
    noNaN(recordOf(many(60, 0, 1)))
  })

  test('a reference fixed in advance is compared with pair by pair', () => {
    const against = recordOf(many(20, 16, 0.8, () => ({ reference: 0.5 })))
    expect(against.reference?.mean_difference).toBeCloseTo(0.16 - 0.25, 12)
    expect(against.reference).toMatchObject({ n: 20, clusters: 20 })
    expect(against.reference).toMatchObject({ verdict: 'cannot_be_told', easy: null, hard: null })
    expect(against.withheld).toMatchObject({ 'reference.easy': 'equally_hard' })
    expect(sentencesOf(against, { name: 'Vera' }).reference).toMatch(/: which is better cannot be told \(/)
    const long = recordOf(many(60, 51, 0.85, () => ({ reference: 0.5 })))
    expect(sentencesOf(long, { name: 'Vera' }).reference).toMatch(
      /^On the 60 questions with a reference recorded in advance, always giving the reference would have scored \.25; Vera scored \.13: better by \.12 \(\.\d\d–\.\d\d\)\.$/,
    )
    const both = recordOf(many(40, 32, 0.8, (i) => ({ reference: i % 2 ? 0.5 : 0.9 })))
    expect(both.reference?.easy).toMatchObject({ n: 20, reference_brier: expect.closeTo(0.17, 12) })
    expect(both.reference?.hard).toMatchObject({ n: 20, reference_brier: expect.closeTo(0.25, 12) })
    const late = {
      kind: 'crowd' as const,
      probability: 0.5,
      recorded_at: day('2025-06-01'),
      hindsight: true,
      primary: false,
    }
    expect(recordOf(many(20, 16, 0.8, () => ({ references: [late] }))).withheld.reference).toBe(
      'hindsight_reference',
    )
    const few = recordOf(many(20, 16, 0.8, (i) => ({ reference: i < 9 ? 0.5 : null })))
    expect(few.withheld.reference).toBe('too_few_references')
    const four = recordOf(many(40, 16, 0.8, (i) => (i < 30 ? { reference: 0.5, family: `f${i % 4}` } : {})))
    expect(four.withheld.reference).toBe('too_few_interviews')
  })
})

describe('other kinds of question', () => {
  const options = ['a', 'b', 'other']
  const choice = (rest = {}) => ({ type: 'multiple_choice' as const, options, outcome: 'a', ...rest })
  const numeric = { type: 'numeric' as const, range: { low: 0, high: 10 }, outcome: 5 }
  const date = {
    type: 'date' as const,
    range: { low: '2024-01-01', high: '2024-12-31' },
    outcome: '2024-07-01',
  }
  const brier = (p: Parameters<typeof unit>[1], rest: object) =>
    recordOf([unit('x', p, rest)]).forecasts[0]?.brier

  test('options are scored by half-Brier, ordered ones by the ranked score', () => {
    expect(brier({ a: 0.5, b: 0.3, other: 0.2 }, choice())).toBeCloseTo((0.25 + 0.09 + 0.04) / 2, 12)
    expect(brier({ a: 0.5, b: 0.3, other: 0.2 }, choice({ ordered: true }))).toBeCloseTo(
      (0.25 + 0.04) / 2,
      12,
    )
  })

  test('sums near 1 are renormalised, a remainder goes to "other", anything else is refused', () => {
    expect(brier({ a: 0.5, b: 0.3 }, choice())).toBeCloseTo((0.25 + 0.09 + 0.04) / 2, 12)
    expect(brier({ a: 0.5, b: 0.49 }, choice())).toBeCloseTo(
      (0.25 / 0.99 ** 2) * 0 + ((1 - 0.5 / 0.99) ** 2 + (0.49 / 0.99) ** 2) / 2,
      12,
    )
    expect(brier({ a: 0.7, b: 0.5 }, choice())).toBeNull()
    expect(brier({ a: 0.5, b: 0.3 }, choice({ options: ['a', 'b'] }))).toBeNull()
    expect(brier({ a: 0.5, b: -0.3, other: 0.8 }, choice())).toBeNull()
    expect(brier({ a: 0.5, c: 0.5 }, choice())).toBeNull()
    expect(brier(0.5, choice())).toBeNull()
    expect(brier({ a: 1 }, choice({ outcome: 'z' }))).toBeNull()
    expect(brier({ a: 1 }, { type: 'multiple_choice', outcome: 'a' })).toBeNull()
  })

  test('numbers are scored over the declared range, by quantiles or an interval with a level', () => {
    // the median alone: F runs 0 → ½ → 1, which is the uniform distribution
    expect(brier({ quantiles: { '0.5': 5 } }, numeric)).toBeCloseTo(1 / 12, 12)
    expect(brier({ interval: [2.5, 7.5], level: 0.5 }, numeric)).toBeCloseTo(1 / 12, 12)
    expect(brier({ quantiles: { '0.9': 3, '0.1': 8 } }, numeric)).toBeNull()
    expect(brier({ interval: [2, 3] } as never, numeric)).toBeNull()
    expect(brier(0.5, numeric)).toBeNull()
    expect(brier({ low: 0.5, high: 0.6 }, numeric)).toBeNull()
    expect(brier({ quantiles: { '0.5': 5 } }, { ...numeric, range: { low: 5, high: 5 } })).toBeNull()
    expect(brier({ quantiles: { '0.5': 5 } }, { ...numeric, range: null })).toBeNull()
    expect(brier({ quantiles: { '0.5': 5 } }, { ...numeric, outcome: null })).toBeNull()
    expect(brier({ quantiles: { '0.5': 5 } }, { ...numeric, outcome: 'many' })).toBeNull()
    expect(brier({ quantiles: { '1.5': 5 } }, numeric)).toBeNull()
    expect(brier({ quantiles: {} }, numeric)).toBeNull()
  })

  test('an outcome outside the range is scored, not refused', () => {
    expect(brier({ quantiles: { '0.5': 5 } }, { ...numeric, outcome: 99 })).toBeCloseTo(1 / 3, 12)
    expect(brier({ quantiles: { '0.5': 5 } }, { ...numeric, outcome: -5 })).toBeCloseTo(1 / 3, 12)
  })

  test('a date that did not come is censored at the deadline, and "never" keeps its mass', () => {
    const sure = brier({ quantiles: { '0.9': '2024-01-31' } }, { ...date, outcome: null })
    // 0 → .9 over 30 of 365 days, then flat at .9
    expect(sure).toBeCloseTo((30 * 0.27 + 335 * 0.81) / 365, 12)
    expect(brier({ quantiles: { '0.9': '2024-01-31' } }, { ...date, outcome: 'no' })).toBeCloseTo(
      sure as number,
      12,
    )
    const came = brier({ quantiles: { '0.5': '2024-07-01' } }, date)
    expect(came).toBeGreaterThan(0)
    expect(came).toBeLessThan(0.25)
  })

  test('each type has its own average from five on, never mixed with yes and no', () => {
    const numbers = Array.from({ length: 6 }, (_, i) =>
      unit(`n${i}`, { interval: [4, 6 + (i % 2) * 3], level: 0.8 }, { ...numeric, outcome: i < 3 ? 5 : 8 }),
    )
    const options5 = Array.from({ length: 5 }, (_, i) => unit(`o${i}`, { a: 0.6, b: 0.4 }, choice()))
    const record = recordOf([...numbers, ...options5, ...many(5, 3, 0.7)])
    expect(record.headline?.n).toBe(5)
    expect(record.by_type.multiple_choice?.brier).toBeCloseTo(0.16, 12)
    expect(record.by_type.multiple_choice?.interval).not.toBeNull()
    expect(record.by_type.numeric).toMatchObject({
      n: 6,
      interval: null,
      intervals: [{ level: 0.8, n: 6, contained: 5 }],
    })
    expect(record.by_type.date).toBeNull()
    expect(record.withheld['by_type.date']).toBe('too_few_of_the_type')
    const twenty = Array.from({ length: 20 }, (_, i) =>
      unit(
        `d${i}`,
        { interval: ['2024-05-01', '2024-09-01'], level: i % 2 ? 0.5 : 0.8 },
        { ...date, outcome: i % 3 ? '2024-07-01' : null },
      ),
    )
    const dates = recordOf(twenty).by_type.date
    expect(dates?.interval).not.toBeNull()
    expect(dates?.intervals.map((x) => x.level)).toEqual([0.5, 0.8])
    const one = recordOf([...many(9, 5, 0.7), ...numbers.map((u) => ({ ...u, source: 'one' }))])
    expect(one.withheld['by_type.numeric']).toBe('too_few_interviews')
    noNaN(record)
  })
})

test('the filter is echoed and the instant is RFC 3339', () => {
  const record = recordOf([], { filter: { logged: 'live' }, logging: LOGGING })
  expect(record.filter).toEqual({ logged: 'live' })
  expect(record.as_of).toBe('2026-01-01T00:00:00.000Z')
})
