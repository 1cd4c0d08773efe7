import type { Analyst } from '../core/analyst.ts'
import { spanOf } from '../core/calendar.ts'
import type { Source, sourceTypes, transcripts } from '../core/source.ts'
import type { Held } from '../store/lookups.ts'
import { type Column, type Levels, recorded } from './table.ts'

const analystColumns: Column<Held<Analyst>>[] = [
  {
    name: 'id',
    type: 'string',
    meaning: 'The id of the person in this ledger.',
    read: ({ record }) => record.id,
    required: true,
  },
  {
    name: 'name',
    type: 'string',
    rights: 'named',
    meaning: 'The name of the person.',
    read: ({ record }) => record.name,
    required: true,
  },
  {
    name: 'aliases',
    type: 'array',
    rights: 'named',
    meaning: 'Other names of the same person.',
    read: ({ record }) => record.aliases,
  },
  {
    name: 'affiliation',
    type: 'string',
    rights: 'named',
    meaning: 'The institution that the person speaks for or works at.',
    read: ({ record }) => record.affiliation,
  },
  {
    name: 'role',
    type: 'string',
    rights: 'named',
    meaning: 'What the person is there.',
    read: ({ record }) => record.role,
  },
  {
    name: 'wikidata',
    type: 'string',
    meaning: 'The item of Wikidata that is this person.',
    read: ({ record }) => record.wikidata,
  },
  {
    name: 'note',
    type: 'string',
    meaning: 'A remark of the ledger on the person.',
    read: ({ record }) => record.note,
  },
  {
    name: 'distinct_from',
    type: 'array',
    meaning: 'Ids of persons of a like name who are somebody else.',
    read: ({ record }) => record.distinct_from,
  },
  ...recorded<Held<Analyst>>((held) => held),
]
export const analystTable = {
  name: 'analysts',
  title: 'Analysts',
  row: 'A person whose forecasts are recorded.',
  key: ['id'],
  columns: analystColumns,
}

const SOURCE_TYPES: Levels<typeof sourceTypes> = {
  interview: 'An interview.',
  article: 'An article.',
  broadcast: 'Radio, television or a podcast.',
  post: 'A post in a social network or a blog.',
  speech: 'A speech.',
  report: 'A report or a study.',
  dataset: 'A table of forecasts: each row stands for itself.',
  other: 'Anything else.',
}
const TRANSCRIPTS: Levels<typeof transcripts> = {
  human: 'A person wrote down what was spoken.',
  machine: 'A program wrote it down.',
}
const COVERAGE: Levels<['complete', 'selected', 'unstated']> = {
  complete: 'Every passage that looks like a forecast was recorded.',
  selected: 'Some were chosen; `selected_because` says why.',
  unstated: 'It is not said; figures take it for selected.',
}

const sourceColumns: Column<Held<Source>>[] = [
  {
    name: 'id',
    type: 'string',
    meaning: 'The id of the document in this ledger.',
    read: ({ record }) => record.id,
    required: true,
  },
  {
    name: 'type',
    type: 'string',
    meaning: 'What kind of document it is.',
    levels: SOURCE_TYPES,
    read: ({ record }) => record.type,
    required: true,
  },
  {
    name: 'title',
    type: 'string',
    rights: 'named',
    meaning: 'Its title.',
    read: ({ record }) => record.title,
    required: true,
  },
  {
    name: 'publisher',
    type: 'string',
    rights: 'named',
    meaning: 'Who published it.',
    read: ({ record }) => record.publisher,
  },
  { name: 'url', type: 'string', rights: 'named', meaning: 'Its address.', read: ({ record }) => record.url },
  {
    name: 'archive_url',
    type: 'string',
    rights: 'named',
    meaning: 'The address of an archived copy.',
    read: ({ record }) => record.archive_url,
  },
  {
    name: 'language',
    type: 'string',
    meaning: 'The language of its text, a tag of BCP 47.',
    read: ({ record }) => record.language,
  },
  {
    name: 'translated_from',
    type: 'string',
    meaning: 'The language that the text was translated from, a tag of BCP 47.',
    read: ({ record }) => record.translated_from,
  },
  {
    name: 'translated_by',
    type: 'string',
    rights: 'named',
    meaning: 'Who translated the text.',
    read: ({ record }) => record.translated_by,
  },
  {
    name: 'transcript',
    type: 'string',
    meaning: 'Who wrote down what was spoken.',
    levels: TRANSCRIPTS,
    read: ({ record }) => record.transcript,
  },
  {
    name: 'published_from',
    type: 'date',
    meaning: 'The first day on which it can have been published.',
    read: ({ record }) => spanOf(record.published).from,
    required: true,
  },
  {
    name: 'published_to',
    type: 'date',
    meaning: 'The last day on which it can have been published; the same where the day is known.',
    read: ({ record }) => spanOf(record.published).to,
    required: true,
  },
  {
    name: 'accessed',
    type: 'date',
    meaning: 'The day on which it was read.',
    read: ({ record }) => record.accessed,
  },
  {
    name: 'coverage',
    type: 'string',
    meaning: 'How much of it was recorded.',
    levels: COVERAGE,
    read: ({ record }) => record.coverage ?? 'unstated',
    required: true,
  },
  {
    name: 'selected_because',
    type: 'string',
    meaning: 'Why only some of it was recorded.',
    rule: 'Given exactly where coverage is selected.',
    read: ({ record }) => record.selected_because,
  },
  {
    name: 'text_sha256',
    type: 'string',
    meaning:
      'SHA-256, in hexadecimal, of the text that quotes were checked against. The text itself is private and in no part of this data set.',
    read: ({ record }) => record.text_sha256,
  },
  ...recorded<Held<Source>>((held) => held),
]
export const sourceTable = {
  name: 'sources',
  title: 'Sources',
  row: 'A document in which somebody said something.',
  key: ['id'],
  columns: sourceColumns,
}
