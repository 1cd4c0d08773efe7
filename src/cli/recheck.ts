import type { Article } from '../core/capture.ts'
import { notFound } from '../core/error.ts'
import { recheckSource } from '../ledger/source/recheck-source.ts'
import { type Recheck, readQuotedSources } from '../store/rechecks.ts'
import type { Command } from './command.ts'
import { withLedger } from './open-ledger.ts'
import { plural } from './table.ts'
import { harmless, styled, type Terminal } from './terminal.ts'

/** The command with its way to the web, so that tests can put another in its place. */
export const recheckThrough = (fetchPage: (url: string) => Promise<Article>): Command => ({
  name: 'recheck',
  summary: 'fetch sources again and say which quotes changed or vanished',
  operands: { shown: '[SOURCE…]', least: 0, most: 10_000 },
  about: [
    'Fetches the page of each source that has an address, or only of those named, and looks for every quote that was taken from it. A quote is found, changed (with what stands there now), or vanished; a page that cannot be read is unreachable.',
    'What was found is kept privately for the due inbox. Nothing in the ledger changes: the words stay as they were logged.',
  ].join('\n'),
  examples: [
    ['reckon recheck', 'Every source with an address.'],
    ['reckon recheck 2024-04-alphanews-kalachev', 'One of them.'],
  ],
  problems: 'a quote has changed or vanished',
  run: (context, given) =>
    withLedger(context, async ({ ledger }) => {
      const named = given.positionals
      const sources = await readQuotedSources(ledger.db, named.length === 0 ? null : named)
      const unknown = named.find((id) => !sources.some((source) => source.id === id))
      if (unknown !== undefined) throw notFound('source with an address', unknown)
      const show = context.progress('Fetching sources')
      const rechecks: Recheck[] = []
      for (const [i, source] of sources.entries()) {
        rechecks.push(await recheckSource(ledger, source, fetchPage, context.now()))
        show(i + 1, sources.length)
      }
      const differs = rechecks.some(({ state }) => state === 'changed' || state === 'vanished')
      return { text: textOf(context.terminal, rechecks), json: { sources: rechecks }, exit: differs ? 1 : 0 }
    }),
})

export const recheck = recheckThrough(async (url) =>
  (await import('../node/page-fetch.ts')).fetchArticle(url),
)

const STYLES = { found: 'green', changed: 'yellow', vanished: 'red', unreachable: 'dim' } as const

function textOf(terminal: Terminal, rechecks: readonly Recheck[]): string {
  if (rechecks.length === 0) return 'No source has an address to look at.'
  const lines = rechecks.flatMap(({ source, state, quotes, because }) => [
    `${styled(terminal, STYLES[state], state)} ${harmless(source)}${because === undefined ? `: ${plural(quotes.length, 'quote')}` : `: the page ${harmless(because)}`}`,
    ...quotes
      .filter((quote) => quote.state !== 'found')
      .flatMap(({ statement, exact, state: became, nearest, similarity = 0 }) => [
        `  ${styled(terminal, STYLES[became], became)} ${harmless(statement)}: “${harmless(exact)}”`,
        ...(nearest === undefined
          ? []
          : [`    now (${Math.round(similarity * 100)} % alike): “${harmless(nearest)}”`]),
      ]),
  ])
  const count = (wanted: Recheck['state']) => rechecks.filter(({ state }) => state === wanted).length
  const parts = (['found', 'changed', 'vanished', 'unreachable'] as const).filter((state) => count(state) > 0)
  return [
    ...lines,
    `${plural(rechecks.length, 'source')}: ${parts.map((state) => `${count(state)} ${state}`).join(', ')}.`,
  ].join('\n')
}
