import type { Article } from '../../core/capture.ts'
import { LedgerError } from '../../core/error.ts'
import { type NormalisedText, normalise } from '../../core/normalised-text.ts'
import { textHash } from '../../log/entry.ts'
import { locateQuote } from '../../reading/quote.ts'
import { noteRecheck } from '../../store/notices.ts'
import { keepRecheck, type QuoteCheck, type Recheck, type readQuotedSources } from '../../store/rechecks.ts'
import type { Ledger } from '../ledger.ts'

type QuotedSource = Awaited<ReturnType<typeof readQuotedSources>>[number]

/**
 * Reads the page of a source again and looks for every quote that was taken from it. What was found is kept
 * privately, in the place of the last time; the ledger says nothing else than before.
 */
export async function recheckSource(
  ledger: Pick<Ledger, 'db'>,
  source: QuotedSource,
  fetchPage: (url: string) => Promise<Article>,
  now: Date,
): Promise<Recheck> {
  const recheck = {
    source: source.id,
    at: now.toISOString(),
    url: source.url,
    ...(await looked(source, fetchPage)),
  }
  const differs = recheck.quotes.filter(({ state }) => state !== 'found')
  const told = differs.map(({ statement, state, nearest }) => [statement, state, nearest ?? ''])
  await ledger.db.write([
    keepRecheck(recheck),
    ...(told.length === 0 ? [] : [noteRecheck(source.id, recheck.at, textHash(JSON.stringify(told)))]),
  ])
  return recheck
}

async function looked(
  { url, statements }: QuotedSource,
  fetchPage: (url: string) => Promise<Article>,
): Promise<Pick<Recheck, 'state' | 'quotes' | 'because'>> {
  try {
    const { text, left_out } = await fetchPage(url)
    // An editor may have taken in what the article leaves out.
    const within = normalise([text, ...left_out.map((part) => part.text)].join('\n\n'))
    const quotes = statements.map((statement) => checkOf(within, statement))
    const states = quotes.map(({ state }) => state)
    return {
      state: states.includes('vanished') ? 'vanished' : states.includes('changed') ? 'changed' : 'found',
      quotes,
    }
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error
    return { state: 'unreachable', quotes: [], because: error.problems[0]?.message ?? error.message }
  }
}

/** Whether a quote stands in a text; what stands around it may have changed. */
export function isQuotedIn(within: NormalisedText, { quote }: QuotedSource['statements'][number]): boolean {
  const located = locateQuote(within, quote)
  return located.state !== 'missing' || located.why === 'context'
}

function checkOf(within: NormalisedText, { id, quote }: QuotedSource['statements'][number]): QuoteCheck {
  const said = { statement: id, exact: quote.exact }
  const located = locateQuote(within, quote)
  // With the words there, what stands around them may have changed.
  if (located.state !== 'missing' || located.why === 'context') return { ...said, state: 'found' }
  const { nearest } = located
  if (nearest === null) return { ...said, state: 'vanished' }
  return { ...said, state: 'changed', nearest: nearest.text, similarity: nearest.similarity }
}
