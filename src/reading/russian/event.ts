import type { NamedHorizon } from '../grammar/horizon.ts'
import type { Part } from './clause.ts'
import type { Frame } from './frame.ts'
import type { Token } from './token.ts'

/** These make no event of anybody, or stand for one that is denied. */
const NO_EVENT =
  /^(?:я|мы|вы|ты|меня|мне|мной|нас|нам|нами|вас|вам|тебя|тебе|мой|моя|мое|мои|моего|моей|моих|наш\p{L}*|ваш\p{L}*|кто|что|какой|какая|какие|почему|зачем|как|когда|где|куда|ли|бы|чтобы|никто|никого|никому|ничто|ничего|ничему|никак\p{L}*|ни|нет)$/u
/** Words that open a clause, or only strengthen it. */
const OPENERS =
  /^(?:и|а|но|да|нет|однако|зато|поэтому|тогда|конечно|разумеется|впрочем|значит|итак|же|так|то|все-таки|все равно)$/u
/** Of what there is "not", Russian speaks in another case. */
const OF_BEING =
  /^(?:будет|будут|произойдет|произойдут|случится|случатся|появится|появятся|останется|останутся|возникнет|возникнут|найдется|найдутся|понадобится|потребуется|последует|последуют|наступит|хватит|удастся|придется|состоится|состоятся|станет)$/u
const PREPOSITION =
  /^(?:в|во|на|с|со|к|ко|о|об|от|до|за|из|по|под|при|про|через|после|перед|ради|без|между|около|у|над|для|никогда|больше|уже|еще|скоро|вовсе|раньше|позже|сам|сама|сами|само)$/u

/**
 * The event of a sentence as the speaker worded it, without hedge, attitude and denial; null where another case or
 * another verb would be needed, or where it is not sure what is said of whom.
 */
export function eventOf(frame: Frame, times: readonly NamedHorizon[]): string | null {
  const { text, tokens, phrases, future, number, reading } = frame
  if (future === null || reading.kind === 'none' || reading.open === 'aside') return null
  const { part, at } = future
  if (
    future.kind === 'likely' ||
    part.kind === 'relative' ||
    part.kind === 'time' ||
    part.kind === 'condition'
  )
    return null
  const isWeighed = (place: number) =>
    phrases.some(
      ({ first, last, layer }) => layer !== 'plain' && layer !== 'noun' && first <= place && place <= last,
    ) ||
    (number !== null && number.first <= place && place <= number.last)
  const isOfTime = ({ start, end }: Token) => times.some((time) => time.start <= start && end <= time.end)
  const own = ownTokens(frame, part, at, isWeighed)
  if (own === null) return null
  const kept = own.filter((place) => !isWeighed(place) && !isDenial(tokens, place, at))
  while (OPENERS.test(tokens[kept[0] ?? -1]?.word ?? '') || tokens[kept[0] ?? -1]?.kind === 'mark')
    kept.shift()
  // "С вероятностью", "что": what led to the event.
  while (
    /^(?:с|что|то|того)$/u.test(tokens[kept[0] ?? -1]?.word ?? '') ||
    /^вероятност/u.test(tokens[kept[0] ?? -1]?.word ?? '')
  )
    kept.shift()
  const words = kept.map((place) => (tokens[place] as Token).word)
  if (kept.length < 2 || words.some((word) => NO_EVENT.test(word))) return null
  const named = kept.filter((place) => tokens[place]?.kind !== 'mark' && !isOfTime(tokens[place] as Token))
  if (!hasSubject(tokens, named, at)) return null
  if (own.some((place) => isDenial(tokens, place, at)) && !isSafe(tokens, named, at)) return null
  return sentenceOf(text, tokens, kept)
}

const PRONOUN = /^(?:он|она|оно|они|это|все)$/u

/** Whether it is named who or what: before the verb, or behind one that takes no object. */
function hasSubject(tokens: readonly Token[], named: readonly number[], verb: number): boolean {
  const first = tokens[named[0] ?? -1]?.word ?? ''
  if (named[0] === verb) return /с[яь]$/u.test(first) && named.length > 1
  if (!PREPOSITION.test(first)) return true
  return named.some((place) => place < verb && PRONOUN.test(tokens[place]?.word ?? ''))
}

/** The "не" of the verb, and what only strengthens it: "больше никогда не вернётся". */
function isDenial(tokens: readonly Token[], place: number, verb: number): boolean {
  const denies = tokens[verb - 1]?.word === 'не'
  const { word = '' } = tokens[place] ?? {}
  return (
    denies &&
    (place === verb - 1 ||
      (place < verb && /^(?:никогда|больше|уже|так|и)$/u.test(word) && place >= verb - 4))
  )
}

/** The tokens of the clause: of its part, and of the one that a word in commas has cut off. */
function ownTokens(
  { tokens, parts, futures }: Frame,
  part: Part,
  verb: number,
  isWeighed: (place: number) => boolean,
): number[] | null {
  const places = range(part.first, part.last)
  const index = parts.indexOf(part)
  const between = parts[index - 1]
  const before = parts[index - 2]
  // "Коалиция, судя по всему, распадётся."
  if (between !== undefined && range(between.first, between.last).every(isWeighed)) {
    if (before === undefined) return places
    const isCut = before.kind === 'main' && !futures.some((other) => other.part === before)
    return isCut ? [...range(before.first, before.last), ...places] : places
  }
  const leads = places.some(
    (place) =>
      place < verb && !/^(?:не|и|а|но|еще|уже)$/u.test(tokens[place]?.word ?? '') && !isWeighed(place),
  )
  return leads || index <= 0 ? places : null
}

const range = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, i) => first + i)

const PLURAL = /(?:ут|ют|ат|ят)(?:ся)?$/u
const GENITIVE = /(?:ого|его|ов|ев|ей|ых|их)$/u

/** Whether only the "не" has to go: who does it stands before the verb in the nominative, and nothing behind it may be in another case. */
function isSafe(tokens: readonly Token[], named: readonly number[], verb: number): boolean {
  const { word = '' } = tokens[verb] ?? {}
  const lead = named.filter((place) => place < verb).map((place) => tokens[place]?.word ?? '')
  const behind = tokens[named.find((place) => place > verb) ?? -1]?.word
  const [first = ''] = lead
  if (OF_BEING.test(word) || (behind !== undefined && !PREPOSITION.test(behind))) return false
  if (PRONOUN.test(first) && lead.length === 1) return true
  if (GENITIVE.test(first) || lead.some((one) => PRONOUN.test(one))) return false
  const isMasculine = /[бвгджзйклмнпрстфхцчшщ]$/u.test(first) && !PLURAL.test(word)
  return isMasculine || (/ся$/u.test(word) && /[ыи]$/u.test(first) && PLURAL.test(word))
}

function sentenceOf(text: string, tokens: readonly Token[], kept: readonly number[]): string {
  let words = ''
  let before = -1
  for (const place of kept) {
    const token = tokens[place] as Token
    const gap = before === -1 ? '' : place === before + 1 ? text.slice(tokens[before]?.end, token.start) : ' '
    words += gap + token.raw
    before = place
  }
  const event = words
    .replaceAll(/["“”«»„]/gu, '')
    .replaceAll(/\s+/gu, ' ')
    .replace(/[\s,;:.–—-]+$/u, '')
    .trim()
  return event.charAt(0).toUpperCase() + event.slice(1)
}
