import * as paths from '../../http/paths.ts'
import { ON_A_PAGE } from '../../store/documents/ledger.ts'
import { type LedgerQuery, searchWith } from './query.ts'

type PagerProps = { query: LedgerQuery; all: number; head: number }

export const pagesOf = (all: number): number => Math.max(1, Math.ceil(all / ON_A_PAGE))

/** Where a page of this list is. From the second on the address says up to which entry, so that none moves on. */
const pageAt = (query: LedgerQuery, page: number, head: number) =>
  paths.ledger(
    page === 1 && query.upto === undefined
      ? searchWith(query)
      : searchWith(query, { page: page === 1 ? undefined : page, upto: query.upto ?? head }),
  )

/** The pages near this one, the first and the last; 0 where some are left out. */
export function pagesNear(page: number, last: number): number[] {
  const near = [1, page - 2, page - 1, page, page + 1, page + 2, last].filter((n) => n >= 1 && n <= last)
  const shown = [...new Set(near)].sort((a, b) => a - b)
  return shown.flatMap((n, i) => {
    const gap = n - (shown[i - 1] ?? n - 1)
    return gap === 1 ? [n] : gap === 2 ? [n - 1, n] : [0, n]
  })
}

/** The other pages of a list, by number. */
export function Pager({ query, all, head }: PagerProps) {
  const { page = 1 } = query
  const last = pagesOf(all)
  if (last === 1) return null
  const step = (to: number, rel: 'prev' | 'next', words: string) =>
    to < 1 || to > last ? null : (
      <a href={pageAt(query, to, head)} rel={rel}>
        {words}
      </a>
    )
  return (
    <nav class="pages" aria-label="Pages">
      {step(page - 1, 'prev', 'Previous')}
      <ol class="plain-list">
        {pagesNear(page, last).map((n) => (
          <li>
            {n === 0 ? (
              '…'
            ) : (
              <a
                href={pageAt(query, n, head)}
                aria-current={n === page ? 'page' : undefined}
                aria-label={`Page ${n}`}
              >
                {n.toLocaleString('en')}
              </a>
            )}
          </li>
        ))}
      </ol>
      {step(page + 1, 'next', 'Next')}
      {last < 8 ? null : (
        <form action={paths.ledger()} method="get" class="jump">
          <Hidden search={searchWith(query, { upto: query.upto ?? head })} />
          <label>
            Page{' '}
            <input name="page" inputmode="numeric" pattern="[0-9]+" size={5} required value={String(page)} />
          </label>{' '}
          of {last.toLocaleString('en')} <button type="submit">Go</button>
        </form>
      )}
    </nav>
  )
}

/** What an address says, kept by a form that adds to it. */
export const Hidden = ({ search }: { search: Readonly<Record<string, string | number | undefined>> }) => (
  <>
    {Object.entries(search).map(([name, value]) =>
      value === undefined ? null : <input type="hidden" name={name} value={String(value)} />,
    )}
  </>
)
