import type { Exit, FunnelStep } from './document.ts'

const STEPS: Readonly<Record<Exclude<FunnelStep['step'], 'logged'>, string>> = {
  decided: 'decided',
  scored: 'counted',
  yes_no: 'on questions of yes or no',
  claims: 'came true or did not',
  numbers: 'given in numbers, which the score is a mean of',
}

/** What stays after each step of the way from all that was said to the numbers that are scored, after its number. */
export const stepText = (step: FunnelStep['step'], n: number): string =>
  step === 'logged' ? `forecast${n === 1 ? '' : 's'}, each question once` : STEPS[step]

/** What it begins with. */
export const wholeText = (n: number): string => (n === 1 ? 'statement' : 'statements')

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
  condition_not_met: 'whose condition never arose',
  moot: 'that became moot',
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
