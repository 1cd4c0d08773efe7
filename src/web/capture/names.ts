import type { Labels } from '../ui/field.tsx'
import { probabilityLabels } from './probability.tsx'

/** What a form lets one choose from, `[id, words]`. */
export type Known = {
  sources: readonly [string, string][]
  questions: readonly [string, string][]
  /** Questions that a new one may imply. */
  rungs: readonly (readonly [string, string])[]
  analysts: readonly string[]
  statements: readonly [string, string][]
}

export const captureLabels: Labels = {
  source: 'Source',
  '/source/title': 'Title',
  '/source/type': 'Kind of source',
  '/source/publisher': 'Outlet',
  '/source/url': 'Address',
  '/source/published': 'Published',
  published_to: 'Published at the latest',
  '/source/language': 'Language',
  '/source/coverage': 'What is logged of it',
  '/source/selected_because': 'Why these were selected',
  '/source/text': 'The text',
  '/analyst/name': 'Analyst',
  '/quote/exact': 'The words said',
  '/quote/prefix': 'Words before',
  '/quote/suffix': 'Words after',
  '/voice': 'Whose words',
  '/timecode': 'Time code',
  '/said_on': 'Said on',
  question: 'Question',
  '/question/title': 'Event, worded positively',
  '/question/type': 'Kind of answer',
  '/question/criteria': 'Counts as yes when',
  '/question/options': 'Options, one a line',
  '/question/range/low': 'Lowest answer',
  '/question/range/high': 'Highest answer',
  '/question/range/unit': 'Unit',
  '/question/deadline/date': 'Deadline',
  '/question/deadline/time_zone': 'Time zone',
  '/question/deadline/because': 'Why this date, if it is ours',
  '/question/opens': 'Counts from',
  '/question/condition/text': 'Only if',
  '/question/condition/deadline/date': 'Met by',
  '/question/condition/deadline/because': 'Why that date',
  '/question/family': 'Development',
  '/question/implies': 'Cannot happen without',
  '/question/low_information': 'Why it is hard to get wrong',
  '/tags': 'Topics',
  ...probabilityLabels,
  accept_vague: 'Too vague to score',
  '/kind': 'What it is',
  '/reason': 'Why it cannot be tested',
  '/because': 'In your words',
  '/duplicate_of': 'Says again',
}
