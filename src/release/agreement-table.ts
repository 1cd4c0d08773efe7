import { codedHow } from '../core/coding-round.ts'
import type { CoderAgreement } from '../scoring/coder-agreement.ts'
import type { RoundRow } from '../store/coding.ts'
import { roundAgreement } from '../store/documents/coding.ts'
import { type Column, type Levels, refers } from './table.ts'

const variables = ['kind', 'band', 'deadline', 'spans', 'beliefs'] as const
const measures = ['raw', 'alpha', 'alpha_low', 'alpha_high', 'f1', 'difference', 'correlation'] as const

export type AgreementRow = {
  round: string
  source: string | null
  blind: boolean
  variable: (typeof variables)[number]
  measure: (typeof measures)[number]
  units: number
  value: number | null
}

const VARIABLES: Levels<typeof variables> = {
  kind: 'What a passage is: a forecast in numbers, in words or flat, vague, or none.',
  band: 'How likely the words make the event: the middle of the band.',
  deadline: 'By which day.',
  spans: 'Which letters of the text were marked.',
  beliefs: "How far a coder's reading goes with the coder's own probability of the event.",
}
const MEASURES: Levels<typeof measures> = {
  raw: 'Share of units on which both agree; of bands within 5 points.',
  alpha: "Krippendorff's alpha, nominal for kind and deadline, of squared distance for band.",
  alpha_low: 'Lower end of its range of 95 %.',
  alpha_high: 'Upper end of its range of 95 %.',
  f1: 'Twice the letters that both marked, by the letters that each marked.',
  difference: 'Mean of the middle of the band less the own probability.',
  correlation: 'Correlation of the difference of readings with the difference of beliefs.',
}

/** The whole ledger is a round of its own. */
export const ALL_ROUNDS = 'all'

/** The agreement inside of each round, and over all that were coded blind. */
export function agreementRows(rounds: readonly RoundRow[], ledger: CoderAgreement): AgreementRow[] {
  if (rounds.length === 0) return []
  const of = (where: Pick<AgreementRow, 'round' | 'source' | 'blind'>, found: CoderAgreement) =>
    figuresOf(found).map((figure) => ({ ...where, ...figure }))
  return [
    ...of({ round: ALL_ROUNDS, source: null, blind: true }, ledger),
    ...rounds
      .toSorted((a, b) => a.seq - b.seq)
      .flatMap((round) => {
        const found = roundAgreement(round)
        const { id, source } = round.record
        return found === null ? [] : of({ round: id, source, blind: codedHow(round.sent).blind }, found)
      }),
  ]
}

function figuresOf({ kind, band, deadline, spans, beliefs }: CoderAgreement) {
  const figure = (
    variable: AgreementRow['variable'],
    measure: AgreementRow['measure'],
    units: number,
    value: number | null,
  ) => ({ variable, measure, units, value })
  const told = Object.entries({ kind, band, deadline } as const).flatMap(
    ([name, { units, raw, alpha, interval }]) => {
      const variable = name as 'kind' | 'band' | 'deadline'
      return [
        figure(variable, 'raw', units, raw),
        figure(variable, 'alpha', units, alpha),
        figure(variable, 'alpha_low', units, interval?.[0] ?? null),
        figure(variable, 'alpha_high', units, interval?.[1] ?? null),
      ]
    },
  )
  return [
    ...told,
    figure('spans', 'f1', spans.first + spans.second - spans.paired, spans.f1),
    figure('beliefs', 'difference', beliefs.readings, beliefs.difference),
    figure('beliefs', 'correlation', beliefs.pairs, beliefs.correlation),
  ]
}

const columns: Column<AgreementRow>[] = [
  {
    name: 'round',
    type: 'string',
    meaning: 'The round of coding, or all: the latest 100 rounds that were coded blind, together.',
    read: ({ round }) => round,
    required: true,
  },
  {
    name: 'source',
    type: 'string',
    meaning: 'The text that was coded: an id in sources.',
    rule: 'Empty for all.',
    read: ({ source }) => source,
  },
  {
    name: 'blind',
    type: 'boolean',
    meaning: 'Whether neither coder could see what others had published of the text.',
    read: ({ blind }) => blind,
    required: true,
  },
  {
    name: 'variable',
    type: 'string',
    meaning: 'Of what the agreement is.',
    levels: VARIABLES,
    read: ({ variable }) => variable,
    required: true,
  },
  {
    name: 'measure',
    type: 'string',
    meaning: 'How it is measured.',
    levels: MEASURES,
    read: ({ measure }) => measure,
    required: true,
  },
  {
    name: 'units',
    type: 'integer',
    unit: 'passages, or pairs of readings',
    meaning: 'Of how many.',
    read: ({ units }) => units,
    required: true,
  },
  {
    name: 'value',
    type: 'number',
    meaning: 'The figure.',
    rule: 'Empty where it is not shown: alpha below 30 units, a correlation below 30 pairs.',
    read: ({ value }) => value,
  },
]
export const agreementTable = {
  name: 'agreement',
  title: 'Agreement of two coders',
  row: 'One figure of how far two coders agree.',
  key: ['round', 'variable', 'measure'],
  references: [refers('source', 'sources')],
  columns,
}
