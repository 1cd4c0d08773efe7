import { HOUSE_RULE, houseDeadline, LAST_DAY } from '../core/calendar.ts'
import type { Horizon, SentenceInTurn } from '../reading/grammar/horizon.ts'
import { rulesOf } from '../reading/languages.ts'

/** The words of a passage, the sentence that they are of with what stands beside it, and the country that the text is about. */
export type Said = { passage: string; whole?: SentenceInTurn | undefined; about?: string | undefined }

export type ProposedDeadline = { date?: string; time_zone: string; because?: string }

/**
 * The deadline that words propose, reckoned from the latest day of publication. Where they leave a doubt, the reason
 * keeps them with it; where they name a time and no day, the date stays to be given. Only where they name no time at
 * all the house rule holds; where their language is not read, nobody knows, and the date stays to be given, too.
 */
export function deadlineFor(
  said: Said,
  published: string,
  time_zone: string,
  language: string,
): ProposedDeadline {
  const rules = rulesOf(language)
  if (rules === null) return { time_zone }
  const context = { language, about: said.about }
  const own = rules.readHorizon({ sentence: said.passage }, published, context)
  // "By then": the time stands in what was said before.
  const refers = own.kind === 'asks' && own.refers !== undefined
  const horizon =
    said.whole === undefined || (own.kind !== 'none' && !refers)
      ? own
      : rules.readHorizon(refers ? { ...said.whole, sentence: said.passage } : said.whole, published, context)
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
