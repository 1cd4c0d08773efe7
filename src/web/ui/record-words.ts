import type { Logged } from '../../core/forecast.ts'
import type { UntestableReason } from '../../core/statement.ts'
import type { Reason } from '../../scoring/document.ts'
import type { WhyNot } from '../../scoring/forecast-lines.ts'
import type { RecordDocument } from '../../store/documents/track-record.ts'
import { counted, unbroken } from './number.ts'

export const LOGGED: Record<Logged, string> = {
  live: 'written down before the outcome',
  late: 'written down late, before the outcome was known',
  afterwards: 'written down after the outcome was known',
}

/** Why a forecast has no score, in a sentence. */
export const WHY_NOT: Record<WhyNot, string> = {
  open: 'Not scored: still open.',
  due: 'Not scored: needs a decision.',
  proposed: 'Not scored: an outcome is proposed and waits for confirmation.',
  condition_not_met: 'Not scored: the condition never arose.',
  moot: 'Not scored: it became moot.',
  ambiguous: 'Not scored: the criteria do not decide it.',
  retracted: 'Not scored: logged by mistake.',
  too_late: 'Not scored: said when the outcome was known.',
  too_vague: 'Not scored: too vague to be wrong.',
  unmeasured:
    'Not scored: nobody measured these words. It counts as come true or not, with what was to be expected unknown.',
  selected: 'In no average: logged afterwards from a source that was not read from end to end.',
  awaiting_deadline: 'Not scored yet: decided early, and counted once its deadline has passed.',
}

/** Why a part of a record is not shown; what is not shown follows, or "…: " goes before. */
export const WITHHELD: Record<Reason, string> = {
  nothing_scored: 'nothing is scored yet',
  too_few_scored: 'too few decided forecasts',
  too_few_interviews: 'too few interviews; claims made in one interview stand and fall together',
  too_few_claims: 'too few decided claims',
  one_interview_dominates: 'most of this comes from one or two interviews, or is about one or two subjects',
  of_the_whole_record_only: 'it is only of a whole record',
  equally_hard: 'all questions are about as hard as each other',
  no_claims: 'nothing that was decided says yes or no',
  no_revisions: 'no number was changed before its question was decided',
  too_few_revisions: 'too few changes of mind',
  no_window: 'no number stood for some time',
  no_complete_source: 'no source was read from end to end',
  hindsight_reference: 'the reference was recorded with hindsight',
  too_few_analysts: 'too few analysts',
  no_detectable_differences: 'no difference can be detected',
  no_stated_probabilities: 'no numbers were given',
  too_few_stated: 'too few numbers were given',
  no_worded_probabilities: 'no forecast was given in words',
  too_few_worded: 'too few forecasts were given in words',
  no_phrases: 'no phrase of the lexicon was used',
  no_reference: 'no base rate or other reference was recorded',
  too_few_references: 'too few base rates or other references were recorded',
  one_outcome_only: 'every event ended the same way',
  too_few_of_an_outcome: 'too few events ended one of the two ways',
  no_variance: 'only certainties and even chances were stated',
  too_few_of_the_type: 'too few questions of this kind',
  too_few_a_year: 'too few in every year',
  too_many_for_an_exact_value: 'too many forecasts for an exact value',
  not_simulated: 'it was not simulated here',
}

/** The parts of a record, as one calls them. */
export const PART: Readonly<Record<string, string>> = {
  headline: 'the score',
  'claims.p_value': 'what chance says of how many came true',
  'claims.p_usual': 'what chance says of how many came true',
  'claims.could_have_seen': 'what a record like this could show',
  'claims.records': 'how many could have come true',
  words: 'what the words turned out to mean',
  numbers: 'how often it happened when numbers were given',
  worded: 'the score of the words alone',
  all: 'the score over the readings of the words',
  tilt: 'whether too much or too little was expected to happen',
  'tilt.p_value': 'what chance says of how much happened',
  monitor: 'whether what happens still fits',
  revisions: 'changes of mind',
  planned_window: 'the score over the time that was planned (for statisticians)',
  checkable: 'how much of what was said can be checked',
  own_probabilities: 'the score to expect of the probabilities (for statisticians)',
  reference: 'the score beside that of a reference',
  'reference.easy': 'easy and hard questions apart',
  'reference.hard': 'easy and hard questions apart',
  calibration: 'the picture of said against happened (for statisticians)',
  'calibration.curve': 'the curve in that picture (for statisticians)',
  'calibration.band': 'the grey in that picture (for statisticians)',
  decomposition: 'miscalibration and discrimination (for statisticians)',
  'decomposition.miscalibration_if_calibrated': 'the usual miscalibration (for statisticians)',
  log_score: 'the log score (for statisticians)',
  auc: 'AUC (for statisticians)',
  'by_type.multiple_choice': 'questions with several options',
  'by_type.numeric': 'forecasts of numbers',
  'by_type.date': 'forecasts of dates',
  'by_type.multiple_choice.interval': 'the range of the score of several options',
  'by_type.numeric.interval': 'the range of the score of numbers',
  'by_type.date.interval': 'the range of the score of dates',
  over_time: 'the score over the years',
}

/** What was tested, by its kind and its label. */
export const TEST: Record<RecordDocument['finding']['tests'][number]['kind'], (label: string) => string> = {
  phrase: (label) => `“${label}”`,
  row: (label) => label,
  whole: () => 'how many came true',
  tilt: () => 'how many events happened',
  monitor: () => 'the evidence against the probabilities, at its highest',
}

/** What is not testable, and why, in plain words. */
export const UNTESTABLE: Record<UntestableReason, string> = {
  present_state: 'a judgement about the present',
  motive: 'about what somebody wants or needs',
  rhetorical: 'a rhetorical question',
  normative: 'about what should be',
  no_event: 'no event would show it right or wrong',
}

/** A sentence of a record, whose ranges stay on one line. */
export const sentenceText = (sentence: string): string =>
  unbroken(sentence).replace(/(\d) (to|of) (?=\d)/gu, '$1\u00a0$2\u00a0')

/** What a record rests on, beside its sentence: "Written down in time: 140 forecasts, 116 decided, 111 counted." */
export const totalsText = ({ counts, view }: Pick<RecordDocument, 'counts' | 'view'>): string =>
  `${view === 'live' ? 'Written down in time: ' : ''}${counted(counts.forecasts, 'forecast')}, ${counts.resolved} decided, ${counts.scored} counted: ${counts.stated} in numbers, ${counts.worded} in words.`
