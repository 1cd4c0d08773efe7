import { expect } from 'vitest'
import * as normalised from '../../src/core/normalised-text.ts'
import {
  type Adversary,
  CHARACTERS,
  FOLDER,
  kept,
  MARKUP,
  PROSE,
  RUSSIAN_PROSE,
  YAML,
} from '../support/adversaries.ts'
import { excess, type Work } from '../support/growth.ts'

/** Tries a function, and tells what takes it too long. */
export type Case = () => string[]

/** LINEAR_DEPTH=16 takes minutes, looks at texts of a megabyte, and sees a square that is small beside the work. */
export const DEPTH = Number(process.env.LINEAR_DEPTH ?? 1)
export const CHARACTERS_FIRST = 1_000 * DEPTH
export const YAML_FIRST = 250 * DEPTH
export const RECORDS_FIRST = 32 * DEPTH

export const tried =
  <T>(adversaries: readonly Adversary<T>[], first: number, work: Work<T>): Case =>
  () =>
    adversaries.flatMap(([name, make]) => {
      const ratio = excess(make, work, first)
      return ratio === null ? [] : [`${name}: ${ratio.toFixed(1)} times the work for four times as much`]
    })
export const over =
  (adversaries: readonly Adversary[], first = CHARACTERS_FIRST) =>
  (run: (text: string) => unknown): Case =>
    tried(adversaries, first, (text) => () => run(text))
export const characters = over(CHARACTERS)
export const prose = over(PROSE)
/** Texts that were made for the grammar of Russian. */
export const russian = over(RUSSIAN_PROSE)
export const markup = over(MARKUP)
export const yamls = over(YAML, YAML_FIRST)
export const folders = over(FOLDER, YAML_FIRST)
export const normalisedOnce = kept(normalised.normalise)
export const within = (run: (text: normalised.NormalisedText, middle: number) => unknown): Case =>
  tried(CHARACTERS, CHARACTERS_FIRST, (text) => {
    const made = normalisedOnce(text)
    return () => run(made, made.text.length >> 1)
  })
/** A refusal is an answer, too. */
export const refusable = (run: () => unknown) => {
  try {
    return run()
  } catch (error) {
    expect((error as { code?: unknown }).code).toMatch(/^(?:invalid|malformed)$/u)
    return null
  }
}

export const DAY = '2024-04-08'
export const PAGE = 'https://a.example/'
export const band = (mid: number) => ({ low: mid - 0.1, mid, high: mid + 0.1 })
