import { firstIndex } from '../core/normalised-text.ts'

/** What may lie between two parts of a quote. */
export type Gap = {
  /** How many characters at most. */
  readonly most: number
  /** Of an editor's brackets: the next place is meant, never a later one. */
  readonly nearest: boolean
  /** Within one word: no space. */
  readonly solid: boolean
}

/** How many ways to place the parts of a quote are told. */
export const MOST_PLACES = 50

/**
 * All ways to place the parts one after the other, at most `MOST_PLACES`; `gaps[i]` lies behind part `i`. Working from
 * the last part back keeps only places that can be completed, so the walk forward never runs into a dead end.
 */
export function arrangements(
  text: string,
  places: readonly (readonly number[])[],
  lengths: readonly number[],
  gaps: readonly Gap[],
): number[][] {
  const completable: (readonly number[])[] = [...places]
  const endOf = (index: number, at: number): number => at + (lengths[index] ?? 0)
  const following = (index: number, at: number): number => {
    const list = completable[index + 1] ?? []
    return firstIndex(list.length, (i) => (list[i] ?? 0) >= endOf(index, at))
  }
  const reaches = (index: number, at: number, next: number | undefined): boolean => {
    const gap = gaps[index]
    const end = endOf(index, at)
    if (gap === undefined || next === undefined || next > end + gap.most) return false
    return !gap.solid || !text.slice(end, next).includes(' ')
  }
  for (let index = places.length - 2; index >= 0; index--) {
    const next = completable[index + 1] ?? []
    let i = 0
    const after: number[] = []
    const held = (completable[index] ?? []).filter((at) => {
      while ((next[i] ?? Number.POSITIVE_INFINITY) < endOf(index, at)) i++
      const fits = reaches(index, at, next[i])
      if (fits) after.push(i)
      return fits
    })
    completable[index] =
      gaps[index]?.nearest === true ? held.filter((_, place) => after[place] !== after[place + 1]) : held
  }
  const found: number[][] = []
  const walk = (index: number, reading: readonly number[]): void => {
    if (index === places.length) {
      found.push([...reading])
      return
    }
    const list = completable[index] ?? []
    const previous = reading[index - 1]
    const first = previous === undefined ? 0 : following(index - 1, previous)
    const most = previous !== undefined && gaps[index - 1]?.nearest === true ? first + 1 : list.length
    for (let i = first; i < most && found.length < MOST_PLACES; i++) {
      const at = list[i] ?? 0
      if (previous !== undefined && !reaches(index - 1, previous, at)) break
      walk(index + 1, [...reading, at])
    }
  }
  walk(0, [])
  return found
}
