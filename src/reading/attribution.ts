import type { TextRange } from '../core/normalised-text.ts'
import { type Quotation, quotationsAt } from './quotation.ts'

/** The verbs by which a reporter says whose words they are, as one pattern. */
export const SAID = [
  'said|says|say|saying|noted|notes|added|adds|adding|concluded|concludes|commented|comments|told|tells|stressed',
  'stresses|argued|argues|arguing|believes|believed|predicted|predicts|explained|explains|warned|warns|warning',
  'wrote|writes|replied|replies|answered|answers|insisted|insists|stated|states|declared|declares|claimed|claims',
  'remarked|remarks|observed|observes|continued|continues|recalled|admitted|admits|acknowledged|suggested|suggests',
  'tweeted|posted|quipped|responded|responds|thinks|thought|forecast|forecasts|announced|announces|maintains',
  'maintained|cautioned|cautions|emphasi[sz]ed|emphasi[sz]es|reckons|reckoned|went on|asked|asks|agreed|agrees',
  'according to|in the words of|sagte|sagt|сказал[аи]?|говорит|заявил[аи]?|считает|отметил[аи]?|dit|dijo',
].join('|')
const ATTRIBUTES = new RegExp(`(?<!\\p{L})(?:${SAID})(?!\\p{L})`, 'iu')
const ASKED = /\b(?:asked|asks|asking|question(?:ed)?|wondered|inquired|prompted|put to|pressed)\b/iu
const WHAT_WAS_ASKED = /\b(?:asked|pressed|questioned) (?:if|whether|about|when|what|why|how)\b[^,]*,/iu
const MODAL =
  /\b(?:will|won't|would|may|might|could|can|shall|should|must|likely|probabl[ey]|perhaps|expects?|going to)\b|'ll\b/iu

const wordsIn = (text: string): number => text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0

/** Whether what stands outside of the quotations of a sentence only says whose words they are. */
export function isAttributed(text: string, quotations: readonly Quotation[], range: TextRange): boolean {
  const within = quotationsAt(quotations, range)
  const longest = Math.max(
    0,
    ...within.map(({ start, end }) => wordsIn(text.slice(start, Math.min(end, start + 400)))),
  )
  if (longest < 3 || range.end - range.start > 2_000) return false
  let outside = ''
  let at = range.start
  for (const { start, end } of within) {
    outside += text.slice(at, start)
    at = end
  }
  outside += text.slice(at, range.end)
  return ATTRIBUTES.test(outside) && !MODAL.test(outside.replace(WHAT_WAS_ASKED, ''))
}

/** Whether between two quotations somebody only says who goes on. */
function interrupts(before: string, between: string): boolean {
  const words = wordsIn(between)
  if (!/[,;.!?…–—-]\s*$/u.test(before) && !/^["'”’»“‘›]?\s?[,–—-]/u.test(between)) return false
  // "… said the head of “Hentzau”": a name in marks goes on with nothing.
  if (!/[\p{P}\s]$/u.test(between) || /\p{L}\s*$/u.test(between)) return false
  if (words > 16 || /[.!?…]["'”’»]*\s/u.test(between.slice(1))) return false
  return ATTRIBUTES.test(between) || (words <= 4 && /[,–—-]/u.test(between))
}

/**
 * The words of the speaker within a sentence, without its quotation marks and without who said them: one range, or
 * several where the reporter interrupts. What somebody else asked is none of it, nor is the comma before a mark.
 * Null for a sentence without quotation marks. Offsets are into `text`.
 */
export function spokenIn(
  text: string,
  quotations: readonly Quotation[],
  range: TextRange,
): TextRange[] | null {
  const within = quotationsAt(quotations, range)
  if (within.length === 0 || range.end - range.start > 2_000) return null
  const after = (i: number) => text.slice(within[i]?.end ?? range.start, within[i + 1]?.start ?? range.end)
  const isAsked = ({ start, end }: TextRange, i: number) =>
    text.slice(start, end).trimEnd().endsWith('?') && (ASKED.test(after(i - 1)) || ASKED.test(after(i)))
  const asked = within.map(isAsked)
  const runs: TextRange[][] = []
  for (const [i, part] of within.entries()) {
    if (asked[i] === true && !asked.every(Boolean)) continue
    const joins =
      i > 0 && asked[i - 1] !== true && interrupts(text.slice(range.start, within[i - 1]?.end), after(i - 1))
    if (joins) runs.at(-1)?.push(part)
    else runs.push([part])
  }
  const size = (run: readonly TextRange[]) => run.reduce((sum, { start, end }) => sum + end - start, 0)
  const longest = runs.reduce<TextRange[]>((best, run) => (size(run) > size(best) ? run : best), [])
  const parts = longest.map((part) => trimmed(text, part)).filter(({ start, end }) => start < end)
  return parts.length === 0 ? null : parts
}

/** Without the blanks around and the comma that belongs to the sentence of the reporter. */
function trimmed(text: string, { start, end }: TextRange): TextRange {
  const words = text.slice(start, end)
  const from = start + words.length - words.trimStart().length
  return { start: from, end: from + words.trim().replace(/[\s,;]+$/u, '').length }
}
