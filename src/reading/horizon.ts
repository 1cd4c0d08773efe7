import { HOUSE_RULE, houseDeadline } from '../core/calendar.ts'
import type { Day } from './calendar-span.ts'
import { RULES } from './horizon-rule.ts'

/**
 * What a text says about when: the phrase, the days it may mean, the rule that was used. `to` is the deadline.
 * Both are null when the phrase names an event and not a date ("before the election"): the editor is asked for one.
 */
export type HorizonProposal = {
  readonly phrase: string
  /** Where the phrase stands in the text it was read from. */
  readonly start: number
  readonly end: number
  readonly from: Day | null
  readonly to: Day | null
  readonly rule: string
  /** A question for the editor, where the phrase alone does not settle the date. */
  readonly asks?: string
}

export type HouseDeadline = { readonly phrase: null; readonly to: Day; readonly rule: string }

/** Where no horizon was named: the latest publication date and twelve months, exactly. */
export function houseHorizon(published: Day): HouseDeadline {
  return {
    phrase: null,
    to: houseDeadline(published),
    rule: HOUSE_RULE,
  }
}

/**
 * All horizon phrases of a text, in order and without overlaps, resolved against the latest publication date.
 * Vague spans become intervals whose end is the deadline. Phrases about the past give none.
 */
export function horizonsIn(text: string, published: Day): HorizonProposal[] {
  const plain = text
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u00a0\u202f]/g, ' ')
    .replace(/[\u2010-\u2013]/g, '-')
  const found: (HorizonProposal & { readonly order: number })[] = []
  for (const [order, rule] of RULES.entries()) {
    for (const match of plain.matchAll(rule.pattern)) {
      const span = rule.read(match.groups ?? {}, published)
      if (!span) continue
      found.push({
        phrase: text.slice(match.index, match.index + match[0].length),
        start: match.index,
        end: match.index + match[0].length,
        from: span.from,
        to: span.to,
        rule: span.rule,
        ...(span.asks ? { asks: span.asks } : {}),
        order,
      })
    }
  }
  // The longer phrase wins where two overlap, then the earlier rule.
  found.sort((a, b) => b.end - b.start - (a.end - a.start) || a.order - b.order)
  const kept: HorizonProposal[] = []
  const taken = new Set<number>()
  for (const { order: _order, ...proposal } of found) {
    let free = true
    for (let at = proposal.start; at < proposal.end && free; at++) free = !taken.has(at)
    if (!free) continue
    for (let at = proposal.start; at < proposal.end; at++) taken.add(at)
    kept.push(proposal)
  }
  return kept.sort((a, b) => a.start - b.start)
}

/** The first horizon of a text that gives a date or asks for one, or null. */
export function readHorizon(text: string, published: Day): HorizonProposal | null {
  const all = horizonsIn(text, published)
  return all.find((proposal) => proposal.to !== null) ?? all[0] ?? null
}
