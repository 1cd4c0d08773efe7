import { type Judged, type Reference, type referenceKinds, saidIn } from '../core/reference.ts'
import type { ReferenceRow } from '../store/question-references.ts'
import { type Column, type Levels, recorded, refers } from './table.ts'

const REFERENCE_KINDS: Levels<typeof referenceKinds> = {
  nothing_changes: 'The rule that what is so stays so.',
  base_rate: 'So many of so many earlier events of a class.',
  market: 'The price on a market.',
  crowd: 'What many forecasters gave together.',
  unstated: 'It is not said what it is.',
}

export type ReferenceItem = ReferenceRow & Judged
const said = ({ record }: { record: Reference }) => saidIn(record)

const referenceColumns: Column<ReferenceItem>[] = [
  {
    name: 'question',
    type: 'string',
    meaning: 'An id in questions.',
    read: ({ question }) => question,
    required: true,
  },
  {
    name: 'id',
    type: 'string',
    meaning: 'Its id among those of the question.',
    read: ({ id }) => id,
    required: true,
  },
  {
    name: 'kind',
    type: 'string',
    meaning: 'What it is.',
    levels: REFERENCE_KINDS,
    read: (row) => said(row).kind,
    required: true,
  },
  {
    name: 'probability',
    type: 'number',
    unit: 'probability, 0 to 1',
    meaning: 'The probability of yes that it gives.',
    read: (row) => said(row).probability,
    required: true,
  },
  {
    name: 'k',
    type: 'integer',
    meaning: 'Of a base rate: in how many of the earlier events it happened.',
    read: (row) => said(row).of?.k,
  },
  {
    name: 'n',
    type: 'integer',
    meaning: 'Of a base rate: how many earlier events there were.',
    read: (row) => said(row).of?.n,
  },
  {
    name: 'class',
    type: 'string',
    meaning: 'Of a base rate: events of which class.',
    read: (row) => said(row).of?.class,
  },
  {
    name: 'source',
    type: 'string',
    rights: 'named',
    meaning: 'Where it is from.',
    read: (row) => said(row).source,
  },
  {
    name: 'url',
    type: 'string',
    rights: 'named',
    meaning: 'The address of that.',
    read: (row) => said(row).url,
  },
  {
    name: 'observed_at',
    type: 'datetime',
    unit: 'UTC',
    meaning: 'When a market or a crowd stood there.',
    read: (row) => said(row).observed_at,
  },
  {
    name: 'primary',
    type: 'boolean',
    meaning: 'Whether it is the one that figures are compared with.',
    read: ({ primary }) => primary,
    required: true,
  },
  {
    name: 'hindsight',
    type: 'boolean',
    meaning: 'Whether it was recorded when the outcome could be known; then it is in no figure.',
    read: ({ hindsight }) => hindsight,
    required: true,
  },
  {
    name: 'withdrawn',
    type: 'boolean',
    meaning: 'Whether it was withdrawn in time; what is withdrawn with hindsight stays.',
    read: ({ gone }) => gone,
    required: true,
  },
  ...recorded<ReferenceItem>((row) => row),
]
export const referenceTable = {
  name: 'references',
  title: 'References',
  row: 'What forecasts on a question are compared with.',
  key: ['question', 'id'],
  references: [refers('question', 'questions')],
  columns: referenceColumns,
}
