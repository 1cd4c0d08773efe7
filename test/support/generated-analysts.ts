import type { ForecastUnit, Probability } from '../../src/scoring/forecast-unit.ts'
import { randomNumbers, seedOf } from '../../src/scoring/random.ts'
import { flatlyNo, flatlyYes } from '../scoring/a-unit.ts'
import {
  anyhow,
  CHANCES,
  each,
  everyState,
  honestly,
  midOf,
  others,
  PHRASES,
  percent,
  phrase,
  pick,
  type Random,
  retreating,
  UNDECIDED,
  yesNo,
} from './generated-questions.ts'

/** Somebody who was made up: who, what the record holds, and the record; as of AS_OF of a-unit.ts. */
export type GeneratedAnalyst = { name: string; what: string; units: ForecastUnit[] }

/** By name: what the record holds, and how it is made. */
const ANALYSTS: Record<string, [what: string, units: (random: Random) => ForecastUnit[]]> = {
  'Alba Nil': ['nothing is logged', () => []],
  'Bruno Wait': [
    'nothing is decided: open, overdue, proposed, decided before the deadline',
    () =>
      everyState().filter(({ id }) =>
        ['open', 'open-soon', 'due', 'due-words', 'proposed', 'early'].includes(id),
      ),
  ],
  'Carla Moot': [
    'six forecasts whose condition never arose',
    (random) =>
      yesNo(random, 'condition', {
        n: 6,
        chance: () => 0.5,
        says: () => 0.8,
        rest: () => ({ ...UNDECIDED, state: 'annulled', annulled_because: 'condition_not_met' }),
      }),
  ],
  'Dario Four': [
    'four numbers, in one interview',
    (random) => yesNo(random, 'few', { n: 4, chance: () => 0.8, says: (p) => p, rest: each(4) }),
  ],
  'Edda Two': [
    '20 numbers, in two interviews',
    (random) =>
      yesNo(random, 'two', { n: 20, chance: () => pick(CHANCES, random), says: (p) => p, rest: each(10) }),
  ],
  'Falk Right': [
    '120 numbers that are right, each in an interview of its own',
    (random) => yesNo(random, 'right', { n: 120, chance: () => pick(CHANCES, random), says: (p) => p }),
  ],
  'Gesa Sure': [
    '60 claims that are too sure both ways, three to an interview, each way in four interviews only',
    (random) =>
      yesNo(random, 'sure', {
        n: 60,
        chance: () => 0.5,
        says: (_, i) => [0.05, 0.2, 0.85, 0.95, phrase('likely')][i % 5] as Probability,
        rest: (i) => ({ source: `interview-${i % 20}` }),
      }),
  ],
  'Hugo Timid': [
    '100 numbers that could be surer',
    (random) =>
      yesNo(random, 'timid', {
        n: 100,
        chance: () => pick([0.03, 0.97], random),
        says: (p) => (p > 0.5 ? 0.65 : 0.35),
      }),
  ],
  'Iris Hope': [
    '70 numbers, ranges and phrases that expect too much to happen',
    (random) =>
      yesNo(random, 'hope', {
        n: 70,
        chance: () => pick([0.05, 0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75], random),
        says: (p, i) => anyhow(percent(p + 0.25), i),
      }),
  ],
  'Jens Half': [
    '12 numbers, all of them 50 %',
    (random) => yesNo(random, 'half', { n: 12, chance: () => 0.5, says: () => 0.5 }),
  ],
  'Kaja Long': [
    '60 numbers, 40 of them in one long interview',
    (random) =>
      yesNo(random, 'long', {
        n: 60,
        chance: () => pick(CHANCES, random),
        says: (p) => p,
        rest: (i) => ({ source: i < 40 ? 'long-interview' : `interview-${i}` }),
      }),
  ],
  'Leon Theme': [
    '24 claims in words, in ten interviews about one subject',
    (random) =>
      yesNo(random, 'theme', {
        n: 24,
        chance: () => midOf('likely'),
        says: () => phrase('likely'),
        rest: (i) => ({ source: `interview-${i % 10}`, family: 'harbour' }),
      }),
  ],
  'Mira Heard': [
    '120 phrases that mean what readers hear; some deadlines ours, some hard to get wrong',
    (random) =>
      yesNo(random, 'heard', {
        n: 120,
        chance: (i) => midOf(PHRASES[i % PHRASES.length] as string),
        says: (_, i) => phrase(PHRASES[i % PHRASES.length] as string),
        rest: (i) => ({ low_information: i % 9 === 0, deadline_ours: i % 4 === 0 }),
      }),
  ],
  'Nils Never': [
    '111 phrases, of which "almost no chance" happens one time in three',
    (random) =>
      yesNo(random, 'never', {
        n: 111,
        chance: (i) => (i % 3 === 0 ? 1 / 3 : midOf(PHRASES[i % PHRASES.length] as string)),
        says: (_, i) => phrase(i % 3 === 0 ? 'almost_no_chance' : (PHRASES[i % PHRASES.length] as string)),
      }),
  ],
  'Olga Wohl': [
    'words that nobody measured, and words too vague to be wrong',
    (random) =>
      yesNo(random, 'vague', {
        n: 18,
        chance: () => 0.6,
        says: (_, i) =>
          i % 2 === 0 ? { words: 'vermutlich', leans: i % 4 === 0 ? 'yes' : 'no' } : phrase('possibly'),
      }),
  ],
  'Piet Flat': [
    '40 claims said flatly, one in eight of which goes the other way',
    (random) =>
      yesNo(random, 'flat', {
        n: 40,
        chance: (i) => (i % 3 === 0 ? 1 / 8 : 7 / 8),
        says: (p) => (p > 0.5 ? flatlyYes : flatlyNo),
      }),
  ],
  'Rosa Choice': [
    '24 forecasts of options, ordered ones among them',
    (random) => others(random, 'choice', 24, [0, 1]),
  ],
  'Sven Figure': ['24 forecasts of numbers', (random) => others(random, 'figure', 24, [2])],
  'Tove Date': [
    '24 forecasts of dates, some of which never came',
    (random) => others(random, 'date', 24, [3]),
  ],
  'Ugo Mixed': [
    'some of everything: numbers, ranges, words, flat claims, options, numbers and dates; a third with a reference',
    (random) => [
      ...yesNo(random, 'mixed', {
        n: 110,
        chance: () => pick(CHANCES, random),
        says: anyhow,
        statement: (i) => ({
          voice: i % 11 === 0 ? 'paraphrase' : 'quote',
          logged: i % 7 === 0 ? 'late' : 'live',
        }),
        rest: (i) => ({ ...each(3)(i), reference: i % 3 === 0 ? 0.4 : null }),
      }),
      ...others(random, 'other', 48, [0, 1, 2, 3]),
      ...everyState(),
    ],
  ],
  'Vera Learns': [
    '60 questions on which she changes her mind as she learns',
    (random) => honestly(random, 60),
  ],
  'Wim Retreats': ['30 times 99 %, and a retreat when it is too late', (random) => retreating(random, 30)],
  'Xenia States': [
    'twelve numbers, and one forecast of every state there is',
    (random) => [
      ...yesNo(random, 'plain', { n: 12, chance: () => pick(CHANCES, random), says: (p) => p }),
      ...everyState(),
    ],
  ],
  'Yara After': [
    '40 numbers logged after the outcome was known, from sources read to the end',
    (random) =>
      yesNo(random, 'after', {
        n: 40,
        chance: () => pick(CHANCES, random),
        says: (p) => p,
        statement: () => ({ logged: 'afterwards' }),
      }),
  ],
  'Zeno Myriad': [
    '5,000 numbers, ten to an interview',
    (random) =>
      yesNo(random, 'myriad', {
        n: 5000,
        chance: () => percent(random()),
        says: (p) => p,
        rest: each(10),
      }),
  ],
  'Anouk Certain': [
    '40 certainties, four of which went the other way',
    (random) =>
      yesNo(random, 'certain', {
        n: 40,
        chance: (i) => (i % 10 === 3 ? 0 : 1),
        says: () => 1,
      }),
  ],
  'Boris Kin': [
    '100 times 99 %, on 20 subjects whose parts move together; seven went the other way',
    (random) =>
      yesNo(random, 'kin', {
        n: 100,
        chance: (i) => (i % 14 === 3 ? 0 : 1),
        says: () => 0.99,
        rest: (i) => ({ ...each(4)(i), family: i % 13 === 12 ? null : `subject-${i % 20}` }),
      }),
  ],
  'Clara Base': [
    '60 numbers, each with a base rate recorded in advance that is worse',
    (random) =>
      yesNo(random, 'base', {
        n: 60,
        chance: () => pick(CHANCES, random),
        says: (p) => p,
        rest: (i) => ({ reference: i % 2 === 0 ? 0.5 : 0.3 }),
      }),
  ],
  'Dora Said': [
    '15 forecasts that others reported as 70 % each time',
    (random) =>
      yesNo(random, 'reported', {
        n: 15,
        chance: () => 0.7,
        says: () => 0.7,
        statement: () => ({ voice: 'paraphrase' }),
      }),
  ],
  'Emil Rows': [
    '70 rows of a data set, half of them from a group of six',
    (random) =>
      yesNo(random, 'row', {
        n: 70,
        chance: () => pick(CHANCES, random),
        says: (p) => p,
        rest: (i) => ({
          source: 'data-set',
          source_type: 'dataset',
          cluster: i % 2 === 0 ? `group-${Math.floor(i / 12)}` : null,
        }),
      }),
  ],
}

/** Thirty analysts of every kind, the same at every call. */
export function generatedAnalysts(): GeneratedAnalyst[] {
  return Object.entries(ANALYSTS).map(([name, [what, units]]) => ({
    name,
    what,
    units: units(randomNumbers(seedOf([...name].map((letter) => letter.codePointAt(0) as number)))),
  }))
}
