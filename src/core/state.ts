import type { Outcome } from './resolution.ts'

export const states = ['open', 'due', 'proposed', 'resolved', 'annulled', 'ambiguous'] as const
export type State = (typeof states)[number]

/** How long before it needs a decision an open question is due soon. */
export const DUE_SOON_DAYS = 14
export const DUE_SOON_MS = DUE_SOON_DAYS * 86_400_000

/** What decides the state of a question. `outcome` is that of the resolution in force, if any. */
export type Standing = {
  due_at: Date
  condition_due_at: Date | null
  condition_met: boolean
  outcome: Outcome | null
  pending: boolean
}

/** The instant from which the question needs a decision: its condition's deadline comes first while unmet. */
export const needsDecisionAt = (q: Pick<Standing, 'due_at' | 'condition_due_at' | 'condition_met'>): Date =>
  q.condition_due_at !== null && !q.condition_met && q.condition_due_at < q.due_at
    ? q.condition_due_at
    : q.due_at

export function stateOf(question: Standing, now: Date): State {
  if (question.outcome === 'annulled' || question.outcome === 'ambiguous') return question.outcome
  if (question.outcome !== null) return 'resolved'
  if (question.pending) return 'proposed'
  return needsDecisionAt(question) <= now ? 'due' : 'open'
}

/** Open, and due within the days of due soon. */
export const isDueSoon = (question: Standing, now: Date): boolean =>
  stateOf(question, now) === 'open' && needsDecisionAt(question).getTime() - now.getTime() <= DUE_SOON_MS
