import { dayText } from '../core/calendar.ts'
import { counted } from '../core/text.ts'
import type { Counts } from './document.ts'
import { listText, numeral } from './figure-text.ts'
import type { ForecastLine } from './forecast-lines.ts'

type State = keyof typeof STATES

/** What so many forecasts are that are in no score: one, and several. */
const STATES = {
  awaiting_deadline: ['is decided and waits for its deadline', 'are decided and wait for their deadline'],
  due: ['is overdue', 'are overdue'],
  proposed: ['has a proposed outcome', 'have a proposed outcome'],
  open: ['is open', 'are open'],
  too_late: ['was said when the outcome was known', 'were said when the outcome was known'],
  too_vague: ['was too vague to be wrong', 'were too vague to be wrong'],
  unmeasured: ['is in words that nobody measured', 'are in words that nobody measured'],
  selected: ['is from a source read in part', 'are from sources read in part'],
  moot: ['became moot', 'became moot'],
  ambiguous: ['cannot be decided by its criteria', 'cannot be decided by their criteria'],
} as const
const WAITING: readonly State[] = ['awaiting_deadline', 'due', 'proposed', 'open']

type Lines = { counts: Counts; forecasts: readonly ForecastLine[] }

/** Every state of some that is not empty, and the next deadline where one is ahead. */
function statesText({ counts, forecasts }: Lines, states: readonly State[]): string {
  const parts = states.flatMap((state) => {
    const n = counts[state]
    return n === 0 ? [] : [`${numeral(n)} ${STATES[state][n === 1 ? 0 : 1]}`]
  })
  const { condition_not_met: unmet } = counts
  if (states !== WAITING && unmet > 0)
    parts.push(
      `for ${unmet === counts.forecasts && unmet > 1 ? 'all ' : ''}${numeral(unmet)} the condition never arose`,
    )
  const ahead = forecasts
    .filter(({ why_not }) => why_not === 'open' || why_not === 'awaiting_deadline')
    .map(({ deadline }) => deadline)
  const next = ahead.length === 0 ? '' : `; next ${dayText(ahead.reduce((a, b) => (b < a ? b : a)))}`
  return listText(parts) + next
}

/** What waits besides what is scored. */
export const waitingText = (lines: Lines): string => `Besides those scored, ${statesText(lines, WAITING)}.`
export const isWaiting = ({ counts }: Lines): boolean => WAITING.some((state) => counts[state] > 0)

/** Why nothing is scored; `whose` is "by X". */
export function nothingText(lines: Lines, whose: string): string {
  const { forecasts, left_out, annulled, ambiguous } = lines.counts
  if (forecasts === 0 && left_out > 0) {
    const [are, none] = left_out === 1 ? ['is', 'but not'] : ['are', 'none of them']
    return `${counted(left_out, 'forecast')} ${whose} ${are} logged, ${none} live: within 30 days of being said, and before the outcome was known.`
  }
  if (forecasts === 0) return `No forecast ${whose} is logged here.`
  const has = annulled + ambiguous === forecasts ? 'has a result' : 'is scored'
  return `No forecast ${whose} ${has}: ${statesText(lines, Object.keys(STATES) as State[])}.`
}
