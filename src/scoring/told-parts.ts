import type { FlatSide, NumbersRow, WordsRow } from './document.ts'
import { expectedText, phraseOf } from './figure-text.ts'
import { rowText } from './finding.ts'

type Part = Pick<WordsRow, 'n' | 'clusters' | 'happened' | 'frame' | 'reading' | 'p_holm'>

/** A phrase or a row of numbers as it is told: its name, what was to be expected, and what is to be read in it. */
export type ToldPart<Row extends Part = Part> = {
  row: Row
  label: string
  expected: string
  reading: string
  /** By more than chance, allowing for all that was tested. */
  differs: boolean
}

function told<Row extends Part>(
  row: Row,
  label: string,
  expected: readonly [number, number],
  than: string,
): ToldPart<Row> {
  const { reading, n, happened } = row
  const differs = reading === 'less_often' || reading === 'more_often'
  const often = `${reading === 'less_often' ? 'less' : 'more'} often than ${than}`
  return {
    row,
    label,
    expected: expectedText(expected, n, happened),
    reading: reading === null ? 'too few to say' : differs ? often : 'cannot be told apart',
    differs,
  }
}

/** Phrases by what readers hear in them, from the surest to the least likely. */
export const toldWords = (words: readonly WordsRow[]): ToldPart<WordsRow>[] =>
  [...words]
    .sort((a, b) => b.readers[1] - a.readers[1])
    .map((row) => told(row, phraseOf(row.key), [row.frame.from, row.frame.to], 'readers hear'))

/** What was said flatly, each way: beside the phrases, and tested by nobody. */
export const toldFlat = (sides: readonly FlatSide[]): ToldPart<FlatSide & Part>[] =>
  sides.map((side) => {
    const label = side.said === 'yes' ? 'said flatly that it will' : 'said flatly that it will not'
    const row = { ...side, reading: null, p_holm: null }
    return { ...told(row, label, [side.frame.from, side.frame.to], ''), reading: 'not tested' }
  })

/** Ranges of numbers that were given, from the surest to the least likely. */
export const toldNumbers = (numbers: readonly NumbersRow[]): ToldPart<NumbersRow>[] =>
  numbers
    .filter(({ n }) => n > 0)
    .sort((a, b) => b.from - a.from)
    .map((row) => told(row, rowText(row), row.expected, 'said'))
