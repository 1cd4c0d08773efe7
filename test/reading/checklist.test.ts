import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FLATLY } from '../../src/core/probability.ts'
import { bandRead, checkNested, checkQuestion, type QuestionDraft } from '../../src/reading/checklist.ts'
import { lexiconRow } from '../../src/reading/english/lexicon.ts'

const WAR: QuestionDraft = {
  title: 'A new war between Ruritania and Zenda begins',
  criteria:
    'At least 1000 battle deaths within 12 months, or a declaration of war, according to the Conflict Data Programme. Border shootings below that do not count.',
  opens: '2024-04-08',
  deadline: { date: '2025-04-08', because: 'No horizon was given; house rule of 12 months.' },
  said_on: { from: '2024-04-01', to: '2024-04-08' },
}
const states = (draft: QuestionDraft) =>
  Object.fromEntries(checkQuestion(draft).items.map((item) => [item.item, item.state]))
const codes = (draft: QuestionDraft) => checkQuestion(draft).warnings.map((warning) => warning.code)

describe('the clairvoyance test', () => {
  test('a question with event, threshold, source, deadline and exclusions passes without a warning', () => {
    expect(states(WAR)).toEqual({
      event: 'met',
      threshold: 'met',
      source: 'met',
      deadline: 'met',
      ambiguity: 'met',
    })
    expect(codes(WAR)).toEqual([])
  })

  test('an empty draft lacks everything', () => {
    expect(new Set(Object.values(states({ title: '', criteria: ' ' })))).toEqual(new Set(['missing']))
  })

  test('whose deadline it is is said', () => {
    const says = (draft: QuestionDraft) =>
      checkQuestion(draft).items.find(({ item }) => item === 'deadline')?.says
    expect(says(WAR)).toBe('The deadline is ours: No horizon was given; house rule of 12 months.')
    expect(says({ ...WAR, deadline: { date: '2025-04-08' } })).toBe('The deadline is the analyst’s own.')
  })

  test('criteria without a countable act are weak, and vague words in the title are named', () => {
    const draft = { ...WAR, title: 'Serious escalation in the valley', criteria: 'Things get worse there' }
    expect(states(draft)).toMatchObject({ threshold: 'weak', source: 'missing', ambiguity: 'missing' })
    const warning = checkQuestion(draft).warnings.find(({ code }) => code === 'vague_words')
    expect(warning?.says).toContain('"serious", "escalation"')
  })
})

describe('warnings', () => {
  test('an outcome that was known when the words may have been said is already decided', () => {
    expect(codes({ ...WAR, known_on: '2024-04-08' })).toContain('already_decided')
    expect(codes({ ...WAR, known_on: '2024-04-09' })).not.toContain('already_decided')
  })

  test('a window that opens before the latest day of the statement is warned of, one that opens on it is not', () => {
    expect(codes({ ...WAR, opens: '2024-04-07' })).toEqual(['window_before_statement'])
    expect(codes({ ...WAR, opens: '2024-04-08' })).toEqual([])
  })

  test('a deadline that is not after the statement, or before the opening, is warned of', () => {
    expect(codes({ ...WAR, deadline: { date: '2024-04-08' } })).toContain('deadline_before_statement')
    expect(codes({ ...WAR, opens: '2024-05-01', deadline: { date: '2024-04-20' } })).toEqual([
      'deadline_before_opening',
    ])
  })

  test('a negative event, a state that holds already and several events in one are warned of', () => {
    expect(codes({ ...WAR, title: 'There will be no war' })).toContain('negative_event')
    expect(codes({ ...WAR, title: 'The squeeze on Zenda continues' })).toContain('state_that_holds')
    expect(codes({ ...WAR, title: 'Prices rise and wages fall and banks close' })).toContain('several_events')
  })
})

describe('nested events', () => {
  const outer = { title: 'a serious escalation', band: lexiconRow('by_no_means') ?? FLATLY.no }
  const inner = { title: 'a new war', band: FLATLY.no }

  test('P(war) at or below P(escalation) is in order, and the other way round is not', () => {
    expect(checkNested(inner, outer)).toBeNull()
    expect(
      checkNested({ ...outer, title: 'a new war' }, { ...inner, title: 'a serious escalation' }),
    ).toMatchObject({
      code: 'nested_out_of_order',
    })
  })

  test('bands that do not overlap are told from bands that do', () => {
    expect(checkNested({ title: 'x', band: FLATLY.yes }, inner)?.says).toContain('No reading')
    expect(checkNested(outer, inner)?.says).toContain('overlap')
  })

  test('two events are in order exactly when the middle of the inner one does not lie above', () => {
    const share = fc.integer({ min: 0, max: 100 }).map((percent) => percent / 100)
    const rung = fc.tuple(share, share, share).map((given) => {
      const [low = 0, mid = 0, high = 0] = given.toSorted((a, b) => a - b)
      return { title: 'x', band: { low, mid, high } }
    })
    fc.assert(
      fc.property(rung, rung, (one, other) => {
        expect(checkNested(one, other) === null).toBe(one.band.mid <= other.band.mid)
      }),
    )
  })

  test('a band is read from whatever somebody wrote, and is none where nothing can be read', () => {
    expect(bandRead(0.3)).toEqual({ low: 0.3, mid: 0.3, high: 0.3 })
    expect(bandRead({ low: 0.2, high: 0.4 })?.mid).toBeCloseTo(0.3)
    expect(bandRead({ words: 'by no means' })?.mid).toBe(lexiconRow('by_no_means')?.mid)
    expect(bandRead({ words: 'no war', categorical: 'no' })).toEqual(FLATLY.no)
    expect(bandRead({ words: 'my own', low: 0.1, mid: 0.2, high: 0.3 })?.mid).toBe(0.2)
    for (const nothing of [undefined, 'much', { words: 'zzz' }, { words: 'x', low: 0.1 }, { a: 0.5, b: 0.5 }])
      expect(bandRead(nothing)).toBeNull()
  })
})
