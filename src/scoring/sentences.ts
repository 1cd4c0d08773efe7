import { dayText } from '../core/calendar.ts'
import { counted } from '../core/text.ts'
import type { Claims, Finding, Headline, Lead, Monitor, Reference, Revisions, Tilt } from './document.ts'
import {
  brierText,
  expectedText,
  inBrackets,
  numeral,
  partOf,
  percentText,
  rangeText,
  shareText,
  wereText,
} from './figure-text.ts'
import { scarceNoun, together } from './grounds.ts'
import { FINDING, LEAD_NUMBERS, leads, SAYS_LITTLE, type Template } from './lead-sentences.ts'
import {
  alarmText,
  betterBy,
  checkableText,
  type Facts,
  gapClause,
  hasReadings,
  howSureText,
  noClaimsText,
  type Say,
  scoreSentence,
  type Type,
  typeText,
  wereUndecided,
  whoIs,
} from './record-text.ts'
import { isWaiting, waitingText } from './state-text.ts'

const ofType = (type: Type): Template => [
  ({ by_type }) => by_type[type] !== null,
  (say) => typeText(say, type),
]

/** Every template with its condition, in the order of the page; of several for one place the first that holds. */
export const SENTENCES = {
  finding: FINDING,
  lead_numbers: LEAD_NUMBERS,
  how_sure: [
    [({ finding }) => finding.tests.some(({ p }) => p !== null) && isTested(finding.rule), howSureText],
  ],
  illustration: [
    [
      leads('hindsight'),
      () => 'Whoever logged this could know how it ended, and so could choose what to log.',
    ],
  ],
  says_little: [SAYS_LITTLE],
  undecided: [[(say) => say.counts.scored > 0 && isWaiting(say), waitingText]],
  disputed: [
    [
      ({ counts }) => counts.disputed > 0,
      ({ counts: { disputed } }) =>
        disputed === 1
          ? 'One outcome is disputed; it stands until it is corrected.'
          : `${numeral(disputed)} outcomes are disputed; they stand until they are corrected.`,
    ],
  ],
  not_final: [
    [
      ({ counts }) => counts.not_final > 0,
      ({ counts: { not_final } }) =>
        not_final === 1
          ? 'One outcome is not final yet; it counts, and is open to objection.'
          : `${numeral(not_final)} outcomes are not final yet; they count, and are open to objection.`,
    ],
  ],
  too_vague: [
    [
      ({ counts }) => counts.scored > 0 && counts.too_vague > 0,
      ({ counts: { too_vague } }) =>
        `${numeral(too_vague)} more ${too_vague === 1 ? 'was' : 'were'} too vague to be wrong.`,
    ],
  ],
  rows_alone: [
    [({ grounds }) => grounds.scored.rows_alone, () => 'Rows of the data set are treated as independent.'],
  ],

  no_claims: [[({ claims, counts }) => counts.scored > 0 && claims.n === 0, noClaimsText]],
  claims_kindest: [
    [
      ({ claims }) => claims.n > 0 && hasReadings(claims),
      ({ claims: { came_true, n, promised, p_value } }) =>
        `${partOf(came_true, n)} came true. On the kindest reading of the words ${wereText(expectedText(promised, n, came_true))} to be expected${gapClause(p_value, came_true, promised)}.`,
    ],
    [
      ({ claims }) => claims.n > 0,
      ({ claims: { came_true, n, promised, p_value } }) =>
        `${partOf(came_true, n)} came true; ${wereText(expectedText(promised, n, came_true))} to be expected${gapClause(p_value, came_true, promised)}.`,
    ],
  ],
  claims_usual: [
    [
      ({ claims }) => claims.n > 0 && hasReadings(claims),
      ({ claims: { came_true, n, usual, p_usual } }) =>
        `On the usual reading ${wereText(expectedText([usual, usual], n, came_true))} to be expected${gapClause(p_usual, came_true, [usual, usual])}.`,
    ],
  ],
  could_have_seen: [
    [
      ({ claims }) => claims.could_have_seen !== null,
      ({ claims, who }) =>
        `Had ${Math.round((claims.could_have_seen as number) * 100)} in 100 fewer come true than ${who.it} say${who.s}, a record like this would show it 4 times in 5.`,
    ],
  ],
  claims_bounds: [
    [
      ({ claims }) => claims.n > 0 && claims.bounds !== null,
      ({ claims, who }) => {
        const { low, high, n, ...undecided } = claims.bounds as NonNullable<Claims['bounds']>
        const came =
          n === 1
            ? 'the only claim would have come true or not'
            : `${numeral(low)} to ${partOf(high, n)} claims would have come true`
        return `${wereUndecided(undecided, who)}, ${came}.`
      },
    ],
  ],
  low_information: [
    [
      ({ claims }) => claims.n > 0 && claims.without_low_information.n === 0,
      ({ claims: { n } }) =>
        n === 1 ? 'The one claim was hard to get wrong.' : `All ${numeral(n)} claims were hard to get wrong.`,
    ],
    [
      ({ claims }) => claims.without_low_information.n < claims.n,
      ({ claims: { n, without_low_information: rest } }) => {
        const easy = n - rest.n
        const were = easy === 1 ? 'was hard to get wrong; without it' : 'were hard to get wrong; without them'
        return `${numeral(easy)} of the ${numeral(n)} claims ${were} ${partOf(rest.came_true, rest.n)} came true, where ${wereText(expectedText(rest.promised, rest.n, rest.came_true))} to be expected.`
      },
    ],
  ],
  deadline_ours: [
    [
      ({ claims }) => claims.deadline_ours.n > 0,
      ({ claims: { deadline_ours: ours } }) =>
        ours.n === 1
          ? `The deadline of one claim is ours and not the speaker's; it ${ours.came_true === 1 ? 'came' : 'did not come'} true.`
          : `The deadline of ${numeral(ours.n)} claims is ours and not the speaker's; ${numeral(ours.came_true)} of them came true.`,
    ],
  ],
  unmeasured: [
    [
      ({ claims }) => claims.unmeasured.n > 1 && claims.n === 0,
      ({ claims: { unmeasured: all } }) =>
        `In words that nobody measured, ${partOf(all.came_true, all.n)} claims came true; what was to be expected is unknown.`,
    ],
    [
      ({ claims }) => claims.unmeasured.n > 0,
      ({ claims: { n, unmeasured: more } }) =>
        more.n === 1
          ? `One ${n === 0 ? '' : 'more '}claim is in words that nobody measured: it ${more.came_true === 1 ? 'came' : 'did not come'} true, and what was to be expected is unknown.`
          : `In words that nobody measured, ${partOf(more.came_true, more.n)} more came true; what was to be expected is unknown.`,
    ],
  ],
  paraphrases: [
    [
      ({ reported }) => reported.n > 0 && reported.each !== null,
      ({ reported: { n, each } }) =>
        n === 1
          ? `One forecast is reported by others, as ${percentText(each as number)}.`
          : `${numeral(n)} forecasts are reported by others, as ${percentText(each as number)} each time.`,
    ],
    [
      ({ reported }) => reported.n > 0,
      ({ reported: { n } }) => `${numeral(n)} forecasts are numbers as others report them.`,
    ],
  ],

  score: [[({ counts }) => counts.scored > 0, scoreSentence]],
  always_half: [
    [
      ({ headline }) => headline?.always_half === 'better',
      () => 'That is better than always saying 50 % (.25).',
    ],
    [
      ({ headline }) => headline?.always_half === 'worse',
      () => 'That is worse than always saying 50 % (.25).',
    ],
    [({ headline }) => headline !== null, () => 'That cannot be told from always saying 50 % (.25).'],
  ],
  concentrated: [
    [
      ({ headline }) => headline?.concentrated === true,
      ({ grounds: { numbers } }) => {
        const noun = scarceNoun(numbers)
        return `The largest ${noun} holds ${shareText(numbers.largest_share)} of these numbers; together they count as about ${counted(Math.round(numbers.effective), noun)}.`
      },
    ],
  ],
  bounds: [
    [
      ({ headline }) => headline?.bounds != null,
      ({ headline, who }) => {
        const { low, high, ...undecided } = (headline as Headline).bounds as NonNullable<Headline['bounds']>
        const [from, to] = [low, high].map((end) => brierText(end, 1))
        const where = from === to ? `stay at ${from}` : `lie between ${from} and ${to}`
        return `${wereUndecided(undecided, who)}, the score would ${where}.`
      },
    ],
  ],
  readings: [
    [
      ({ all }) => all !== null && brierText(all.best, 1) !== brierText(all.worst, 1),
      ({ all }) => {
        const { best, worst, n, interval } = all as NonNullable<Say['all']>
        const chance = inBrackets(interval)
        return `By what the words may mean, the score over ${counted(n, 'forecast')} lies between ${brierText(best, 1)} and ${brierText(worst, 1)}${chance === '' ? '' : `, and with chance between ${rangeText(interval).replace('–', ' and ')}`}.`
      },
    ],
  ],
  reference: [
    [
      ({ reference }) => reference !== null,
      ({ reference, who }) => {
        const { n, brier, reference_brier } = reference as Reference
        return `On the ${numeral(n)} questions with a reference recorded in advance, always giving the reference would have scored ${brierText(reference_brier, n)}; ${who.it} scored ${brierText(brier, n)}: ${betterBy(reference as Reference)}.`
      },
    ],
  ],
  reference_missing: [
    [
      ({ withheld, counts }) => withheld.reference === 'too_few_references' && counts.referenced > 0,
      ({ counts: { referenced: n } }) =>
        `${counted(n, 'question')} with a reference recorded in advance ${n === 1 ? 'is' : 'are'} too few to compare with; easy questions flatter everybody.`,
    ],
    [
      ({ reference, counts }) => reference === null && counts.referenced > 0,
      ({ counts: { referenced: n } }) =>
        `The ${counted(n, 'question')} with a reference recorded in advance ${n === 1 ? 'comes' : 'come'} from too few interviews to compare with; easy questions flatter everybody.`,
    ],
    [
      ({ withheld, counts }) => withheld.reference === 'hindsight_reference' && counts.numbers > 0,
      () =>
        'References were recorded only when the outcome was known, and count for nothing; easy questions flatter everybody.',
    ],
    [
      ({ reference, counts }) => reference === null && counts.numbers > 0,
      () => 'No base rates are recorded; easy questions flatter everybody.',
    ],
  ],
  easy_and_hard: [
    [
      ({ reference }) => reference?.easy != null && reference.hard !== null,
      ({ reference, who }) => {
        const { easy, hard } = reference as { [half in 'easy' | 'hard']: NonNullable<Reference['easy']> }
        const against = ({ brier, reference_brier, n }: typeof easy) =>
          [brierText(brier, n), brierText(reference_brier, n)] as const
        return `On the ${counted(easy.n, 'easier question')} ${who.it} scored ${against(easy)[0]} and the reference ${against(easy)[1]}; on the ${numeral(hard.n)} harder ${hard.n === 1 ? 'one' : 'ones'} ${against(hard)[0]} and ${against(hard)[1]}.`
      },
    ],
  ],
  revisions: [
    [
      ({ revisions }) => revisions !== null,
      ({ revisions, who }) => {
        const { n, first, changed } = revisions as Revisions
        return `${who.It} had a change of mind on ${counted(n, 'question')}. The first statements score ${brierText(first, n)}, the changed ones ${brierText(changed, n)}. Later statements know more, so some gain is to be expected.`
      },
    ],
    [
      (say) => changedOf(say) > 0,
      (say) =>
        `On ${counted(changedOf(say), 'scored question')} something was said later or taken back; only the first statement counts.`,
    ],
  ],

  numeric: [ofType('numeric')],
  date: [ofType('date')],
  multiple_choice: [ofType('multiple_choice')],

  monitor: [
    [
      ({ monitor }) => monitor?.alarm === true,
      (say) =>
        `${alarmText(say)} The alarm was raised on ${dayText((say.monitor as Monitor).crossed_on as string)}.`,
    ],
    [({ monitor }) => monitor !== null, () => 'What happened has raised no alarm so far.'],
  ],
  monitor_always: [
    [
      ({ monitor }) => monitor !== null,
      () =>
        'Checked after every decision; at most 1 in 20 whose probabilities are right would ever raise this alarm.',
    ],
  ],
  refuted: [
    [
      ({ monitor }) => monitor !== null && monitor.certain > 0,
      ({ monitor, who }) => {
        const { certain, refuted } = monitor as Monitor
        return certain === 1
          ? `${who.It} called one thing certain; it ${refuted === 1 ? 'went' : 'did not go'} the other way.`
          : `${who.It} called ${numeral(certain)} things certain; ${refuted === 0 ? 'none' : numeral(refuted)} went the other way.`
      },
    ],
  ],
  tilt: [
    [
      ({ tilt }) => tilt !== null,
      ({ tilt }) => {
        const { n, happened, expected, p_value } = tilt as Tilt
        return `${partOf(happened, n)} things happened; ${wereText(expectedText(expected, n, happened))} to be expected${gapClause(p_value, happened, expected)}.`
      },
    ],
  ],
  envelope: [
    [
      ({ calibration }) => calibration?.band != null,
      ({ grounds: { numbers } }) =>
        `If the probabilities were right, the whole row of dots would stay inside the grey in 9 of 10 such records; what ${together(numbers)} counts as one.`,
    ],
  ],
  checkable: [[({ checkable }) => checkable?.share != null, checkableText]],
} satisfies Record<string, readonly Template[]>

export type SentenceId = keyof typeof SENTENCES
export type Sentences = Partial<Record<SentenceId, string>>

const isTested = (rule: Finding['rule']): boolean =>
  !['nothing_decided', 'hindsight', 'too_few', 'no_claims'].includes(rule)

/** On how many scored questions something else was said later, or what was said was taken back. */
const changedOf = ({ forecasts }: Facts): number =>
  forecasts.filter(({ scored, changed }) => scored && changed.length > 0).length

const textOf = (id: SentenceId, say: Say): string | undefined =>
  (SENTENCES[id] as readonly Template[]).find(([when]) => when(say))?.[1](say)

/** "On economy", "Said from 1 Mar 2024": what a record is of, where that is a part of what somebody said. */
function partOfRecord({ tag, from, to }: Readonly<Record<string, unknown>>): string {
  const days = [
    typeof from === 'string' ? ` from ${dayText(from)}` : '',
    typeof to === 'string' ? ` until ${dayText(to)}` : '',
  ].join('')
  if (typeof tag === 'string') return `On ${tag}${days === '' ? '' : `, said${days}`}: `
  return days === '' ? '' : `Said${days}: `
}

/** What stands on top of a record, and what of it the finding holds. */
export function leadOf(
  facts: Facts,
  name: string | null,
): { lead: Lead; told: Pick<Finding, 'sentence' | 'how_sure'> } {
  const say = { ...facts, who: whoIs(name) }
  const sentence = textOf('finding', say) as string
  const how_sure = textOf('how_sure', say) ?? null
  const little = [textOf('illustration', say) ?? [], textOf('says_little', say) ?? []].flat().join(' ')
  return {
    lead: {
      sentence: `${name === null ? '' : partOfRecord(facts.filter)}${sentence}`,
      numbers: textOf('lead_numbers', say) ?? null,
      how_sure: how_sure ?? (little === '' ? null : little),
    },
    told: { sentence, how_sure },
  }
}

/** Every sentence about the figures of a record, each only where its condition holds. */
export function sentencesOf(record: Facts, { name }: { name: string | null }): Sentences {
  const say = { ...record, who: whoIs(name) }
  return Object.fromEntries(
    (Object.keys(SENTENCES) as SentenceId[]).flatMap((id) => {
      const text = textOf(id, say)
      return text === undefined ? [] : [[id, text]]
    }),
  )
}
