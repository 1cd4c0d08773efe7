/** One sentence: its place in the text it was cut from, and the paragraph it stands in, counted from 0. */
export type Sentence = {
  readonly start: number
  readonly end: number
  readonly text: string
  readonly paragraph: number
}

// After these a full stop ends no sentence; the segmenter does not know them.
const ABBREVIATION =
  /(?:^|[\s(“"'‘])(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Sgt|Capt|Sen|Rep|Gov|Pres|St|No|vs|approx|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|e\.g|i\.e|U\.S|U\.K|U\.N|E\.U|\p{Lu})\.$/u
// A quotation that ends in ? or ! runs on into "he asked".
const RUNS_ON = /^[\p{Ll}—–,;]/u
/** What the segmenter is given at a time; a longer paragraph is cut, after a full stop if it can be. */
const LONGEST_PARAGRAPH = 20_000

let segmenter: Intl.Segmenter | undefined

/** Splits a text into sentences; line breaks end a paragraph and with it a sentence. Offsets are into `text`. */
export function sentencesOf(text: string): Sentence[] {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'sentence' })
  const sentences: Sentence[] = []
  let paragraph = 0
  for (const { start, end, ends } of paragraphsOf(text)) {
    let from: number | null = null
    let to = start
    const close = (): void => {
      if (from !== null) sentences.push({ start: from, end: to, text: text.slice(from, to), paragraph })
      from = null
    }
    for (const { segment, index } of segmenter.segment(text.slice(start, end))) {
      const words = segment.trim()
      if (words === '') continue
      const at = start + index + segment.indexOf(words)
      const joins =
        from !== null &&
        (ABBREVIATION.test(text.slice(Math.max(from, to - 12), to)) || RUNS_ON.test(words)) &&
        at + words.length - from < 2_000
      if (!joins) {
        close()
        from = at
      }
      to = at + words.length
    }
    close()
    if (ends) paragraph++
  }
  return sentences
}

function* paragraphsOf(text: string): Generator<{ start: number; end: number; ends: boolean }> {
  for (const found of text.matchAll(/[^\n\r\u2028\u2029]+/g)) {
    if (found[0].trim() === '') continue
    const last = found.index + found[0].length
    for (let start = found.index; start < last; ) {
      let end = Math.min(last, start + LONGEST_PARAGRAPH)
      if (end < last) {
        const stop = text.slice(start, end).lastIndexOf('. ')
        const space = text.slice(start, end).lastIndexOf(' ')
        if (space > 0) end = start + (stop > 0 ? stop + 1 : space)
      }
      yield { start, end, ends: end === last }
      start = end
    }
  }
}
