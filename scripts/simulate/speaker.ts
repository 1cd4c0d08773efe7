import { LEXICON_VERSION, lexiconRow } from '../../src/reading/english/lexicon.ts'
import type { Probability } from '../../src/scoring/forecast-unit.ts'

/** One thing that a speaker says, the band that it stands for, and how often it really happens. */
export type Saying = { probability: Probability; low: number; mid: number; high: number; truth: number }
/** Says each of these equally often. */
export type Speaker = { name: string; sayings: readonly Saying[] }

const number = (p: number, truth = p): Saying => ({ probability: p, low: p, mid: p, high: p, truth })

type Band = { low: number; mid: number; high: number }

function phrase(key: string, truth: (band: Band) => number): Saying {
  const row = lexiconRow(key)
  if (row === null) throw new Error(`The lexicon has no ${key}`)
  const { low, mid, high } = row
  const probability = { words: row.aliases[0] as string, low, mid, high, lexicon: LEXICON_VERSION, key }
  return { probability, low, mid, high, truth: truth(row) }
}

const PHRASES = [
  'almost_certain',
  'highly_likely',
  'likely',
  'unlikely',
  'highly_unlikely',
  'almost_no_chance',
]
const phrases = (truth: (band: Band, key: string) => number): Saying[] =>
  PHRASES.map((key) => phrase(key, (band) => truth(band, key)))

const percent = (from: number, to: number, step: number): number[] =>
  Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, k) => (from + k * step) / 100)

export const logit = (p: number): number => Math.log(p / (1 - p))
export const expit = (x: number): number => 1 / (1 + Math.exp(-x))

const SPREAD = percent(5, 95, 5)
/** What readers hear, at the end that suits the speaker least: the fewest claims come true. */
const least = ({ low, mid, high }: Band): number => (mid > 0.5 ? low : high)

export const spread: Speaker = { name: 'numbers from 5 to 95', sayings: SPREAD.map((p) => number(p)) }
export const sure: Speaker = {
  name: 'numbers from 80 to 95',
  sayings: percent(80, 95, 5).map((p) => number(p)),
}
export const wordsAtTheEdge: Speaker = { name: 'words, at the edge of their band', sayings: phrases(least) }
export const wordsInside: Speaker = { name: 'words, as usually meant', sayings: phrases(({ mid }) => mid) }
export const mixed: Speaker = {
  name: 'half numbers, half words',
  sayings: [
    ...phrases(({ mid }) => mid),
    ...phrases(({ mid }) => mid),
    ...phrases(({ mid }) => mid),
    ...percent(5, 90, 5).map((p) => number(p)),
  ],
}
export const says95: Speaker = { name: 'says 95, 95 come true', sayings: [number(0.95)] }

export const says = (p: number, truth: number): Speaker => ({
  name: `says ${Math.round(p * 100)}, ${Math.round(truth * 100)} come true`,
  sayings: [number(p, truth)],
})
export const saysNever: Speaker = {
  name: 'says 1 to 3, 6 happen',
  sayings: percent(1, 3, 1).map((p) => number(p, 0.06)),
}
export const twiceTheLogit: Speaker = {
  name: 'twice too sure (logit × 2)',
  sayings: SPREAD.map((truth) => number(expit(2 * logit(truth)), truth)),
}
export const tilted: Speaker = {
  name: 'says 20 points too much',
  sayings: percent(25, 95, 5).map((p) => number(p, p - 0.2)),
}
export const missesNoChance: Speaker = {
  name: 'six phrases, “almost no chance” happens 1 in 3',
  sayings: phrases(({ mid }, key) => (key === 'almost_no_chance' ? 1 / 3 : mid)),
}
export const lessExtreme: Speaker = {
  name: 'six phrases, all 20 points less extreme than usual',
  sayings: phrases(({ mid }) => (mid > 0.5 ? mid - 0.2 : mid + 0.2)),
}
