import { describe, expect, test } from 'vitest'
import { ANALYSTS, codes, TALK, talk } from './talk.ts'

describe('the house rule', () => {
  const ours = (date: string, because: string) =>
    codes(
      talk([
        '{date: 2025-04-08, time_zone: Asia/Yerevan, because: House rule.}',
        `{date: ${date}, time_zone: Asia/Yerevan${because}}`,
      ]),
      {},
    )

  test('holds where the date is ours', () => {
    expect(ours('2025-04-08', ', because: House rule.')).toEqual([])
    expect(ours('2025-04-07', ', because: House rule.')).toEqual(['15:24 error house_rule'])
    expect(ours('2025-03-31', ', because: The reader expects a year.')).toEqual(['15:24 error house_rule'])
  })

  test('is not claimed where the statement names a horizon', () => {
    expect(ours('2025-04-08', ', because: No horizon was named; house rule of 12 months.')).toEqual([
      '15:70 error house_rule',
    ])
  })

  test('does not hold where the analyst named the date', () => {
    expect(ours('2025-03-31', '')).toEqual([])
  })

  test.each([
    '"the end of next year" is 31 March',
    'He said “Next Year”.',
    "'next year' of 2024",
    '«the end of next year,»',
  ])('gives way to words of the quote: %s', (because) => {
    expect(ours('2025-03-31', `, because: ${JSON.stringify(because)}`)).toEqual([])
  })

  test.each(['"in ten years"', "it's what he's after, next year", 'next year', '"." and no more'])(
    'does not give way to other words: %s',
    (because) => {
      expect(ours('2025-03-31', `, because: ${JSON.stringify(because)}`)).toEqual(['15:24 error house_rule'])
    },
  )

  test('binds the condition of a conditional question, whose own deadline may lie later', () => {
    const conditional = (date: string) =>
      codes(
        talk(
          [
            '{date: 2025-04-08, time_zone: Asia/Yerevan, because: House rule.}',
            `{date: 2025-05-08, time_zone: Asia/Yerevan, because: House rule and 30 days.}
      condition: {text: An attack, deadline: {date: ${date}, time_zone: Asia/Yerevan, because: House rule.}}`,
          ],
          ['known_on: 2025-04-09', 'known_on: 2025-05-09'],
          ['outcome: "no"', 'outcome: ambiguous'],
        ),
      )
    expect(conditional('2025-04-08')).toEqual([])
    expect(conditional('2025-04-01')).toEqual(['16:53 error house_rule'])
  })
})

describe('a resolution', () => {
  const CONDITION: [string, string] = [
    '      deadline: {date: 2025-04-08, time_zone: Asia/Yerevan, because: House rule.}',
    `      deadline: {date: 2025-05-08, time_zone: Asia/Yerevan, because: House rule and 30 days.}
      condition: {text: An attack, deadline: {date: 2025-04-08, time_zone: Asia/Yerevan, because: House rule.}}`,
  ]
  const annulled = (because: string): [string, string] => [
    'outcome: "no"',
    `outcome: annulled\n      annulled_because: ${because}`,
  ]

  test('by the deadline needs a reason unless the question allows it', () => {
    const early: [string, string] = ['known_on: 2025-04-09', 'known_on: 2025-04-07']
    expect(codes(talk(early))).toEqual(['19:17 error too_early'])
    expect(codes(talk(early, ['outcome: "no"', 'outcome: ambiguous']))).toEqual(['19:17 error too_early'])
    expect(codes(talk(early, ['outcome: "no"', 'outcome: "yes"']))).toEqual([])
    expect(
      codes(
        talk(early, ['      rationale:', '      because_early: Both states are gone.\n      rationale:']),
      ),
    ).toEqual([])
    expect(codes(talk(early, ['      deadline:', '      early: ["no"]\n      deadline:']))).toEqual([])
    expect(
      codes(
        talk(
          early,
          ['      deadline:', '      early: [false]\n      deadline:'],
          ['outcome: "no"', 'outcome: "yes"'],
        ),
      ),
    ).toEqual(['20:17 error too_early'])
    expect(codes(talk(early, annulled('moot')))).toEqual([])
  })

  test('annuls for a failed condition only after the deadline of the condition', () => {
    expect(codes(talk(CONDITION, annulled('condition_not_met')))).toEqual([])
    expect(
      codes(talk(CONDITION, annulled('condition_not_met'), ['known_on: 2025-04-09', 'known_on: 2025-04-07'])),
    ).toEqual(['21:17 error too_early'])
    expect(codes(talk(annulled('condition_not_met')))).toEqual(['19:25 error outcome_unfit'])
  })

  test('and a condition met do not contradict each other', () => {
    const met = (day: string): [string, string] => [
      '    resolution:',
      `    condition_met: {met_on: ${day}, evidence: [{url: https://example.org/attack, says: Attack., accessed: 2025-05-01}]}\n    resolution:`,
    ]
    const late: [string, string] = ['known_on: 2025-04-09', 'known_on: 2025-05-09']
    expect(codes(talk(CONDITION, met('2025-04-01'), late))).toEqual([])
    expect(codes(talk(CONDITION, met('2025-04-09'), late))).toEqual(['18:29 error outcome_unfit'])
    expect(codes(talk(CONDITION, met('2025-04-01'), annulled('condition_not_met')))).toEqual([
      '21:25 error outcome_unfit',
    ])
    expect(codes(talk(met('2025-04-01')))).toEqual(['17:5 error misplaced'])
    expect(codes(talk(CONDITION, met('2025-04-01'), late), { today: '2025-03-01' })).toHaveLength(4)
  })

  test('answers a conditional question only where the condition was met', () => {
    const late: [string, string] = ['known_on: 2025-04-09', 'known_on: 2025-05-09']
    expect(codes(talk(CONDITION, late))).toEqual(['19:16 error open_condition'])
    expect(codes(talk(CONDITION, late), { importing: true })).toEqual(['19:16 warning open_condition'])
    for (const outcome of ['ambiguous', 'annulled\n      annulled_because: moot'])
      expect(codes(talk(CONDITION, late, ['outcome: "no"', `outcome: ${outcome}`]))).toEqual([])
  })

  test.each([
    ['type: multiple_choice, options: [Baku, Yerevan]', 'Baku', '{Baku: 0.4, Yerevan: 0.6}', 'Tbilisi'],
    ['type: numeric, range: {low: 0, high: 10}', '7', '{interval: [1, 2], level: 0.8}', 'seven'],
    [
      'type: date, range: {low: 2024-04-08, high: 2025-04-08}',
      '2024-06-01',
      '{quantiles: {0.5: 2024-06-01}}',
      '2024-06-31',
    ],
  ])('fits the type of its question: %s', (fields, outcome, probability, wrong) => {
    const typed = (value: string) =>
      codes(
        talk(
          [
            '      criteria: Yes if war is declared.',
            `      criteria: Who?\n      ${fields.replace(', ', '\n      ')}`,
          ],
          ['{words: there will be no war, categorical: "no"}', probability],
          ['outcome: "no"', `outcome: ${value}`],
          ['known_on: 2025-04-09', 'known_on: 2024-06-01'],
        ),
      )
    expect(typed(outcome)).toEqual([])
    expect(typed(wrong)).toEqual(['20:16 error outcome_unfit'])
  })

  test('belongs to the place where the question is written', () => {
    const text = `${TALK}  - id: later
    analyst: john-doe
    quote: still no war
    question: talk_war
    probability: 0.1
    resolution: {outcome: "no", known_on: 2025-04-09, evidence: [{url: https://example.org, says: x, accessed: 2025-05-01}], rationale: x}
`
    const john = { path: 'analysts.yaml', bytes: `${ANALYSTS.bytes}  - {id: john-doe, name: John Doe}\n` }
    expect(codes(text, {}, [john])).toEqual(['28:5 error misplaced'])
  })

  test('needs evidence', () => {
    expect(
      codes(
        talk([
          '        - {url: https://example.org/peace, says: Peace., accessed: 2025-05-01}\n',
          '        []\n',
        ]),
      ),
    ).toEqual(['21:9 error invalid'])
  })
})

test('a question has at most 20 tags with those of its file', () => {
  const tags = Array.from({ length: 20 }, (_, index) => `t${index}`).join(', ')
  expect(codes(talk(['      deadline:', `      tags: [${tags}]\n      deadline:`]))).toEqual([
    '15:13 error invalid',
  ])
})
