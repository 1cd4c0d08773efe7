import { type questionTypes, typeOf } from '../core/question.ts'
import type { annulledReasons } from '../core/resolution.ts'
import type { State } from '../core/state.ts'
import type { QuestionRow } from '../store/lookups.ts'
import { type Column, type Levels, recorded, refers } from './table.ts'

const QUESTION_TYPES: Levels<typeof questionTypes> = {
  binary: 'Yes or no.',
  multiple_choice: 'One of some options.',
  numeric: 'A number.',
  date: 'A day.',
}
const STATES: Record<State, string> = {
  open: 'The deadline has not passed and nothing is decided.',
  due: 'The deadline has passed and nothing is decided.',
  proposed: 'An outcome is proposed and waits for a second person.',
  resolved: 'An outcome is in force.',
  annulled: 'It has no answer; `annulled_because` says why.',
  ambiguous: 'The criteria do not decide it.',
}
export const ANNULLED: Levels<typeof annulledReasons> = {
  condition_not_met: 'The condition of the question was not met.',
  moot: 'The question lost its object.',
}
export const OUTCOME =
  'yes or no, an option, a number, a day, not_by_deadline, annulled, or ambiguous; which, follows from the type of the question.'

/** A question as it stands at the head of the log. */
export type AskedRow = QuestionRow & { state: State }

const questionColumns: Column<AskedRow>[] = [
  {
    name: 'id',
    type: 'string',
    meaning: 'The id of the question in this ledger.',
    read: ({ record }) => record.id,
    required: true,
  },
  {
    name: 'title',
    type: 'string',
    meaning: 'The event, in the words of the ledger.',
    read: ({ record }) => record.title,
    required: true,
  },
  {
    name: 'type',
    type: 'string',
    meaning: 'What answers it.',
    levels: QUESTION_TYPES,
    read: ({ record }) => typeOf(record),
    required: true,
  },
  {
    name: 'criteria',
    type: 'string',
    meaning: 'By what it is decided.',
    read: ({ record }) => record.criteria,
    required: true,
  },
  {
    name: 'fine_print',
    type: 'string',
    meaning: 'What else is to be heeded.',
    read: ({ record }) => record.fine_print,
  },
  {
    name: 'resolution_sources',
    type: 'array',
    meaning: 'Where the answer is looked up.',
    read: ({ record }) => record.resolution_sources,
  },
  {
    name: 'opens',
    type: 'date',
    meaning: 'From which day on the event counts.',
    rule: 'Empty: from when it was first said.',
    read: ({ record }) => record.opens,
  },
  {
    name: 'deadline',
    type: 'date',
    meaning: 'The last day on which the event counts.',
    read: ({ record }) => record.deadline.date,
    required: true,
  },
  {
    name: 'time_zone',
    type: 'string',
    meaning: 'The zone of its days, a name of the IANA time zone database.',
    read: ({ record }) => record.deadline.time_zone,
    required: true,
  },
  {
    name: 'deadline_because',
    type: 'string',
    meaning: 'Why the deadline is that of the ledger.',
    rule: 'Given where the person named none.',
    read: ({ record }) => record.deadline.because,
  },
  {
    name: 'due_at',
    type: 'datetime',
    unit: 'UTC',
    meaning: 'The instant at which the deadline has passed in its zone.',
    read: ({ due_at }) => due_at.toISOString(),
    required: true,
  },
  {
    name: 'condition',
    type: 'string',
    meaning: 'What must be so for the question to have an answer.',
    read: ({ record }) => record.condition?.text,
  },
  {
    name: 'condition_deadline',
    type: 'date',
    meaning: 'By when the condition must be met.',
    read: ({ record }) => record.condition?.deadline.date,
  },
  {
    name: 'condition_met_on',
    type: 'date',
    meaning: 'The day on which the condition was met.',
    read: ({ condition_met }) => condition_met?.met_on,
  },
  {
    name: 'early',
    type: 'array',
    meaning: 'Which outcomes can be known before the deadline.',
    rule: 'Of yes and no. Empty: only yes.',
    read: ({ record }) => record.early,
  },
  {
    name: 'options',
    type: 'array',
    meaning: 'The options.',
    rule: 'Given exactly for multiple_choice.',
    read: ({ record }) => record.options,
  },
  {
    name: 'ordered',
    type: 'boolean',
    meaning: 'Whether the options have an order, which the score heeds.',
    read: ({ record }) => record.ordered,
  },
  {
    name: 'range_low',
    type: 'string',
    meaning: 'The lowest answer that was thought possible: a number or a day.',
    rule: 'Given exactly for numeric and date.',
    read: ({ record }) => record.range?.low,
  },
  {
    name: 'range_high',
    type: 'string',
    meaning: 'The highest answer that was thought possible: a number or a day.',
    rule: 'Given exactly for numeric and date.',
    read: ({ record }) => record.range?.high,
  },
  {
    name: 'unit',
    type: 'string',
    meaning: 'In what a numeric answer is counted.',
    read: ({ record: { range } }) => range && ('unit' in range ? range.unit : undefined),
  },
  {
    name: 'family',
    type: 'string',
    meaning: 'Questions of one family are about one development, and count as one group.',
    read: ({ record }) => record.family,
  },
  {
    name: 'implies',
    type: 'string',
    meaning: 'A question that happens whenever this one does: an id in questions.',
    read: ({ record }) => record.implies,
  },
  {
    name: 'low_information',
    type: 'string',
    meaning: 'Why the answer was as good as known when it was asked.',
    read: ({ record }) => record.low_information,
  },
  {
    name: 'if_yes',
    type: 'string',
    meaning: 'What happened where the outcome is yes, as a clause.',
    read: ({ record }) => record.if_yes,
  },
  {
    name: 'if_no',
    type: 'string',
    meaning: 'What happened where the outcome is no, as a clause.',
    read: ({ record }) => record.if_no,
  },
  { name: 'tags', type: 'array', meaning: 'Topics.', read: ({ record }) => record.tags },
  {
    name: 'state',
    type: 'string',
    meaning: 'Where the question stood at the head of the log.',
    levels: STATES,
    read: ({ state }) => state,
    required: true,
  },
  {
    name: 'outcome',
    type: 'string',
    meaning: 'The outcome in force.',
    rule: OUTCOME,
    read: ({ outcome }) => outcome,
  },
  {
    name: 'annulled_because',
    type: 'string',
    meaning: 'Why it has no answer.',
    levels: ANNULLED,
    read: ({ annulled_because }) => annulled_because,
  },
  {
    name: 'known_on',
    type: 'date',
    meaning: 'The day from which on the outcome could be known, in the zone of the question.',
    read: ({ known_on }) => known_on,
  },
  {
    name: 'final_at',
    type: 'datetime',
    unit: 'UTC',
    meaning: 'Until when the outcome is open to objection.',
    read: ({ final_at }) => final_at?.toISOString(),
  },
  {
    name: 'disputed',
    type: 'boolean',
    meaning: 'Whether the outcome in force is disputed.',
    read: ({ disputed }) => disputed,
    required: true,
  },
  ...recorded<AskedRow>((row) => row),
]
export const questionTable = {
  name: 'questions',
  title: 'Questions',
  row: 'An event with criteria and a deadline, as amended last.',
  key: ['id'],
  references: [refers('implies', 'questions')],
  columns: questionColumns,
}
