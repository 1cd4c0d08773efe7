import type { Steps } from '../core/steps.ts'
import type { Horizon } from './grammar/horizon.ts'
import { languageOf, type TextLanguage, unreadNote } from './languages.ts'
import type { ReadingContext } from './own-lexicon.ts'
import { readingSteps } from './reading.ts'

/** What a text says, as the API and the command answer it; offsets are into the text as it was sent. */
export function* readingAnswerSteps(
  text: string,
  published: string | undefined,
  context: ReadingContext = {},
): Steps<ReadingAnswer> {
  const language = languageOf(text, context.language)
  const note = unreadNote(language)
  const items = yield* readingSteps(text, published, context)
  return {
    language,
    ...(note === null ? {} : { note }),
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
  readonly language: TextLanguage
  /** Why nothing is answered. */
  readonly note?: string
  readonly items: readonly (Omit<Items[number], 'paragraph' | 'score' | 'horizon'> & {
    readonly horizon: ReturnType<typeof answered>
  })[]
}
