import { Dated, HOUSE_RULE, houseDeadline } from '../core/calendar.ts'
import type { CaptureDraft, Mark } from '../core/capture.ts'

type Tree = Readonly<Record<string, unknown>>

/** A capture with one mark, whose words may come without the text that they stand in: a quote is in place of offsets. */
export type OneMark = Pick<CaptureDraft, 'source' | 'analyst'> &
  Omit<Mark, 'id' | 'start' | 'end' | 'exact' | 'analyst'> & { quote?: unknown }

/** What it asks the ledger to record. `recorded` is when its source was published, where that is recorded. */
export function requestOfOne(one: OneMark, recorded: Dated | null): Tree {
  const { kind, question, probability, accept_vague: _, reason, duplicate_of, ...said } = one
  if (kind !== 'forecast')
    return { ...said, kind, ...(kind === 'untestable' ? { reason } : { duplicate_of }) }
  const published = Dated.safeParse(
    recorded ?? (typeof one.source === 'object' ? one.source.published : null),
  )
  return {
    ...said,
    question:
      typeof question === 'object'
        ? withDeadline(question, published.success ? houseDeadline(published.data) : undefined)
        : question,
    probability,
  }
}

/** Where no deadline was typed, the house rule gives it and says so. */
function withDeadline(question: Tree, house: string | undefined): Tree {
  const { date, because, ...zoned } = (question.deadline ?? {}) as Tree
  const why = because ?? (date === undefined && house !== undefined ? HOUSE_RULE : undefined)
  return {
    ...question,
    deadline: { date: date ?? house, ...zoned, ...(why === undefined ? {} : { because: why }) },
  }
}
