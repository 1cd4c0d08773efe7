import { unitAt } from './deictic.ts'
import { readPeriod } from './period.ts'
import {
  type Asked,
  bareAt,
  clauseEnd,
  closesAt,
  longest,
  type Past,
  phrases,
  type Read,
  type Reader,
  type Span,
  wordAt,
  wordSet,
} from './reader.ts'
import { hasPast } from './tense.ts'
import { yearAt } from './year.ts'

/** What happens on a day that the words do not give. */
const EVENTS = wordSet(
  'election elections vote poll polls referendum summit inauguration truce ceasefire conference congress recess season tournament trial handover budget census cup olympics games midterm midterms primary primaries convention ballot runoff debate meeting session term mandate holidays festival launch hearing verdict ruling deadline birthday expiry anniversary transition talks coronation playoffs final finals championship harvest presidency parliament lifetime lifetimes moon eclipse monsoon solstice equinox offensive war match round review report',
)
/** What a law may be passed by: an event only where the next one is meant. */
const BODIES = wordSet(
  'congress parliament conference convention session presidency final finals review report ruling verdict offensive war match round hearing talks debate primary trial truce ceasefire meeting',
)
const MODIFIERS = wordSet('next coming upcoming this following')
const MOST_MODIFIERS = 4
const DETERMINERS = wordSet('the a an this that next his her its their our your coming upcoming')
const STOPS = wordSet(
  'will would shall may might could can is are was were has have had to that who which and but or by in on at for with from as if of not',
)

export const NAMES_EVENT = 'names an event and not a day: when is it?'

/** Where a name of an event stands: "the 2026 midterms", "his second term", "the vote in June". */
function eventAt(r: Reader, at: number): { next: number; isNext: boolean; body: boolean } | null {
  let isNext = false
  for (let i = at; i <= at + MOST_MODIFIERS + 1 && !closesAt(r, i); i++) {
    const word = bareAt(r, i)
    if (EVENTS.has(word)) {
      // The vote count, the election day: the last of the nouns names it.
      const next = EVENTS.has(bareAt(r, i + 1)) || wordAt(r, i + 1) === 'day' ? i + 2 : i + 1
      const ends = wordAt(r, next) === "'" || wordAt(r, next) === 'end' ? next + 1 : next
      return { next: ends, isNext, body: BODIES.has(word) }
    }
    if (MODIFIERS.has(word) || r.tokens[i]?.ordinal === true || yearAt(r, i) !== null) isNext = true
    if (i > at && (STOPS.has(word) || DETERMINERS.has(word)) && !MODIFIERS.has(word)) return null
    if (i === at && STOPS.has(word)) return null
  }
  return null
}

/** The day up to which an event is, where its year or its month stands beside it. */
function offered(r: Reader, at: number, event: number): { date?: string; next: number } {
  const behind = ['in', 'on', 'of', ','].includes(wordAt(r, event)) ? event + 1 : event
  const after = behind > event || wordAt(r, event) === 'next' ? readDated(r, behind) : null
  if (after !== null) return { date: after.to, next: after.next }
  for (let i = at; i < event; i++) {
    const inside = readDated(r, i)
    if (inside !== null && inside.next <= event) return { date: inside.to, next: event }
  }
  return { next: event }
}
function readDated(r: Reader, at: number): Pick<Span, 'to' | 'next'> | null {
  const next = wordAt(r, at) === 'next' && wordAt(r, at + 1) === 'year'
  if (next) return { to: `${Number(r.published.slice(0, 4)) + 1}-12-31`, next: at + 2 }
  const read = readPeriod(r, at)
  return read?.kind === 'span' ? read : null
}

/** An event behind a preposition; `known` only by its name, else whatever stands there. */
export function readEvent(r: Reader, at: number, by: 'in' | 'by' | 'any'): Asked | null {
  const event = eventAt(r, at)
  if (event !== null && (by === 'any' || event.isNext || (by === 'by' && !event.body))) {
    const { date, next } = offered(r, at, event.next)
    return { kind: 'asks', next, why: NAMES_EVENT, ...(date === undefined ? {} : { date }) }
  }
  return null
}

/** "The 2026 budget", wherever it stands: what has a year of its own is an event of that year. */
export function readYearOfEvent(r: Reader, at: number): Asked | null {
  if (!DETERMINERS.has(wordAt(r, at))) return null
  const year = yearAt(r, at + 1)
  const isNoun = year !== null && year.next === at + 2 && r.tokens[at + 2]?.kind === 'word'
  if (!isNoun || STOPS.has(wordAt(r, at + 2)) || year.year < Number(r.published.slice(0, 4))) return null
  const next = EVENTS.has(bareAt(r, at + 3)) ? at + 4 : at + 3
  return { kind: 'asks', next, why: NAMES_EVENT, date: `${year.year}-12-31`, free: true }
}

/** Before whom one appears, and other things that stand behind these words and are no times. */
const NO_TIME_BEFORE = wordSet(
  'court courts judge judges committee committees tribunal jury council panel senate congress parliament us me him them you god lawmakers',
)
const AHEAD_IN_RANK = wordSet('finish finishes come comes stay stays remain remains is are be far well')
const IDIOMS = phrases(
  'after that|after this|before that|before this|before then|until then|until now|till now|till then',
  'before long|before too long',
  'after all|after tax|after him|after her|after them|ahead of schedule|ahead of time',
)
const AFTER_VERB = wordSet(
  'look looks looking looked go goes going named take takes run ask day year week month time one',
)

/** Whatever a preposition of time has behind it that is no day: "before she takes office", "until the rains". */
export function readAnything(r: Reader, at: number, prefix: number): Asked | Past | null {
  const word = wordAt(r, prefix)
  if (closesAt(r, at) || longest(IDIOMS, r, prefix) !== null) return null
  if (word === 'after' && AFTER_VERB.has(wordAt(r, prefix - 1))) return null
  if (word === 'ahead' && AHEAD_IN_RANK.has(wordAt(r, prefix - 1))) return null
  const end = nounEnd(r, at)
  if (hasPast(r, at, end)) return { kind: 'past', next: end }
  if (word === 'before' || word === 'ahead')
    for (let i = at; i < Math.min(end, at + 4); i++)
      if (NO_TIME_BEFORE.has(bareAt(r, i)) && !MODIFIERS.has(wordAt(r, at))) return null
  return { kind: 'asks', next: end, why: NAMES_EVENT }
}

/** Where the words end that name an event: at the verb of the sentence, if it is one of those that are known. */
function nounEnd(r: Reader, at: number): number {
  const end = clauseEnd(r, at)
  for (let i = at + 1; i < end; i++) if (NEW_CLAUSE.has(wordAt(r, i))) return i
  return end
}
const NEW_CLAUSE = wordSet(
  'will would shall may might can could should must because that unless but which who',
)

/** Who may do something, behind "by the next". */
const WHO = wordSet(
  'president government minister administration leader king queen generation chancellor governor mayor cabinet owner chief secretary party coalition pope director chairman',
)
const TIMES = wordSet(
  'time moon moons tide tides days week weeks month months year years decades century centuries quarters season seasons generations era terms lifetime anniversary hour deadline millennium fortnight weekend',
)

const RATES = wordSet('a per each every')

export const NOT_UNDERSTOOD = 'names a time that is not understood: which day is meant?'

/** "Under the next president": in somebody's time. */
export function readUnder(r: Reader, at: number): Asked | null {
  const isNext = wordAt(r, at) === 'under' && MODIFIERS.has(wordAt(r, at + 2)) && WHO.has(bareAt(r, at + 3))
  return isNext ? { kind: 'asks', next: at + 4, why: NAMES_EVENT, free: true } : null
}

/** A noun of time behind a preposition that nothing else has read: "by the next blood moon". */
export function readUnknown(r: Reader, at: number, isBy: boolean): Read | null {
  const begin = wordAt(r, at) === 'the' ? at + 1 : at
  const isNext =
    wordAt(r, begin) === 'next' || wordAt(r, begin) === 'coming' || wordAt(r, begin) === 'following'
  for (let i = begin; i < begin + 5 && !closesAt(r, i); i++) {
    const word = wordAt(r, i)
    // In power five years from now: the time begins at the number.
    const { value, ordinal } = r.tokens[i] ?? {}
    if ((i > begin || isBy) && value !== undefined && ordinal !== true) return null
    if (STOPS.has(word) && word !== 'of') break
    if (isBy && isNext && WHO.has(bareAt(r, i))) return null
    if (!TIMES.has(word)) continue
    // Two percent a year is a rate.
    if (RATES.has(wordAt(r, i - 1))) return null
    // "In the future" says that it is ahead, "at this point" that it is not, and "at times" neither.
    return isNext || word !== 'time' ? { kind: 'asks', next: i + 1, why: NOT_UNDERSTOOD } : null
  }
  if (!isBy || !isNext || closesAt(r, begin + 1)) return null
  return { kind: 'asks', next: clauseEnd(r, begin, 4), why: NOT_UNDERSTOOD }
}

/** Words that join a clause which says when. */
const CLAUSES = phrases(
  'when|once|as soon as|as long as|so long as|by the time|the moment|the day|whenever|the next time|only when',
  'only once|if and when',
)
const NO_CLAUSE = phrases(
  'when it comes to|when it came to|when asked|when compared|when i|once again|once more|once upon|once and',
  'once every|once a|once in|once per|the day of|the day to|the day after|the day before|the moment of',
)
/** "When will it end?" asks, and "when necessary" says nothing of a time. */
const NO_SUBJECT = wordSet(
  'will would do does did is are was were should can could to in on at necessary possible needed due has',
)
const BEGINS_CLAUSE = wordSet('and but or only , " — : ; (')
export const WHEN_CLAUSE = 'names what has to happen first and not a day: when is it?'

/** "Once the votes are counted", "as long as he lives", unless it tells what has been. */
export function readClause(r: Reader, at: number): Read | null {
  const found = longest(CLAUSES, r, at)
  if (found === null || longest(NO_CLAUSE, r, at) !== null || closesAt(r, found.next)) return null
  // "He was once the leader": an adverb.
  const word = wordAt(r, at)
  if (word !== 'once' && NO_SUBJECT.has(wordAt(r, found.next))) return null
  if (word === 'once' && (IS.has(wordAt(r, at - 1)) || unitAt(r, found.next + 1) !== null)) return null
  if (
    word === 'once' &&
    !SUBJECTS.has(wordAt(r, found.next)) &&
    !/^\p{Lu}/u.test(r.tokens[found.next]?.raw ?? '')
  )
    return null
  if (word === 'the' && wordAt(r, at + 1) === 'day' && !SUBJECTS.has(wordAt(r, found.next))) return null
  if (word === 'when' && NOT_WHEN.has(wordAt(r, at - 1)) && !BEGINS_CLAUSE.has(wordAt(r, at - 1))) return null
  const end = clauseEnd(r, found.next, 10)
  if (hasPast(r, found.next, end)) return { kind: 'past', next: found.next }
  return { kind: 'asks', next: end, why: WHEN_CLAUSE, free: true }
}
const SUBJECTS = wordSet(
  'the a an he she it they we you i this that these those his her its their our all both every',
)
const IS = wordSet('was were is are had has have been who which not never only')
const NOT_WHEN = wordSet(
  'know knows ask asks asked tell tells decide decides see sees say says said about of since',
)
