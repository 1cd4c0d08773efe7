import type { FileStatement } from '../core/predictions-file.ts'
import { normalise } from '../reading/normalised-text.ts'
import { locateQuote, MOST_PARTS } from '../reading/quote.ts'
import { type Finding, shown } from './finding.ts'
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

function problemOf(
  text: ReturnType<typeof normalise>,
  quote: { exact: string; prefix?: string | undefined; suffix?: string | undefined },
): What | null {
  const located = locateQuote(text, quote)
  if (located.state === 'found') return null
  if (located.state === 'ambiguous') {
    const [first] = located.places
    return {
      code: 'quote_ambiguous',
      message: `the quote stands in the text ${located.count} times`,
      remedy: `Tell the places apart: {exact: …, prefix: …, suffix: …}. One stands after ${shown(first?.prefix ?? '')}.`,
    }
  }
  const reason = {
    empty: 'the quote has no words',
    parts: `the quote leaves out more than ${MOST_PARTS - 1} passages`,
    text: `the text does not have the words ${shown(located.part)}`,
    order: 'the parts of the quote do not follow each other within reach',
    context: 'the words are in the text, but not after this prefix and before this suffix',
  }[located.why]
  const { nearest } = located
  return {
    code: 'quote_not_found',
    message: reason,
    remedy:
      nearest === null
        ? 'Copy the words from the text; mark what is left out with […].'
        : `Copy the words from the text. The nearest are ${shown(nearest.text)}.`,
  }
}
