import { STEP, type Steps } from '../core/steps.ts'
import type { RemarkKind } from './grammar/language.ts'
import { languageOf, rulesOf } from './languages.ts'
import type { ReadingContext } from './own-lexicon.ts'
import { toldBy } from './reading.ts'
import { voicedSteps } from './voice.ts'

/** A passage that looks like a remark which nothing can test. It is a proposal to a person. */
export type Remark = {
  readonly start: number
  readonly end: number
  readonly text: string
  readonly reason: RemarkKind['reason']
  readonly says: string
}

/**
 * Sentences in the speaker's own words that sound strong and name nothing that could come true. Questions in a row
 * are one remark. What looks like a forecast is none of them. `context` is what else is known.
 */
export function* remarkSteps(text: string, context: ReadingContext = {}): Steps<Remark[]> {
  const found: Remark[] = []
  const language = rulesOf(languageOf(text, context.language).tag)
  if (language === null) return found
  let rested = 0
  for (const { sentence, voice, turn } of yield* voicedSteps(text)) {
    if (sentence.start - rested > STEP) {
      rested = sentence.start
      yield
    }
    if (turn?.interviewer === true || voice !== 'quote' || sentence.text.length > 2_000) continue
    const plain = sentence.text.replace(/[\u2018\u2019]/gu, "'").replace(/\s+/gu, ' ')
    const kind = language.remarks.find(({ pattern }) => pattern.test(plain))
    if (kind === undefined) continue
    if (toldBy(language, { text: sentence.text, voice })[0]?.suggested) continue
    const { reason, says } = kind
    const last = found.at(-1)
    const joins =
      reason === 'rhetorical' &&
      last?.reason === reason &&
      /^\s*$/u.test(text.slice(last.end, sentence.start))
    const start = joins ? (found.pop() as Remark).start : sentence.start
    found.push({ start, end: sentence.end, text: text.slice(start, sentence.end), reason, says })
  }
  return found
}
