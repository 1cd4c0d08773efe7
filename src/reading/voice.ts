import { atOnce, type Steps } from '../core/steps.ts'
import type { Voice } from './grammar/language.ts'
import { type Sentence, sentenceSteps } from './sentence.ts'
import { type Turn, turnsIn } from './turn.ts'

export type Spoken = {
  readonly sentence: Sentence
  readonly voice: Voice
  /** In a transcript, whose turn it is. */
  readonly turn: Turn | undefined
}

/** Every sentence of a text with its voice, without the names and the time codes that stand before turns. */
export const voicedSentences = (text: string): Spoken[] => atOnce(voicedSteps(text))

export function* voicedSteps(text: string): Steps<Spoken[]> {
  const sentences = yield* sentenceSteps(text)
  const voices = voicesOf(text, sentences)
  yield
  const turns = turnsIn(text)
  yield
  let next = 0
  return sentences.flatMap((sentence, i): Spoken[] => {
    while ((turns[next]?.at ?? text.length) < sentence.end) next++
    const turn = turns[next - 1]
    if (turn === undefined) return [{ sentence, voice: voices[i] ?? 'paraphrase', turn }]
    const spoken = text.slice(Math.max(sentence.start, turn.start), sentence.end).trimStart()
    // A label that fills its line is no sentence.
    if (spoken === '') return []
    const own = { ...sentence, start: sentence.end - spoken.length, text: spoken }
    return [{ sentence: own, voice: 'quote', turn }]
  })
}

const STRETCH = /[“„«”»"]|[^\s“„«”»"]+/g

/** Whose voice each sentence has: inside quotation marks, a headline without a full stop, or the reporter's. */
function voicesOf(text: string, sentences: readonly Sentence[]): Voice[] {
  const paragraphs = new Map<number, Sentence[]>()
  for (const sentence of sentences) {
    const list = paragraphs.get(sentence.paragraph)
    if (list) list.push(sentence)
    else paragraphs.set(sentence.paragraph, [sentence])
  }
  const voices: Voice[] = []
  let open = false
  let openSince = 0
  const last = sentences.at(-1)?.paragraph ?? 0
  for (const [paragraph, list] of paragraphs) {
    const whole = text.slice(list[0]?.start ?? 0, list.at(-1)?.end ?? 0)
    if (paragraph - openSince > 6) open = false
    // Each paragraph of a long quotation opens it anew.
    if (/^["“„]/u.test(whole)) open = false
    const headline =
      paragraph < last && whole.length < 200 && list.length < 3 && !/[.!?:;,…]["'”’)]*$/u.test(whole)
    for (const sentence of list) {
      let inside = 0
      let outside = 0
      for (const { 0: stretch } of sentence.text.matchAll(STRETCH)) {
        if (stretch === '“' || stretch === '„' || stretch === '«') {
          open = true
          openSince = paragraph
        } else if (stretch === '”' || stretch === '»') open = false
        else if (stretch === '"') {
          open = !open
          openSince = paragraph
        } else if (open) inside += stretch.length
        else outside += stretch.length
      }
      if (headline) voices.push('headline')
      else voices.push(inside > outside ? 'quote' : 'paraphrase')
    }
  }
  return voices
}
