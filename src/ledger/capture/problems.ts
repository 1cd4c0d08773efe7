import type { Problem } from '../../core/error.ts'
import type { Refused } from '../decide/decide-records.ts'
import type { Placed, Reading } from './records.ts'

/** What the ledger would not take of a capture, each at the mark that it comes from. */
export function problemsIn(reading: Reading, refused: readonly Refused[]): Problem[] {
  const marks = new Map(reading.marks.map((placed) => [placed.id, placed]))
  return refused.flatMap(({ noun, id, error }) => {
    const placed = marks.get(id)
    // A mark has no id before it is logged: what it repeats is named by its words.
    const repeated = noun === 'forecast' ? marks.get(error.telling.existing?.forecast ?? '') : undefined
    return error.problems.map(({ pointer, message }) => ({
      pointer:
        noun === 'analyst' ? `${reading.speakersAt.get(id)}${pointer}` : placeOf(noun, pointer, placed),
      message: repeated === undefined ? message : repeats(reading, repeated),
    }))
  })
}

function placeOf(noun: string, pointer: string, placed: Placed | undefined): string {
  if (placed === undefined) return `/${noun}${pointer}`
  if (noun === 'question' || noun === 'reference') return `${placed.at}/${noun}${pointer}`
  if (noun === 'statement' && pointer === '/analyst') return placed.speakerAt
  // What is quoted is the mark itself.
  return noun === 'statement' && pointer.startsWith('/quote') ? placed.at : placed.at + pointer
}

function repeats({ within }: Reading, { mark: { start, end } }: Placed): string {
  const words = within.text.slice(start, Math.min(end, start + 100))
  return `is answered by the same analyst in “${words}” already: mark this passage as a duplicate of that one`
}
