import { counted } from '../../core/text.ts'
import { cellOf, isObject, itemsOf, type JsonAt, type JsonCell, jsonTable, within } from './json-table.ts'
import { type Meant, type SeenFile, type Tracker, withoutLate } from './tracker.ts'

const isMarket = (value: unknown): boolean =>
  isObject(value) && 'outcomeType' in value && 'createdTime' in value && 'question' in value
const isBet = (value: unknown): boolean =>
  isObject(value) && 'contractId' in value && 'probAfter' in value && 'createdTime' in value

/** The values of a file: those of a list, or it alone. */
const valuesIn = ({ json }: SeenFile, file: number): JsonAt[] => {
  const whole: JsonAt = { value: json, path: [], file }
  return Array.isArray(json) ? itemsOf(whole) : [whole]
}

/** A market with the bets that files hold of it, in the order of time. */
export type ManifoldMarket = { market: JsonAt; bets: JsonAt[] }

const timeOf = ({ value }: JsonAt): number => (isObject(value) ? Number(value.createdTime) : Number.NaN)

/** Bets from the first on: Manifold gives the newest first, which also orders those of one instant. */
const inOrder = (bets: readonly JsonAt[]): JsonAt[] => bets.toReversed().sort((a, b) => timeOf(a) - timeOf(b))

/** Markets of v0 (`/market/:id`, `/markets`) and their bets (`/bets`), or null where a file holds anything else. */
export function marketsIn(files: readonly SeenFile[]): ManifoldMarket[] | null {
  const isTheirs = (value: unknown) => isMarket(value) || isBet(value)
  if (!files.every(({ json }) => isTheirs(Array.isArray(json) ? json[0] : json))) return null
  const values = files.flatMap(valuesIn)
  const markets = values.filter(({ value }) => isMarket(value))
  if (markets.length === 0 || values.some(({ value }) => !isMarket(value) && !isBet(value))) return null
  const bets = values.filter(({ value }) => isBet(value))
  return markets.map((market) => {
    const id = within(market, 'id').value
    const own = bets.filter((bet) => within(bet, 'contractId').value === id)
    return { market, bets: inOrder([...own, ...itemsOf(within(market, 'bets'))]) }
  })
}

const COLUMNS = ['question', 'probability', 'said', 'resolution', 'closeTime', 'resolutionTime'] as const
const MEANT: Meant = {
  columns: {
    probability: 'probability',
    outcome: 'resolution',
    deadline: 'closeTime',
    known_on: 'resolutionTime',
    said: 'said',
    created: 'said',
  },
  title: '{question}',
  outcomes: [
    { value: 'MKT', meaning: 'ambiguous' },
    { value: 'CANCEL', meaning: 'annulled' },
  ],
  says: { yes: 'YES', no: 'NO' },
}

/**
 * What Manifold answers about markets. A price is nobody's words: it is best a reference beside what people said, and a
 * record of its own only under the name that somebody gives it.
 */
export const manifold: Tracker = {
  name: 'JSON of Manifold',
  isLocal: false,
  unnamed:
    'is needed, because a market is nobody: what people said is compared with it by `reckon reference add QUESTION --kind market --from FILE`; for a record of its own, name it',
  knows: (files) => marketsIn(files) !== null,
  read: (files) => {
    const left = { other: 0, ended: 0 }
    const rows: JsonCell[][] = []
    for (const { market, bets } of marketsIn(files) ?? []) {
      const of = (key: string) => within(market, key)
      if (of('outcomeType').value !== 'BINARY') left.other++
      else if (bets.length > 0)
        for (const bet of closingOf(bets))
          rows.push(rowOf(market, within(bet, 'probAfter'), within(bet, 'createdTime')))
      else if (of('isResolved').value === true) left.ended++
      else
        rows.push(
          rowOf(
            market,
            of('probability'),
            of(of('lastBetTime').value == null ? 'createdTime' : 'lastBetTime'),
          ),
        )
    }
    const { table, notes } = withoutLate(jsonTable(files, COLUMNS, rows))
    return {
      table,
      meant: MEANT,
      notes: () => [
        ...(left.other === 0
          ? []
          : [`Left out: ${counted(left.other, 'market')} of another kind than yes or no.`]),
        ...(left.ended === 0
          ? []
          : [
              `Left out: ${counted(left.ended, 'resolved market')} without bets: where it stood at the end is no forecast. Give the file of its bets beside it.`,
            ]),
        ...notes(),
      ],
    }
  },
}

/** Where a market stood at the end of each day of UTC on which somebody bet. */
const closingOf = (bets: readonly JsonAt[]): JsonAt[] =>
  bets.filter((bet, i) => {
    const next = bets[i + 1]
    return next === undefined || Math.floor(timeOf(bet) / DAY_MS) !== Math.floor(timeOf(next) / DAY_MS)
  })
const DAY_MS = 86_400_000

/** Milliseconds since 1970 as an instant; anything else as it stands, for the table to complain about. */
export const instantIn = ({ value }: JsonAt): string => {
  const isInstant = typeof value === 'number' && Number.isFinite(value) && Math.abs(value) < 8.64e15
  return isInstant ? new Date(value).toISOString() : cellOf(value)
}

function rowOf(market: JsonAt, probability: JsonAt, said: JsonAt): JsonCell[] {
  const of = (key: string) => within(market, key)
  const at = (place: JsonAt): JsonCell => ({ at: place, text: instantIn(place) })
  // A market that never closes is due when it was resolved.
  const close =
    of('closeTime').value == null && of('isResolved').value === true ? 'resolutionTime' : 'closeTime'
  return [
    { at: of('question') },
    { at: probability },
    at(said),
    { at: of('resolution') },
    at(of(close)),
    at(of('resolutionTime')),
  ]
}
