import type { Host } from '../http/host.ts'
import type { RecordDocument } from '../store/documents/track-record.ts'
import { MOST } from '../store/lookups.ts'
import { cursorOf, NamePlace, placeOf } from './cursor.ts'
import type { Asked } from './route.ts'
import { Cursor, Limit } from './route.ts'

/** How a document asks for one page of its list. */
export const PageQuery = { limit: Limit.optional(), cursor: Cursor.optional() }
type Page = { limit?: number | undefined; cursor?: string | undefined }

type Key = readonly [string, string]
const isAfter = (key: Key, place: Key) => key[0] > place[0] || (key[0] === place[0] && key[1] > place[1])

/** One page of a list that was made whole, in the order of its keys. */
export function pageOf<T>(
  list: string,
  all: readonly T[],
  keyOf: (item: T) => Key,
  { limit = MOST, cursor }: Page,
): { items: T[]; next_cursor: string | null } {
  const place = cursor === undefined ? undefined : placeOf(list, NamePlace, cursor)
  const first = place === undefined ? 0 : all.findIndex((item) => isAfter(keyOf(item), place))
  const items = first === -1 ? [] : all.slice(first, first + limit)
  const last = items.at(-1)
  const isLast = last === undefined || last === all.at(-1)
  return { items, next_cursor: isLast ? null : cursorOf(list, [...keyOf(last)]) }
}

type Kept = { key: string; document: RecordDocument }
const kept = new WeakMap<Host, Kept[]>()
const MOST_LINES = 150_000
const MOST_DOCUMENTS = 20

/** The latest ones, the newest first, as long as there is room; the newest always. */
function keep(host: Host, made: Kept): void {
  let lines = 0
  const latest = [made, ...(kept.get(host) ?? [])].filter(({ document }, i) => {
    lines += document.forecasts.length
    return i === 0 || (i < MOST_DOCUMENTS && lines <= MOST_LINES)
  })
  kept.set(host, latest)
}

/**
 * A scorecard with one page of its forecasts. Every page is of one scorecard, which is computed once: until the head
 * moves or a quarter-hour passes it is kept for whoever asks for the next page.
 */
export async function scorecardPage(
  { host, head }: Pick<Asked, 'host' | 'head'>,
  [list, id, filter, now]: readonly [list: string, id: string, filter: object, now: Date],
  page: Page,
  make: () => Promise<RecordDocument>,
) {
  const { seq } = await head()
  const key = JSON.stringify([list, id, filter, now, seq])
  const known = kept.get(host)?.find((held) => held.key === key)
  const document = known?.document ?? (await make())
  if (known === undefined) keep(host, { key, document })
  const { items, next_cursor } = pageOf(list, document.forecasts, (line) => [line.said_on, line.id], page)
  return { ...document, forecasts: items, next_cursor }
}
