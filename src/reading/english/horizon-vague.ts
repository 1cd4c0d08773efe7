import { plus, type Unit } from '../horizon-day.ts'
import { closesAt, longest, type Read, type Reader, table, wordAt, wordSet } from './horizon-reader.ts'

const TERMS = 'term|run|range'

type Vague = readonly [count: number, unit: Unit] | 'asks' | 'none'

const inThe = (kinds: string): string =>
  kinds
    .split('|')
    .flatMap((kind) => TERMS.split('|').map((term) => `${kind} ${term}`))
    .join('|')

/** What the house takes words without a number for; "asks" where no span would be fair, "none" where it is no time. */
const VAGUE = table<Vague>([
  ['too soon|how soon|so soon|as soon|no sooner|this time around', 'none'],
  [
    'soon|soon enough|very soon|pretty soon|quite soon|fairly soon|shortly|before long|before too long|ere long',
    [6, 'month'],
  ],
  [
    'any time soon|anytime soon|in short order|in no time|presently|in the offing|at short notice',
    [6, 'month'],
  ],
  ['any day now|any day|any moment now|any minute now|any moment|immediately|right away', [14, 'day']],
  ['straight away|imminently|imminent|within reach of days', [14, 'day']],
  ['any week now', [8, 'week']],
  ['any month now', [6, 'month']],
  ['any year now', [5, 'year']],
  [
    'near future|nearest future|foreseeable future|not too distant future|not so distant future|not distant future|near to medium term',
    [12, 'month'],
  ],
  [`${inThe('short|near|shorter|nearer')}`, [12, 'month']],
  ['immediate future|very near future', [3, 'month']],
  [`${inThe('short to medium|near to medium|medium|mid|intermediate|middle')}`, [36, 'month']],
  [`${inThe('medium to long|long|longer')}`, [60, 'month']],
  ['very long term|very long run|distant future|far future|fullness of time', 'asks'],
  [
    'eventually|one day|some day|someday|sooner or later|at some point|at some stage|down the road|down the line|down the track|further down the road|further down the line|later down the line|somewhere down the line|in time|in due course|in due time|over time|with time|in the end',
    'asks',
  ],
  [
    'by then|by that time|by that point|by that date|before then|until then|till then|after that|by which time|after this|before that|before this',
    'asks',
  ],
  ['since then|back then|just then|even then|now and then', 'none'],
  ['a matter of time|a question of time|only a matter of time|only a question of time', 'asks'],
  ['my lifetime|our lifetime|our lifetimes|his lifetime|her lifetime|their lifetime|their lifetimes', 'asks'],
  ['your lifetime|while i live|as long as i live|in living memory to come|until kingdom come', 'asks'],
  ['for good|forever|for ever|for evermore|indefinitely|for eternity|until further notice', 'asks'],
  [
    'for now|for the time being|for the moment|for a while|for some time|for some time to come|for a long time',
    'asks',
  ],
  [
    'for a long while|for quite some time|for the duration|much longer|a little longer|a lot longer|a bit longer',
    'asks',
  ],
  [
    'in the future|in future|in years|at a later date|at a later stage|at a later time|later on|some time from now',
    'asks',
  ],
  [
    'around the corner|round the corner|on the horizon|in a while|in a bit|a long way off|a long time',
    'asks',
  ],
  ['for the first time|at the same time|at this time|at that time|for a time of|at the time', 'none'],
  [
    'at the moment|from time to time|time and again|at times|by now|until now|up to now|till now|so far',
    'none',
  ],
  ['to date|until recently|as of now|in recent years|in recent months|in recent weeks|as of today', 'none'],
  [
    'year after year|day after day|month after month|week after week|from day to day|day by day|year by year',
    'none',
  ],
  ['year on year|month on month|quarter on quarter|at the end of the day when', 'none'],
  [
    'sunday times|sunday telegraph|sunday mirror|mail on sunday|financial times|new york times|the times',
    'none',
  ],
  ['black monday|bloody sunday|prague spring|arab spring|winter olympics|summer olympics', 'none'],
  ['winter games|summer games|summer school|spring board|six day war|six days war|years war', 'none'],
  ['prime time|first time|last time|time out', 'none'],
])
/** Only behind these words are they a time: the near future, over the long term. */
const NEEDS_LEAD = wordSet('term run range future lifetime lifetimes')
const LEADS = wordSet('in for over the on not within during')

const HOW_SOON = 'How soon? The words name no date; keep the proposal or set another.'
const NO_DAY = 'names no day: until when does the claim run?'

/** At the end of the day, all is said. */
const IN_SUM = table<true>([['at the end of the day', true]])

/** Soon, eventually, in the long term; "in the", "for the" and "over the" before it belong to it. */
export function readVague(r: Reader, at: number): Read | null {
  if (longest(IN_SUM, r, at) !== null && (closesAt(r, at - 1) || wordAt(r, at + 6) === ','))
    return { kind: 'past', next: at + 6 }
  const lead = leadAt(r, at)
  const whole = longest(VAGUE, r, at)
  const found = whole ?? (lead > at ? longest(VAGUE, r, lead) : null)
  if (found === null || (whole === null && found.value === 'none')) return null
  const { next, value } = found
  if (value === 'none') return { kind: 'past', next }
  if (NEEDS_LEAD.has(wordAt(r, next - 1)) && !LEADS.has(wordAt(r, at))) return null
  if (value === 'asks') return { kind: 'asks', next, why: NO_DAY, free: true }
  const [count, unit] = value
  return {
    ...{ kind: 'span', grain: 'amount', next, from: r.published, vague: true, free: true, dated: true },
    to: plus(r.published, count, unit),
    rule: `a vague span: read as up to ${count} ${unit}s after publication`,
    asks: HOW_SOON,
  }
}

function leadAt(r: Reader, at: number): number {
  const preposition = ['in', 'for', 'over', 'within', 'during', 'into', 'on', 'at', 'by'].includes(
    wordAt(r, at),
  )
  const then = preposition ? at + 1 : at
  return wordAt(r, then) === 'the' || wordAt(r, then) === 'a' ? then + 1 : then
}
