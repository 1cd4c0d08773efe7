import type { CaptureDraft } from '../core/capture.ts'
import { type NormalisedText, normalisedRange, type TextRange } from '../core/normalised-text.ts'
import type { Steps } from '../core/steps.ts'
import { spokenIn } from '../reading/attribution.ts'
import type { Language } from '../reading/grammar/language.ts'
import { languageOf, rulesOf, type TextLanguage } from '../reading/languages.ts'
import type { ReadingContext } from '../reading/own-lexicon.ts'
import { type Passage, passageSteps } from '../reading/passage.ts'
import { type Quotation, quotationsIn } from '../reading/quotation.ts'
import { type Remark, remarkSteps } from '../reading/remark.ts'
import { turnsIn } from '../reading/turn.ts'

/** Beyond this nobody waits for suggestions with every save. */
const LONGEST_READ = 100_000

/** So many suggestions are offered at a time; the next ones follow when these are dealt with. */
export const MOST_SHOWN = 60

export type Suggested = {
  /** What the text is in; where that is not read, nothing is suggested. */
  language: TextLanguage
  passages: readonly (Passage & { exact?: string })[]
  remarks: readonly (Remark & { exact?: string })[]
}

/** Where what is proposed stands, how it reads, and its words as a quote where something is left out between them. */
type Proposed = TextRange & { text: string; exact?: string }

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
  const quotations = quotationsIn(within.raw)
  const isTranscript = turnsIn(within.raw).length > 0
  const own = <T extends TextRange>(found: T, raw: TextRange): T & Proposed => ({
    ...found,
    ...spoken(rules, within, isTranscript ? [] : quotations, raw),
  })
  const remarks = (yield* remarkSteps(within.raw, told)).map((remark) => own(remark, remark))
  const passages = (yield* passageSteps(within, published, told)).map((passage) =>
    passage.voice === 'quote' ? own(passage, passage.raw) : passage,
  )
  return { language, passages, remarks }
}

/** The words of the speaker: within the quotation marks, without what the reporter says between them. */
function spoken(
  rules: Language,
  within: NormalisedText,
  quotations: readonly Quotation[],
  whole: TextRange,
): Proposed {
  const parts = (spokenIn(within.raw, quotations, whole) ?? [whole]).map((part) => {
    const own = rules.spokenRange?.(within.raw.slice(part.start, part.end))
    return own === undefined ? part : { start: part.start + own.start, end: part.start + own.end }
  })
  const raw = { start: parts[0]?.start ?? whole.start, end: parts.at(-1)?.end ?? whole.end }
  const texts = parts.map(({ start, end }) => within.raw.slice(start, end))
  return {
    ...normalisedRange(within, raw.start, raw.end),
    text: texts.join(' […] '),
    ...(parts.length > 1 ? { exact: texts.join(' […] ') } : {}),
  }
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
