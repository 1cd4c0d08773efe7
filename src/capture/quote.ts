import type { Mark } from '../core/capture.ts'
import type { Problem } from '../core/error.ts'
import { type NormalisedText, normalisedText } from '../core/normalised-text.ts'
import { Quote } from '../core/statement.ts'
import { locateQuote, quoteOf } from '../reading/quote.ts'
import { clip, cutProblem, quoteProblem } from '../reading/quote-problem.ts'
import { differenceOf } from '../reading/text-difference.ts'
import { readDraft } from './draft.ts'

/** The quote of a mark with as much around it as makes it unique; it must be what stands at its place. */
export function quoteAt(
  within: NormalisedText,
  { start, end, exact = '' }: Mark,
  at: string,
  problems: Problem[],
): Quote | null {
  const no = (pointer: string, message: string) => {
    problems.push({ pointer: at + pointer, message })
    return null
  }
  if (end <= start || end > within.text.length) return no('/end', 'lies outside of the text')
  const passage = quoteOf(within, start, end)
  if (passage.exact === '') return no('', 'holds no words')
  const words = normalisedText(exact)
  if (words === '' || words === passage.exact) {
    const cut = cutProblem(within.text, passage)
    return cut === null ? readDraft(Quote, selector(passage.exact, passage), at, problems) : no('', cut)
  }
  const located = locateQuote(within, { exact: words }, passage)
  if (located.state === 'found') {
    const whole = quoteOf(within, located.start, located.end)
    return readDraft(Quote, selector(located.exact, whole), at, problems)
  }
  const here = `is not what stands here: “${clip(passage.exact)}”`
  if (located.state === 'missing' && located.why === 'text') {
    const difference = differenceOf(passage.exact, located.part)
    return no('/exact', difference === null ? here : `${here}. ${difference}`)
  }
  return no('/exact', quoteProblem(within, { exact: words }, located) ?? here)
}

/** Blank context, at the ends of a text, is none. */
const selector = (exact: string, { prefix, suffix }: { prefix: string; suffix: string }) => ({
  exact,
  ...(prefix === '' ? {} : { prefix }),
  ...(suffix === '' ? {} : { suffix }),
})
