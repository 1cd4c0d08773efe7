import { HOUSE_RULE, houseDeadline, LAST_DAY } from '../core/calendar.ts'
import { type Horizon, readHorizon, type SentenceInTurn } from '../reading/english/horizon/horizon.ts'

/** The words of a passage, and the sentence that they are of with what stands beside it. */
export type Said = { passage: string; whole?: SentenceInTurn | undefined }

export type ProposedDeadline = { date?: string; time_zone: string; because?: string }

/**
 * The deadline that words propose, reckoned from the latest day of publication. Where they leave a doubt, the reason
 * keeps them with it; where they name a time and no day, the date stays to be given. Only where they name no time at
 * all the house rule holds.
 */
export function deadlineFor(said: Said, published: string, time_zone: string): ProposedDeadline {
  const own = readHorizon({ sentence: said.passage }, published)
  const horizon = own.kind === 'none' && said.whole !== undefined ? readHorizon(said.whole, published) : own
  if (horizon.kind === 'none') {
    const date = houseDeadline(published)
    return date > LAST_DAY ? { time_zone } : { date, time_zone, because: HOUSE_RULE }
  }
  const { date } = horizon
  const because = doubtOf(horizon)
  return {
    ...(date === undefined ? {} : { date }),
    time_zone,
    ...(because === null ? {} : { because }),
  }
}

/** What is not settled by the words alone: the date is then ours, and the reason quotes them. */
export function doubtOf(horizon: Exclude<Horizon, { kind: 'none' }>): string | null {
  if (horizon.kind === 'asks') return horizon.why
  const { phrase, rule, asks, vague } = horizon
  if (asks === undefined && vague === undefined) return null
  return [`“${phrase}”: ${rule}.`, ...(asks === undefined ? [] : [asks])].join(' ')
}
