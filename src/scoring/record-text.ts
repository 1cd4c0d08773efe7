import { counted } from '../core/text.ts'
import type {
  Checkable,
  Claims,
  Counts,
  Finding,
  Headline,
  Monitor,
  Reference,
  TypeFigure,
} from './document.ts'
import {
  brierText,
  chanceText,
  differenceBrackets,
  expectedText,
  gapText,
  inBrackets,
  listText,
  numeral,
  partOf,
  percentText,
  shareText,
  timesText,
  wereText,
} from './figure-text.ts'
import type { Found } from './finding.ts'
import { groundText, groupNoun, scarceNoun } from './grounds.ts'
import type { TrackRecord } from './track-record.ts'

/** A record whose finding is not in words yet. */
export type Facts = Omit<TrackRecord, 'lead' | 'finding'> & { finding: Found }
export type Say = Facts & { who: Who }

/** Whose record it is, as the subject of a sentence; several people are "they". */
type Who = { it: string; It: string; own: string; Own: string; s: '' | 's'; is: 'is' | 'are'; by: string }
export const whoIs = (name: string | null): Who =>
  name === null
    ? { it: 'they', It: 'They', own: 'their', Own: 'Their', s: '', is: 'are', by: 'of this set' }
    : { it: name, It: name, own: `${name}’s`, Own: `${name}’s`, s: 's', is: 'is', by: `by ${name}` }

const DIRECTIONS: Record<Monitor['direction'], (who: Who) => string> = {
  surer_than_right: ({ it, is }) => `${it} ${is} surer than events bear out`,
  could_be_surer: ({ it }) => `${it} could be surer`,
  expects_too_much: ({ it, s }) => `${it} expect${s} too much to happen`,
  expects_too_little: ({ it, s }) => `${it} expect${s} too little to happen`,
}
export const alarmText = ({ monitor, who }: Say): string =>
  `What happened no longer fits the probabilities given: ${DIRECTIONS[(monitor as Monitor).direction](who)}.`

export type Numbers = NonNullable<Finding['numbers']>
export const isFewer = ({ happened, expected: [low, high] }: Numbers): boolean => happened < (low + high) / 2
const expectedIn = ({ happened, n, expected }: Numbers): string => expectedText(expected, n, happened)
/** "59 of 77, where at least 68 were to be expected". */
export const ofAll = (numbers: Numbers, happened: string): string => {
  const {
    n,
    expected: [low, high],
    happened: count,
  } = numbers
  const bound = isFewer(numbers) ? low : high
  const least = low === high ? '' : isFewer(numbers) ? 'at least ' : 'at most '
  return `${partOf(count, n)}${happened}, where ${least}${wereText(expectedText([bound, bound], n, count))} to be expected`
}
export const partText = ({ finding, who: { it, s } }: Say): string => {
  const numbers = finding.numbers as Numbers
  const often = isFewer(numbers) ? 'less often' : 'more often'
  const isPhrase = finding.tests.some(({ kind, label }) => kind === 'phrase' && label === finding.subject)
  return isPhrase
    ? `When ${it} say${s} “${finding.subject}”, it happens ${often} than readers expect: ${timesText(numbers.happened)} in ${numeral(numbers.n)}, where readers expect ${expectedIn(numbers)}.`
    : `When ${it} say${s} ${finding.subject}, it happens ${often}: ${partOf(numbers.happened, numbers.n)}, where ${wereText(expectedIn(numbers))} to be expected.`
}

export const cameTrue = ({ n, came_true }: Pick<Claims, 'n' | 'came_true'>): string =>
  n === 1
    ? `The one claim ${came_true === 1 ? 'came' : 'did not come'} true`
    : `${partOf(came_true, n)} claims came true`

const KINDS = [
  ['numeric', 'of a number', 'of numbers'],
  ['date', 'of a date', 'of dates'],
  ['multiple_choice', 'of an option', 'of options'],
] as const
/** "24 forecasts of numbers and of dates". */
function otherKinds(counts: Counts): string {
  const n = counts.scored - counts.yes_no
  const kinds = KINDS.flatMap(([kind, one, many]) => (counts[kind] === 0 ? [] : [n === 1 ? one : many]))
  return `${counted(n, 'forecast')} ${listText(kinds)}`
}

/** Why nothing could come true, where something is scored; as the sentence that leads with how often ranges held. */
export const noClaimsLead = (say: Say): string =>
  [noClaimsText(say), ...TYPES.map((type) => coverageText(say, type))].filter((text) => text !== '').join(' ')
export function noClaimsText({ counts, who }: Say): string {
  if (counts.yes_no === 0) {
    return `${who.It} gave ${otherKinds(counts)}${counts.scored === 1 ? ', which could not come true or not' : ' and none that could come true or not'}.`
  }
  if (counts.neither === counts.scored)
    return counts.scored === 1
      ? 'The only one says 50 %, which is neither yes nor no.'
      : `All ${numeral(counts.scored)} say 50 %, which is neither yes nor no.`
  return `None of the ${numeral(counts.scored)} decided says yes or no.`
}

const COMPARED = 'A rule chose this sentence.'
function premise({ finding: { rule, subject, tests }, counts, claims }: Say): string {
  if (rule === 'part_differs')
    return tests.some(({ kind, label }) => kind === 'phrase' && label === subject)
      ? `If “${subject}” meant what readers hear`
      : 'If the numbers were right'
  if (!hasReadings(claims)) return 'If the numbers were right'
  return counts.numbers === 0
    ? 'If the words meant what readers hear'
    : 'If the numbers were right and the words meant what readers hear'
}
export function howSureText(say: Say): string {
  const { p_holm, tests } = say.finding
  const compared = tests.filter(({ p }) => p !== null).length
  const page = compared === 1 ? '' : `, allowing for the ${compared} comparisons on this page`
  if (p_holm !== null)
    return `${premise(say)}, a difference this large would turn up ${chanceText(p_holm)}${page}. ${COMPARED}`
  const none =
    compared === 1
      ? 'The one comparison on this page shows no difference'
      : `None of the ${compared} comparisons on this page shows a difference`
  return `${none} beyond what chance would bring. ${COMPARED}`
}

export const hasReadings = ({ promised: [low, high] }: Pick<Claims, 'promised'>): boolean => high - low > 1e-9
/** What a gap says; nothing where there is none or it was not tested. */
export const gapClause = (p: number | null, count: number, [low, high]: readonly [number, number]): string =>
  p === null || (count >= low - 1e-9 && count <= high + 1e-9)
    ? ''
    : `; a gap this large would turn up ${chanceText(p)}`

const TYPES = ['numeric', 'date', 'multiple_choice'] as const
export type Type = (typeof TYPES)[number]
const KNOWING = { numeric: 'the range', date: 'the range', multiple_choice: 'the options' }
const FORECASTS = { numeric: 'of numbers', date: 'of dates', multiple_choice: 'of options' }
const coverageText = ({ by_type }: Say, type: Type): string =>
  (by_type[type]?.intervals ?? [])
    .map(({ n, contained, level, p }) => {
      const held = `${partOf(contained, n)} ${n === 1 ? 'range' : 'ranges'} called ${percentText(level)} sure held the truth`
      return `${held}${gapClause(p, contained, [n * level, n * level])}.`
    })
    .join(' ')
export const typeText = (say: Say, type: Type): string => {
  const { n, brier, interval, range_only } = say.by_type[type] as TypeFigure
  const range = interval === null ? '' : inBrackets(interval)
  const scored = `The ${counted(n, 'forecast')} ${FORECASTS[type]} score ${brierText(brier, n)}${range}; knowing only ${KNOWING[type]} would score ${brierText(range_only, n)}.`
  return `${scored} ${coverageText(say, type)}`.trim()
}

export const betterBy = ({ verdict, mean_difference, interval: [low, high], n }: Reference): string => {
  if (verdict === 'cannot_be_told')
    return `which is better cannot be told${differenceBrackets([low, high], 'difference ')}`
  const range: [number, number] = verdict === 'better' ? [-high, -low] : [low, high]
  return `${verdict} by ${gapText(Math.abs(mean_difference), n)}${differenceBrackets(range)}`
}

const UNDECIDED = {
  due: 'overdue',
  proposed: 'with a proposed outcome',
  ambiguous: 'ambiguous',
  selected: 'from sources read in part',
}
/** "Were the 3 overdue and 2 ambiguous all to count for or all against X". */
export function wereUndecided({ of }: Pick<NonNullable<Headline['bounds']>, 'of'>, { it }: Who): string {
  const keys = ['due', 'proposed', 'ambiguous', 'selected'] as const
  const parts = keys
    .filter((key) => of[key] > 0)
    .map((key) => `${of[key] === 1 ? 'one' : numeral(of[key])} ${UNDECIDED[key]}`)
  const many = keys.reduce((n, key) => n + of[key], 0) > 1
  const against = it === 'they' ? 'them' : it
  return many
    ? `Were the ${listText(parts)} all to count for or all against ${against}`
    : `Were the ${listText(parts)} to count for or against ${against}`
}

export function scoreSentence({
  headline,
  counts,
  grounds: { numbers: ground },
  withheld,
  who,
}: Say): string {
  const numbers = counted(counts.numbers, 'number')
  if (headline !== null)
    return `The score is ${brierText(headline.brier, headline.n)}${inBrackets(headline.interval)} over ${numbers} from ${groundText(ground)}; 0 is perfect and 1 is worst.`
  const others = counts.scored - counts.yes_no
  if (counts.numbers === 0)
    return others > 0
      ? `${otherKinds(counts)} ${others === 1 ? 'is' : 'are'} scored below; no yes-or-no forecast has a number.`
      : `${who.It} gave no numbers, so there is no score.`
  if (withheld.headline === 'too_few_interviews')
    return `${numbers} from only ${groundText(ground)}: too few ${groupNoun(ground)}s for a score.`
  if (withheld.headline === 'one_interview_dominates')
    return `Most of the ${numbers} ${ground.by === 'development' ? 'are about' : 'come from'} one or two ${scarceNoun(ground)}s: too few for a score.`
  return `${numbers}: too few for a score.`
}

/** How much of all that was said can be checked, of what was read from end to end. */
export function checkableText({ checkable }: Say): string {
  const { n, repeated, sources, share, came_true, did_not, neither, open } = checkable as Checkable
  const again = repeated === 0 ? '' : `, not counting ${numeral(repeated)} said again,`
  const checked = came_true + did_not + neither + open
  return `Of ${counted(n - repeated, 'passage')} in ${counted(sources, 'source')} read from end to end${again} ${numeral(checked)} can be checked (${shareText(share as number)}).`
}
