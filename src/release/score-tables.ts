import type { RecordDocument } from '../store/documents/track-record.ts'
import { LOGGED } from './forecast-tables.ts'
import { type Column, refers } from './table.ts'

export type ScoreRow = RecordDocument['forecasts'][number] & { analyst: string }

const WHY_NOT: Record<NonNullable<ScoreRow['why_not']>, string> = {
  open: 'The deadline has not passed.',
  due: 'The deadline has passed and nothing is decided.',
  proposed: 'The outcome waits for a second person.',
  ambiguous: 'The criteria do not decide it.',
  condition_not_met: 'The condition of the question was not met.',
  moot: 'The question lost its object.',
  retracted: 'It was recorded by mistake.',
  too_late: 'It was said when the outcome could be known.',
  too_vague: 'The words can mean almost anything.',
  unmeasured: 'Nobody measured what readers understand by the words.',
  selected: 'It was recorded afterwards, from a source of which only some was recorded.',
  awaiting_deadline: 'The outcome is known, and the deadline has not passed.',
}
const VERDICTS: Record<ScoreRow['verdict']['kind'], string> = {
  came_true: 'What was claimed happened.',
  did_not: 'What was claimed did not happen.',
  said: 'The outcome is known, and no side was claimed.',
  too_vague: 'The words can mean almost anything.',
  no_result: 'There is no outcome that counts.',
  open: 'Nothing is decided.',
}
const bestOf = ({ brier }: ScoreRow) => (Array.isArray(brier) ? brier[0] : brier)
const worstOf = ({ brier }: ScoreRow) => (Array.isArray(brier) ? brier[1] : brier)
const SCORE =
  'Of yes or no (p − o)², where o is 1 for yes and 0 for no; for words at the reading within their band that makes it best, or worst. Of options, numbers and days what /methods says. Empty where it has no score.'

const scoreColumns: Column<ScoreRow>[] = [
  {
    name: 'forecast',
    type: 'string',
    meaning: 'The first forecast of the person on the question: an id in forecasts.',
    read: ({ id }) => id,
    required: true,
  },
  {
    name: 'analyst',
    type: 'string',
    meaning: 'An id in analysts.',
    read: ({ analyst }) => analyst,
    required: true,
  },
  {
    name: 'question',
    type: 'string',
    meaning: 'An id in questions.',
    read: ({ question }) => question,
    required: true,
  },
  {
    name: 'counted_said_on',
    type: 'date',
    meaning: 'When that was said which counts: the first that can be scored.',
    read: ({ said_on }) => said_on,
    required: true,
  },
  {
    name: 'changes',
    type: 'integer',
    unit: 'statements',
    meaning: 'How often the person changed or withdrew it later on; that is in no score.',
    read: ({ changed }) => changed.length,
    required: true,
  },
  {
    name: 'logged',
    type: 'string',
    meaning: 'When what counts was recorded.',
    levels: LOGGED,
    read: ({ logged }) => logged,
    required: true,
  },
  {
    name: 'verdict',
    type: 'string',
    meaning: 'What became of the claim.',
    levels: VERDICTS,
    read: ({ verdict }) => verdict.kind,
    required: true,
  },
  {
    name: 'happened',
    type: 'string',
    meaning: 'What happened, as a clause.',
    read: ({ verdict }) => verdict.happened,
  },
  {
    name: 'scored',
    type: 'boolean',
    meaning: 'Whether it is in the means of the person.',
    read: ({ scored }) => scored,
    required: true,
  },
  {
    name: 'why_not',
    type: 'string',
    meaning: 'Why it is not.',
    levels: WHY_NOT,
    read: ({ why_not }) => why_not,
  },
  {
    name: 'score_best',
    type: 'number',
    unit: '0 is best',
    meaning: 'The score at the best reading.',
    rule: SCORE,
    read: bestOf,
  },
  {
    name: 'score_worst',
    type: 'number',
    unit: '0 is best',
    meaning: 'The score at the worst reading; the same where a number was given.',
    rule: SCORE,
    read: worstOf,
  },
  {
    name: 'cluster',
    type: 'string',
    meaning: 'The interview or group that it counts as a part of.',
    read: ({ cluster }) => cluster,
    required: true,
  },
]
export const scoreTable = {
  name: 'scores',
  title: 'Scores',
  row: 'All that one analyst said of one question, and what became of it.',
  key: ['analyst', 'question'],
  references: [
    refers('forecast', 'forecasts'),
    refers('analyst', 'analysts'),
    refers('question', 'questions'),
  ],
  columns: scoreColumns,
}

const interval =
  (at: 0 | 1) =>
  ({ headline }: RecordDocument) =>
    headline?.interval[at]

const VIEWS: Record<RecordDocument['view'], string> = {
  live: 'Only what was recorded live.',
  proven: 'Only what is proven to have been recorded in time.',
  all: 'Everything, with what was recorded late and afterwards.',
}

const recordColumns: Column<RecordDocument>[] = [
  {
    name: 'analyst',
    type: 'string',
    meaning: 'Whose record it is: an id in analysts.',
    read: ({ analyst }) => analyst?.id,
    required: true,
  },
  {
    name: 'view',
    type: 'string',
    meaning: 'What is in it.',
    levels: VIEWS,
    read: ({ view }) => view,
    required: true,
  },
  {
    name: 'statements',
    type: 'integer',
    unit: 'passages',
    meaning: 'Passages recorded, untestable ones and duplicates too.',
    read: ({ counts }) => counts.statements,
    required: true,
  },
  {
    name: 'untestable',
    type: 'integer',
    unit: 'passages',
    meaning: 'Of these, untestable ones.',
    read: ({ counts }) => counts.untestable,
    required: true,
  },
  {
    name: 'duplicates',
    type: 'integer',
    unit: 'passages',
    meaning: 'Of these, duplicates.',
    read: ({ counts }) => counts.duplicates,
    required: true,
  },
  {
    name: 'forecasts',
    type: 'integer',
    unit: 'questions',
    meaning: 'Questions that the person gave a forecast of.',
    read: ({ counts }) => counts.forecasts,
    required: true,
  },
  {
    name: 'scored',
    type: 'integer',
    unit: 'questions',
    meaning: 'Of these, the ones that count.',
    read: ({ counts }) => counts.scored,
    required: true,
  },
  {
    name: 'groups',
    type: 'integer',
    unit: 'groups',
    meaning: 'Independent interviews or developments behind what counts, the fewer.',
    read: ({ grounds }) => grounds.scored.groups,
    required: true,
  },
  {
    name: 'tier',
    type: 'integer',
    unit: '0 to 5',
    meaning: 'How much the record can carry; figures that it cannot carry are empty.',
    read: ({ tier }) => tier,
    required: true,
  },
  {
    name: 'claims',
    type: 'integer',
    unit: 'questions',
    meaning: 'Questions of yes or no on which a side was claimed.',
    read: ({ claims }) => claims.n,
    required: true,
  },
  {
    name: 'came_true',
    type: 'integer',
    unit: 'questions',
    meaning: 'Of these, claims that came true.',
    read: ({ claims }) => claims.came_true,
    required: true,
  },
  {
    name: 'promised_low',
    type: 'number',
    unit: 'questions',
    meaning: 'How many were to be expected to come true, at the lowest reading.',
    read: ({ claims }) => claims.promised[0],
    required: true,
  },
  {
    name: 'promised_high',
    type: 'number',
    unit: 'questions',
    meaning: 'The same at the highest reading.',
    read: ({ claims }) => claims.promised[1],
    required: true,
  },
  {
    name: 'p_value',
    type: 'number',
    unit: 'probability, 0 to 1',
    meaning: 'How often chance alone would show as few, or as many, at the kindest reading.',
    rule: 'Empty where it cannot be computed, or of too few groups.',
    read: ({ claims }) => claims.p_value,
  },
  {
    name: 'brier',
    type: 'number',
    unit: '0 is best, .25 is always saying 50 %',
    meaning: 'Mean score of what was said in numbers.',
    rule: 'Empty below 5 numbers in 3 groups, or where one interview holds most of them.',
    read: ({ headline }) => headline?.brier,
  },
  {
    name: 'brier_low',
    type: 'number',
    unit: 'as brier',
    meaning: 'Lower end of its range of 95 %.',
    read: interval(0),
  },
  {
    name: 'brier_high',
    type: 'number',
    unit: 'as brier',
    meaning: 'Upper end of its range of 95 %.',
    read: interval(1),
  },
  {
    name: 'brier_n',
    type: 'integer',
    unit: 'questions',
    meaning: 'How many numbers it is the mean of.',
    read: ({ headline }) => headline?.n,
  },
  {
    name: 'lead',
    type: 'string',
    meaning: 'The sentence on top of the record, by the rules of /methods.',
    read: ({ lead }) => lead.sentence,
    required: true,
  },
]
export const trackRecordTable = {
  name: 'track_records',
  title: 'Track records',
  row: 'The figures of one analyst in one view.',
  key: ['analyst', 'view'],
  references: [refers('analyst', 'analysts')],
  columns: recordColumns,
}
