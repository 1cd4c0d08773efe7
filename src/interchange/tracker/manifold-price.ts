import type { TableFile } from '../table-file.ts'
import { cellOf, type JsonAt, within } from './json-table.ts'
import { instantIn, type ManifoldMarket, marketsIn } from './manifold.ts'
import { seenFile } from './seen-file.ts'

/** Where a market stood: of yes, at the instant that is known of, and where from. */
export type MarketPrice = { probability: number; observed_at: string; url: string; source: string }
export type NoPrice = { problem: string; remedy: string }

/**
 * Where a market of Manifold stood at an instant, or without one after its last bet. Bets say it: the market itself says
 * only where it stands when it is asked. Where no later bet shows that nothing changed until the instant, it is observed
 * at the bet. `url` chooses among several markets.
 */
export function priceIn(
  files: readonly TableFile[],
  moment: Date | null,
  url: string | undefined,
): MarketPrice | NoPrice {
  const markets = marketsIn(files.map(seenFile))
  if (markets === null)
    return {
      problem: 'is not JSON of Manifold: a market, a list of markets, or bets beside one',
      remedy: 'It is what https://api.manifold.markets/v0/market/ID and /v0/bets?contractId=ID answer.',
    }
  const fitting = url === undefined ? markets : markets.filter(({ market }) => addressOf(market) === url)
  const [found, another] = fitting
  if (found === undefined || another !== undefined)
    return {
      problem: `holds ${fitting.length === 0 ? 'no market' : `${fitting.length} markets`}${url === undefined ? '' : ' of that address'}`,
      remedy: 'Say which is meant with --url, as the file has it.',
    }
  const { market, bets } = found
  if (within(market, 'outcomeType').value !== 'BINARY')
    return {
      problem: 'is of a market that is not about yes or no',
      remedy: 'Only such a market has a probability of yes.',
    }
  const stood = moment === null ? lastOf(found) : before(found, moment)
  if ('problem' in stood) return stood
  const { probability, observed_at } = stood
  if (typeof probability.value !== 'number' || !(probability.value >= 0 && probability.value <= 1))
    return {
      problem: `holds a probability of ${JSON.stringify(probability.value)?.slice(0, 40)}`,
      remedy: 'It is from 0 to 1.',
    }
  const asked = cellOf(within(market, 'question').value).slice(0, 300)
  const known = bets.length === 0 ? 'after its last bet' : 'by its bets'
  return {
    probability: probability.value,
    observed_at,
    url: addressOf(market),
    source: `Manifold, ${known}: ${asked}`,
  }
}

const addressOf = (market: JsonAt): string => cellOf(within(market, 'url').value)

type Stood = { probability: JsonAt; observed_at: string }

const NO_BETS =
  'Give the file of its bets beside it with another --from (/v0/bets?contractId=ID), or leave the moment out.'

function lastOf({ market, bets }: ManifoldMarket): Stood | NoPrice {
  const bet = bets.at(-1)
  if (bet !== undefined)
    return { probability: within(bet, 'probAfter'), observed_at: instantIn(within(bet, 'createdTime')) }
  const last = within(market, 'lastBetTime')
  return typeof last.value === 'number'
    ? { probability: within(market, 'probability'), observed_at: instantIn(last) }
    : { problem: 'does not say when the last bet was, nor holds bets', remedy: NO_BETS }
}

function before({ bets }: ManifoldMarket, moment: Date): Stood | NoPrice {
  if (bets.length === 0)
    return { problem: 'says where the market stands, and not where it stood then', remedy: NO_BETS }
  const at = bets.findLastIndex((bet) => Number(within(bet, 'createdTime').value) <= moment.getTime())
  const bet = bets[at]
  if (bet === undefined)
    return {
      problem: `has bets from ${instantIn(within(bets[0] as JsonAt, 'createdTime'))} on, and the moment is ${moment.toISOString()}`,
      remedy:
        'Fetch the bets before that (/v0/bets?contractId=ID&before=BET), and give that file with another --from.',
    }
  const isCertain = bets[at + 1] !== undefined
  return {
    probability: within(bet, 'probAfter'),
    observed_at: isCertain ? moment.toISOString() : instantIn(within(bet, 'createdTime')),
  }
}
