import { Dated, HOUSE_RULE, houseDeadline, spanOf } from '../core/calendar.ts'
import type { CaptureDraft, Mark } from '../core/capture.ts'
import { invalid } from '../core/error.ts'
import type { Source } from '../core/source.ts'
import { languageOf, rulesOf } from '../reading/languages.ts'
import { doubtOf } from './deadline.ts'
import { languageTold } from './draft.ts'

type Tree = Readonly<Record<string, unknown>>

/** A capture with one mark, whose words may come without the text that they stand in: a quote is in place of offsets. */
export type OneMark = Pick<CaptureDraft, 'source' | 'analyst'> &
  Omit<Mark, 'id' | 'start' | 'end' | 'exact' | 'analyst'> & { quote?: unknown }

/**
 * What it asks the ledger to record. `recorded` is its source, where that is recorded. Refuses where no deadline was
 * typed and the quote names a time that is no day, or is in a language whose times are not read.
 */
export function requestOfOne(one: OneMark, recorded: Pick<Source, 'published' | 'language'> | null): Tree {
  const { kind, question, probability, reference, accept_vague: _, reason, duplicate_of, ...said } = one
  if (kind !== 'forecast')
    return { ...said, kind, ...(kind === 'untestable' ? { reason } : { duplicate_of }) }
  const published = Dated.safeParse(
    recorded?.published ?? (typeof one.source === 'object' ? one.source.published : null),
  )
  return {
    ...said,
    question:
      typeof question === 'object'
        ? withDeadline(
            question,
            published.success ? published.data : undefined,
            one.quote,
            languageTold(one.source, recorded),
          )
        : question,
    probability,
    ...(reference === undefined ? {} : { reference }),
  }
}

/** Where no deadline was typed, the words give it, or the house rule, which says so. */
function withDeadline(
  question: Tree,
  published: Dated | undefined,
  quote: unknown,
  told: string | undefined,
): Tree {
  const { date, because, ...zoned } = (question.deadline ?? {}) as Tree
  const ours = date === undefined && published !== undefined ? deadlineOf(quote, published, told) : {}
  return { ...question, deadline: { date, ...zoned, ...ours, ...(because === undefined ? {} : { because }) } }
}

function deadlineOf(
  quote: unknown,
  published: Dated,
  told: string | undefined,
): { date: string; because?: string } {
  const words = typeof quote === 'object' && quote !== null ? (quote as { exact?: unknown }).exact : quote
  const sentence = typeof words === 'string' ? words : ''
  const language = languageOf(sentence, told)
  const rules = rulesOf(language.tag)
  if (rules === null)
    throw invalid('/question/deadline/date', `must be given: times in ${language.name} are not read`)
  const horizon = rules.readHorizon({ sentence }, spanOf(published).to, { language: language.tag })
  if (horizon.kind === 'none') return { date: houseDeadline(published), because: HOUSE_RULE }
  if (horizon.kind === 'asks') throw invalid('/question/deadline/date', `must be given: ${horizon.why}`)
  const because = doubtOf(horizon)
  return { date: horizon.date, ...(because === null ? {} : { because }) }
}
