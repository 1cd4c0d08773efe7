import { expect, test } from 'vitest'
import { probabilityProblem } from '../../src/core/fit.ts'

const choice = { type: 'multiple_choice', options: ['Baku', 'Yerevan'] } as const

test.each([
  [{}, 0.7],
  [{ type: 'binary' }, { low: 0.1, high: 0.2 }],
  [{}, { words: 'likely' }],
  [{}, { words: 'it will', categorical: 'yes' }],
  [choice, { Baku: 0.3, Yerevan: 0.7 }],
  [choice, { Baku: 1 }],
  [{ type: 'numeric' }, { quantiles: { '0.5': 3 } }],
  [{ type: 'numeric' }, { interval: [1, 2], level: 0.8 }],
  [{ type: 'date' }, { quantiles: { '0.5': '2025-04-08' } }],
  [{ type: 'date' }, { interval: ['2025-04-08', '2025-05-08'], level: 0.8 }],
] as const)('a question %j can have the probability %j', (question, probability) => {
  expect(probabilityProblem(question as never, probability as never)).toBeNull()
})

test.each([
  [{}, { Baku: 1 }, 'must be a number, a range or words: the question is answered by yes or no'],
  [
    {},
    { interval: [1, 2], level: 0.8 },
    'must be a number, a range or words: the question is answered by yes or no',
  ],
  [choice, 0.7, 'must give each option its probability'],
  [choice, { words: 'likely' }, 'must give each option its probability'],
  [choice, { Baku: 0.3, Tbilisi: 0.7 }, 'names "Tbilisi", which is no option of the question'],
  [{ type: 'numeric' }, 0.7, 'must be {quantiles} or {interval, level} of numbers'],
  [
    { type: 'numeric' },
    { quantiles: { '0.5': '2025-04-08' } },
    'must be {quantiles} or {interval, level} of numbers',
  ],
  [{ type: 'date' }, { interval: [1, 2], level: 0.8 }, 'must be {quantiles} or {interval, level} of dates'],
  [
    { type: 'date' },
    { quantiles: { '0.5': '2025-02-29' } },
    'must be {quantiles} or {interval, level} of dates',
  ],
] as const)('a question %j cannot have the probability %j', (question, probability, problem) => {
  expect(probabilityProblem(question as never, probability as never)).toBe(problem)
})
