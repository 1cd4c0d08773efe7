import { describe, expect, test } from 'vitest'
import type { ReferenceKind } from '../../src/core/reference.ts'
import { compare } from '../../src/scoring/comparison.ts'
import type { ForecastUnit, UnitReference } from '../../src/scoring/forecast-unit.ts'
import { nothingChanges, ROBOTS, robotOf, robotRulings, robotSide } from '../../src/scoring/robot.ts'
import { AS_OF, noNaN, unit, unlikely } from './a-unit.ts'

const [STAYS, RATE] = ROBOTS
const reference = (
  kind: ReferenceKind,
  probability: number,
  more: Partial<UnitReference> = {},
): UnitReference => ({
  kind,
  probability,
  recorded_at: new Date('2024-01-02T12:00:00.000Z'),
  hindsight: false,
  primary: false,
  ...more,
})
const times = <T>(n: number, made: (i: number) => T) => Array.from({ length: n }, (_, i) => made(i))

describe('a rule as an analyst', () => {
  test('answers by the references of its kind that were recorded in advance, when they were recorded', () => {
    const side = robotSide(STAYS, [
      unit('a', 0.9, { references: [reference('base_rate', 0.3), reference('nothing_changes', 0.02)] }),
      unit('b', 0.9, { references: [reference('nothing_changes', 0.1, { hindsight: true })] }),
      unit('c', 0.9),
    ])
    expect(side).toMatchObject({ id: 'rule:nothing-changes', name: '“Nothing changes” (a rule)' })
    expect(side.units.map(({ question, statements }) => [question, statements])).toEqual([
      [
        'q-a',
        [
          {
            said_on: '2024-01-02',
            said_at: new Date('2024-01-02T12:00:00.000Z'),
            logged: 'live',
            voice: 'quote',
            probability: 0.02,
          },
        ],
      ],
    ])
  })

  test('of several of its kind it says the primary, or else the first', () => {
    const two = [reference('base_rate', 0.3), reference('base_rate', 0.4)]
    const said = (references: UnitReference[]) =>
      robotSide(RATE, [unit('a', 0.9, { references })]).units[0]?.statements[0]?.probability
    expect(said(two)).toBe(0.3)
    expect(said(two.map((one, i) => ({ ...one, primary: i === 1 })))).toBe(0.4)
    expect(said([...two, reference('market', 0.5, { primary: true })])).toBe(0.3)
  })

  const asked = (p: number, stays: number): ForecastUnit[] =>
    times(30, (i) =>
      unit(`a${i}`, p, {
        question: `q${i}`,
        outcome: i % 10 === 0 ? 'yes' : 'no',
        references: [reference('nothing_changes', stays), reference('base_rate', 0.1)],
      }),
    )

  test('stands beside somebody on the same questions, in the same groups, and is told apart by pairs of its own', () => {
    const ada = { id: 'ada', name: 'Ada', units: asked(0.5, 0.02) }
    const robots = ROBOTS.map((robot) => robotSide(robot, ada.units))
    const rulings = robotRulings([ada, ...robots], AS_OF)
    // Nobody recorded a price.
    expect(rulings.tested).toBe(2)
    expect(rulings.pairs.map(({ a, b }) => [a, b])).toEqual([
      ['ada', 'rule:base-rate'],
      ['ada', 'rule:nothing-changes'],
    ])
    const compared = compare(ada, robots[0] as (typeof robots)[number], AS_OF, rulings)
    expect(compared).toMatchObject({ common: 30, clusters: 30, ruling: { pairs: 2, told_apart: true } })
    expect(compared.verdict).toMatch(
      /^“Nothing changes” \(a rule\) scores better than Ada on their 30 common questions, by \.\d+ \(.*\); this allows for the 2 pairs here\.$/u,
    )
    noNaN(compared)
    const turned = compare(robots[0] as (typeof robots)[number], ada, AS_OF, rulings)
    expect(turned.verdict).toBe(compared.verdict)
    expect(turned.clusters).toBe(compared.clusters)
  })

  test('one long interview is one group of the rule, too', () => {
    const ada = { id: 'ada', name: 'Ada', units: asked(0.5, 0.02).map((one) => ({ ...one, source: 'talk' })) }
    const robots = ROBOTS.map((robot) => robotSide(robot, ada.units))
    expect(robotRulings([ada, ...robots], AS_OF).tested).toBe(0)
    expect(compare(ada, robots[0] as never, AS_OF, { tested: 0, pairs: [] }).clusters).toBe(1)
  })

  test('two rules are compared by themselves', () => {
    const [stays, rate] = [STAYS, RATE].map((robot) => robotSide(robot, asked(0.5, 0.02)))
    const rulings = robotRulings([stays as never, rate as never], AS_OF)
    expect(rulings.tested).toBe(1)
  })

  test('no slug of a person is that of a rule', () => {
    for (const { id } of ROBOTS) {
      expect(robotOf(id)?.id).toBe(id)
      expect(id).toMatch(/^rule:[a-z-]+$/u)
    }
    expect(robotOf('ada-overton')).toBeUndefined()
  })
})

describe('what nothing changes would have got right', () => {
  const stays = (probability: number, hindsight = false) => ({
    references: [reference('nothing_changes', probability, { hindsight })],
  })

  test('is counted over the scored claims, in advance and with hindsight apart', () => {
    const units = [
      unit('a', unlikely, { outcome: 'no', ...stays(0.02) }),
      unit('b', unlikely, { outcome: 'yes', ...stays(0.02) }),
      unit('c', 0.9, { outcome: 'yes', ...stays(0.98, true) }),
      unit('d', 0.5, { outcome: 'no', ...stays(0.02) }),
      unit('e', 0.9, { outcome: 'no', ...stays(0.5) }),
      unit('f', 0.9, { outcome: 'no', references: [reference('base_rate', 0.02)] }),
      unit('g', 0.9, { state: 'open', outcome: null, ...stays(0.02) }),
    ]
    expect(nothingChanges(units, AS_OF)).toEqual({
      in_advance: { n: 2, came_true: 1 },
      with_hindsight: { n: 1, came_true: 1 },
    })
  })

  test('what was recorded in advance wins over what came later', () => {
    const references = [
      reference('nothing_changes', 0.9, { hindsight: true }),
      reference('nothing_changes', 0.02),
    ]
    expect(nothingChanges([unit('a', 0.1, { outcome: 'no', references })], AS_OF)).toEqual({
      in_advance: { n: 1, came_true: 1 },
      with_hindsight: { n: 0, came_true: 0 },
    })
  })

  test('is nothing where nobody recorded it', () => {
    expect(nothingChanges([unit('a', 0.9)], AS_OF)).toBeNull()
    expect(nothingChanges([], AS_OF)).toBeNull()
  })
})
