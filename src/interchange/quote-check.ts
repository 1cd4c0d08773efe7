import { type NormalisedText, normalise } from '../core/normalised-text.ts'
import type { FileStatement } from '../core/predictions-file.ts'
import type { QuoteSelector } from '../reading/located-quote.ts'
import { locateQuote } from '../reading/quote.ts'
import { quoteProblem } from '../reading/quote-problem.ts'
import { about, type Finding } from './finding.ts'
import type { Item } from './folder-files.ts'
import type { What } from './yaml-document.ts'

/** Every quote of a source, headlines and paraphrases too, must stand in its text exactly once. */
export function checkQuotes(statements: readonly Item<FileStatement>[], text: string): Finding[] {
  const within = normalise(text)
  return statements.flatMap(({ document, at, value: { quote } }) => {
    const what = problemOf(within, typeof quote === 'string' ? { exact: quote } : quote)
    return what === null ? [] : [document.finding([...at, 'quote'], what)]
  })
}

function problemOf(within: NormalisedText, quote: QuoteSelector): What | null {
  const located = locateQuote(within, quote)
  const problem = quoteProblem(within, quote, located)
  if (problem === null) return null
  const twice = located.state === 'ambiguous'
  return {
    code: twice ? 'quote_ambiguous' : 'quote_not_found',
    message: about('"quote"', problem),
    remedy: twice
      ? 'Tell the places apart: {exact: …, prefix: …, suffix: …}.'
      : 'Copy the words from the text; mark what is left out with […], and what you put in with [ ].',
  }
}
