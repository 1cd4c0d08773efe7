import type { Turn } from './turn.ts'

/** A turn before it is known who asks in it. */
type Said = Omit<Turn, 'unsure' | 'answers'> & { readonly label: string | null }

const OPENING = `^(?:(?:and|but|so|now|well|okay|ok|yes|right|still),? ){0,3}`
// What is said to somebody of what they said, or asks them.
const ADDRESSES = new RegExp(
  `${OPENING}(?:you(?:'ve| have| had)? (?:(?:also|once|recently|just|previously|earlier|often|always|already|yourself) ){0,2}(?:said|say|wrote|write|told|predicted|argued?|warned|mentioned|claimed|insist(?:ed)?|forecast|were quoted|were saying|are saying|describe[ds]?)\\b|in your (?:view|opinion|last|latest|new|book|column|article)\\b|your (?:last|latest|earlier|previous|new) (?:book|forecast|article|interview|column|paper|prediction)\\b|(?:what|how|why|when|where|who|whom|which)\\b[^.!?]{0,80}\\byou(?:r)?\\b|(?:do|did|would|could|can|will|are|were|have|don't|aren't|isn't it) you\\b|tell (?:us|me)\\b|thank you (?:very much )?for (?:joining|coming|being|your)\\b|welcome (?:to|back)\\b|last time (?:we|you)\\b|let's (?:talk|turn|move)\\b)`,
  'iu',
)
// The same anywhere: “Ms. Roe, you said that …”
const SAID_BY_YOU =
  /\byou(?:'ve| have| had)? (?:(?:also|once|recently|just|previously|earlier) ){0,2}(?:said|wrote|told|predicted|argued|warned|mentioned|claimed|insisted)\b/iu
const TO_YOU = /(?<!\bthank )\byou(?:r|rs|rself)?\b(?! (?:know|see)\b)/iu
const OF_MYSELF = /\b(?:I|I'm|I've|I'd|I'll|my|me|we|our)\b/u
const REPLIES =
  /^(?:["“„«‘]?(?:no|yes|yeah|nope|absolutely|certainly|definitely|exactly|of course|not at all|not really|well|perhaps|maybe|hardly|never|correct|right|sure|look|I)\b)/iu
const QUESTION = /\?["'”’»)*_]*$/u
const LONGEST_LOOK = 3_000
const LONGEST_QUESTION = 800

const sentencesOf = (words: string): string[] =>
  words
    .slice(0, LONGEST_LOOK)
    .replaceAll(/[\u2018\u2019]/gu, "'")
    .replaceAll(/\s+/gu, ' ')
    .split(/(?<=[.!?…]["'”’»)*_]{0,3}) /u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '')

/** Whether words ask somebody: by a question to them, by nothing but questions, or by telling them what they said. */
export function asks(words: string): boolean {
  const sentences = sentencesOf(words)
  const last = sentences.at(-1)
  if (last === undefined || words.length > LONGEST_QUESTION) return false
  if (sentences.every((sentence) => QUESTION.test(sentence))) return true
  const addresses = sentences.some((sentence) => ADDRESSES.test(sentence) || SAID_BY_YOU.test(sentence))
  if (QUESTION.test(last)) return addresses || TO_YOU.test(last)
  return addresses && sentences.length <= 3 && !sentences.some((sentence) => OF_MYSELF.test(sentence))
}

/** Whether a paragraph is a question to somebody: it says “you”, or stands out as interviews print their questions. */
export function asksYou(words: string): boolean {
  const trimmed = words.trim()
  if (trimmed.length > LONGEST_QUESTION || !QUESTION.test(trimmed) || /^["“„«‘]/u.test(trimmed)) return false
  const plain = trimmed.replaceAll(/[\u2018\u2019]/gu, "'")
  return /^(?:\*\*|__)[^*_]+(?:\*\*|__)$/u.test(trimmed) || TO_YOU.test(plain)
}

const replies = (words: string): boolean => REPLIES.test(words.trimStart()) || OF_MYSELF.test(words)

/** The named speakers who mostly ask, where somebody else does not. */
function askersIn(turns: readonly Said[], asking: readonly boolean[]): Set<string> {
  const counts = new Map<string, { n: number; asked: number }>()
  for (const [i, { label, interviewer }] of turns.entries()) {
    if (label === null || interviewer) continue
    const count = counts.get(label) ?? { n: 0, asked: 0 }
    counts.set(label, { n: count.n + 1, asked: count.asked + (asking[i] === true ? 1 : 0) })
  }
  const askers = [...counts].filter(([, { n, asked }]) => asked * 2 > n)
  return askers.length === counts.size ? new Set() : new Set(askers.map(([label]) => label))
}

/**
 * Who asks, whom nothing names, and what is answered. A turn without a name is the interviewer's where it asks, an
 * answer where it follows one that does or speaks of itself; of any other nobody can say whose it is.
 */
export function withRoles(text: string, turns: readonly Said[]): Turn[] {
  const words = turns.map(({ start, end }) => text.slice(start, Math.min(end, start + LONGEST_LOOK)).trim())
  const asking = words.map(asks)
  const askers = askersIn(turns, asking)
  const somebodyAsks = asking.includes(true)
  const isLettered = turns.some(({ label, interviewer }) => label !== null && interviewer)
  let open: { start: number; end: number } | null = null
  return turns.map(({ label, ...turn }, i): Turn => {
    const nameless = turn.speaker === null && !(label !== null && isLettered && /^A/iu.test(label))
    const interviewer = turn.interviewer || (label === null ? asking[i] === true : askers.has(label))
    const answers = interviewer ? null : open
    const said = text.slice(turn.start, turn.end)
    if (interviewer) open = { start: turn.start, end: turn.start + said.trimEnd().length }
    else if (said.trim() !== '') open = null
    const isAnswer = answers !== null || (somebodyAsks && replies(words[i] ?? ''))
    return {
      ...turn,
      interviewer,
      answers,
      unsure: nameless && !interviewer && !(label === null && isAnswer),
    }
  })
}
