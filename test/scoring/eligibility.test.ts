import { describe, expect, test } from 'vitest'
import { assess, liveOnly, revisionsOf } from '../../src/scoring/eligibility.ts'
import type { Words } from '../../src/scoring/forecast-unit.ts'
import {
  AS_OF,
  day,
  flatlyNo,
  flatlyYes,
  likely,
  possibly,
  recordOf,
  said,
  unit,
  unlikely,
} from './a-unit.ts'

const status = (...args: Parameters<typeof unit>) => assess(unit(...args), AS_OF).status

describe('who counts in a score', () => {
  test('a resolved question past its deadline, said in time, is scored', () => {
    expect(status('a', 0.7)).toBe('scored')
  })

  test('a question decided before its deadline waits for it', () => {
    const early = unit('a', 0.7, { known_from: day('2024-03-01') })
    expect(assess(early, day('2024-12-31')).status).toBe('awaiting_deadline')
    expect(assess(early, day('2025-01-01')).status).toBe('scored')
  })

  test('what was said when the outcome was known, or on that day, is too late', () => {
    const known = { known_from: day('2024-06-01') }
    const on = (said_on: string) => status('a', 0.7, { ...known, statements: [said(0.7, { said_on })] })
    expect([on('2024-05-31'), on('2024-06-01'), on('2024-07-01')]).toEqual(['scored', 'too_late', 'too_late'])
  })

  test('what was said after the deadline is too late, although nobody knew yet', () => {
    const late = { known_from: day('2025-03-01'), statements: [said(0.7, { said_on: '2025-01-01' })] }
    expect(status('a', 0.7, late)).toBe('too_late')
  })

  test('a phrase of 40 points or more is too vague, one point less is not', () => {
    const phrase = (low: number, high: number) => status('a', { words: 'w', low, mid: 0.5, high })
    expect([phrase(0.2, 0.6), phrase(0.21, 0.6), phrase(0.15, 0.6)]).toEqual([
      'too_vague',
      'scored',
      'too_vague',
    ])
  })

  test('a wide stated range is not a vague phrase', () => {
    expect(status('a', { low: 0.2, high: 0.9 })).toBe('scored')
  })

  test('what was logged afterwards counts only from a completely coded source', () => {
    const logged = 'afterwards'
    const from = (coverage: 'complete' | 'selected' | 'unstated') =>
      status('a', 0.7, { coverage, statements: [said(0.7, { logged })] })
    expect([from('complete'), from('selected'), from('unstated')]).toEqual(['scored', 'selected', 'selected'])
    expect(status('a', 0.7, { coverage: 'unstated' })).toBe('scored')
    const own = { coverage: 'complete' as const, statements: [said(0.7, { logged, coverage: 'selected' })] }
    expect(status('a', 0.7, own)).toBe('selected')
  })

  test('the first reason that applies is the one given', () => {
    const vagueAndLate = { known_from: day('2024-01-01'), statements: [said(possibly)] }
    expect(status('a', possibly, vagueAndLate)).toBe('too_late')
    const vagueAndSelected = {
      coverage: 'selected' as const,
      statements: [said(possibly, { logged: 'afterwards' })],
    }
    expect(status('a', possibly, vagueAndSelected)).toBe('too_vague')
  })

  test('a vague or cherry-picked remark does not unseat an earlier firm one', () => {
    const later = { said_on: '2024-06-01' }
    const vague = unit('a', 0.9, { statements: [said(0.9), said(possibly, later)] })
    expect(assess(vague, AS_OF).statements).toHaveLength(1)
    const picked = said(0.1, { ...later, logged: 'afterwards', coverage: 'selected' })
    expect(assess(unit('a', 0.9, { statements: [said(0.9), picked] }), AS_OF).statements).toHaveLength(1)
  })

  test('annulled, ambiguous, proposed and open questions keep their state; an open one becomes due', () => {
    const state = (s: 'annulled' | 'ambiguous' | 'proposed' | 'due' | 'open') =>
      assess(unit('a', 0.7, { state: s, outcome: null, known_from: null }), day('2024-06-01')).status
    expect([state('annulled'), state('ambiguous'), state('proposed'), state('due'), state('open')]).toEqual([
      'annulled',
      'ambiguous',
      'proposed',
      'due',
      'open',
    ])
    expect(status('a', 0.7, { state: 'open', outcome: null, known_from: null })).toBe('due')
  })

  test('a forecast logged by mistake is in no score and in no count of forecasts', () => {
    const wrong = unit('a', 0.7, { statements: [said(0.7, { retracted: true })] })
    expect(assess(wrong, AS_OF).status).toBe('retracted')
    const { counts, forecasts } = recordOf([wrong])
    expect([counts.forecasts, counts.retracted, counts.resolved]).toEqual([0, 1, 0])
    expect(forecasts[0]).toMatchObject({ why_not: 'retracted', scored: false, brier: null, probability: 0.7 })
    const mended = unit('a', 0.7, { statements: [said(0.1, { retracted: true }), said(0.7)] })
    expect(recordOf([mended]).forecasts[0]).toMatchObject({ probability: 0.7, scored: true })
  })

  test('what cannot be scored on its question at all is never scored', () => {
    expect(status('a', 1.2)).toBe('too_vague')
    expect(status('a', 0.7, { outcome: 'perhaps' })).toBe('too_vague')
    expect(status('a', { quantiles: { '0.5': 3 } })).toBe('too_vague')
    expect(status('a', { yes: 0.5, no: 0.5 })).toBe('too_vague')
    expect(status('a', { words: 'it will', categorical: 'perhaps' } as never)).toBe('too_vague')
  })

  test('the live view knows only what was logged live', () => {
    const units = [
      unit('a', 0.7, { statements: [said(0.9, { logged: 'late' }), said(0.7, { said_on: '2024-02-01' })] }),
      unit('b', 0.7, { statements: [said(0.7, { logged: 'afterwards' })] }),
    ]
    const live = liveOnly(units)
    expect(live.map((u) => u.id)).toEqual(['a'])
    expect(live[0]?.statements.map((s) => s.probability)).toEqual([0.7])
  })
})

describe('restatements and revisions', () => {
  const sayings = (...statements: ReturnType<typeof said>[]) =>
    revisionsOf(statements).map((r) => r.standing?.probability ?? null)
  const later = { said_on: '2024-02-01' }

  test('the same probability again changes nothing, in whatever words', () => {
    expect(sayings(said(0.7), said(0.7, later))).toEqual([0.7])
    expect(sayings(said(likely), said({ ...(likely as Words), words: 'very probably' }, later))).toEqual([
      likely,
    ])
    const { lexicon: _, ...older } = likely as Words
    expect(sayings(said(likely), said(older, later))).toEqual([likely])
    expect(status('a', older)).toBe('scored')
    expect(sayings(said(flatlyYes), said({ words: 'sure', categorical: 'yes' }, later))).toEqual([flatlyYes])
    expect(sayings(said({ a: 0.4, b: 0.6 }), said({ b: 0.6, a: 0.4 }, later))).toEqual([{ a: 0.4, b: 0.6 }])
  })

  test('another probability is a revision', () => {
    expect(sayings(said(0.7), said(0.8, later))).toEqual([0.7, 0.8])
    expect(sayings(said(likely), said(unlikely, later))).toEqual([likely, unlikely])
    expect(sayings(said(flatlyYes), said(flatlyNo, later))).toEqual([flatlyYes, flatlyNo])
    expect(sayings(said({ words: 'w', low: 0.5, mid: 0.6, high: 0.7 }), said(0.6, later))).toHaveLength(2)
  })

  test('a withdrawal leaves nothing standing, and saying it again afterwards is a revision', () => {
    const withdrawn = said(0.7, { withdrawn_at: day('2024-01-15') })
    expect(sayings(withdrawn)).toEqual([0.7, null])
    expect(sayings(withdrawn, said(0.7, later))).toEqual([0.7, null, 0.7])
  })
})
