import type { Steps } from '../core/steps.ts'
import type { Horizon } from './english/horizon/horizon.ts'
import { readingSteps } from './reading.ts'
import { captionsIn, heardOf } from './transcript.ts'

/**
 * What a text says, as the API and the command answer it; offsets are into the text as it was sent, or, of captions,
 * into the text that they were joined to.
 */
export function* readingAnswerSteps(text: string, published: string | undefined): Steps<ReadingAnswer> {
  const heard = captionsIn(text)
  const items = yield* readingSteps(heard?.text ?? text, published)
  return {
    language: 'en',
    ...(heard === null ? {} : { transcript: { text: heard.text, ...heardOf(heard, heard.text.length) } }),
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
  /** Of captions: the text that they were joined to, in which the places are. */
  readonly transcript?: { readonly text: string } & ReturnType<typeof heardOf>
  readonly items: readonly (Omit<Items[number], 'paragraph' | 'score' | 'horizon'> & {
    readonly horizon: ReturnType<typeof answered>
  })[]
}
