import type { CaptureDraft } from '../../core/capture.ts'
import { rangeOf } from '../forms/capture-draft.ts'
import { overlaps, type Suggested } from '../forms/capture-proposal.ts'
import { type Suggestion, shortened } from './capture-card.tsx'

/** What is neither marked nor left, as cards: what it looks like, and why. */
export function suggestionsOf(
  held: Pick<CaptureDraft, 'marks' | 'ignored'>,
  { passages, remarks }: Suggested,
): Suggestion[] {
  const taken = [...held.marks, ...(held.ignored ?? [])]
  const isFree = (range: { start: number; end: number }) => !taken.some((other) => overlaps(other, range))
  const place = ({ start, end }: { start: number; end: number }) => `${start}-${end}`
  const found = passages.filter(isFree).map((passage): Suggestion => {
    const lead = passage.repeats === undefined ? undefined : passages[passage.repeats]
    const original =
      lead === undefined
        ? undefined
        : held.marks.find((mark) => mark.kind === 'forecast' && overlaps(mark, lead))
    return {
      place: place(passage),
      words: passage.text,
      says: [
        ...passage.reasons.map(({ words, says }) => `“${words}” ${says}`),
        ...(lead === undefined ? [] : [`repeats “${shortened(lead.text, 60)}”`]),
      ],
      kind: lead === undefined ? 'forecast' : 'duplicate',
      isHeadline: passage.voice === 'headline',
      repeats: original?.id ?? null,
      vague: passage.too_vague,
    }
  })
  const others = remarks.filter(isFree).map(
    (remark): Suggestion => ({
      place: place(remark),
      words: remark.text,
      says: [remark.says],
      kind: 'untestable',
      isHeadline: false,
      repeats: null,
      vague: false,
    }),
  )
  const startOf = ({ place: at }: Suggestion) => rangeOf(at).start
  return [...found, ...others].sort((a, b) => startOf(a) - startOf(b))
}
