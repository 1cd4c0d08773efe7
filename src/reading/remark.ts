import { STEP, type Steps } from '../core/steps.ts'
import { toldBy } from './reading.ts'
import { voicedSteps } from './voice.ts'

/** A passage that looks like a remark which nothing can test. It is a proposal to a person. */
export type Remark = {
  readonly start: number
  readonly end: number
  readonly text: string
  readonly reason: 'present_state' | 'motive' | 'rhetorical' | 'normative'
  readonly says: string
}

const KINDS: readonly (Pick<Remark, 'reason' | 'says'> & { readonly pattern: RegExp })[] = [
  { reason: 'rhetorical', says: 'asks without wanting an answer', pattern: /\?["'”’)]*$/u },
  {
    reason: 'motive',
    says: 'says what somebody needs or wants',
    pattern:
      /\b(?:definitely|certainly|clearly|obviously|really|absolutely) (?:(?:does|do) not |doesn't |don't )?(?:needs?|wants?)\b/iu,
  },
  {
    reason: 'present_state',
    says: 'judges the present, however strongly',
    pattern:
      /\b(?:is|are) (?:now |still )?(?:definitely|certainly|clearly|obviously|absolutely|by no means) (?:not |the |a )|\b(?:has|have) to rely\b|\bnow (?:has|have) no\b|\bis (?:dragging on|on \S+ side)\b|\bis ready to\b/iu,
  },
  {
    reason: 'normative',
    says: 'says what ought to be',
    pattern: /\b(?:should|must|ought to)\b/iu,
  },
]

/**
 * Sentences in the speaker's own words that sound strong and name nothing that could come true. Questions in a row
 * are one remark. What looks like a forecast is none of them.
 */
export function* remarkSteps(text: string): Steps<Remark[]> {
  const found: Remark[] = []
  let rested = 0
  for (const { sentence, voice, turn } of yield* voicedSteps(text)) {
    if (sentence.start - rested > STEP) {
      rested = sentence.start
      yield
    }
    if (turn?.interviewer === true || voice !== 'quote' || sentence.text.length > 2_000) continue
    const plain = sentence.text.replace(/[\u2018\u2019]/gu, "'").replace(/\s+/gu, ' ')
    const kind = KINDS.find(({ pattern }) => pattern.test(plain))
    if (kind === undefined) continue
    if (toldBy({ text: sentence.text, voice })[0]?.suggested) continue
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
