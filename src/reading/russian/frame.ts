import { FLATLY } from '../../core/probability.ts'
import type { Reading, Voice } from '../grammar/language.ts'
import { type ChanceNumber, chancesIn } from './chance.ts'
import { type Denial, denialOf, type Future, futuresIn, type Part, partsOf } from './clause.ts'
import { type Found, phrasesIn } from './phrase.ts'
import { folded, type Token, tokensOf, wordsAt } from './token.ts'
import { isInfinitive } from './verb.ts'

/** A sentence with what bears on its event, and what that says. */
export type Frame = {
  readonly text: string
  readonly tokens: readonly Token[]
  readonly phrases: readonly Found[]
  readonly parts: readonly Part[]
  /** All verbs that tell of what is to come, and the one that is read. */
  readonly futures: readonly Future[]
  readonly future: Future | null
  readonly number: ChanceNumber | null
  readonly reading: Reading
}

export type Said = {
  readonly voice?: Voice
  /** Whether a time ahead stands in it. */
  readonly ahead?: boolean
  /** Whether the words stand alone, and their event elsewhere. */
  readonly alone?: boolean
}

const NONE: Reading = { kind: 'none' }

/** Reads one sentence, or words that stand alone: from what stands above the event down to it. */
export function frameOf(text: string, said: Said = {}): Frame {
  const tokens = tokensOf(text)
  const parts = partsOf(tokens)
  const phrases = withJudged(
    tokens,
    phrasesIn(tokens).filter((phrase) => counts(tokens, phrase)),
  )
  const taken = new Set(
    phrases.flatMap(({ first, last }) => Array.from({ length: last - first + 1 }, (_, i) => first + i)),
  )
  const futures = futuresIn(tokens, parts).filter(({ at }) => !isTaken(phrases, at))
  const numbers = chancesIn(tokens)
  const future = mainFuture(futures, numbers, phrases, said)
  const frame = { text, tokens, phrases, parts, futures, future, number: numbers[0] ?? null }
  return { ...frame, reading: readingOf(frame, numbers, taken, said) }
}

const LOW =
  /^(?:мал[аы]?|невелик[аи]?|низк[аи]|невысок[аи]|ничтожн[аы]|минимальн[аы]|мизерн[аы]|призрачн[аы]|нулев\p{L}+|отсутству[еют]+т)$/u
const HIGH =
  /^(?:велик[аи]?|высок[аи]?|значительн[аы]|серьезн[аы]|реальн[аы]|есть|сохраня\p{L}+|остается|остаются|существу[еют]+т|раст[еу]т|повышается|возрастает)$/u
const FAR = 8

/** "Вероятность новой войны невелика": the noun of odds and what is said of it stand apart. */
function withJudged(tokens: readonly Token[], phrases: readonly Found[]): Found[] {
  return phrases.map((phrase) => {
    if (phrase.layer !== 'noun') return phrase
    for (let at = phrase.last + 1; at <= phrase.last + FAR && at < tokens.length; at++) {
      const { word } = tokens[at] as Token
      if (LOW.test(word) || HIGH.test(word)) {
        const denied = tokens[at - 1]?.word === 'не'
        const against = LOW.test(word) !== denied
        return {
          ...phrase,
          layer: 'hedge',
          last: at,
          alone: true,
          ...(against ? { against: true as const } : {}),
        }
      }
    }
    return phrase
  })
}

const isTaken = (phrases: readonly Found[], at: number): boolean =>
  phrases.some(({ first, last, layer }) => first <= at && at <= last && layer !== 'noun')

const MODAL = /^(?:может|могут)$/u

// "Он может говорить часами" tells what somebody is able to do.
const isOfHabit = (infinitive: string): boolean =>
  /(?:[ыи]вать|овать)(?:ся)?$/u.test(infinitive) ||
  /^(?:говорить|делать|думать|работать|жить|ждать|знать|иметь|видеть|понимать|сказать|считать|ходить|ездить)(?:ся)?$/u.test(
    infinitive,
  )

/** "Может" needs its verb; "стоит" and "точно" alone may be other words. */
function counts(tokens: readonly Token[], { first, last, layer }: Found): boolean {
  const { word } = tokens[first] as Token
  if (first === last && MODAL.test(word))
    return tokens
      .slice(first + 1, first + 7)
      .some((token) => isInfinitive(token.word) && !isOfHabit(token.word))
  if (first === last && (word === 'стоит' || word === 'следует' || word === 'пора'))
    return layer === 'wish' && tokens.slice(first + 1, first + 4).some((token) => isInfinitive(token.word))
  // "Очевидно" and the like beside a colon or a comma weigh; "вывод очевидно неверен" does too. "Похоже на" compares.
  return !(word === 'похоже' && tokens[first + 1]?.word === 'на' && tokens[first + 2]?.word !== 'то')
}

/** The verb that is read: of the main clause or of what is thought, before those of conditions and remarks. */
function mainFuture(
  futures: readonly Future[],
  numbers: readonly ChanceNumber[],
  phrases: readonly Found[],
  { ahead = false }: Said,
): Future | null {
  const weighed =
    numbers.length > 0 ||
    phrases.some(({ layer }) => layer === 'hedge' || layer === 'attitude' || layer === 'forecast')
  // A verb that only looks like one of the future is one where something else says so.
  const sure = futures.filter(({ kind }) => kind !== 'likely' || ahead || weighed)
  const known = [...sure.filter(({ kind }) => kind !== 'likely'), ...sure]
  const of = (...kinds: Part['kind'][]) => known.find(({ part }) => kinds.includes(part.kind))
  return of('main', 'complement') ?? of('relative') ?? null
}

const unmeasured = (words: string): string =>
  `“${words}” is not measured in Russian: give a band with a reason`
const DENIED = 'the event is denied here, and the band is of its happening'

function readingOf(
  frame: Omit<Frame, 'reading'>,
  numbers: readonly ChanceNumber[],
  taken: ReadonlySet<number>,
  said: Said,
): Reading {
  const { text, tokens, phrases, future } = frame
  const of = (...layers: Found['layer'][]) => phrases.filter(({ layer }) => layers.includes(layer))
  const placed = (first: number, last: number) => ({
    words: wordsAt(text, tokens, first, last),
    start: tokens[first]?.start,
    end: tokens[last]?.end,
  })
  const asks = (why: string, first: number, last: number, more: Partial<Reading> = {}): Reading => ({
    kind: 'asks',
    why,
    ...more,
    ...placed(first, last),
  })
  const isCounterfactual = tokens.some(({ word }, at) => (word === 'бы' || word === 'б') && !taken.has(at))
  if (isCounterfactual && numbers.length === 0) return NONE
  const [wish] = of('wish')
  const hedges = of('hedge').filter((hedge) => !(hedge.alone === true && numbers.length > 0))
  const weighing = [...hedges, ...of('attitude', 'forecast')].sort((a, b) => a.first - b.first)
  if (
    wish !== undefined &&
    numbers.length === 0 &&
    (hedges.length === 0 || wish.first < (hedges[0]?.first ?? 0))
  )
    return NONE

  const denial = eventDenial(frame, weighing, taken)
  const [number] = numbers
  if (number !== undefined) return numbered(number, numbers, denial, weighing, asks, placed)
  const [others] = of('others')
  const says =
    future !== null ||
    weighing.some(({ layer, alone }) => alone === true || layer === 'forecast') ||
    isNominal(frame, hedges)
  if (
    !says &&
    of('coming').length === 0 &&
    !(said.alone === true && weighing.length + of('unknown').length > 0)
  )
    return NONE
  if (others !== undefined || (said.voice === 'quote' && isOfOthers(tokens, weighing))) {
    const at = others ?? (weighing[0] as Found)
    return asks(
      `“${wordsAt(text, tokens, at.first, at.last)}” is somebody else’s view: is it the speaker’s forecast too?`,
      at.first,
      at.last,
    )
  }
  const [unknown] = of('unknown')
  if (unknown !== undefined)
    return asks(
      `“${wordsAt(text, tokens, unknown.first, unknown.last)}” stands above it: what does that say of the event?`,
      unknown.first,
      unknown.last,
    )
  if (denial?.denied === null)
    return asks(
      `“${wordsAt(text, tokens, denial.first, denial.last)}”: what is denied here, and which event is meant?`,
      denial.first,
      denial.last,
    )
  const denied = denial?.denied === true
  if (weighing.length > 0) return weighed(text, tokens, weighing, denied, denial, asks)
  return flatly(frame, denied, denial, of('coming')[0], asks, placed)
}

type Asks = (why: string, first: number, last: number, more?: Partial<Reading>) => Reading
type Placed = (first: number, last: number) => Pick<Reading, 'words' | 'start' | 'end'>

/** "Есть шанс на победу", "вероятность войны высока": an event without a verb. */
const isNominal = ({ phrases, tokens }: Omit<Frame, 'reading'>, hedges: readonly Found[]): boolean =>
  hedges.some(({ first, last }) =>
    tokens.slice(first, last + 1).some(({ word }) => /^(?:шанс|вероятност|риск|угроз|опасност)/u.test(word)),
  ) ||
  (phrases.some(({ layer }) => layer === 'noun') && hedges.length > 0) ||
  [...hedges, ...phrases.filter(({ layer }) => layer === 'unknown')].some(({ last }) =>
    tokens.slice(last + 1, last + 7).some(({ word }) => isInfinitive(word) || word === 'чтобы'),
  )

/** "Критик считает": a verb of the third person in somebody's own words is of another. */
const isOfOthers = (tokens: readonly Token[], weighing: readonly Found[]): boolean =>
  weighing.some(
    ({ first, layer }) =>
      (layer === 'attitude' || layer === 'forecast') &&
      /^(?:счита[ею]т|полага[ею]т|дума[ею]т|опаса[ею]тся|сомнева[ею]тся|ожида[ею]т|прогнозиру[ею]т)$/u.test(
        tokens[first]?.word ?? '',
      ),
  )

/** Whether the event is denied where it is told: in the part of its verb, and not where somebody's view is. */
function eventDenial(
  { tokens, parts, future }: Omit<Frame, 'reading'>,
  weighing: readonly Found[],
  taken: ReadonlySet<number>,
): Denial | null {
  if (future !== null) return denialOf(tokens, future.part, future.at, taken)
  const [modal] = weighing
  if (modal === undefined) return null
  const infinitive = tokens.findIndex(
    ({ word }, at) => at > modal.last && at < modal.last + 8 && isInfinitive(word),
  )
  const part = parts.find(({ first, last }) => first <= infinitive && infinitive <= last)
  if (infinitive === -1 || part === undefined) return null
  return denialOf(tokens, part, infinitive, taken)
}

const mirrored = (value: number): number => Math.round((1 - value) * 1e6) / 1e6

function numbered(
  number: ChanceNumber,
  numbers: readonly ChanceNumber[],
  denial: Denial | null,
  weighing: readonly Found[],
  asks: Asks,
  placed: Placed,
): Reading {
  const { low, high, first, last } = number
  const other = numbers.find((one) => one.low !== low || one.high !== high)
  if (other !== undefined)
    return asks('two numbers stand here: which one is of this event?', first, other.last)
  const against = weighing.find((phrase) => phrase.against === true)
  if (against !== undefined)
    return asks(
      'a denial stands beside the number: what is the number of the event?',
      Math.min(first, against.first),
      Math.max(last, against.last),
    )
  if (denial?.denied === null)
    return asks('a denial stands beside the number: which event is meant?', first, last)
  const denied = denial?.denied === true
  const ends = denied ? { low: mirrored(high), high: mirrored(low) } : { low, high }
  const mid = Math.round(((ends.low + ends.high) / 2) * 1e6) / 1e6
  return {
    kind: low === high ? 'number' : 'range',
    ...ends,
    mid,
    ...(denied ? { why: 'the event is denied: 1 minus the number said' } : {}),
    ...placed(first, last),
  }
}

/** Nobody measured what readers understand: the phrase, and on which side its clause leaves the event, are asked about. */
function weighed(
  text: string,
  tokens: readonly Token[],
  weighing: readonly Found[],
  denied: boolean,
  denial: Denial | null,
  asks: Asks,
): Reading {
  // The hedge says more than the attitude above it.
  const chosen = weighing.find(({ layer }) => layer === 'hedge') ?? (weighing[0] as Found)
  const leaning = weighing.filter(({ against, concord }) => against === true && !(concord === true && denied))
  const lean = leaning.length + (denied ? 1 : 0)
  const words = wordsAt(text, tokens, chosen.first, chosen.last)
  const why = denied
    ? `${unmeasured(words)}; ${DENIED} (“${wordsAt(text, tokens, denial?.first ?? 0, denial?.last ?? 0)}”)`
    : unmeasured(words)
  return asks(why, chosen.first, chosen.last, {
    unmeasured: folded(words),
    ...(denied ? { denied: true as const } : {}),
    ...(leaning.length > 1 ? {} : { says: lean % 2 === 0 ? 'yes' : 'no' }),
  })
}

const QUANTITY =
  /^(?:состав|достиг|превыс|вырас|выраст|возраст|снизит|снизят|упад|сократ|увелич|подорожа|подешеве|подним|опуст|замедл|ускор|будет|будут)/u
const MEASURED =
  /^(?:%|процент\p{L}*|рубл\p{L}*|доллар\p{L}*|евро|пункт\p{L}*|миллион\p{L}*|миллиард\p{L}*|млн|млрд|тысяч\p{L}*)$/u
const OPEN_CONDITION = 'holds under a condition: is the condition a part of the event?'

function flatly(
  { text, tokens, parts, future }: Omit<Frame, 'reading'>,
  denied: boolean,
  denial: Denial | null,
  coming: Found | undefined,
  asks: Asks,
  placed: Placed,
): Reading {
  if (future === null) {
    if (coming === undefined) return NONE
    const words = wordsAt(text, tokens, coming.first, coming.last)
    return asks(`“${words}” tells of what is to come: how sure is it?`, coming.first, coming.last)
  }
  const { at, part } = future
  const first = denial?.first ?? at
  const last = Math.max(denial?.last ?? at, at)
  const words = wordsAt(text, tokens, first, last)
  if (part.kind === 'relative')
    return asks(`“${words}” is a remark beside the main clause: is it a forecast?`, first, last, {
      open: 'aside',
    })
  const condition =
    parts.some(({ kind }) => kind === 'condition') ||
    tokens.some(
      ({ word }, i) =>
        word === 'если' ||
        (word === 'условии' && tokens[i - 1]?.word === 'при') ||
        (word === 'случае' &&
          tokens[i - 1]?.word === 'в' &&
          !/^(?:любом|крайнем|лучшем|худшем)$/u.test(tokens[i + 1]?.word ?? '')),
    )
  if (condition) return asks(`“${words}” ${OPEN_CONDITION}`, first, last, { open: 'condition' })
  const counts = tokens
    .slice(at)
    .findIndex((token, i) => MEASURED.test(token.word) && tokens[at + i - 1]?.value !== undefined)
  if (counts !== -1 && QUANTITY.test(tokens[at]?.word ?? ''))
    return asks('a forecast of a number: what counts as right, which interval around it?', first, at + counts)
  const says = denied ? 'no' : 'yes'
  return {
    kind: 'flat',
    says,
    ...FLATLY[says],
    key: denied ? 'will_not' : 'will',
    measured: false,
    why: 'said flatly in Russian: a hit or a miss; the band was measured for English “will happen” and is assumed here',
    ...placed(first, last),
  }
}
