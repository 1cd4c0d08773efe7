import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { implicationProblem, ladderConflict, rungsAbove, rungsBelow } from '../../src/core/ladder.ts'
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

  test('is the same relation upwards and downwards, whatever implies what', () => {
    const names = ['a', 'b', 'c', 'd', 'e']
    const rungs = fc
      .array(fc.option(fc.constantFrom(...names), { nil: undefined }), { minLength: 5, maxLength: 5 })
      .map((implied) => names.map((name, i) => rung(name, implied[i])))
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
