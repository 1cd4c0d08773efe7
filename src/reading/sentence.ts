import { STEP, type Steps } from '../core/steps.ts'

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
/** What the segmenter is given at a time: the time it takes grows with the square of that. */
const LONGEST_PIECE = 4_000

// Without one of these a paragraph is one sentence, and nobody need be asked.
const ENDS_SENTENCE = /[\p{Sentence_Terminal}.\u0085\u2024\ufe52\uff0e]/u

let segmenter: Intl.Segmenter | undefined

/** Splits a text into sentences; line breaks end a paragraph and with it a sentence. Offsets are into `text`. */
export function* sentenceSteps(text: string): Steps<Sentence[]> {
  const sentences: Sentence[] = []
  let paragraph = 0
  let rested = 0
  for (const { 0: line, index } of text.matchAll(/[^\n\r\u2028\u2029]+/g)) {
    if (line.trim() === '') continue
    let from: number | null = null
    let to = index
    const close = (): void => {
      if (from !== null) sentences.push({ start: from, end: to, text: text.slice(from, to), paragraph })
      from = null
    }
    for (const { start, words, goesOn } of segmentsOf(line)) {
      const at = index + start
      const joins =
        from !== null &&
        (goesOn ||
          ((ABBREVIATION.test(text.slice(Math.max(from, to - 12), to)) || RUNS_ON.test(words)) &&
            at + words.length - from < 2_000))
      if (!joins) {
        close()
        from = at
      }
      to = at + words.length
      if (at - rested > STEP) {
        rested = at
        yield
      }
    }
    close()
    paragraph++
  }
  return sentences
}

type Segment = {
  start: number
  words: string
  /** Whether it is the rest of the one before, which was too long for one piece. */
  goesOn: boolean
}

/** The segments of a paragraph, piece by piece: a piece begins where the last segment of the one before began. */
function* segmentsOf(line: string): Generator<Segment> {
  if (!ENDS_SENTENCE.test(line)) {
    const words = line.trim()
    yield { start: line.indexOf(words), words, goesOn: false }
    return
  }
  segmenter ??= new Intl.Segmenter('en', { granularity: 'sentence' })
  let goesOn = false
  for (let begin = 0; begin < line.length; ) {
    const end = Math.min(line.length, begin + LONGEST_PIECE)
    const segments = [...segmenter.segment(line.slice(begin, end))]
    const last = end < line.length && segments.length > 1 ? segments.pop() : undefined
    for (const { segment, index } of segments) {
      const words = segment.trim()
      if (words === '') continue
      yield { start: begin + index + segment.indexOf(words), words, goesOn }
      goesOn = false
    }
    if (last === undefined) goesOn = true
    begin = last === undefined ? end : begin + last.index
  }
}
