import type { Child } from 'hono/jsx'
import type { Verdict } from '../../core/verdict.ts'
import * as paths from '../../http/paths.ts'
import { readLedger } from '../../store/documents/ledger.ts'
import type { Counts } from '../../store/forecast-counts.ts'
import type { ForecastItem } from '../../store/forecasts.ts'
import { CheckableBar, type Share } from '../charts/checkable-bar.tsx'
import { askedFor } from '../ledger/filters.tsx'
import { filterOf, readQuery, sortingOf } from '../ledger/query.ts'
import { claimTitle } from '../ui/claim-title.ts'
import { counted } from '../ui/number.ts'
import type { PageHandler } from '../ui/page.ts'
import { itemVerdictText, verdictOfItem } from '../ui/verdict-mark.tsx'
import { figurePart } from './chart.tsx'
import { parsed, words } from './markup.ts'
import { block, CANNOT, type Desk, drawable, FLOOR, type Part, picture, TONES } from './picture.tsx'

/** `/cards/ledger.png`: what the ledger is narrowed by, how many forecasts that leaves, what became of them, the latest. */
export const ledgerCard: PageHandler = async (context) => {
  const { host, now, head, url } = context
  const query = readQuery(url)
  const filter = filterOf(query)
  const { page, counts, analyst } = await readLedger(
    host.ledger.db,
    { filter, sorting: sortingOf(query), page: 1, grouped: false },
    { now, seq: head.seq },
  )
  const asked = askedFor({ query, analyst: analyst?.record.name ?? query.analyst })
  return picture(context, {
    subject: asked.length === 0 ? '' : 'What was predicted, and what happened',
    address: paths.ledger() + url.search,
    draw: (desk) => (
      <LedgerDrawn
        desk={desk}
        narrowed={asked.map(([, said]) => plain(said)).join(' · ')}
        counts={counts}
        bar={query.verdict === undefined}
        items={page.items}
        now={now}
      />
    ),
  })
}

const plain = (said: Child) => words(parsed(String(<p>{said}</p>)))

const SHARES: readonly [Verdict['kind'], Share['kind'], string][] = [
  ['came_true', 'came-true', 'came true'],
  ['did_not', 'did-not', 'did not'],
  ['said', 'neither', 'decided, but no claim of yes or no'],
  ['too_vague', 'vague', 'too vague to be wrong'],
  ['no_result', 'rest', 'no result'],
  ['open', 'rest', 'not decided yet'],
]

function sharesOf({ verdict }: Counts): Share[] {
  const n = new Map(verdict.map((choice) => [choice.value, choice.n]))
  return SHARES.map(([value, kind, label]) => ({ kind, label, n: n.get(value) ?? 0 }))
}

type DrawnProps = {
  desk: Desk
  narrowed: string
  counts: Counts
  bar: boolean
  items: readonly ForecastItem[]
  now: Date
}

function LedgerDrawn({ desk, narrowed, counts, bar, items, now }: DrawnProps) {
  const { type } = desk
  const heading = narrowed === '' ? 'What was predicted, and what happened' : narrowed
  const title = drawable(desk, heading, 'serif', `A search ${CANNOT}`)
  const head = block(
    type,
    title,
    96,
    [
      [48, 1],
      [40, 2],
      [32, 3],
    ],
    { style: 'serif', leading: 1.2 },
  )
  const many = block(
    type,
    counts.all === 0 ? 'No forecast fits.' : `${counted(counts.all, 'forecast')}:`,
    head.end + 8,
    [[28, 1]],
  )
  const chart = bar && counts.all > 0 ? barPart(desk, counts, many.end + 8) : null
  const lines = claimLines(desk, items, (chart ?? many).end + 10, now)
  return (
    <>
      {head.drawn}
      {many.drawn}
      {chart?.drawn ?? null}
      {lines}
    </>
  )
}

const BAR_ROOM = 150

function barPart(desk: Desk, counts: Counts, top: number): Part {
  const bar = <CheckableBar id="verdicts" title="What became of them" shares={sharesOf(counts)} />
  return figurePart(desk, parsed(String(bar)), top, top + BAR_ROOM)
}

/** The first of the list, as many as there is room for, each whole. */
function claimLines(desk: Desk, items: readonly ForecastItem[], top: number, now: Date): Child[] {
  const { type } = desk
  const drawn: Child[] = []
  let y = top
  for (const item of items) {
    const verdict = drawable(desk, itemVerdictText(item, now), 'bold', `What became of it is ${CANNOT}`)
    const said = drawable(desk, claimTitle(item), 'serif', `Words ${CANNOT}`)
    const told = block(type, verdict, y, [[20, 1]], {
      style: 'bold',
      colour: TONES[verdictOfItem(item).kind],
    })
    const claim = block(
      type,
      said,
      told.end,
      [
        [23, 2],
        [20, 2],
      ],
      { style: 'serif' },
    )
    if (claim.end > FLOOR) break
    drawn.push(told.drawn, claim.drawn)
    y = claim.end + 10
  }
  return drawn
}
