import type { Steps } from '../core/steps.ts'
import type { Horizon } from './english/horizon/horizon.ts'
import { readingSteps } from './reading.ts'

/** What a text says, as the API and the command answer it; offsets are into the text as it was sent. */
export function* readingAnswerSteps(text: string, published: string | undefined): Steps<ReadingAnswer> {
  const items = yield* readingSteps(text, published)
  return {
    language: 'en',
    items: items.map(({ paragraph: _, score: __, horizon, ...item }) => ({
      ...item,
      horizon: answered(horizon),
    })),
  }
}

function answered(horizon: Horizon | null) {
  if (horizon === null || horizon.kind === 'none') return horizon
  const { phrase } = horizon
  if (horizon.kind === 'asks')
    return {
      kind: horizon.kind,
      phrase,
      why: horizon.why,
      ...(horizon.date === undefined ? {} : { date: horizon.date }),
    }
  const { kind, date, from, rule, vague, asks } = horizon
  return {
    kind,
    date,
    from,
    phrase,
    rule,
    ...(vague === undefined ? {} : { vague }),
    ...(asks === undefined ? {} : { why: asks }),
  }
}

type Items = ReturnType<typeof readingSteps> extends Steps<infer T> ? T : never
export type ReadingAnswer = {
  readonly language: string
  readonly items: readonly (Omit<Items[number], 'paragraph' | 'score' | 'horizon'> & {
    readonly horizon: ReturnType<typeof answered>
  })[]
}
