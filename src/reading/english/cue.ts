import type { Reason, Voice } from '../grammar/language.ts'
import { announced } from './announcement.ts'
import { beside } from './aside.ts'
import { verbBehind } from './chain.ts'
import type { Frame } from './frame.ts'
import { gauged } from './gauge.ts'
import { habit } from './habit.ts'
import { overBy } from './over.ts'
import { type Moment, ofNow } from './present.ts'
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
  revised: { weight: 2, says: 'tells of a forecast that was revised' },
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
  bare_chance: { weight: 0.5, says: 'names a chance' },
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
  normative: { weight: -1, says: 'says what ought to be, which is no forecast' },
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
  task: { weight: -2, says: 'says what something is for or how it is made' },
  supposition: { weight: -1.5, says: 'tells what a plan would do' },
  rule: { weight: -2.5, says: 'tells what a rule prescribes' },
  promise: { weight: -2, says: 'speaks about the conversation' },
  aside: { weight: -1.5, says: 'stands in a side remark or an indirect question' },
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
  const { tokens, elements, denials, reading } = frame
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
  announced(frame, voice, moment, say)
  beside(frame, say)
  ofNow(frame, moment, say)
  overBy(frame, moment, say)
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
  (time === null ||
    /^(?:nobody|anyone|anybody|one|everyone|everybody|you|we|they)$/u.test(tokens[at - 1]?.word ?? ''))

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
