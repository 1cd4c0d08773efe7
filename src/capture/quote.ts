import type { Mark } from '../core/capture.ts'
import type { Problem } from '../core/error.ts'
import { Quote } from '../core/statement.ts'
import { type NormalisedText, normalisedText } from '../reading/normalised-text.ts'
import { locateQuote, MOST_PARTS, quoteOf } from '../reading/quote.ts'
import { readDraft } from './draft.ts'

const OMISSION = /\[(?:…|\.\.\.)\]/u

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
  if (words === '' || words === passage.exact)
    return readDraft(Quote, selector(passage.exact, passage), at, problems)
  const shown = passage.exact.length > 160 ? `${passage.exact.slice(0, 157)}…` : passage.exact
  if (!OMISSION.test(words)) return no('/exact', `is not what stands here: “${shown}”`)
  const located = locateQuote(passage.exact, { exact: words })
  if (located.state === 'missing' && located.why === 'parts')
    return no('/exact', `leaves out more than ${MOST_PARTS - 1} passages: mark less at once`)
  if (located.state !== 'found')
    return no('/exact', `does not fit what stands here, but for what […] leaves out: “${shown}”`)
  const whole = quoteOf(within, passage.start + located.start, passage.start + located.end)
  return readDraft(Quote, selector(words, whole), at, problems)
}

/** Blank context, at the ends of a text, is none. */
const selector = (exact: string, { prefix, suffix }: { prefix: string; suffix: string }) => ({
  exact,
  ...(prefix === '' ? {} : { prefix }),
  ...(suffix === '' ? {} : { suffix }),
})
