import type { Reason, Voice } from '../grammar/language.ts'
import { announced, isForeseen } from './announcement.ts'
import { verbBehind } from './chain.ts'
import type { Element } from './element.ts'
import { againstNow, type Moment } from './event-time.ts'
import type { Frame } from './frame.ts'
import { gauged } from './gauge.ts'
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
  lasting: { weight: 2, says: 'says how long something will last' },
  estimate: { weight: 1, says: 'puts a number to it' },
  not_ready: {
    weight: 2,
    says: 'says that somebody is not ready for a step, which implies a forecast of it',
  },
  fate: { weight: 2, says: 'tells how it ends' },
  reported: { weight: 2, says: 'reports a forecast: “would” for “will”' },
  present_future: { weight: 2, says: 'tells in the present what is to be at a later time' },
  nominal: { weight: 2, says: 'names what is coming' },
  chance: { weight: 2, says: 'says how great a chance is' },
  bare_chance: { weight: 1, says: 'names a chance' },
  adverb: { weight: 1, says: 'is a word of probability' },
  modal: { weight: 2, says: 'says what may, might or could be' },
  bet: { weight: 2, says: 'is a bet on it' },
  wish: { weight: -1, says: 'is a wish' },
  state: { weight: -2.5, says: 'judges what is, and not what is to come' },
  habit: { weight: -2, says: 'tells what happens time and again' },
  past: { weight: -3, says: 'tells what was to be, and is over' },
  address: { weight: -1.5, says: 'tells somebody what to do' },
  ability: { weight: 0.5, says: 'says what can be' },
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
  attempt: { weight: -1.5, says: 'claims an attempt and no result' },
  plan: { weight: -1, says: 'tells of a plan' },
  hindsight: { weight: -3, says: 'speaks of what might have been or of a supposition' },
  schedule: { weight: -2, says: 'announces what is scheduled' },
  own_plan: { weight: -2, says: 'announces what somebody is going to do, or what was decided' },
  supposition: { weight: -1.5, says: 'tells what a plan would do' },
  rule: { weight: -2.5, says: 'tells what a rule prescribes' },
  promise: { weight: -2, says: 'speaks about the conversation' },
  aside: { weight: -1, says: 'stands in a side remark or an indirect question' },
}

/** What they say where nothing weighs it. */
const FLAT: Readonly<Record<string, string>> = {
  will: 'asserts flatly what is to come',
  will_not: 'denies flatly that something is to come',
}

/** That a rule fires on these words; `flat` where nothing in the clause weighs it. */
export function reasonFor(rule: string, words: string, flat = false): Reason {
  const { weight, says } = RULES[rule] as Rule
  return { rule, weight, words, says: (flat ? FLAT[rule] : undefined) ?? says }
}

/** The rules that fire on one clause, with the words they rest on. `time` is the horizon phrase in it, if any. */
export function reasonsOf(frame: Frame, voice: Voice, moment: Moment): Reason[] {
  const { tokens, elements, denials, reported, reading } = frame
  const { time } = moment
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
  gauged(tokens, say)
  const ought = tokens.find(
    ({ word }, at) =>
      !elements.some(({ layer, first }) => layer === 'future' && first > at) &&
      (word === 'must' || isAdvice(tokens, at, time)),
  )
  if (ought !== undefined) say('normative', ought.raw)
  if (!reasons.some(({ weight }) => weight > 0) || isBare(frame)) return []
  if (reading.open === 'aside') say('aside', wordsAt(tokens, reading.first ?? 0, reading.last ?? 0))
  supposed(tokens, say)
  announced(frame, voice, say)
  againstNow(frame, moment, say)
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

/** "Shares should gain another five per cent": what nobody is asked to do. */
const happens = (tokens: readonly Token[], should: number): boolean =>
  /^(?:gain|rise|fall|grow|drop|improve|recover|ease|slow|win|lose|last|climb|hit|reach|become)$/u.test(
    tokens[verbBehind(tokens, should)]?.word ?? '',
  )

/** "He should go", "nobody should take it seriously this year"; a time ahead makes a forecast of the others. */
const isAdvice = (tokens: readonly Token[], at: number, time: string | null): boolean =>
  /^(?:should|ought)$/u.test(tokens[at]?.word ?? '') &&
  !happens(tokens, at) &&
  (time === null || /^(?:nobody|one|everyone|everybody|you|we|they)$/u.test(tokens[at - 1]?.word ?? ''))

/** "Perhaps.", "No way.": words that weigh, and nothing that they weigh. */
const isBare = ({ tokens, elements, denials, reading }: Frame): boolean =>
  tokens.filter(({ kind }) => kind !== 'mark').length <= MOST_BARE &&
  tokens.every(
    ({ kind, word }, at) =>
      kind === 'mark' ||
      // "That's unlikely" answers what was said; "that's possible" only grants it.
      (reading.key === 'possibly' && /^(?:that|it|this|is)$/u.test(word)) ||
      [...elements, ...denials].some(({ first, last }) => first <= at && at <= last),
  )

const MOST_BARE = 3

/** Says that a rule fires on words. */
export type Say = (rule: string, words: string) => void

/** "Would have been", "if he had": of what was not. */
function supposed(tokens: readonly Token[], say: Say): void {
  const word = (at: number) => tokens[at]?.word ?? ''
  for (let at = 0; at < tokens.length; at++) {
    const here = word(at)
    if (/^(?:would|could|might|should|may)$/u.test(here)) {
      const next = /^(?:not|never)$/u.test(word(at + 1)) ? at + 2 : at + 1
      if (word(next) === 'have' && word(next + 1) !== 'to') say('hindsight', wordsAt(tokens, at, next))
    }
    if (here === 'would' && word(0) === 'without') say('hindsight', 'without')
    if (
      here === 'if' &&
      tokens
        .slice(at, at + 7)
        .some(({ word: w }, i) => w === 'had' || (w === 'were' && word(at + i + 1) === 'to'))
    )
      say('hindsight', 'if')
  }
}

/** "He was going to resign": what was to come has come or not. */
function past(tokens: readonly Token[], elements: readonly Element[], say: Say): void {
  const was = elements.find(
    ({ layer, first }) =>
      (layer === 'future' || layer === 'hedge') &&
      tokens.slice(Math.max(0, first - 2), first + 1).some(({ word }) => word === 'was' || word === 'were'),
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
  if (words[will - 1] === 'you' && !isForeseen(tokens, will)) say('address', wordsAt(tokens, will - 1, will))
}
const REPEATED =
  /^(?:time|day|week|month|year|spring|summer|autumn|fall|winter|morning|evening|night|season|\p{L}+day)$/u
