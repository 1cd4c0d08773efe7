import type { correctionClasses } from '../core/correction.ts'
import type { Evidence } from '../core/resolution.ts'
import type { ResolutionRow } from '../store/lookups.ts'
import { ANNULLED, OUTCOME } from './question-table.ts'
import { type Column, type Levels, recorded, refers } from './table.ts'

const CLASSES: Levels<typeof correctionClasses> = {
  correction: 'The ledger was wrong.',
  clarification: 'The ledger was unclear.',
  update: 'Something came to pass since.',
}
const RESOLUTION_STATES: Record<ResolutionRow['state'], string> = {
  proposed: 'It waits for a second person.',
  confirmed: 'It is in force.',
  disputed: 'Somebody objected to it.',
  superseded: 'Another one, or none, took its place.',
}

const resolutionColumns: Column<ResolutionRow>[] = [
  {
    name: 'question',
    type: 'string',
    meaning: 'What it decides: an id in questions.',
    read: ({ record }) => record.question,
    required: true,
  },
  {
    name: 'id',
    type: 'string',
    meaning: 'Its id among those of the question: r1, r2 and so on.',
    read: ({ record }) => record.id,
    required: true,
  },
  {
    name: 'outcome',
    type: 'string',
    meaning: 'What happened, as proposed.',
    rule: OUTCOME,
    read: ({ record }) => record.outcome,
    required: true,
  },
  {
    name: 'annulled_because',
    type: 'string',
    meaning: 'Why there is no answer.',
    levels: ANNULLED,
    read: ({ record }) => record.annulled_because,
  },
  {
    name: 'known_on',
    type: 'date',
    meaning: 'The day from which on this could be known.',
    read: ({ record }) => record.known_on,
    required: true,
  },
  {
    name: 'time_zone',
    type: 'string',
    meaning: 'The zone of that day, a name of the IANA time zone database.',
    read: ({ record }) => record.time_zone,
    required: true,
  },
  {
    name: 'rationale',
    type: 'string',
    meaning: 'Why the evidence decides the question so.',
    read: ({ record }) => record.rationale,
    required: true,
  },
  {
    name: 'because_early',
    type: 'string',
    meaning: 'Why it could be known before the deadline.',
    read: ({ record }) => record.because_early,
  },
  {
    name: 'drawn_blind',
    type: 'boolean',
    meaning: 'Whether it was proposed on a page that shows neither who forecast it nor how.',
    read: ({ record }) => record.drawn_blind === true,
    required: true,
  },
  {
    name: 'state',
    type: 'string',
    meaning: 'What became of the proposal.',
    levels: RESOLUTION_STATES,
    read: ({ state }) => state,
    required: true,
  },
  {
    name: 'confirmed_at',
    type: 'datetime',
    unit: 'UTC',
    meaning: 'When it was confirmed.',
    read: ({ confirmed_at }) => confirmed_at,
  },
  {
    name: 'same_person',
    type: 'boolean',
    meaning: 'Whether whoever proposed it confirmed it, too.',
    rule: 'Empty while it is not confirmed.',
    read: ({ confirmed_by, proposed_by }) => (confirmed_by === null ? null : confirmed_by === proposed_by),
  },
  {
    name: 'disputed_at',
    type: 'datetime',
    unit: 'UTC',
    meaning: 'When somebody objected.',
    read: ({ disputed_at }) => disputed_at,
  },
  {
    name: 'disputed_because',
    type: 'string',
    meaning: 'The objection.',
    read: ({ disputed_because }) => disputed_because,
  },
  {
    name: 'supersedes',
    type: 'string',
    meaning: 'The proposal that it corrects: an id of the same question.',
    read: ({ record }) => record.supersedes,
  },
  {
    name: 'superseded_by',
    type: 'string',
    meaning: 'What took its place: an id of the same question, or nothing where it was taken back.',
    read: ({ superseded_by }) => superseded_by,
  },
  {
    name: 'class',
    type: 'string',
    meaning: 'Where it corrects an outcome that was in force, of which class that is.',
    levels: CLASSES,
    read: ({ record }) => record.class,
  },
  ...recorded<ResolutionRow>(({ seq, proposed_at }) => ({ seq, at: proposed_at })),
]
export const resolutionTable = {
  name: 'resolutions',
  title: 'Resolutions',
  row: 'A proposal what happened; the one in force has state confirmed.',
  key: ['question', 'id'],
  references: [refers('question', 'questions')],
  columns: resolutionColumns,
}

export type EvidenceRow = Evidence & { question: string; resolution: string; position: number }

const evidenceColumns: Column<EvidenceRow>[] = [
  {
    name: 'question',
    type: 'string',
    meaning: 'An id in questions.',
    read: ({ question }) => question,
    required: true,
  },
  {
    name: 'resolution',
    type: 'string',
    meaning: 'The resolution that rests on it: an id of the same question.',
    read: ({ resolution }) => resolution,
    required: true,
  },
  {
    name: 'position',
    type: 'integer',
    meaning: 'Its place among the evidence, from 1.',
    read: ({ position }) => position,
    required: true,
  },
  {
    name: 'url',
    type: 'string',
    rights: 'named',
    meaning: 'Where it stands.',
    read: ({ url }) => url,
    required: true,
  },
  {
    name: 'archive_url',
    type: 'string',
    rights: 'named',
    meaning: 'The address of an archived copy.',
    read: ({ archive_url }) => archive_url,
  },
  {
    name: 'says',
    type: 'string',
    rights: 'quoted',
    meaning: 'What it says, in its own words or told by the ledger.',
    read: ({ says }) => says,
  },
  {
    name: 'accessed',
    type: 'date',
    meaning: 'The day on which it was read.',
    read: ({ accessed }) => accessed,
    required: true,
  },
]
export const evidenceTable = {
  name: 'evidence',
  title: 'Evidence',
  row: 'One piece of evidence of a resolution.',
  key: ['question', 'resolution', 'position'],
  references: [{ fields: ['question', 'resolution'], table: 'resolutions', of: ['question', 'id'] }],
  columns: evidenceColumns,
}
