import { VERSION } from '../build.ts'
import { canonicalJson } from '../log/canonical-json.ts'
import { fromUtf8 } from '../log/encoding.ts'
import type { ReadPublished } from '../log/published.ts'
import type { Database } from '../store/database.ts'
import { readReceipt } from '../store/documents/track-record.ts'
import { listAnalysts } from '../store/nouns.ts'
import type { Findings } from '../store/verify/finding.ts'
import { plural } from './table.ts'

const MOST_BYTES = 10_000_000
/** So many records are compared: a ledger is asked for each. */
const MOST_RECORDS = 200
const A_PAGE = 50
/** Units come in pages; more of them than this has nobody. */
const MOST_PAGES = 1_000

/** What a page of a receipt says (docs/api.md), as far as it is compared. */
type Page = {
  entry: number
  as_of: string
  made_by: { version: string }
  view: string
  figures: unknown
  tests: unknown
  units: unknown[]
  next_cursor: string | null
}

/**
 * Holds the published track records against those that the entries give, and answers what was done in a sentence.
 * A ledger that has moved on is asked for its record as of the last entry that was read.
 */
export async function comparedRecords(
  read: ReadPublished,
  scratch: Database,
  size: number,
  findings: Findings,
): Promise<string> {
  let compared = 0
  let others = 0
  const analysts = await analystsOf(scratch)
  for (const id of analysts.slice(0, MOST_RECORDS)) {
    const published = await publishedReceipt(read, id, size)
    if (published === null || published.made_by.version !== VERSION) {
      others++
      continue
    }
    compared++
    const own = await readReceipt(scratch, id, { now: new Date(published.as_of) })
    if (said(own) !== said(published))
      findings.add(
        null,
        'record',
        `The track record of ${id} that is published is not the one that the entries give.`,
        'ask',
      )
  }
  const all = `${plural(compared, 'published track record')} of ${analysts.length} held against the entries.`
  return others === 0
    ? all
    : `${all} ${others} could not be: made by another version, moved on meanwhile, or not published.`
}

/** What has to be equal, in the one text of its JSON. */
const said = (receipt: Pick<Page, 'view' | 'figures' | 'tests' | 'units'> | null): string =>
  receipt === null
    ? ''
    : canonicalJson(
        JSON.parse(
          JSON.stringify({
            view: receipt.view,
            figures: receipt.figures,
            tests: receipt.tests,
            units: receipt.units,
          }),
        ),
      )

async function analystsOf(db: Database): Promise<string[]> {
  const ids: string[] = []
  for (let after: [string, string] | undefined; ; ) {
    const { items, next } = await listAnalysts(db, {}, { limit: A_PAGE, after })
    ids.push(...items.map(({ record }) => record.id))
    if (next === null) return ids
    after = next
  }
}

async function publishedReceipt(read: ReadPublished, id: string, size: number): Promise<Page | null> {
  const path = `analysts/${encodeURIComponent(id)}/track-record/receipt?limit=${A_PAGE}`
  const now = await pagesOf(read, path)
  if (now?.entry === size - 1) return now
  const then = await pagesOf(read, `${path}&as_of=${size - 1}`)
  return then?.entry === size - 1 ? then : null
}

async function pagesOf(read: ReadPublished, path: string): Promise<Page | null> {
  const first = await pageAt(read, path)
  if (first === null) return null
  const units = [...first.units]
  let { next_cursor } = first
  for (let n = 1; next_cursor !== null && n < MOST_PAGES; n++) {
    const page = await pageAt(read, `${path}&cursor=${encodeURIComponent(next_cursor)}`)
    if (page === null || page.entry !== first.entry) return null
    units.push(...page.units)
    next_cursor = page.next_cursor
  }
  return { ...first, units }
}

async function pageAt(read: ReadPublished, path: string): Promise<Page | null> {
  const bytes = await read(path, MOST_BYTES)
  try {
    const page = JSON.parse((bytes === null ? null : fromUtf8(bytes)) ?? 'null') as Page | null
    return page !== null && Array.isArray(page.units) && typeof page.as_of === 'string' ? page : null
  } catch {
    return null
  }
}
