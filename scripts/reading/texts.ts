import type { Labelled, LabelledText } from './case.ts'
import type { Item } from './door.ts'
import { judgedItem, type Verdict } from './score.ts'

export type TextScore = {
  readonly title: string
  readonly sentences: number
  /** Labelled forecasts that are suggested, those that are not, and suggested sentences that are none. */
  readonly hits: readonly string[]
  readonly missed: readonly string[]
  readonly wrong: readonly string[]
  /** Of the hits that say how they are to be read. */
  readonly readings: readonly (Verdict & { readonly sentence: Labelled })[]
}

/** Counts what is suggested of a labelled text. A sentence is suggested where an item that is overlaps it. */
export function scored({ title, text, sentences }: LabelledText, items: readonly Item[]): TextScore {
  const counted = placed(text, sentences)
    .filter(({ sentence }) => sentence.forecast !== null)
    .map(({ sentence, start }) => ({ sentence, marks: items.filter((item) => isOf(item, sentence, start)) }))
  const marked = counted.filter(({ marks }) => marks.some((item) => item.suggested))
  const textOf = ({ sentence }: { readonly sentence: Labelled }) => sentence.text
  return {
    title,
    sentences: counted.length,
    hits: marked.filter(({ sentence }) => sentence.forecast).map(textOf),
    missed: counted.filter((one) => one.sentence.forecast && !marked.includes(one)).map(textOf),
    wrong: marked.filter(({ sentence }) => !sentence.forecast).map(textOf),
    readings: marked.flatMap(({ sentence, marks }) => {
      if (!sentence.forecast || sentence.expect === undefined) return []
      const suggested = marks.filter((item) => item.suggested)
      const verdicts = suggested.map((item) => judgedItem(sentence.expect ?? {}, item, suggested.length))
      const best = verdicts.find(({ right }) => right) ?? verdicts[0]
      return best === undefined ? [] : [{ ...best, sentence }]
    }),
  }
}

/** Each sentence with where it stands, in order; null where the text breaks it up, as captions do. */
function placed(text: string, sentences: readonly Labelled[]) {
  let from = 0
  return sentences.map((sentence) => {
    const at = text.indexOf(sentence.text, from)
    if (at >= 0) from = at + sentence.text.length
    return { sentence, start: at >= 0 ? at : null }
  })
}

const lettersOf = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')

/** The fewest letters by which a passage of captions is known again. */
const ENOUGH = 12

function isOf(item: Item, sentence: Labelled, start: number | null): boolean {
  if (start !== null) {
    const shared = Math.min(item.end, start + sentence.text.length) - Math.max(item.start, start)
    return shared > Math.min(item.end - item.start, sentence.text.length) / 2
  }
  const [mine, its] = [lettersOf(sentence.text), lettersOf(item.text)]
  return (its.length >= ENOUGH && mine.includes(its)) || (mine.length >= ENOUGH && its.includes(mine))
}
