import { type Suggestion, shortened } from './card.tsx'
import type { OpenSuggestions } from './proposal.ts'

const placeOf = ({ start, end }: { start: number; end: number }) => `${start}-${end}`

/** What nobody decided on yet, as cards: what it looks like, and why. */
export function suggestionCards({ passages, remarks }: OpenSuggestions): Suggestion[] {
  const found = passages.map((passage) => ({
    start: passage.start,
    place: placeOf(passage),
    words: passage.text,
    says: [
      ...passage.reasons.map(({ words, says }) => `“${words}” ${says}`),
      ...(passage.lead === undefined ? [] : [`repeats “${shortened(passage.lead.text, 60)}”`]),
    ],
    kind: passage.lead === undefined ? ('forecast' as const) : ('duplicate' as const),
    isHeadline: passage.voice === 'headline',
    repeats: passage.original,
    vague: passage.too_vague,
  }))
  const others = remarks.map((remark) => ({
    start: remark.start,
    place: placeOf(remark),
    words: remark.text,
    says: [remark.says],
    kind: 'untestable' as const,
    isHeadline: false,
    repeats: null,
    vague: false,
  }))
  return [...found, ...others].sort((a, b) => a.start - b.start)
}
