import type { Child } from 'hono/jsx'
import { sourceTypes } from '../../core/source.ts'
import { untestableReasons } from '../../core/statement.ts'
import {
  Field,
  FormFields,
  type FormFrame,
  type FormTable,
  type Names,
  type Options,
  placeOf,
  type Spec,
} from '../ui/field.tsx'
import { typedIn } from '../ui/problem.ts'
import { REFERENCE } from '../ui/reference-form.tsx'

export const REASONS: Record<(typeof untestableReasons)[number], string> = {
  present_state: 'It judges the present',
  motive: 'It is about a motive',
  rhetorical: 'It is a rhetorical question',
  normative: 'It says what ought to be',
  no_event: 'No event could show it',
}

export const VOICES: Options = [
  ['quote', 'The speaker’s own words'],
  ['paraphrase', 'As reported'],
  ['headline', 'A headline'],
]

const SOURCE: Record<string, Spec> = {
  source: { label: 'Source', options: [] },
  '/source/title': { label: 'Title', maxlength: 300 },
  '/source/publisher': { label: 'Outlet', maxlength: 200 },
  '/source/type': { label: 'Kind of source', options: sourceTypes.map((type) => [type, type]) },
  '/source/url': { label: 'Address', placeholder: 'https://', maxlength: 2048 },
  '/source/published': { label: 'Published', type: 'dated', hint: 'A day, a month or a year.' },
  published_to: { label: 'Published at the latest', type: 'date', hint: 'Only where the day is uncertain.' },
  published_because: {
    label: 'How the date is known',
    hint: 'Needed only for an uncertain one.',
    maxlength: 2000,
  },
  '/source/text': {
    label: 'The text',
    rows: 6,
    hint: 'Kept privately, to check quotes against; never published.',
  },
  '/source/transcript': {
    label: 'Written down from speech',
    options: [
      ['', 'Not said'],
      ['human', 'by a person'],
      ['machine', 'by a machine'],
    ],
    hint: 'What a machine wrote down is shown as such until somebody listens.',
  },
  '/source/language': { label: 'Language', placeholder: 'en', maxlength: 20 },
  '/source/coverage': {
    label: 'What is logged of it',
    radio: true,
    options: [
      ['complete', 'Every forecast in it'],
      ['selected', 'Some, chosen'],
    ],
  },
  '/source/selected_because': { label: 'Why these were selected', maxlength: 2000 },
}

const SAID: Record<string, Spec> = {
  '/analyst/name': { label: 'Analyst', maxlength: 200 },
  '/analyst/id': {
    label: 'Id of the analyst',
    maxlength: 80,
    hint: 'How the name is written in Latin letters, for addresses; it stays for good.',
  },
  '/analyst/distinct_from': { label: 'Another person' },
  '/exact': {
    label: 'The words, if fewer than marked',
    rows: 2,
    maxlength: 5000,
    hint: 'As they stand there; […] marks what is left out, [brackets] what you put in.',
  },
  '/quote/exact': {
    label: 'The words said',
    rows: 3,
    hint: 'Word for word, from whole word to whole word; […] marks an omission, [brackets] what you put in. Where the text is held they must stand in it exactly once.',
    maxlength: 5000,
  },
  '/translation/text': {
    label: 'In translation',
    rows: 2,
    maxlength: 5000,
    hint: 'Shown beside the original. The quote stays the words that stand in the source.',
  },
  '/translation/by': { label: 'Translated by', maxlength: 200, hint: 'Empty only where a machine did.' },
  '/translation/language': { label: 'Into', placeholder: 'en', maxlength: 20 },
  by_machine: { label: 'A machine translated it', check: true },
  verified_by_ear: { label: 'I listened: these are the words', check: true },
  '/voice': { label: 'Whose words', options: VOICES },
  '/quote/prefix': { label: 'Words before', maxlength: 500 },
  '/quote/suffix': { label: 'Words after', maxlength: 500 },
  '/timecode': { label: 'Time code', placeholder: '12:34', maxlength: 20 },
  '/said_on': { label: 'Said on', type: 'dated', hint: 'If not when it was published.' },
}

const QUESTION: Record<string, Spec> = {
  question: { label: 'Question', options: [] },
  '/question/title': {
    label: 'Event, worded positively',
    maxlength: 300,
    hint: 'The “no” belongs into the probability.',
  },
  '/question/criteria': { label: 'Counts as yes when', rows: 4, maxlength: 10_000 },
  '/question/deadline/date': { label: 'Deadline', type: 'date' },
  '/question/deadline/time_zone': { label: 'Time zone', placeholder: 'Asia/Yerevan', maxlength: 64 },
  '/question/deadline/because': {
    label: 'Why this date, if it is ours',
    hint: 'Empty where the analyst named it.',
    maxlength: 2000,
  },
  '/question/implies': {
    label: 'Cannot happen without',
    options: [],
    hint: 'As no war begins without an escalation. It can then be no likelier.',
  },
  '/question/if_yes': {
    label: 'If it happened, pages say',
    placeholder: 'a new war began',
    hint: 'A short clause; else “it happened”.',
    maxlength: 200,
  },
  '/question/if_no': {
    label: 'If it did not, pages say',
    placeholder: 'no new war began',
    maxlength: 200,
  },
  '/question/fine_print': { label: 'Fine print', rows: 3, maxlength: 10_000 },
  '/question/resolution_sources': { label: 'Who decides it, one a line', rows: 2 },
  '/question/tags': {
    label: 'Topics',
    placeholder: 'south-caucasus, elections',
    hint: 'Lower case, with commas between.',
  },
  '/question/condition/text': {
    label: 'Only if',
    rows: 2,
    hint: 'What has to happen first. If it never does, the question is annulled and in no score.',
    maxlength: 2000,
  },
  '/question/condition/deadline/date': {
    label: 'Met by',
    type: 'date',
    hint: 'The last day that counts.',
  },
  '/question/condition/deadline/because': {
    label: 'Why that date',
    hint: 'Empty where the analyst named it.',
    maxlength: 2000,
  },
  '/question/family': {
    label: 'Development',
    placeholder: 'baku-escalation',
    hint: 'Its questions are not independent evidence.',
    maxlength: 80,
  },
  '/question/opens': {
    label: 'Counts from',
    type: 'date',
    hint: 'If not from when it was said.',
  },
  '/question/type': {
    label: 'Kind of answer',
    options: [
      ['binary', 'Yes or no'],
      ['multiple_choice', 'One of several options'],
      ['numeric', 'A number'],
      ['date', 'A date'],
    ],
  },
  '/question/options': { label: 'Options, one a line', rows: 3 },
  '/question/range/low': { label: 'Lowest answer', type: 'dated', placeholder: '' },
  '/question/range/high': { label: 'Highest answer', type: 'dated', placeholder: '' },
  '/question/range/unit': { label: 'Unit', maxlength: 60 },
  '/question/low_information': {
    label: 'Why it is hard to get wrong',
    hint: 'Said so wherever it counts as come true.',
    maxlength: 1000,
  },
}

export const MEASURED_MANNERS: readonly (readonly [string, string])[] = [
  ['worded', 'in words'],
  ['yes', 'flatly: it will happen'],
  ['no', 'flatly: it will not'],
  ['stated', 'a number'],
  ['range', 'a range'],
  ['options', 'a number for each option'],
  ['interval', 'an interval'],
]
/** In a language whose words nobody measured there is one more: without a band. */
export const MANNERS: readonly (readonly [string, string])[] = [
  ...MEASURED_MANNERS,
  ['leans-yes', 'in words that nobody measured, for yes'],
  ['leans-no', 'in words that nobody measured, for no'],
]

const PROBABILITY: Record<string, Spec> = {
  manner: {
    label: 'How likely they made the event',
    hint: 'Of the event as you worded it: “there will be no war” is a flat no to “a war begins”.',
    options: MANNERS,
  },
  '/probability/words': { label: 'The words that say it', maxlength: 300 },
  percent: { label: 'Probability, %', placeholder: '70' },
  low: { label: 'Lowest, %', placeholder: '60' },
  high: { label: 'Highest, %', placeholder: '70' },
  shares: { label: 'Options, one a line', rows: 3, placeholder: 'Labour: 60' },
  from: { label: 'From', type: 'dated', placeholder: '', hint: 'A number or a date.' },
  to: { label: 'To', type: 'dated', placeholder: '' },
  level: { label: 'How sure, %', placeholder: '80' },
  band_low: { label: 'Low end, %' },
  band_mid: { label: 'Middle, %' },
  band_high: { label: 'High end, %' },
  '/probability/because': { label: 'Why this band', maxlength: 2000 },
  accept_vague: { label: 'Too vague to score' },
}

const REMARK: Record<string, Spec> = {
  '/kind': {
    label: 'What it is',
    radio: true,
    options: [
      ['untestable', 'It cannot be tested'],
      ['duplicate', 'It says again what is logged'],
    ],
  },
  '/reason': {
    label: 'Why it cannot be tested',
    radio: true,
    options: untestableReasons.map((reason) => [reason, REASONS[reason]]),
  },
  '/duplicate_of': { label: 'Says again', options: [] },
  '/because': { label: 'In your words', rows: 2, hint: 'May be left empty.', maxlength: 2000 },
}

/** Words by which a passage of a text is marked. */
const MARKING: Record<string, Spec> = {
  words: {
    label: 'Its words, typed or pasted',
    rows: 2,
    maxlength: 5000,
    hint: 'Its first and last words are enough, with [...] between them.',
  },
}

const OF_MARK = { ...SAID, ...QUESTION, ...REFERENCE, ...PROBABILITY, ...REMARK }
const FIELDS: Readonly<Record<string, Spec>> = { ...SOURCE, ...OF_MARK, ...MARKING }

const formOf = (names: readonly string[]): FormTable =>
  Object.fromEntries(names.map((name) => [name, FIELDS[name] as Spec]))
const OF_SOURCE = Object.keys(SOURCE)

/** The fields of each form in the order in which it shows them: of a text, of each of its marks, of one alone. */
export const textForm = formOf([
  ...OF_SOURCE.filter((name) => name !== '/source/text'),
  '/analyst/name',
  '/analyst/id',
  '/analyst/distinct_from',
  ...Object.keys(MARKING),
])
export const markForm: FormTable = {
  ...OF_MARK,
  '/analyst/name': { ...(SAID['/analyst/name'] as Spec), label: 'Said by' },
}
export const oneForm: FormTable = { ...SOURCE, ...OF_MARK }

export { Field as Part, FormFields as Parts }

type FoldProps = {
  frame: FormFrame
  summary: string
  names: Names
  /** What opens it when something stands there; a problem of any of its fields does so too. */
  filled?: readonly string[]
  /** Whether it is open in any case. */
  open?: boolean
  /** In place of the fields alone. */
  children?: Child
}

/** Fields that most forecasts do without. */
export function Fold({ frame, summary, names, filled = [], open = false, children }: FoldProps) {
  const { draft } = frame
  const within = names.flat()
  const isOpen =
    open ||
    filled.some((name) => typedIn(draft, name) !== '') ||
    draft.problems.some((problem) => within.includes(placeOf(frame, problem) ?? ''))
  return (
    <details open={isOpen}>
      <summary>{summary}</summary>
      {children ?? <FormFields frame={frame} names={names} />}
    </details>
  )
}
