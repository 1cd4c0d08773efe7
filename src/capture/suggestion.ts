import type { CaptureDraft } from '../core/capture.ts'
import type { Steps } from '../core/steps.ts'
import type { Language } from '../reading/grammar/language.ts'
import { languageOf, rulesOf, type TextLanguage } from '../reading/languages.ts'
import { type NormalisedText, normalisedRange, rawRange, type TextRange } from '../reading/normalised-text.ts'
import type { ReadingContext } from '../reading/own-lexicon.ts'
import { type Passage, passageSteps } from '../reading/passage.ts'
import { type Remark, remarkSteps } from '../reading/remark.ts'

/** Beyond this nobody waits for suggestions with every save. */
const LONGEST_READ = 100_000

/** So many suggestions are offered at a time; the next ones follow when these are dealt with. */
export const MOST_SHOWN = 60

export type Suggested = {
  /** What the text is in; where that is not read, nothing is suggested. */
  language: TextLanguage
  passages: readonly Passage[]
  remarks: readonly Remark[]
}

/** What a text proposes, in steps: passages that look like forecasts, and remarks that nothing can test. */
export function* suggestedSteps(
  within: NormalisedText,
  published: string | undefined,
  context: ReadingContext = {},
): Steps<Suggested> {
  const language = languageOf(within.raw, context.language)
  const rules = rulesOf(language.tag)
  if (within.raw.length > LONGEST_READ || rules === null) return { language, passages: [], remarks: [] }
  const told = { ...context, language: language.tag }
  const remarks = (yield* remarkSteps(within.raw, told)).map((remark) => ({
    ...remark,
    ...spoken(rules, within, normalisedRange(within, remark.start, remark.end)),
  }))
  const passages = (yield* passageSteps(within, published, told)).map((passage) =>
    passage.voice === 'quote' ? { ...passage, ...spoken(rules, within, passage) } : passage,
  )
  return { language, passages, remarks }
}

function spoken(
  rules: Language,
  within: NormalisedText,
  { start, end }: TextRange,
): TextRange & { text: string } {
  const own = rules.spokenRange(within.text.slice(start, end))
  const place = { start: start + own.start, end: start + own.end }
  const raw = rawRange(within, place.start, place.end)
  return { ...place, text: within.raw.slice(raw.start, raw.end) }
}

export const overlaps = (a: TextRange, b: TextRange): boolean => a.start < b.end && b.start < a.end

/** What of the suggestions is neither marked nor left; a repetition comes with the passage and the mark it repeats. */
export function openSuggestions(
  { marks, ignored = [] }: Pick<CaptureDraft, 'marks' | 'ignored'>,
  { passages, remarks }: Pick<Suggested, 'passages' | 'remarks'>,
) {
  const taken = [...marks, ...ignored]
  const isOpen = (range: TextRange) => !taken.some((other) => overlaps(other, range))
  const withOriginal = (passage: Passage) => {
    const lead = passage.repeats === undefined ? undefined : passages[passage.repeats]
    const original = lead && marks.find((mark) => mark.kind === 'forecast' && overlaps(mark, lead))
    return { ...passage, lead, original: original?.id ?? null }
  }
  return { passages: passages.filter(isOpen).map(withOriginal), remarks: remarks.filter(isOpen) }
}
export type OpenSuggestions = ReturnType<typeof openSuggestions>

/** Every suggested repetition of something marked, and every remark that looks untestable. */
export const acceptable = ({ passages, remarks }: OpenSuggestions) => ({
  duplicates: passages
    .flatMap(({ original, ...passage }) => (original === null ? [] : [{ passage, original }]))
    .slice(0, MOST_SHOWN),
  remarks: remarks.slice(0, MOST_SHOWN),
})
