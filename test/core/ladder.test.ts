import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  implicationProblem,
  ladderConflict,
  ladderOf,
  rungsAbove,
  rungsBelow,
} from '../../src/core/ladder.ts'
import type { Question } from '../../src/core/question.ts'

const rung = (id: string, implies?: string, changes: Partial<Question> = {}): Question => ({
  id,
  title: id,
  criteria: 'As Reuters reports it.',
  deadline: { date: '2026-12-31', time_zone: 'UTC' },
  family: 'baku',
  ...(implies === undefined ? {} : { implies }),
  ...changes,
})
const incident = rung('incident')
const escalation = rung('escalation', 'incident')
const war = rung('war', 'escalation')
const ladder = [war, rung('peace'), incident, escalation]
const ids = (rungs: readonly { id: string }[]) => rungs.map(({ id }) => id)

describe('a ladder', () => {
  test('goes down to whatever a question implies, the nearest first, and up to whatever implies it', () => {
    expect(ids(rungsBelow(war, ladder))).toEqual(['escalation', 'incident'])
    expect(ids(rungsAbove(incident, ladder))).toEqual(['war', 'escalation'])
    expect(rungsAbove(war, ladder)).toEqual([])
    expect(rungsBelow(rung('peace'), ladder)).toEqual([])
  })

  test('ends at what is not there, and where it runs into a circle', () => {
    expect(rungsBelow(rung('a', 'lost'), ladder)).toEqual([])
    const circle = [rung('a', 'b'), rung('b', 'c'), rung('c', 'a')]
    expect(ids(rungsBelow(circle[0] as Question, circle))).toEqual(['b', 'c'])
  })

  const names = ['a', 'b', 'c', 'd', 'e']
  const rungs = fc
    .array(fc.option(fc.constantFrom(...names, 'lost'), { nil: undefined }), { minLength: 5, maxLength: 5 })
    .map((implied) => names.map((name, i) => rung(name, implied[i])))

  test('is the same relation upwards and downwards, whatever implies what', () => {
    fc.assert(
      fc.property(rungs, (all) => {
        for (const one of all)
          for (const other of all)
            expect(ids(rungsBelow(one, all)).includes(other.id)).toBe(
              ids(rungsAbove(other, all)).includes(one.id),
            )
      }),
    )
  })

  test('is known at once as it is walked: what lies below, what goes round, and what contradicts', () => {
    const outcomes = fc.array(fc.constantFrom('yes', 'no', null), { minLength: 5, maxLength: 5 })
    fc.assert(
      fc.property(rungs, outcomes, (all, outcome) => {
        const { isCircular, implies } = ladderOf(all)
        const decided = all.map((one, i) => ({ ...one, outcome: outcome[i] ?? null }))
        const endsIn = (one: Question) => rungsBelow(one, all).at(-1) ?? one
        for (const one of decided) {
          const below = rungsBelow(one, decided)
          expect(isCircular(one.id)).toBe(below.at(-1)?.implies === one.id)
          if (isCircular(one.id)) continue
          const no = below.find((other) => other.outcome === 'no')
          const yes = rungsAbove(one, decided).find((other) => other.outcome === 'yes')
          expect(ladderConflict(one, 'yes', decided)?.match(/implies (\w)/u)?.[1]).toBe(no?.id)
          expect(ladderConflict(one, 'no', decided)?.match(/no: (\w)/u)?.[1]).toBe(yes?.id)
          if (names.includes(endsIn(one).implies ?? '')) continue
          expect(all.map(({ id }) => implies(one.id, id))).toEqual(
            all.map(({ id }) => ids(below).includes(id)),
          )
        }
      }),
    )
  })
})

describe('a question implies another', () => {
  test('of its family whose deadline is not earlier', () => {
    expect(implicationProblem(war, escalation)).toBeNull()
    expect(
      implicationProblem(war, { ...escalation, deadline: { date: '2027-06-30', time_zone: 'UTC' } }),
    ).toBeNull()
  })

  test.each([
    ['the question itself', war],
    ['no yes/no question', rung('price', undefined, { type: 'numeric', range: { low: 0, high: 9 } })],
    ['not of its family', rung('escalation', undefined, { family: 'tbilisi' })],
    ['earlier', rung('escalation', undefined, { deadline: { date: '2026-12-31', time_zone: 'Asia/Tokyo' } })],
    [
      'a condition of its own',
      rung('escalation', undefined, {
        condition: { text: 'An attack.', deadline: { date: '2026-12-01', time_zone: 'UTC' } },
      }),
    ],
  ])('but not: %s', (says, other) => {
    expect(implicationProblem(war, other)).toContain(says)
  })
})

test('yes above and no below contradict each other, and nothing else does', () => {
  const decided = (outcomes: Record<string, 'yes' | 'no' | 'annulled'>) =>
    ladder.map((each) => ({ ...each, outcome: outcomes[each.id] ?? null }))
  expect(ladderConflict(war, 'yes', decided({ incident: 'no' }))).toContain('implies incident')
  expect(ladderConflict(incident, 'no', decided({ war: 'yes' }))).toContain('war implies it')
  expect(ladderConflict(war, 'no', decided({ incident: 'yes' }))).toBeNull()
  expect(ladderConflict(incident, 'yes', decided({ war: 'no' }))).toBeNull()
  expect(ladderConflict(war, 'yes', decided({ incident: 'annulled', peace: 'no' }))).toBeNull()
})
