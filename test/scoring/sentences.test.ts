import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chanceText, expectedText, gapText, inBrackets } from '../../src/scoring/figure-text.ts'
import type { ForecastUnit } from '../../src/scoring/forecast-unit.ts'
import { SENTENCES, type SentenceId, sentencesOf } from '../../src/scoring/sentences.ts'
import type { RecordContext, TrackRecord } from '../../src/scoring/track-record.ts'
import { generatedAnalysts } from '../support/generated-analysts.ts'
import { day, likely, many, recordOf, said, unit, unlikely } from './a-unit.ts'
import { anyUnits } from './any-units.ts'

const passagesOf = (units: readonly ForecastUnit[]) => ({ units, sources: 4, untestable: 9, duplicates: 3 })
const recordFrom = (units: readonly ForecastUnit[], rest: Partial<RecordContext> = {}) =>
  recordOf(units, { simulate: null, passages: passagesOf(units), ...rest })
const of = (units: readonly ForecastUnit[], rest: Partial<RecordContext> = {}) =>
  sentencesOf(recordFrom(units, rest), { name: rest.name === undefined ? 'Vera' : rest.name })

/** A record of thousands takes its time, and says nothing here that others do not. */
const generated = generatedAnalysts()
  .filter(({ units }) => units.length < 1000)
  .map(({ name, units }) => ({ name, record: recordFrom(units, { name }) }))

/** What must hold of every text, whatever the record. */
function holdsAsText(text: string, name: string | null): void {
  const plain = name === null ? text : text.replaceAll(name, 'X')
  expect(plain).not.toMatch(/undefined|null|NaN|Infinity|\[object|\s\s| [,;:]| \.(?!\d)|^\s|\(\)/u)
  expect(plain).not.toMatch(/\b[nGp]\b|promised|leaned|Brier|e-value/u)
  // "1 is" and the like are right, "1 claims" is not.
  expect(plain).not.toMatch(/\b(?:1|one|One) (?!is\b|was\b|has\b|less\b|says\b|ambiguous\b)\w+s\b(?! is)/u)
  expect(plain).not.toMatch(
    /\b(?!1)\d+ (?:claim|number|question|forecast|interview|source|group|passage|range)\b/u,
  )
  expect(plain).not.toMatch(/(?<![\d.])(\.?\d[\d.]*)(?: to |–)\1(?![\d.])/u)
  expect(plain).not.toMatch(/\(\.00–1\.00\)/u)
  expect(plain).toMatch(/^[A-Z\d“].*[.]$/su)
}

/** A sentence tells of a part, so it is withheld with it. */
const PARTS: Partial<Record<SentenceId, (record: TrackRecord) => unknown>> = {
  always_half: ({ headline }) => headline,
  concentrated: ({ headline }) => headline,
  bounds: ({ headline }) => headline?.bounds,
  claims_bounds: ({ claims }) => claims.bounds,
  could_have_seen: ({ claims }) => claims.could_have_seen,
  readings: ({ all }) => all,
  reference: ({ reference }) => reference,
  easy_and_hard: ({ reference }) => reference?.easy && reference.hard,
  numeric: ({ by_type }) => by_type.numeric,
  date: ({ by_type }) => by_type.date,
  multiple_choice: ({ by_type }) => by_type.multiple_choice,
  monitor: ({ monitor }) => monitor,
  monitor_always: ({ monitor }) => monitor,
  refuted: ({ monitor }) => monitor,
  tilt: ({ tilt }) => tilt,
  envelope: ({ calibration }) => calibration?.band,
  checkable: ({ checkable }) => checkable?.share,
}

function isTrueTo(record: TrackRecord, name: string | null): void {
  const sentences = sentencesOf(record, { name })
  for (const text of Object.values(sentences)) holdsAsText(text, name)
  expect(sentences.finding).toBe(record.lead.sentence)
  expect(sentences.finding).toBe(record.finding.sentence)
  expect(sentences.how_sure ?? null).toBe(record.finding.how_sure)
  for (const [id, part] of Object.entries(PARTS) as [SentenceId, (r: TrackRecord) => unknown][])
    if ((part(record) ?? null) === null) expect(sentences[id], id).toBeUndefined()
  const { counts, claims, headline } = record
  expect(sentences.score?.startsWith('The score is ') ?? false).toBe(headline !== null)
  expect(sentences.score === undefined).toBe(counts.scored === 0)
  expect(sentences.claims_kindest === undefined).toBe(claims.n === 0)
  expect(sentences.no_claims === undefined).toBe(claims.n > 0 || counts.scored === 0)
  expect(sentences.reference !== undefined && sentences.reference_missing !== undefined).toBe(false)
  if (record.finding.rule !== 'fits') expect(sentences.finding).not.toMatch(/can be taken/)
}

const late = {
  kind: 'crowd' as const,
  probability: 0.5,
  recorded_at: day('2025-06-01'),
  hindsight: true,
  primary: false,
}
const unmeasured = (id: string, leans: 'yes' | 'no') => unit(id, { words: 'w', leans })
const SPECIAL = [
  ...[
    many(10, 7, 0.7, (i) => ({ reference: i < 3 ? 0.5 : null })),
    many(20, 14, 0.7, (i) => ({ reference: 0.5, source: `s${i % 4}` })),
    many(10, 7, 0.7, () => ({ references: [late] })),
    many(30, 29, 0.97, (i) => ({ disputed: i < 2 })),
    many(30, 29, 0.97, (i) => (i < 2 ? { final_at: day('2999-01-01') } : {})),
    many(3, 3, 0.9, () => ({ low_information: true })),
    [unmeasured('a', 'yes'), unmeasured('b', 'no')],
    [unmeasured('a', 'yes')],
    many(4, 2, 0.5),
    many(8, 6, 0.7, (i) => (i < 2 ? { statements: [said(0.6 + i / 10, { voice: 'paraphrase' })] } : {})),
    many(60, 51, 0.85, () => ({ reference: 0.5 })),
    many(40, 20, 0.8, (i) => ({ source: i < 14 ? 'long' : `s${i}` })),
  ].map((units) => ({ name: 'Vera', record: recordFrom(units) })),
  { name: 'Vera', record: recordOf(many(40, 32, 0.8)) },
]

describe('every sentence', () => {
  test.each(generated)('of $name is plain, and tells of no figure that is withheld', ({ name, record }) => {
    isTrueTo(record, name)
    isTrueTo(recordFrom([], { name: null, left_out: 3 }), null)
  })

  test('of any record whatever is plain, and tells of no figure that is withheld', () => {
    fc.assert(
      fc.property(anyUnits, fc.constantFrom('Vera', null), (units, name) => {
        isTrueTo(recordFrom(units, { name }), name)
      }),
      { numRuns: 60 },
    )
  })

  test('is used by some record: no template is idle', () => {
    const idle = new Set(
      Object.entries(SENTENCES).flatMap(([id, templates]) => templates.map((_, i) => `${id} ${i}`)),
    )
    for (const { name, record } of [...generated, ...SPECIAL]) {
      const say = { ...record, who: { it: name, It: name, own: name, Own: name, s: 's', is: 'is', by: name } }
      for (const [id, templates] of Object.entries(SENTENCES)) {
        const at = templates.findIndex(([when]) => when(say as never))
        idle.delete(`${id} ${at}`)
      }
    }
    expect([...idle]).toEqual([])
  })
})

const undecided = { outcome: null, known_from: null }
const decidedEarly = {
  deadline_on: '2027-03-03',
  deadline_end: day('2027-03-04'),
  known_from: day('2025-10-01'),
}
const open = { ...undecided, state: 'open' as const }
const ahead = { deadline_on: '2027-03-03', deadline_end: day('2027-03-04') }
const reported = (id: string) => unit(id, 0.7, { statements: [said(0.7, { voice: 'paraphrase' })] })
const numeric = (n: number, held: number) =>
  Array.from({ length: n }, (_, i) =>
    unit(
      `n${i}`,
      { interval: [3, 5], level: 0.8 },
      {
        type: 'numeric',
        range: { low: 0, high: 10 },
        outcome: i < held ? 4 : 6,
      },
    ),
  )

describe('what was wrong once is right', () => {
  test('numbers only: no count of claims without claims, and no score of numbers that are none', () => {
    const said = of(numeric(24, 19))
    expect(said.finding).toBe(
      'Vera gave 24 forecasts of numbers and none that could come true or not. 19 of 24 ranges called 80 % sure held the truth; a gap this large would turn up in most such records.',
    )
    expect(said.score).toBe('24 forecasts of numbers are scored below; no yes-or-no forecast has a number.')
    expect(said.claims_kindest).toBeUndefined()
    expect(said.numeric).toMatch(
      /^The 24 forecasts of numbers score \.\d\d .*; knowing only the range would score \.\d\d\. 19 of 24/,
    )
    expect(of(numeric(1, 1)).finding).toBe(
      'Vera gave 1 forecast of a number, which could not come true or not.',
    )
  })

  test('nothing that says yes or no', () => {
    expect(of(many(7, 3, 0.5)).finding).toBe('All 7 say 50 %, which is neither yes nor no.')
    expect(of([...many(5, 3, 0.5), ...numeric(5, 4)]).no_claims).toBe(
      'None of the 10 decided says yes or no.',
    )
    expect(of(many(1, 1, 0.5)).no_claims).toBe('The only one says 50 %, which is neither yes nor no.')
  })

  test('what it comes from: one subject, fewer groups than interviews, too few of them', () => {
    const subject = many(24, 12, 0.8, (i) => ({ source: `s${i % 10}`, family: 'war' }))
    expect(of(subject).score).toBe(
      '24 numbers from only 10 interviews about one subject (war): too few independent groups for a score.',
    )
    const groups = many(24, 12, 0.8, (i) => ({ family: i < 4 ? 'war' : null }))
    expect(of(groups).score).toMatch(/ over 24 numbers from 24 interviews \(21 independent groups\); 0 is/)
    const two = many(20, 12, 0.8, (i) => ({ source: `s${i % 2}` }))
    expect(of(two).score).toBe('20 numbers from only 2 interviews: too few interviews for a score.')
    expect(of(many(4, 3, 0.8)).finding).toBe('3 of 4 claims came true: too few claims to say more.')
    expect(of(many(1, 0, 0.8)).finding).toBe('The one claim did not come true: too few claims to say more.')
    expect(of(many(6, 3, 0.8, () => ({ source: 'one' }))).finding).toBe(
      '3 of 6 claims came true, from only one interview; what is said in one interview stands and falls together.',
    )
  })

  test('both readings, and a bound for how often chance does as much', () => {
    const words = of([...many(30, 12, likely), ...many(30, 9, unlikely)])
    expect(words.claims_kindest).toBe(
      '33 of 60 came true. On the kindest reading of the words 39 to 54 were to be expected; a gap this large would turn up in at most 2 of 10 such records.',
    )
    expect(words.claims_usual).toBe(
      'On the usual reading 47 were to be expected; a gap this large would turn up in fewer than 1 of 1,000 such records.',
    )
    expect(of([unit('a', 0.6, { outcome: 'no' })]).claims_kindest).toBe(
      '0 of 1 came true; 0.6 were to be expected.',
    )
    expect(of([reported('a'), reported('b')]).paraphrases).toBe(
      '2 forecasts are reported by others, as 70 % each time.',
    )
  })

  test('nothing decided: every state that is not empty, and what never had a result', () => {
    const unmet = many(6, 0, 0.8, () => ({
      ...undecided,
      state: 'annulled',
      annulled_because: 'condition_not_met',
    }))
    expect(of(unmet).finding).toBe('No forecast by Vera has a result: for all 6 the condition never arose.')
    const waiting = [
      ...many(2, 2, 0.7, () => decidedEarly),
      unit('due', 0.7, open),
      ...many(2, 0, 0.6, () => ({ ...open, ...ahead })),
    ]
    expect(of(waiting).finding).toBe(
      'No forecast by Vera is scored: 2 are decided and wait for their deadline, 1 is overdue and 2 are open; next 3 Mar 2027.',
    )
    expect(of([], { left_out: 12 }).finding).toBe(
      '12 forecasts by Vera are logged, none of them live: within 30 days of being said, and before the outcome was known.',
    )
    expect(of([], { left_out: 1, name: null }).finding).toBe(
      '1 forecast of this set is logged, but not live: within 30 days of being said, and before the outcome was known.',
    )
    expect(of([]).finding).toBe('No forecast by Vera is logged here.')
  })

  test('a set of several people is "they"', () => {
    expect(of(many(40, 18, 0.8), { name: null }).finding).toBe(
      'When they say 70 to 90 %, it happens less often: 18 of 40, where 32 were to be expected.',
    )
  })

  test('a certainty that failed is told, and never called uncontradicted', () => {
    const certain = [...many(20, 19, 1), ...many(20, 10, 0.5)]
    expect(of(certain).refuted).toBe('Vera called 20 things certain; 1 went the other way.')
    expect(of(certain).monitor).not.toMatch(/contradict/u)
    expect(of([unit('a', 1), ...many(6, 3, 0.5)]).refuted).toBe(
      'Vera called one thing certain; it did not go the other way.',
    )
  })
})

test('how often chance does as much is an upper bound in whole records', () => {
  expect(
    [0.0002, 0.001, 0.0036, 0.0099, 0.01, 0.07, 0.0999, 0.1, 0.31, 0.5, 0.51, 1].map(chanceText),
  ).toEqual([
    'in fewer than 1 of 1,000 such records',
    'in at most 1 of 1,000 such records',
    'in at most 4 of 1,000 such records',
    'in at most 10 of 1,000 such records',
    'in at most 1 of 100 such records',
    'in at most 7 of 100 such records',
    'in at most 10 of 100 such records',
    'in at most 1 of 10 such records',
    'in at most 4 of 10 such records',
    'in at most 5 of 10 such records',
    'in most such records',
    'in most such records',
  ])
})

test('what was to be expected is in whole numbers, and never on the wrong side of what came true', () => {
  expect(expectedText([64.2, 70.4], 77)).toBe('64 to 70')
  expect(expectedText([67.9, 68.4], 77)).toBe('68')
  expect(expectedText([2.44, 3.1], 4)).toBe('2.4 to 3.1')
  expect(expectedText([68.3, 70], 77, 68)).toBe('68.3 to 70')
  expect(expectedText([29.7, 29.7], 30, 30)).toBe('29.7')
  expect(expectedText([3739.2, 3739.2], 5000)).toBe('3,739')
  expect(gapText(0.0004, 20)).toBe('.0004')
  expect([inBrackets([0.15, 0.24]), inBrackets([0.251, 0.249]), inBrackets([0, 1])]).toEqual([
    ' (.15–.24)',
    '',
    '',
  ])
})
