import { KEPT_DAYS, OLD_AFTER_DAYS } from '../../core/capture.ts'
import * as paths from '../../http/paths.ts'
import { type CaptureFilter, type CaptureItem, countCaptures, listCaptures } from '../../store/captures.ts'
import type { Database } from '../../store/database.ts'
import { Day, Instant } from '../ui/date.tsx'
import { counted } from '../ui/number.ts'
import type { PageContext } from '../ui/page.ts'

const SHOWN = 50
const DAY_MS = 86_400_000
const PLACE = /^(\d{4}-\d{2}-\d{2}T[\d:.]{12}Z)_([a-z0-9]{1,40})$/u

type Part = { title: string; id: string; filter: CaptureFilter; search: Record<string, string> }

/** What is not logged yet: one's own first, then those of others; of each the latest, with a way to the rest. */
export async function Unfinished({ context }: { context: PageContext }) {
  const { viewer, host, url } = context
  const { db } = host.ledger
  if (viewer === null) return null
  const holders = await countCaptures(db)
  const place = PLACE.exec(url.searchParams.get('after') ?? '')
  const after = place === null ? undefined : ([place[1], place[2]] as [string, string])
  const parts = partsOf(url, viewer.member, holders)
  const drawn = await Promise.all(parts.map((part) => List({ db, part, after, now: context.now })))
  if (holders.length === 0) return null
  return (
    <>
      <h2 id="unfinished">Not logged yet</h2>
      {holders.length < 2 ? null : (
        <ul class="chips" aria-label="Whose captures">
          {holders.map(({ member, name, n }) => (
            <li>
              <a
                class="chip"
                href={`${paths.captures({ member })}#unfinished`}
                aria-current={url.searchParams.get('member') === member ? 'true' : undefined}
              >
                <bdi>{name ?? 'Somebody'}</bdi> <span class="n">{n.toLocaleString('en')}</span>
              </a>
            </li>
          ))}
        </ul>
      )}
      {drawn}
      <p class="small soft">
        Whoever saves a capture last has it. One that nobody saves for {KEPT_DAYS} days is thrown away.
      </p>
    </>
  )
}

function partsOf(url: URL, me: string, holders: readonly { member: string; name: string | null }[]): Part[] {
  const asked = url.searchParams.get('member')
  const holder = holders.find(({ member }) => member === asked)
  const own = {
    title: 'Yours',
    id: 'part',
    filter: { member: me },
    search: { member: me },
  }
  const others = { title: 'Of others', id: 'others', filter: { but: me }, search: { of: 'others' } }
  if (holder !== undefined && holder.member !== me)
    return [
      {
        title: `Of ${holder.name ?? 'somebody'}`,
        id: 'part',
        filter: { member: holder.member },
        search: { member: holder.member },
      },
    ]
  if (holder !== undefined) return [own]
  return url.searchParams.get('of') === 'others' ? [others] : [own, others]
}

type ListProps = { db: Database; part: Part; after: [string, string] | undefined; now: Date }

async function List({ db, part: { title, id, filter, search }, after, now }: ListProps) {
  const { items, next } = await listCaptures(db, filter, { limit: SHOWN, after })
  if (items.length === 0 && after === undefined) return null
  return (
    <section aria-labelledby={id}>
      <h3 id={id}>
        <bdi>{title}</bdi>
      </h3>
      {items.length === 0 ? <p>Nothing more.</p> : null}
      <ul class="unfinished">
        {items.map((item) => (
          <li>
            <a href={paths.capture(item.id)}>
              <bdi>{item.title === '' ? 'Without a title' : item.title}</bdi>
            </a>
            <p class="small soft tight">
              {counted(item.marks, 'passage')} marked · saved by <bdi>{item.member_name ?? 'somebody'}</bdi>,{' '}
              <Instant at={new Date(item.updated_at)} />
            </p>
            <Old item={item} now={now} />
          </li>
        ))}
      </ul>
      {next === null ? null : (
        <p class="pages">
          <a href={`${paths.captures({ ...search, after: next.join('_') })}#${id}`}>Earlier captures</a>
        </p>
      )}
    </section>
  )
}

function Old({ item, now }: { item: CaptureItem; now: Date }) {
  const saved = Date.parse(item.updated_at)
  if (now.getTime() - saved < OLD_AFTER_DAYS * DAY_MS) return null
  const until = new Date(saved + KEPT_DAYS * DAY_MS).toISOString().slice(0, 10)
  return (
    <p class="small vague tight">
      Nobody has saved it for {OLD_AFTER_DAYS} days. It is kept until <Day day={until} /> at least: log it,
      save it, or throw it away.
    </p>
  )
}
