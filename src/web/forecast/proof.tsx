import * as paths from '../../http/paths.ts'
import { assetOf } from '../ui/asset.ts'
import type { PageContext } from '../ui/page.ts'

/** The entries that a forecast is made of: what was said, the question, the reading. */
export type Entries = { statement: number; question: number; forecast: number }

/** Receipts of the entries, and with script a button that verifies them where the reader is. */
export function Proof({ entries, context }: { entries: Entries; context: PageContext }) {
  const { host } = context
  if (host.asOf !== undefined) return null
  const listed = [
    { seq: entries.statement, what: 'what was said' },
    { seq: entries.question, what: 'the question' },
    { seq: entries.forecast, what: 'our reading' },
  ]
  return (
    <section id="proof" class="proof" aria-labelledby="proof-title">
      <h2 id="proof-title">Check it yourself</h2>
      <p>
        This page is made of entries of a <a href={paths.log()}>log that can be checked</a>. Receipts:{' '}
        {listed.map(({ seq, what }, at) => (
          <>
            {at === 0 ? null : ', '}
            <a href={paths.api.entryReceipt(seq)}>
              {what} (entry {seq.toLocaleString('en')})
            </a>
          </>
        ))}
        .
      </p>
      {host.assets === undefined ? null : (
        <button
          type="button"
          class="quiet"
          data-check={assetOf(host, 'check.js')}
          data-entries={JSON.stringify(listed)}
          aria-controls="checked"
        >
          Check these entries in your browser
        </button>
      )}
      <div id="checked" class="checked" role="status" />
    </section>
  )
}
