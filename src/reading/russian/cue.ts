import type { NamedHorizon } from '../grammar/horizon.ts'
import type { Reason, Voice } from '../grammar/language.ts'
import type { Frame } from './frame.ts'
import type { Found } from './phrase.ts'
import { wordsAt } from './token.ts'

/** The score from which a passage is marked. */
export const THRESHOLD = 2

type Rule = { readonly weight: number; readonly says: string }

const RULES = {
  will: { weight: 2, says: 'says what will be' },
  perfective: { weight: 2, says: 'tells of the future: a perfective verb' },
  perhaps_perfective: { weight: 1.5, says: 'seems to tell of the future: it looks like a perfective verb' },
  likelihood: { weight: 2, says: 'weighs how likely something is' },
  odds: { weight: 2, says: 'gives a number for how likely it is' },
  attitude: { weight: 1, says: 'gives the speaker’s own view' },
  forecasting: { weight: 2, says: 'says that a forecast is made' },
  coming: { weight: 2, says: 'tells of what is to come' },
  ahead: { weight: 0.5, says: 'names a time ahead' },
  wish: { weight: -3, says: 'says what is wanted, and not what will be' },
  unknown: { weight: -1, says: 'leaves open what will be' },
  others: { weight: -1, says: 'tells what others say' },
  habit: { weight: -1.5, says: 'tells what happens again and again' },
  schedule: { weight: -2, says: 'tells of something that is scheduled' },
  question: { weight: -4, says: 'asks' },
} as const satisfies Readonly<Record<string, Rule>>

const SCHEDULED =
  /^(?:состоится|состоятся|пройдет|пройдут|посетит|посетят|откроется|начнется|встретится|встретятся|выступит|выступят|прибудет|прибудут|приедет|приедут|вылетит|вылетят|отправится|отправятся|соберется|соберутся|обсудит|обсудят|проголосует|рассмотрит|рассмотрят|проведет|проведут|будет|будут)$/u
const HABIT = /^(?:кажд\p{L}+|обычно|всегда|иногда|порой|часто|зачастую|бывает|традиционно)$/u

/** Why a sentence is a forecast, or is none. */
export function reasonsOf(
  frame: Frame,
  voice: Voice,
  times: readonly NamedHorizon[],
  asks: boolean,
): Reason[] {
  const { text, tokens, phrases, future, number, reading } = frame
  const reasons: Reason[] = []
  const say = (rule: keyof typeof RULES, words: string) => reasons.push({ rule, ...RULES[rule], words })
  const words = ({ first, last }: Pick<Found, 'first' | 'last'>) => wordsAt(text, tokens, first, last)
  const of = (...layers: Found['layer'][]) => phrases.filter(({ layer }) => layers.includes(layer))
  if (asks) say('question', '?')
  if (reading.kind !== 'none') {
    if (number !== null) say('odds', words(number))
    if (future !== null && future.part.kind !== 'relative') {
      const rule =
        future.kind === 'will' ? 'will' : future.kind === 'known' ? 'perfective' : 'perhaps_perfective'
      say(rule, words({ first: future.at, last: future.at }))
    }
    for (const hedge of of('hedge').slice(0, 1)) say('likelihood', words(hedge))
    for (const attitude of of('attitude').slice(0, 1)) say('attitude', words(attitude))
    for (const forecast of of('forecast').slice(0, 1)) say('forecasting', words(forecast))
    for (const coming of of('coming').slice(0, 1)) say('coming', words(coming))
    for (const unknown of of('unknown').slice(0, 1)) say('unknown', words(unknown))
    for (const others of of('others').slice(0, 1)) say('others', words(others))
    const [time] = times
    if (time !== undefined) say('ahead', time.phrase)
  }
  const wish = of('wish')[0]
  if (wish !== undefined && number === null && of('hedge').length === 0) say('wish', words(wish))
  const habit = tokens.findIndex(({ word }) => HABIT.test(word))
  if (habit !== -1 && future !== null && !tokens.some(({ word }) => word === 'будет' || word === 'будут'))
    say('habit', words({ first: habit, last: habit }))
  if (voice !== 'quote' && isScheduled(frame, times)) say('schedule', times[0]?.phrase ?? '')
  return reasons
}

/** A meeting on a day that is named, in the words of a reporter. */
const isScheduled = ({ tokens, future, phrases }: Frame, times: readonly NamedHorizon[]): boolean =>
  future !== null &&
  SCHEDULED.test(tokens[future.at]?.word ?? '') &&
  !phrases.some(({ layer }) => layer === 'hedge' || layer === 'attitude') &&
  times.some((time) => time.kind === 'date' && time.from === time.date)

export const scoreOf = (reasons: readonly Reason[]): number =>
  Math.round(reasons.reduce((sum, { weight }) => sum + weight, 0) * 10) / 10
