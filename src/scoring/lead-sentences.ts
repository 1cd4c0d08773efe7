import type { Finding } from './document.ts'
import { expectedText, numeral, partOf, wereText } from './figure-text.ts'
import { groundText, together } from './grounds.ts'
import {
  alarmText,
  cameTrue,
  isFewer,
  type Numbers,
  noClaimsLead,
  ofAll,
  partText,
  type Say,
} from './record-text.ts'
import { nothingText } from './state-text.ts'

/** What stands on top of a record: the finding, what it rests on, and of few claims why they say little. */

/** A sentence, and when it is true. */
export type Template = readonly [when: (say: Say) => boolean, text: (say: Say) => string]

export const leads = (rule: Finding['rule']) => (say: Say) => say.finding.rule === rule
const numbersOf = ({ finding }: Say) => finding.numbers as Numbers
/** The sentence that leads, by its rule; of several for one rule the first whose condition holds. */
export const FINDING: readonly Template[] = [
  [leads('nothing_decided'), (say) => nothingText(say, say.who.by)],
  [leads('hindsight'), () => 'Logged with hindsight: an illustration.'],
  [(say) => leads('too_few')(say) && say.claims.n === 0, noClaimsLead],
  [
    (say) => leads('too_few')(say) && say.counts.scored < 5,
    ({ claims }) => `${cameTrue(claims)}: too few claims to say more.`,
  ],
  [
    leads('too_few'),
    ({ claims, grounds: { scored } }) =>
      `${cameTrue(claims)}, from only ${groundText(scored)}; what ${together(scored)} stands and falls together.`,
  ],
  [leads('no_claims'), noClaimsLead],
  [leads('part_differs'), partText],
  [
    leads('whole_differs'),
    (say) =>
      `${isFewer(numbersOf(say)) ? 'Less' : 'More'} of what ${say.who.it} predict${say.who.s} comes true than ${say.who.it} say${say.who.s}: ${ofAll(numbersOf(say), '')}.`,
  ],
  [leads('monitor_differs'), alarmText],
  [
    leads('tilt_differs'),
    (say) =>
      `${say.who.It} expect${say.who.s} too ${isFewer(numbersOf(say)) ? 'much' : 'little'} to happen: ${ofAll(numbersOf(say), ' things did')}.`,
  ],
  [
    leads('fits'),
    ({ claims: { came_true, n, usual }, who }) =>
      `${who.Own} word can be taken, to within 10 points in 100: ${partOf(came_true, n)} came true, ${wereText(expectedText([usual, usual], n))} to be expected.`,
  ],
  [
    leads('cannot_be_told'),
    ({ claims: { came_true, n, promised }, who }) =>
      `${partOf(came_true, n)} came true; ${wereText(expectedText(promised, n, came_true))} to be expected. Too few to tell whether ${who.own} word can be relied on.`,
  ],
]

const leadsAny =
  (...rules: Finding['rule'][]) =>
  (say: Say) =>
    rules.includes(say.finding.rule) && say.claims.n > 0

/** Beneath the sentence that leads: what it rests on. */
export const LEAD_NUMBERS: readonly Template[] = [
  [
    leadsAny('hindsight'),
    ({ claims, grounds }) =>
      `${cameTrue(claims)}, from ${groundText(grounds.claims)}${fallTogether(grounds.claims)}.`,
  ],
  [
    (say) => leadsAny('too_few')(say) && say.counts.scored < 5,
    ({ claims: { n }, grounds }) =>
      `${n === 1 ? 'It is' : 'They are'} from ${groundText(grounds.claims)}${fallTogether(grounds.claims)}.`,
  ],
  [
    leadsAny('too_few'),
    ({ claims: { promised, n, came_true } }) =>
      `Of them ${wereText(expectedText(promised, n, came_true))} to be expected to come true.`,
  ],
  [
    leadsAny('part_differs', 'monitor_differs', 'tilt_differs'),
    ({ claims, grounds }) =>
      `${cameTrue(claims)}, where ${wereText(expectedText(claims.promised, claims.n, claims.came_true))} to be expected, from ${groundText(grounds.claims)}.`,
  ],
  [
    leadsAny('whole_differs', 'fits', 'cannot_be_told'),
    ({ claims: { n }, grounds }) =>
      `${n === 1 ? 'The one claim is' : `The ${numeral(n)} claims are`} from ${groundText(grounds.claims)}.`,
  ],
]

/** Fewer groups than can be told from one another. */
const fallTogether = (ground: Say['grounds']['claims']): string =>
  ground.groups < 3 ? `; what ${together(ground)} stands and falls together` : ''

/** Of claims that all went one way, in so few groups: how often chance alone would do as much. */
export const SAYS_LITTLE: Template = [
  (say) =>
    leadsAny('too_few', 'hindsight')(say) &&
    say.claims.clusters <= 4 &&
    (say.claims.came_true === 0 || say.claims.came_true === say.claims.n),
  ({ claims: { n, came_true, clusters } }) => {
    const often = `in 1 of ${2 ** clusters} such records`
    return n === 1
      ? `Had it been as likely as not, it would ${came_true === 1 ? '' : 'not '}have come true ${often}.`
      : `Had each been as likely as not, ${came_true === n ? `all ${numeral(n)}` : `none of the ${numeral(n)}`} would have come true ${often}.`
  },
]
