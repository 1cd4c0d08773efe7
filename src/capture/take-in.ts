import { type CaptureDraft, MAX_CAPTURE_TEXT } from '../core/capture.ts'
import { invalid } from '../core/error.ts'
import { type NormalisedText, normalise, normalisedRange } from '../core/normalised-text.ts'

/** Puts a passage that was left out of the text to where it stands on its page; what is marked stays marked. */
export function takenIn(draft: CaptureDraft, within: NormalisedText, number: number): CaptureDraft {
  const { left_out = [], text, marks, ignored, transcript } = draft
  const part = left_out[number]
  if (part === undefined) return draft
  const { at } = part
  const added = at >= text.length ? `\n\n${part.text}` : `${part.text}\n\n`
  const whole = text.slice(0, at) + added + text.slice(at)
  if (whole.length > MAX_CAPTURE_TEXT) throw invalid('text', 'would be too long with it')
  const place = normalisedRange(within, at, text.length).start
  if (marks.some(({ start, end }) => start < place && place < end))
    throw invalid('words', 'of a mark stand around it: take that mark away, and mark the passage anew')
  const more = normalise(whole).text.length - within.text.length
  const moved = <T extends { start: number; end: number }>(range: T): T =>
    range.start < place ? range : { ...range, start: range.start + more, end: range.end + more }
  return {
    ...draft,
    text: whole,
    marks: marks.map(moved),
    ...(ignored === undefined ? {} : { ignored: ignored.map(moved) }),
    left_out: left_out.flatMap((other, i) => {
      if (i === number) return []
      const stays = other.at < at || (other.at === at && i < number)
      return [stays ? other : { ...other, at: other.at + added.length }]
    }),
    ...(transcript === undefined
      ? {}
      : {
          transcript: {
            ...transcript,
            cues: transcript.cues.map(([from, second]) =>
              from < at ? [from, second] : [from + added.length, second],
            ),
          },
        }),
  }
}
