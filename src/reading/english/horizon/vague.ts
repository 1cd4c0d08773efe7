import { plus, type Unit } from '../../grammar/day.ts'
import { closesAt, longest, phrases, type Read, type Reader, table, wordAt, wordSet } from './reader.ts'

const TERMS = 'term|run|range'

type Vague = readonly [count: number, unit: Unit] | 'asks' | 'none' | 'then' | 'before then'

const inThe = (kinds: string): string =>
  kinds
    .split('|')
    .flatMap((kind) => TERMS.split('|').map((term) => `${kind} ${term}`))
    .join('|')

/**
 * What the house takes words without a number for; "asks" where no span would be fair, "none" where it is no time, and
 * "then" where it is the time that was named before.
 */
const VAGUE = table<Vague>([
  ['too soon|how soon|so soon|no sooner|this time around', 'none'],
  [
    'soon|very soon|pretty soon|quite soon|fairly soon|soon enough|shortly|before long|before too long',
    [6, 'month'],
  ],
  ['any time soon|anytime soon|in short order|in no time|in the offing', [6, 'month']],
  ['any day now|any day|any moment now|any minute now|any moment|immediately|right away', [14, 'day']],
  ['straight away|imminently|imminent', [14, 'day']],
  ['any week now', [8, 'week']],
  ['any month now', [6, 'month']],
  ['any year now', [5, 'year']],
  [
    'near future|nearest future|foreseeable future|not too distant future|not so distant future',
    [12, 'month'],
  ],
  [inThe('short|near|shorter|nearer'), [12, 'month']],
  ['immediate future|very near future', [3, 'month']],
  [inThe('short to medium|near to medium|medium|intermediate'), [36, 'month']],
  [inThe('medium to long|long|longer'), [60, 'month']],
  ['distant future|fullness of time', 'asks'],
  ['eventually|one day|some day|someday|sooner or later|at some point|at some stage|in the end', 'asks'],
  ['down the road|down the line|down the track|further down the road|further down the line', 'asks'],
  ['in time|in due course|in due time|over time|with time|a matter of time|a question of time', 'asks'],
  ['take time|takes time|in our time|in my time|from now on|from here on', 'asks'],
  ['by then|by that time|by that point|by that date|until then|till then', 'then'],
  ['before then|before that time|before that date', 'before then'],
  ['after that|after this|before that|before this', 'asks'],
  ['my lifetime|our lifetime|our lifetimes|his lifetime|her lifetime|their lifetime|your lifetime', 'asks'],
  ['for good|forever|for ever|indefinitely|until further notice', 'asks'],
  ['for now|for the time being|for the moment|for a while|for some time|for some time to come', 'asks'],
  ['for a long time|for quite some time|much longer|a little longer|a bit longer', 'asks'],
  ['in the future|in future|in years|at a later date|at a later stage|later on|in a while', 'asks'],
  ['around the corner|round the corner|on the horizon|a long way off|a long time', 'asks'],
  ['for the first time|at the same time|at this time|at that time|at the time|at the moment', 'none'],
  ['from time to time|time and again|at times|by now|until now|up to now|till now|so far|to date', 'none'],
  ['until recently|as of now|as of today|in recent years|in recent months|in recent weeks', 'none'],
  ['since then|back then|just then|even then|now and then', 'none'],
  ['year after year|day after day|month after month|week after week|from day to day|day by day', 'none'],
  ['year by year|year on year|month on month|quarter on quarter', 'none'],
  [
    'sunday times|sunday telegraph|sunday mirror|financial times|prague spring|arab spring|bloody sunday',
    'none',
  ],
  ['winter olympics|summer olympics|winter games|summer games|summer school', 'none'],
])
/** Only behind these words are they a time: the near future, over the long term. */
const NEEDS_LEAD = wordSet('term run range future lifetime lifetimes')
const LEADS = wordSet('in for over the on not within during')

const HOW_SOON = 'How soon? The words name no date; keep the proposal or set another.'
const NO_DAY = 'names no day: until when does the claim run?'

/** At the end of the day, all is said. */
const IN_SUM = phrases('at the end of the day')

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
  // "It will be over by then": what stands before belongs to the verb.
  if (value === 'then' || value === 'before then')
    return whole === null ? null : { kind: 'asks', next, why: NO_DAY, free: true, refers: value }
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
