import type { TextRange } from '../core/normalised-text.ts'
import { atOnce, type Steps } from '../core/steps.ts'
import { isAttributed, spokenIn } from './attribution.ts'
import type { Voice } from './grammar/language.ts'
import { type Quotation, quotationsAt, quotationsIn } from './quotation.ts'
import { type Sentence, sentenceSteps } from './sentence.ts'
import { type Turn, turnsIn } from './turn.ts'

export type Spoken = {
  readonly sentence: Sentence
  readonly voice: Voice
  /** In a transcript, whose turn it is. */
  readonly turn: Turn | undefined
  /** Where a reporter quotes, the words of the speaker alone, as ranges of the text; several where they are interrupted. */
  readonly own: readonly TextRange[] | null
}

/** Every sentence of a text with its voice, without the names and the time codes that stand before turns. */
export const voicedSentences = (text: string): Spoken[] => atOnce(voicedSteps(text))

export function* voicedSteps(text: string): Steps<Spoken[]> {
  const sentences = yield* sentenceSteps(text)
  const quotations = quotationsIn(text)
  yield
  const voices = voicesOf(text, sentences, quotations)
  yield
  const turns = turnsIn(text)
  yield
  let next = 0
  return sentences.flatMap((sentence, i): Spoken[] => {
    while ((turns[next]?.at ?? text.length) < sentence.end) next++
    const turn = turns[next - 1]
    if (turn === undefined) {
      const voice = voices[i] ?? 'paraphrase'
      return [{ sentence, voice, turn, own: voice === 'quote' ? spokenIn(text, quotations, sentence) : null }]
    }
    const spoken = text.slice(Math.max(sentence.start, turn.start), sentence.end).trimStart()
    // A label that fills its line is no sentence.
    if (spoken === '') return []
    const own = { ...sentence, start: sentence.end - spoken.length, text: spoken }
    return [{ sentence: own, voice: 'quote', turn, own: null }]
  })
}

/** Whose voice each sentence has: inside quotation marks, a headline without a full stop, or the reporter's. */
function voicesOf(text: string, sentences: readonly Sentence[], quotations: readonly Quotation[]): Voice[] {
  const paragraphs = new Map<number, Sentence[]>()
  for (const sentence of sentences) {
    const list = paragraphs.get(sentence.paragraph)
    if (list) list.push(sentence)
    else paragraphs.set(sentence.paragraph, [sentence])
  }
  const last = sentences.at(-1)?.paragraph ?? 0
  return [...paragraphs].flatMap(([paragraph, list]) => {
    const whole = text.slice(list[0]?.start ?? 0, list.at(-1)?.end ?? 0)
    const isHeadline =
      paragraph < last && whole.length < 200 && list.length < 3 && !/[.!?:;,…]["'”’)»]*$/u.test(whole)
    return list.map((sentence): Voice => {
      if (isHeadline) return 'headline'
      const inside = quotationsAt(quotations, sentence).reduce(
        (sum, range) => sum + lettersIn(text.slice(range.start, range.end)),
        0,
      )
      if (inside === 0) return 'paraphrase'
      const isSpoken = inside * 2 > lettersIn(sentence.text) || isAttributed(text, quotations, sentence)
      return isSpoken ? 'quote' : 'paraphrase'
    })
  })
}

const lettersIn = (text: string): number => text.replaceAll(/[\s“”„«»"]/gu, '').length
