import type { StandingStatement, statementKinds, untestableReasons, voices } from '../core/statement.ts'
import type { Held } from '../store/lookups.ts'
import { type Column, type Levels, recorded, refers } from './table.ts'

const KINDS: Levels<typeof statementKinds> = {
  forecast: 'A forecast: a row of the same id stands in forecasts.',
  duplicate: 'It says again what another passage of the same source says.',
  untestable: 'Nothing could show whether it came true; `reason` says why.',
}
const VOICES: Levels<typeof voices> = {
  quote: "The person's own words.",
  paraphrase: 'Reported by somebody else.',
  headline: 'A headline; it never carries a forecast.',
}
const REASONS: Levels<typeof untestableReasons> = {
  present_state: 'It is about how things are.',
  motive: "It is about somebody's intentions.",
  rhetorical: 'It is a figure of speech or a question.',
  normative: 'It is about how things should be.',
  no_event: 'It names no event that could be observed.',
}
const CHECKED: Levels<['found', 'unchecked']> = {
  found: 'The words were found in the text of the source.',
  unchecked: 'No text of the source was there to check them against.',
}

const earAt = ({ record: { verified_by_ear } }: Held<StandingStatement>) =>
  typeof verified_by_ear === 'object' ? verified_by_ear.at : undefined

const statementColumns: Column<Held<StandingStatement>>[] = [
  {
    name: 'id',
    type: 'string',
    meaning: 'The id of the passage: that of its source, an underscore, and a name of its own.',
    read: ({ record }) => record.id,
    required: true,
  },
  {
    name: 'source',
    type: 'string',
    meaning: 'Where it stands: an id in sources.',
    read: ({ record }) => record.source,
    required: true,
  },
  {
    name: 'analyst',
    type: 'string',
    meaning: 'Who said it: an id in analysts.',
    read: ({ record }) => record.analyst,
    required: true,
  },
  {
    name: 'kind',
    type: 'string',
    meaning: 'What it was classified as.',
    levels: KINDS,
    read: ({ record }) => record.kind,
    required: true,
  },
  {
    name: 'reason',
    type: 'string',
    meaning: 'Why nothing could show whether it came true.',
    levels: REASONS,
    rule: 'Given exactly where kind is untestable.',
    read: ({ record }) => record.reason,
  },
  {
    name: 'because',
    type: 'string',
    meaning: 'What the editor says to that classification.',
    read: ({ record }) => record.because,
  },
  {
    name: 'duplicate_of',
    type: 'string',
    meaning: 'The passage that it repeats: an id in statements.',
    rule: 'Given exactly where kind is duplicate.',
    read: ({ record }) => record.duplicate_of,
  },
  {
    name: 'voice',
    type: 'string',
    meaning: 'Whose words they are.',
    levels: VOICES,
    read: ({ record }) => record.voice,
    required: true,
  },
  {
    name: 'quote',
    type: 'string',
    rights: 'quoted',
    meaning: 'The words, as they stand in the source; […] marks an omission.',
    read: ({ record }) => record.quote.exact,
  },
  {
    name: 'quote_start',
    type: 'integer',
    unit: 'UTF-16 code units',
    meaning: 'Where the words begin in the text of the source.',
    read: ({ record }) => record.quote.start,
  },
  {
    name: 'quote_end',
    type: 'integer',
    unit: 'UTF-16 code units',
    meaning: 'Where they end.',
    read: ({ record }) => record.quote.end,
  },
  {
    name: 'translation',
    type: 'string',
    rights: 'quoted',
    meaning: 'The words in another language.',
    read: ({ record }) => record.translation?.text,
  },
  {
    name: 'translation_language',
    type: 'string',
    meaning: 'The language of the translation, a tag of BCP 47; empty for English.',
    read: ({ record }) => record.translation?.language,
  },
  {
    name: 'translation_by',
    type: 'string',
    rights: 'named',
    meaning: 'Who translated the words.',
    read: ({ record }) => record.translation?.by,
  },
  {
    name: 'translation_machine',
    type: 'boolean',
    meaning: 'Whether a machine translated them.',
    rule: 'Empty where there is no translation.',
    read: ({ record: { translation } }) => translation && translation.machine === true,
  },
  {
    name: 'timecode',
    type: 'string',
    meaning: 'Where in a recording it is said: minutes and seconds, or hours before them.',
    read: ({ record }) => record.timecode,
  },
  {
    name: 'verified_by_ear_at',
    type: 'datetime',
    unit: 'UTC',
    meaning: 'When somebody listened to the recording and heard these words.',
    read: earAt,
  },
  {
    name: 'note',
    type: 'string',
    meaning: 'A remark of the ledger on the passage.',
    read: ({ record }) => record.note,
  },
  {
    name: 'checked',
    type: 'string',
    meaning: 'Whether the words were checked against the source.',
    levels: CHECKED,
    read: ({ record }) => record.checked,
    required: true,
  },
  ...recorded<Held<StandingStatement>>((held) => held),
]
export const statementTable = {
  name: 'statements',
  title: 'Statements',
  row: 'A passage of a source by one analyst.',
  key: ['id'],
  references: [
    refers('source', 'sources'),
    refers('analyst', 'analysts'),
    refers('duplicate_of', 'statements'),
  ],
  columns: statementColumns,
}
