import type { Reads } from './host.ts'
import { account, accountAnswer, api, front, ledger } from './paths.ts'

/** What a read costs its reader, and in which line it waits: what is quickly told waits in none. */
export type Weight = { cost: 0 | 1 | 20; reads: Reads }

/** Whether the process lives: asked by machines, answered from what it holds. */
const FREE: Weight = { cost: 0, reads: 'quick' }
/** One record with what belongs to it, or a text that is always the same. */
const LIGHT: Weight = { cost: 1, reads: 'quick' }
const HEAVY: Weight = { cost: 20, reads: 'thorough' }
/** A record of the past, which may have to be made from the log. */
const PAST: Weight = { cost: 20, reads: 'past' }

/** Whoever watches the process asks it directly, whatever its public name is. */
export const WATCHED = new Set([api.health(), api.ready()])
/** Two steps of signing in, which write: counted as attempts, and made by the thread that may. */
const ARRIVALS = new Set([account(), accountAnswer()])
const ALWAYS_THE_SAME =
  /^\/(robots\.txt|api\/openapi\.json|help|docs(?:\/[a-z-]+)?|sign-in|style\.\w+\.css|icon\.\w+\.svg|script\.\w+\.js)$/u
/** Whether this address says the same whatever the ledger holds. */
export const isAlwaysTheSame = (path: string): boolean => ALWAYS_THE_SAME.test(path)
const ONE_RECORD =
  /^\/(api\/(sources|analysts|statements|questions|forecasts|captures|codings)\/[^/]+(\/desk|\/own)?|api\/log\/(?:checkpoint|key|entries\/[^/]+(?:\/receipt)?|(?:tile|openings)\/.+)|(forecasts|questions|sources|captures|codings)\/[^/]+(\/resolve|\/amend|\/own)?|embed\/forecasts\/[^/]+|due|api\/due|api\/decision-times|reply|codebook|api\/codebooks|capture|capture\/one|settings|settings\/(?:sign-ins|reminders|webhooks)|reminders\/(?:confirmation|off)|api\/(?:reminders|webhooks))$/u

/**
 * Everything that is not known to be light is heavy, so that no spelling of an address is a way around. The front page
 * and the first of the ledger are light for those with whom everybody shares them.
 */
export function weightOf(path: string, search: string, isShared: boolean): Weight {
  if (WATCHED.has(path) || ARRIVALS.has(path)) return FREE
  if (/[?&](as_of|since)=/u.test(search) && !isAlwaysTheSame(path)) return PAST
  if ((path === front() || path === ledger()) && search === '' && isShared) return LIGHT
  return isAlwaysTheSame(path) || ONE_RECORD.test(path) ? LIGHT : HEAVY
}
