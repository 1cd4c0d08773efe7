import type { Logged } from '../../core/forecast.ts'
import type { UntestableReason } from '../../core/statement.ts'
import type { Reason } from '../../scoring/document.ts'
import type { WhyNot } from '../../scoring/forecast-lines.ts'
import { dayText } from './date.tsx'
import { unbroken } from './number.ts'

export const LOGGED: Record<Logged, string> = {
  live: 'logged live',
  late: 'logged late, before the outcome was known',
  afterwards: 'logged after the outcome was known',
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
  selected: 'In no average: logged afterwards from a source that was not coded completely.',
  awaiting_deadline: 'Not scored yet: decided early, and counted once its deadline has passed.',
}

/** Why a part of a record is not shown, to follow "…: ". */
export const WITHHELD: Record<Reason, string> = {
  nothing_scored: 'nothing is scored yet',
  too_few_scored: 'too few decided forecasts',
  too_few_interviews: 'too few interviews; claims made in one interview stand and fall together',
  no_stated_probabilities: 'no numbers were given',
  too_few_stated: 'too few numbers were given',
  no_worded_probabilities: 'no forecast was given in words',
  too_few_worded: 'too few forecasts were given in words',
  no_reference: 'no probability of somebody else was recorded to compare with',
  too_few_references: 'too few probabilities of somebody else were recorded to compare with',
  one_outcome_only: 'every event ended the same way',
  too_few_of_an_outcome: 'too few events ended one of the two ways',
  no_variance: 'only certainties and even chances were stated',
  too_few_of_the_type: 'fewer than five questions of this kind',
  too_few_a_year: 'fewer than 20 in every year',
  too_many_for_an_exact_value: 'too many forecasts for an exact value',
  not_simulated: 'it was not simulated here',
}

/** What is not testable, and why, in plain words. */
export const UNTESTABLE: Record<UntestableReason, string> = {
  present_state: 'a judgement about the present',
  motive: 'about what somebody wants or needs',
  rhetorical: 'a rhetorical question',
  normative: 'about what should be',
  no_event: 'no event would show it right or wrong',
}

/** The sentence over a record, as people write dates and numbers. */
export const verdictText = (verdict: string): string =>
  unbroken(verdict.replace(/\b\d{4}-\d{2}-\d{2}\b/gu, dayText))
