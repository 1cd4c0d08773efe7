import { randomNumbers, seedOf } from '../../src/scoring/random.ts'

export type Chance = { uniform: () => number; normal: () => number; one: <T>(of: readonly T[]) => T }

/** Chance that is named: a case draws the same numbers whatever else is simulated beside it. */
export function chanceOf(name: string): Chance {
  const uniform = randomNumbers(seedOf([...name].map((letter) => letter.codePointAt(0) as number)))
  return {
    uniform,
    // Box and Muller; 1 − u is never 0.
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    one: (of) => of[Math.floor(uniform() * of.length)] as (typeof of)[number],
  }
}
