import * as paths from '../../http/paths.ts'
import type { QuoteCheck, readRechecks } from '../../store/rechecks.ts'
import { Instant } from '../ui/date.tsx'
import { ExternalLink } from '../ui/link.tsx'
import { counted } from '../ui/number.ts'
import { Original } from '../ui/original.tsx'

type Rechecked = Awaited<ReturnType<typeof readRechecks>>[number]

const SHOWN = 20
const SAYS = { changed: 'changed', vanished: 'gone' } as const

/** Quotes that no longer stand at their source as they were taken from it, by the last `reckon recheck`. */
export function QuoteChanges({ rechecks }: { rechecks: readonly Rechecked[] }) {
  const changed = rechecks.filter(({ state }) => state === 'changed' || state === 'vanished')
  const unreachable = rechecks.filter(({ state }) => state === 'unreachable')
  if (changed.length + unreachable.length === 0) return null
  return (
    <section>
      <h2>
        Changed at the source <span class="soft">{changed.length}</span>
      </h2>
      <p class="soft tight">
        What the page says now is not what was quoted. The ledger keeps the quote; an archived copy settles
        what stood there.
      </p>
      <div class="tasks">
        {changed.slice(0, SHOWN).map((recheck) => (
          <Changed recheck={recheck} />
        ))}
      </div>
      {changed.length > SHOWN ? <p>And {changed.length - SHOWN} more sources.</p> : null}
      {unreachable.length === 0 ? null : (
        <details>
          <summary>{counted(unreachable.length, 'source')} could not be read</summary>
          <ul>
            {unreachable.slice(0, 100).map(({ source, title, language, because }) => (
              <li>
                <a href={paths.source(source)}>
                  <Original language={language}>{title}</Original>
                </a>
                {because === undefined ? null : <span class="soft">: {because}</span>}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}

const Changed = ({ recheck: { source, title, language, url, at, quotes } }: { recheck: Rechecked }) => (
  <article class="card task">
    <h3>
      <a class="plain" href={paths.source(source)}>
        <Original language={language}>{title}</Original>
      </a>
    </h3>
    <p class="byline">
      <ExternalLink href={url} /> · looked at on <Instant at={at} />
    </p>
    <ul class="plain-list">
      {quotes
        .filter(({ state }) => state !== 'found')
        .map((quote) => (
          <QuoteChange quote={quote} language={language} />
        ))}
    </ul>
  </article>
)

type ChangeProps = { quote: QuoteCheck; language: string | undefined }

const QuoteChange = ({ quote: { state, exact, nearest }, language }: ChangeProps) => (
  <li>
    <span class="label">{state === 'found' ? 'found' : SAYS[state]}</span>{' '}
    <Original language={language}>{exact}</Original>
    {nearest === undefined ? null : (
      <p class="small soft tight">
        Now: <Original language={language}>{nearest}</Original>
      </p>
    )}
  </li>
)
