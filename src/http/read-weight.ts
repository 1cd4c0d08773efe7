import { api, front, ledger } from './paths.ts'

/** What a read costs its reader, and whether it waits in the line of those that go through many records. */
export type Weight = { cost: 0 | 1 | 20; isHeavy: boolean }

/** Whether the process lives: asked by machines, answered from what it holds. */
const FREE: Weight = { cost: 0, isHeavy: false }
/** One record with what belongs to it, or a text that is always the same. */
const LIGHT: Weight = { cost: 1, isHeavy: false }
const HEAVY: Weight = { cost: 20, isHeavy: true }

/** Whoever watches the process asks it directly, whatever its public name is. */
export const WATCHED = new Set([api.health(), api.ready()])
const ALWAYS_THE_SAME =
  /^\/(api\/openapi\.json|methods|help|docs|docs\/problems|sign-in|style\.\w+\.css|icon\.\w+\.svg|script\.\w+\.js)$/u
const ONE_RECORD =
  /^\/(api\/(sources|analysts|statements|questions|forecasts|captures)\/[^/]+(\/desk)?|api\/log\/entries\/[^/]+|(forecasts|questions|sources|captures)\/[^/]+(\/resolve|\/amend)?|embed\/forecasts\/[^/]+|cards\/forecasts\/[^/]+|due|api\/due|capture|capture\/one|settings)$/u

/**
 * Everything that is not known to be light is heavy, so that no spelling of an address is a way around. The front page
 * and the first of the ledger are light for those with whom everybody shares them.
 */
export function weightOf(path: string, search: string, isShared: boolean): Weight {
  if (WATCHED.has(path)) return FREE
  if ((path === front() || path === ledger()) && search === '' && isShared) return LIGHT
  return ALWAYS_THE_SAME.test(path) || ONE_RECORD.test(path) ? LIGHT : HEAVY
}
