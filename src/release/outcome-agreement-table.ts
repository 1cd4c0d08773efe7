import type { OutcomeAgreement } from '../store/documents/coding.ts'
import type { Column, Levels } from './table.ts'

const measures = ['raw', 'alpha', 'alpha_low', 'alpha_high', 'waiting'] as const

type OutcomeAgreementRow = { measure: (typeof measures)[number]; units: number; value: number | null }

const MEASURES: Levels<typeof measures> = {
  raw: 'Share of the questions on which both decided alike.',
  alpha: "Krippendorff's alpha, nominal.",
  alpha_low: 'Lower end of its range of 95 %.',
  alpha_high: 'Upper end of its range of 95 %.',
  waiting: 'Questions that one member has decided, and no second one yet: they are in no other figure.',
}

/** How far two members decide alike; nothing where nobody decided without seeing the other. */
export function outcomeAgreementRows(told: OutcomeAgreement): OutcomeAgreementRow[] {
  const { units, raw, alpha, interval, waiting } = told
  if (units + waiting === 0) return []
  return [
    { measure: 'raw', units, value: raw },
    { measure: 'alpha', units, value: alpha },
    { measure: 'alpha_low', units, value: interval?.[0] ?? null },
    { measure: 'alpha_high', units, value: interval?.[1] ?? null },
    { measure: 'waiting', units: waiting, value: waiting },
  ]
}

const columns: Column<OutcomeAgreementRow>[] = [
  {
    name: 'measure',
    type: 'string',
    meaning: 'What is measured.',
    levels: MEASURES,
    read: ({ measure }) => measure,
    required: true,
  },
  {
    name: 'units',
    type: 'integer',
    unit: 'questions',
    meaning: 'Of how many.',
    read: ({ units }) => units,
    required: true,
  },
  {
    name: 'value',
    type: 'number',
    meaning: 'The figure.',
    rule: 'Empty where it is not shown: alpha below 30 questions, a share of none.',
    read: ({ value }) => value,
  },
]

export const outcomeAgreementTable = {
  name: 'outcome_agreement',
  title: 'Agreement of two members on outcomes',
  row: 'One figure of how far two members, of whom neither saw what the other decided, decide alike.',
  key: ['measure'],
  columns,
}
