import type { Exit, FunnelStep } from './document.ts'

/** What stays after each step of the way from all that was said to the numbers that are scored. */
export const STEP: Readonly<Record<FunnelStep['step'], string>> = {
  logged: 'forecasts, each question once',
  decided: 'decided',
  scored: 'counted',
  yes_no: 'on questions of yes or no',
  claims: 'came true or did not',
  numbers: 'given in numbers, which the score is a mean of',
}

/** By which way the others went, after their number. */
export const EXIT: Readonly<Record<Exit, string>> = {
  untestable: 'not testable',
  duplicate: 'said twice in one source',
  said_again: 'about a question already answered',
  outside_the_view: 'outside of what is shown here',
  retracted: 'logged by mistake',
  open: 'open',
  due: 'overdue',
  proposed: 'waiting for a confirmation',
  condition_not_met: 'without a result, as the condition never arose',
  moot: 'without a result, as it became moot',
  ambiguous: 'that the criteria do not decide',
  too_late: 'said when the outcome was known',
  too_vague: 'too vague to be wrong',
  unmeasured: 'in words that nobody measured',
  selected: 'picked afterwards from a source that was not read from end to end',
  awaiting_deadline: 'decided early and waiting for the deadline',
  multiple_choice: 'on questions of several options',
  numeric: 'of numbers',
  date: 'of dates',
  neither: 'said to be 50 %, which says neither',
  in_words: 'in words',
}
