import type { Logged } from '../../core/forecast.ts'
import type { UntestableReason } from '../../core/statement.ts'
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
