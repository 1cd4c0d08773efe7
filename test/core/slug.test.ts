import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { localId, QuestionId, Slug, StatementId, slugCandidates, statementId } from '../../src/core/slug.ts'

const accepts = (schema: { safeParse: (value: unknown) => { success: boolean } }, value: unknown) =>
  schema.safeParse(value).success
const RANDOM = 'a1b2c3d4'

describe('an id', () => {
  it.each(['a', '2024-04-alphanews-kalachev', 'x'.repeat(80)])('can be %s', (id) => {
    expect(accepts(Slug, id)).toBe(true)
    expect(accepts(QuestionId, id)).toBe(true)
  })

  it.each(['', '-a', 'a-', 'a--b', 'A', 'é', 'a_b', 'a b', 'a/b', '..', '%2e', 'a\n', 'x'.repeat(81)])(
    'cannot be %j',
    (id) => {
      expect(accepts(Slug, id)).toBe(false)
    },
  )

  it.each(['new', 'due', 'log', 'api', 'capture', 'analysts', 'sign-in'])(
    'cannot be the route word %s',
    (id) => {
      expect(Slug.safeParse(id).error?.issues.map(({ message }) => message)).toEqual(['is a reserved word'])
    },
  )

  it('of a statement is that of its source and its own', () => {
    const id = statementId('2024-04-alphanews-kalachev', 'new-war')
    expect(id).toBe('2024-04-alphanews-kalachev_new-war')
    expect(localId(id)).toBe('new-war')
    expect(localId('new-war')).toBe('new-war')
    expect(accepts(StatementId, id)).toBe(true)
    expect(accepts(QuestionId, id)).toBe(true)
  })

  it.each(['a', 'a_', '_a', 'a_b_c', 'a_B', 'a_-b', `${'x'.repeat(81)}_${'y'.repeat(80)}`])(
    'of a statement cannot be %s',
    (id) => {
      expect(accepts(StatementId, id)).toBe(false)
    },
  )
})

describe('an id made from a title', () => {
  it('is its words, then numbered, then with a random end', () => {
    expect(slugCandidates('question', 'A new war begins!', RANDOM)).toEqual([
      'a-new-war-begins',
      ...[2, 3, 4, 5, 6, 7, 8, 9].map((n) => `a-new-war-begins-${n}`),
      `a-new-war-begins-${RANDOM}`,
    ])
  })

  it.each([
    ['Константин Калачёв', 'konstantin-kalachyov'],
    ['Nguyễn Văn A', 'nguyen-van-a'],
    ['Þorgerður', 'thorgerdur'],
    ['GDP > 3 % & rising', 'gdp-3-and-rising'],
    ['iPhoneX', 'iphonex'],
    ['x'.repeat(100), 'x'.repeat(60)],
    [`${'x'.repeat(59)} tail`, 'x'.repeat(59)],
  ])('is transliterated and cut: %s', (title, id) => {
    expect(slugCandidates('analyst', title, RANDOM)[0]).toBe(id)
  })

  it.each(['北京', '!!!', '🎉', 'new', 'Sign in'])(
    'is the noun and eight random characters where nothing is left of %s',
    (title) => {
      expect(slugCandidates('question', title, RANDOM)).toEqual([`question-${RANDOM}`])
    },
  )

  it('is valid whatever the title', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 120 }), (title) => {
        const candidates = slugCandidates('question', title, RANDOM)
        for (const id of candidates)
          expect(Slug.safeParse(id).success, JSON.stringify([title, id])).toBe(true)
        expect(new Set(candidates).size).toBe(candidates.length)
      }),
      { numRuns: 500 },
    )
  })
})
