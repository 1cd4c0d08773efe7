import type { Reason, Voice } from '../grammar/language.ts'
import type { Element } from './element.ts'
import type { Frame } from './frame.ts'
import { type Token, wordsAt } from './words/token.ts'

/** The score from which a passage is marked. */
export const THRESHOLD = 2

type Rule = { readonly weight: number; readonly says: string }

const RULES: Readonly<Record<string, Rule>> = {
  will: { weight: 2, says: 'is about what is to come' },
  will_not: { weight: 2, says: 'denies that something is to come' },
  going_to: { weight: 2, says: 'says what is about to be' },
  heading: { weight: 2, says: 'says where things are heading' },
  likelihood: { weight: 2, says: 'weighs how likely something is' },
  odds: { weight: 2, says: 'gives a number for how likely it is' },
  forecasting: { weight: 2, says: 'is a verb of forecasting' },
  surprise: { weight: 2, says: 'says what would surprise the speaker' },
  picturing: { weight: 2, says: 'pictures what may come' },
  not_ready: {
    weight: 2,
    says: 'says that somebody is not ready for a step, which implies a forecast of it',
  },
  fate: { weight: 2, says: 'tells how it ends' },
  reported: { weight: 2, says: 'reports a forecast: “would” for “will”' },
  present_future: { weight: 2, says: 'tells in the present what is to be at a later time' },
  nominal: { weight: 2, says: 'names what is coming' },
  chance: { weight: 2, says: 'says how great a chance is' },
  adverb: { weight: 1, says: 'is a word of probability' },
  modal: { weight: 2, says: 'says what may, might or could be' },
  bet: { weight: 2, says: 'is a bet on it' },
  wish: { weight: -1, says: 'is a wish' },
  state: { weight: -2.5, says: 'judges what is, and not what is to come' },
  habit: { weight: -2, says: 'tells what happens time and again' },
  past: { weight: -3, says: 'tells what was to be, and is over' },
  address: { weight: -1.5, says: 'tells somebody what to do' },
  ability: { weight: 1, says: 'says what can be' },
  opinion: { weight: 0.5, says: 'is marked as the speaker’s view' },
  unknown: { weight: -1.5, says: 'says that it is open' },
  horizon: { weight: 1, says: 'names a time ahead' },
  normative: { weight: -0.5, says: 'says what ought to be, which is no forecast' },
  denial: { weight: -3, says: 'denies that something follows, and says nothing of whether it happens' },
  matrix: {
    weight: -0.5,
    says: 'stands above what is said of the future, and it is not known what it says of it',
  },
  others: { weight: -1.5, says: 'tells what others think' },
  attempt: { weight: -0.5, says: 'claims an attempt or a need and no result' },
  plan: { weight: -1, says: 'tells of a plan' },
  hindsight: { weight: -3, says: 'speaks of what might have been or of a supposition' },
  schedule: { weight: -1.5, says: 'announces what is scheduled' },
  promise: { weight: -2, says: 'speaks about the conversation' },
  aside: { weight: -1, says: 'stands in a side remark or an indirect question' },
}

/** What they say where nothing weighs it. */
const FLAT: Readonly<Record<string, string>> = {
  will: 'asserts flatly what is to come',
  will_not: 'denies flatly that something is to come',
}

const SCHEDULED = new Set(
  'presented unveiled delivered opened convened decided debated aired played voted read publish hold meet host hear vote announce present release speak visit open begin convene decide published held released announced broadcast take start launch resume travel return address deliver unveil debate run reopen premiere air play depart arrive'.split(
    ' ',
  ),
)
const DUE = new Set('due scheduled slated planned'.split(' '))
const DAYS = new Set(
  'monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december tomorrow today tonight week'.split(
    ' ',
  ),
)
const PROMISED = new Set(
  'tell say explain show give answer come return try be not get let begin start leave turn assure talk discuss'.split(
    ' ',
  ),
)
const REMEMBERED = new Set(
  'remembered recalled remember recall find have see note notice hear need want'.split(' '),
)

/** That a rule fires on these words; `flat` where nothing in the clause weighs it. */
export function reasonFor(rule: string, words: string, flat = false): Reason {
  const { weight, says } = RULES[rule] as Rule
  return { rule, weight, words, says: (flat ? FLAT[rule] : undefined) ?? says }
}

/** The rules that fire on one clause, with the words they rest on. `time` is the horizon phrase in it, if any. */
export function reasonsOf(
  { tokens, elements, denials, reported, reading }: Frame,
  voice: Voice,
  time: string | null,
): Reason[] {
  const reasons: Reason[] = []
  const say: Say = (rule, words) => {
    if (!reasons.some((other) => other.rule === rule))
      reasons.push(reasonFor(rule, words, reading.kind === 'flat'))
  }
  for (const { cue, layer, first, last } of elements) {
    const rule = layer === 'future' && denials.length > 0 && cue === 'will' ? 'will_not' : cue
    if (rule === undefined || RULES[rule] === undefined || (rule === 'reported' && voice === 'quote'))
      continue
    say(rule, wordsAt(tokens, first, last))
  }
  const place = picturing(tokens)
  if (place !== null) say('picturing', wordsAt(tokens, ...place))
  const ought = tokens.find(
    ({ word }) => word === 'must' || (time === null && (word === 'should' || word === 'ought')),
  )
  if (ought !== undefined) say('normative', ought.raw)
  if (!reasons.some(({ weight }) => weight > 0)) return []
  if (reading.open === 'aside') say('aside', wordsAt(tokens, reading.first ?? 0, reading.last ?? 0))
  against(tokens, voice, say)
  if (!reported) past(tokens, elements, say)
  const likely = tokens.findIndex(
    ({ word }, i) =>
      word === 'likely' && /^(?:a|an|the|his|her|their|because|due)$/u.test(tokens[i + 1]?.word ?? ''),
  )
  if (likely !== -1) say('state', wordsAt(tokens, likely, likely + 1))
  habit(tokens, say)
  if (time !== null) say('horizon', time)
  return reasons
}

type Say = (rule: string, words: string) => void

function against(tokens: readonly Token[], voice: Voice, say: Say): void {
  const word = (at: number) => tokens[at]?.word ?? ''
  for (let at = 0; at < tokens.length; at++) {
    const here = word(at)
    if (/^(?:would|could|might|should|may)$/u.test(here)) {
      const next = /^(?:not|never)$/u.test(word(at + 1)) ? at + 2 : at + 1
      if (word(next) === 'have') say('hindsight', wordsAt(tokens, at, next))
    }
    if (
      here === 'if' &&
      tokens
        .slice(at, at + 7)
        .some(({ word: w }, i) => w === 'had' || (w === 'were' && word(at + i + 1) === 'to'))
    )
      say('hindsight', 'if')
    if (DUE.has(here) && voice !== 'quote') say('schedule', wordsAt(tokens, at, at))
    if (here !== 'will') continue
    const subject = word(at - 1)
    const verb = word(at + 1)
    if (
      /^(?:i|we)$/u.test(subject) &&
      PROMISED.has(verb) &&
      !(verb === 'not' && !/^(?:comment|answer|speculate|discuss|go)$/u.test(word(at + 2)))
    )
      if (verb !== 'be' || /^(?:honest|frank|brief|back|right|clear|blunt|here)$/u.test(word(at + 2)))
        say('promise', wordsAt(tokens, at - 1, at + 1))
    if (
      /^(?:you|readers|listeners|viewers|it|we)$/u.test(subject) &&
      (REMEMBERED.has(verb) || REMEMBERED.has(word(at + 2))) &&
      (subject !== 'we' || word(at - 2) === 'as')
    )
      say('promise', wordsAt(tokens, at - 1, at + 1))
    if (voice !== 'quote' && (SCHEDULED.has(verb) || (verb === 'be' && SCHEDULED.has(word(at + 2))))) {
      const day = tokens.findIndex((token, i) => i > at && (DAYS.has(token.word) || token.ordinal === true))
      if (day !== -1) say('schedule', wordsAt(tokens, at, day))
    }
  }
}

/** "He was going to resign": what was to come has come or not. */
function past(tokens: readonly Token[], elements: readonly Element[], say: Say): void {
  const was = elements.find(
    ({ layer, first }) =>
      (layer === 'future' || layer === 'hedge') &&
      [tokens[first], tokens[first - 1]].some((token) => token?.word === 'was' || token?.word === 'were'),
  )
  const then = tokens.findIndex(
    ({ word }, i) => word === 'those' && tokens[i - 1]?.word === 'in' && tokens[i + 1]?.word === 'days',
  )
  if (then !== -1) say('past', wordsAt(tokens, then - 1, then + 1))
  // "He could swim before he could walk."
  const able = tokens.findIndex(
    ({ word }, i) => word === 'could' && /^(?:before|when|while|since)$/u.test(tokens[i - 2]?.word ?? ''),
  )
  if (able !== -1) say('past', wordsAt(tokens, able - 2, able))
  if (was !== undefined) say('past', wordsAt(tokens, was.first, was.last))
}

/** "Every spring the river will flood", "on Sundays he will walk", "children will be children". */
function habit(tokens: readonly Token[], say: Say): void {
  const words = tokens.map(({ word }) => word)
  const will = words.indexOf('will')
  if (will === -1) return
  const often = words.findIndex(
    (word, i) =>
      /^(?:often|always|usually|sometimes|typically|normally|generally)$/u.test(word) ||
      ((word === 'every' || word === 'each') && REPEATED.test(words[i + 1] ?? '')) ||
      (word === 'on' && /days$/u.test(words[i + 1] ?? '')) ||
      (word === 'most' &&
        /^(?:days|evenings|mornings|nights|weeks|years|winters|summers)$/u.test(words[i + 1] ?? '')),
  )
  if (often !== -1) say('habit', words[often] ?? '')
  else if (will > 0 && words[will + 1] === 'be' && words[will + 2] === words[will - 1])
    say('habit', wordsAt(tokens, will - 1, will + 2))
  if (words.slice(will, will + 2).join(' ') === 'will have' && words.slice(-4).join(' ').includes('by now'))
    say('state', 'by now')
  if (words[will + 1] === 'be' && /^(?:that|this)$/u.test(words[will - 1] ?? '') && words[will + 2] === 'the')
    say('state', wordsAt(tokens, will - 1, will + 1))
  if (words[will - 1] === 'you') say('address', wordsAt(tokens, will - 1, will))
}
const REPEATED =
  /^(?:time|day|week|month|year|spring|summer|autumn|fall|winter|morning|evening|night|season|\p{L}+day)$/u

/** "I can see them losing": what the speaker pictures. */
function picturing(tokens: readonly Token[]): [number, number] | null {
  for (let at = 0; at < tokens.length; at++) {
    if (!/^(?:see|have|imagine|picture|envisage)$/u.test(tokens[at]?.word ?? '')) continue
    const subject = tokens.slice(Math.max(0, at - 4), at).find(({ word }) => word === 'i' || word === 'we')
    if (subject === undefined) continue
    for (let next = at + 2; next <= at + 7; next++)
      if (
        tokens[at]?.word !== 'have' &&
        /^\p{L}{2,}ing$/u.test(tokens[next]?.word ?? '') &&
        !/^(?:thing|something|anything|nothing|everything|king|evening|morning)$/u.test(
          tokens[next]?.word ?? '',
        )
      )
        return [at, next]
      else if (
        tokens[next]?.word === 'at' &&
        (tokens[next + 1]?.value ?? tokens[next + 2]?.value) !== undefined
      )
        return [at, next + 1]
  }
  return null
}
