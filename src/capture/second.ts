import type { CaptureDraft, Mark } from '../core/capture.ts'
import { type NormalisedText, normalisedRange, type TextRange } from '../core/normalised-text.ts'
import type { SecondFates, SecondItem, SecondReading } from '../core/second-reading.ts'
import { written } from './draft.ts'
import { overlaps } from './suggestion.ts'

/** The mark that was made of what a reading proposed: its id says so for as long as the capture lasts. */
export const secondMark = ({ n }: Pick<SecondReading, 'n'>, item: number): string => `x${n}n${item}`

/** Where a proposal stands in the normalised text, in which marks have their places. */
export const secondRange = (within: NormalisedText, { start, end }: TextRange): TextRange =>
  normalisedRange(within, start, end)

/** What a model proposed and nobody decided on yet, with its number. */
export function openSecond(
  { marks, ignored = [] }: Pick<CaptureDraft, 'marks' | 'ignored'>,
  reading: SecondReading | null,
  within: NormalisedText,
): { item: SecondItem; number: number; range: TextRange }[] {
  const taken = [...marks, ...ignored]
  return (reading?.items ?? [])
    .map((item, number) => ({ item, number, range: secondRange(within, item) }))
    .filter(({ range }) => within.raw.length >= range.end && !taken.some((other) => overlaps(other, range)))
}

/**
 * A mark with what a model proposed for it. Its event and criteria take the place of the rules'; of its words only
 * those, where the rules read none: what it thinks that they mean is shown, and becomes no number.
 */
export function asProposed(mark: Mark, id: string, { event, criteria, words }: SecondItem): Mark {
  if (mark.kind !== 'forecast') return { ...mark, id }
  const asked = typeof mark.question === 'object' ? mark.question : {}
  return {
    ...mark,
    id,
    question: {
      ...asked,
      ...(event === undefined ? {} : { title: event }),
      ...(criteria === undefined ? {} : { criteria }),
    },
    probability: mark.probability ?? (words === undefined ? undefined : { words }),
  }
}

/** What became of all that a reading proposed, once its capture is logged: taken as it was, changed, or not taken. */
export function fatesOf(
  { marks }: Pick<CaptureDraft, 'marks'>,
  reading: SecondReading,
  within: NormalisedText,
) {
  const fates: SecondFates = { accepted: 0, changed: 0, rejected: 0 }
  for (const [number, item] of reading.items.entries()) {
    const mark = marks.find(({ id }) => id === secondMark(reading, number))
    if (mark === undefined) fates.rejected++
    else if (isAsProposed(mark, item, secondRange(within, item))) fates.accepted++
    else fates.changed++
  }
  return fates
}

function isAsProposed(mark: Mark, { kind, reason, event, criteria }: SecondItem, range: TextRange): boolean {
  if (mark.kind !== kind || mark.start !== range.start || mark.end !== range.end) return false
  if (kind === 'untestable') return reason === undefined || mark.reason === reason
  const { question } = mark
  const isAsked = (value: unknown, proposed: string | undefined) =>
    proposed === undefined || written(value).trim() === proposed.trim()
  return (
    typeof question === 'object' && isAsked(question.title, event) && isAsked(question.criteria, criteria)
  )
}
