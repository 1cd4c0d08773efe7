import { addDays } from '../../core/calendar.ts'
import { dayOn, plus, type Unit, yearOf } from '../grammar/day.ts'
import type { HorizonsIn } from '../grammar/horizon.ts'
import { timesIn } from '../grammar/time.ts'
import { dayAt, partAt, periodAt, weekdayAfter } from './horizon-calendar.ts'
import { countAt, isNear, type Read, type Reader, type Span, unitAt, wordAt } from './horizon-word.ts'
import { tokensOf } from './token.ts'

const HOW_SOON = 'How soon? The words name no date; keep the proposal or set another.'
const FROM_WHEN = 'says only from when on: until when does the claim run?'
const NO_DAY = 'names no day: until when does the claim run?'
const WHICH_EVENT = 'names an event and no day: when is it?'

const vague = (r: Reader, next: number, count: number, unit: Unit): Span => ({
  kind: 'span',
  next,
  grain: 'amount',
  from: r.published,
  to: plus(r.published, count, unit),
  rule: `a vague span: read as up to ${count} ${unit}s after publication`,
  vague: true,
  asks: HOW_SOON,
})

/** What the house takes words without a number for: the same spans as in English. */
const VAGUE: readonly (readonly [words: string, count: number, unit: Unit])[] = [
  ['скоро', 6, 'month'],
  ['вскоре', 6, 'month'],
  ['очень скоро', 6, 'month'],
  ['довольно скоро', 6, 'month'],
  ['в скором времени', 6, 'month'],
  ['в скором будущем', 6, 'month'],
  ['в ближайшее время', 6, 'month'],
  ['в самое ближайшее время', 6, 'month'],
  ['в ближайшем будущем', 12, 'month'],
  ['в обозримом будущем', 12, 'month'],
  ['в обозримой перспективе', 12, 'month'],
  ['в ближайшей перспективе', 12, 'month'],
  ['в краткосрочной перспективе', 12, 'month'],
  ['в среднесрочной перспективе', 36, 'month'],
  ['в долгосрочной перспективе', 60, 'month'],
  ['со дня на день', 14, 'day'],
  ['вот-вот', 14, 'day'],
  ['на днях', 14, 'day'],
  ['с минуты на минуту', 2, 'day'],
  ['в считанные дни', 14, 'day'],
  ['в считанные недели', 8, 'week'],
]
const OPEN =
  'рано или поздно;когда-нибудь;со временем;в конце концов;в перспективе;в будущем;в дальнейшем;однажды;к тому времени;к этому времени;до тех пор;тогда;в итоге;в конечном счете;при нашей жизни;при моей жизни;навсегда;надолго;пока что;на неопределенный срок'.split(
    ';',
  )

const THEN = /^(?:к (?:тому|этому) времени|до тех пор)$/u

const startsWith = (r: Reader, at: number, words: string): number | null => {
  const parts = words.split(' ')
  return parts.every((word, i) => wordAt(r, at + i) === word) ? at + parts.length : null
}

function vagueAt(r: Reader, at: number): Read | null {
  for (const [words, count, unit] of VAGUE) {
    const next = startsWith(r, at, words)
    if (next !== null) return vague(r, next, count, unit)
  }
  for (const words of OPEN) {
    const next = startsWith(r, at, words)
    // "В конце концов" and "тогда" alone are ways to speak.
    if (next !== null && words !== 'тогда')
      return { kind: 'asks', next, why: NO_DAY, ...(THEN.test(words) ? { refers: 'then' as const } : {}) }
  }
  return null
}

/** How many of a unit the house takes "несколько" and the bare plural for. */
const SOME: Readonly<Record<string, number>> = {
  day: 14,
  week: 8,
  month: 6,
  quarter: 4,
  half: 2,
  year: 5,
  decade: 20,
}

const after = (r: Reader, count: number, unit: Unit, next: number): Span => ({
  kind: 'span',
  next,
  grain: 'amount',
  from: r.published,
  to: plus(r.published, count, unit),
  rule: 'so long after publication',
})

/** "Два-три года", "полгода", "пару месяцев", "несколько лет", "год": an amount of time, the longer where two are named. */
function amountAt(r: Reader, at: number): Span | null {
  const first = countAt(r, at)
  if (first !== undefined && Number.isFinite(first)) {
    const link = wordAt(r, at + 1)
    const second =
      link === '-' || link === '—' || link === 'или' || link === 'до' ? countAt(r, at + 2) : undefined
    const count = second !== undefined && second > first ? second : first
    const then = second === undefined ? at + 1 : at + 3
    const unit = unitAt(r, then)
    if (unit !== null) {
      const half = startsWith(r, then + 1, 'с половиной')
      return after(r, half === null ? count : count + 0.5, unit, half ?? then + 1)
    }
    return null
  }
  if (/^(?:пар[ауые]|парочк[ауи])$/u.test(wordAt(r, at))) {
    const unit = unitAt(r, at + 1)
    return unit === null ? null : after(r, 2, unit, at + 2)
  }
  if (/^(?:несколько|нескольких|считанные|считаные)$/u.test(wordAt(r, at))) {
    const unit = unitAt(r, at + 1)
    return unit === null ? null : vague(r, at + 2, SOME[unit] ?? 5, unit)
  }
  const word = wordAt(r, at)
  const pair = /^(день|недел[юия]|месяц|год)-(?:два|две|другой|другую|третий|полтора)$/u.exec(word)
  if (pair !== null) {
    const unit = /^де/u.test(word) ? 'day' : /^не/u.test(word) ? 'week' : /^ме/u.test(word) ? 'month' : 'year'
    return after(r, 2, unit, at + 1)
  }
  if (word === 'полгода' || word === 'полугода') return after(r, 6, 'month', at + 1)
  if (word === 'полвека') return after(r, 50, 'year', at + 1)
  if (word === 'четверть' && unitAt(r, at + 1) === 'century') return after(r, 25, 'year', at + 2)
  const unit = unitAt(r, at)
  if (unit === null || word === 'лет') return null
  // "Через годы" has no number; "через год-два" has two.
  if (/^(?:годы|месяцы|недели|дни|годов|месяцев|десятилетия)$/u.test(word) && !/^недели$/u.test(word))
    return vague(r, at + 1, SOME[unit] ?? 5, unit)
  const second = wordAt(r, at + 1) === '-' || wordAt(r, at + 1) === 'или' ? countAt(r, at + 2) : undefined
  return after(r, second ?? 1, unit, second === undefined ? at + 1 : at + 3)
}

/** "Через год", "в течение полугода", "за два года", "лет через пять", "в ближайшие три месяца". */
function reckonedAt(r: Reader, at: number): Read | null {
  const word = wordAt(r, at)
  const unit = unitAt(r, at)
  if (unit !== null && wordAt(r, at + 1) === 'через' && countAt(r, at + 2) !== undefined)
    return after(r, countAt(r, at + 2) ?? 0, unit, at + 3)
  if (word === 'через' || word === 'спустя') return amountAt(r, at + 1)
  if (word === 'в' && wordAt(r, at + 1) === 'течение') {
    const then = isNear(r, at + 2) || wordAt(r, at + 2) === 'следующих' ? at + 3 : at + 2
    return periodAt(r, then) ?? amountAt(r, then)
  }
  if (
    (word === 'за' || word === 'на протяжении') &&
    (countAt(r, at + 1) !== undefined ||
      isNear(r, at + 1) ||
      /^(?:год|полгода|месяц|неделю|пару|несколько)$/u.test(wordAt(r, at + 1)))
  )
    return amountAt(r, isNear(r, at + 1) ? at + 2 : at + 1)
  if (/^(?:в|на|за)$/u.test(word) && (isNear(r, at + 1) || wordAt(r, at + 1) === 'следующие')) {
    const amount = amountAt(r, at + 2)
    if (amount === null) return null
    // "В ближайший год" is twelve months; "в ближайшие месяцы" leaves open how many.
    const plural = /^(?:годы|месяцы|недели|дни|десятилетия)$/u.test(wordAt(r, at + 2))
    const of = unitAt(r, at + 2)
    return plural && of !== null ? vague(r, at + 3, SOME[of] ?? 5, of) : amount
  }
  return null
}

const DAYS: Readonly<Record<string, number>> = { сегодня: 0, завтра: 1, послезавтра: 2 }

const EVENT =
  /^(?:выбор(?:ы|ов|ам|ами|ах)|саммит(?:а|у|ом|е|ы|ов)?|инаугураци[июяей]+|референдум(?:а|у|ом|е)?|переговор(?:ы|ов|ам|ами|ах)|голосовани[еяюм]+|съезд(?:а|у|ом|е)?|олимпиад[аыуе]|чемпионат(?:а|у|ом|е)?|суд(?:а|у|ом|е)|визит(?:а|у|ом|е)|встреч[аиуе]|войн[аыуе]|войной|праздник(?:и|ов|ам|ами|ах)?|каникул(?:ы|ам|ами|ах)?|победы|победе|победой|отставк[аиуе]|отставкой|рождеств[аоуе]|рождеством|пасх[аиуе]|сессии|сезон[ауе]|кризис[ауе]|срок[ауе]|перемири[яюе]|подписани[яю]|заседани[яю]|конференци[ию]|конгресс[ау]|форум[ау]|окончани[яю]|завершени[яю]|прекращени[яю]|начал[ау]|смены|смене|прихода|приходу|ухода|уходу|этого|того|тем|этим|нее|него|них)$/u

/** After, before or by an event: the words name no day. */
function eventAt(r: Reader, at: number): Read | null {
  if (!/^(?:до|после|перед|к|ко|на|накануне|во время)$/u.test(wordAt(r, at))) return null
  for (let next = at + 1; next <= at + 3; next++) {
    if (!EVENT.test(wordAt(r, next))) {
      if (/^[.,;:!?—"()]$/u.test(wordAt(r, next))) return null
      continue
    }
    const isOnly =
      wordAt(r, at) === 'на' && !/^(?:выбор|голос|саммит|съезд|референд|рождеств|пасх)/u.test(wordAt(r, next))
    const isPronoun = /^(?:этого|того|тем|этим|нее|него|них)$/u.test(wordAt(r, next))
    if (isOnly || (isPronoun && next > at + 1) || (wordAt(r, at) === 'к' && isPronoun)) return null
    return { kind: 'asks', next: next + 1, why: WHICH_EVENT }
  }
  return null
}

const isNewYear = (r: Reader, at: number): boolean =>
  /^нов(?:ый|ого|ому|ым|ом)$/u.test(wordAt(r, at)) && unitAt(r, at + 1) === 'year'

/** What a preposition makes of a time behind it. */
function boundedAt(r: Reader, at: number): Read | null {
  const word = wordAt(r, at)
  if (word === 'не' && /^(?:раньше|ранее)$/u.test(wordAt(r, at + 1))) {
    const then = wordAt(r, at + 2) === 'чем' ? at + 3 : at + 2
    const read = boundedAt(r, then) ?? timeAt(r, then, false) ?? reckonedAt(r, then)
    if (read === null) return null
    const begins = read.kind === 'span' ? { from: read.from } : {}
    return { kind: 'asks', next: read.next, why: FROM_WHEN, ...begins }
  }
  if (word === 'не' && /^(?:позже|позднее)$/u.test(wordAt(r, at + 1))) {
    const then = wordAt(r, at + 2) === 'чем' ? at + 3 : at + 2
    return boundedAt(r, then) ?? reckonedAt(r, then) ?? timeAt(r, then, true)
  }
  if (word === 'между' || word === 'с' || word === 'со' || word === 'от') return betweenAt(r, at)
  if (isNewYear(r, at + 1) && /^(?:до|к|под|перед)$/u.test(word)) {
    const day = dayOn(yearOf(r.published), 12, 31) ?? r.published
    return {
      kind: 'span',
      next: at + 3,
      grain: 'day',
      from: r.published,
      to: day,
      rule: 'the last day of the year',
    }
  }
  if (word === 'до' || word === 'к' || word === 'ко' || word === 'перед' || word === 'по') {
    const read = timeAt(r, at + 1, true)
    if (read?.kind !== 'span' || word === 'по')
      return word === 'по' && read?.kind === 'span' && read.grain !== 'day' ? null : read
    return until(r, read, word === 'до' || word === 'перед')
  }
  if (/^(?:в|во|на|под)$/u.test(word)) return timeAt(r, at + 1, false)
  return null
}

/** Up to a time: the end of a day or of "конец года"; of a longer period the day before it begins, or its first day. */
function until(r: Reader, read: Span, excludes: boolean): Read {
  const from = r.published
  if (read.grain === 'day') return { ...read, from }
  const to = excludes ? addDays(read.from, -1) : read.from
  if (to < from) return { ...read, from }
  return { ...read, from, to, rule: excludes ? 'the day before it begins' : 'by the time it begins' }
}

/** "Между маем и августом", "с мая по август": to the end of the second. */
function betweenAt(r: Reader, at: number): Read | null {
  const first = timeAt(r, at + 1, false)
  if (first === null || first.kind === 'asks') return null
  // "Мае и августе" was read as one time already.
  const isBetween = wordAt(r, at) === 'между'
  if (isBetween && first.kind === 'span' && first.next > at + 3) return { ...first, between: true }
  const link = wordAt(r, first.next)
  if (!/^(?:и|по|до)$/u.test(link)) return null
  const second = timeAt(r, first.next + 1, false)
  if (second?.kind !== 'span' || first.kind !== 'span') return second
  return { ...second, from: first.from, ...(isBetween ? { between: true as const } : {}) }
}

/** A time without the preposition before it. */
function timeAt(r: Reader, at: number, bound: boolean): Read | null {
  return dayAt(r, at) ?? partAt(r, at, bound) ?? periodAt(r, at) ?? weekdayAfter(r, at) ?? soonDay(r, at)
}

const soonDay = (r: Reader, at: number): Span | null => {
  const days = DAYS[wordAt(r, at)]
  if (days === undefined) return null
  const day = addDays(r.published, days)
  return { kind: 'span', next: at + 1, grain: 'day', from: day, to: day, rule: 'the day named' }
}

/** Seasons, "завтра", dates and what has a deictic word stand without a preposition. */
function freeAt(r: Reader, at: number): Read | null {
  const day = dayAt(r, at) ?? soonDay(r, at)
  if (day !== null) return day
  const word = wordAt(r, at)
  if (/^(?:весной|летом|осенью|зимой)$/u.test(word)) return periodAt(r, at)
  if (
    /^(?:этой|этим|следующей|следующим|будущей|будущим|нынешней|нынешним|грядущей|грядущим|прошлой|прошлым)$/u.test(
      word,
    ) &&
    /^(?:весной|летом|осенью|зимой)$/u.test(wordAt(r, at + 1))
  )
    return periodAt(r, at)
  return null
}

function readAt(r: Reader, at: number): Read | null {
  const all = [vagueAt(r, at), reckonedAt(r, at), boundedAt(r, at), eventAt(r, at), freeAt(r, at)]
  let best: Read | null = null
  for (const read of all) if (read !== null && read.next > (best?.next ?? 0)) best = read
  return best
}

/** All times that a sentence names, in order and without overlaps. Times of the past are none. */
export const horizonsIn: HorizonsIn = (sentence, published) => {
  const r: Reader = { tokens: tokensOf(sentence), published }
  return timesIn(sentence, r.tokens, published, (at) => readAt(r, at))
}
