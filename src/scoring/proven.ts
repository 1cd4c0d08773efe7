import { type AnchorKind, isProvenLive } from '../core/anchor.ts'
import type { ForecastUnit } from './forecast-unit.ts'
import { rowsOf } from './scored-row.ts'

/** Of what was logged live: how much a checkpoint in other hands shows to have been, and in whose. */
export type ProvenCounts = {
  live: number
  proven: number
  by: { kind: AnchorKind; by: string; forecasts: number }[]
}

/** What was logged live and what of it is proven, counted as the record counts; who shows most comes first. */
export function provenCounts(units: readonly ForecastUnit[], now: Date): ProvenCounts {
  const live = rowsOf(units, now)
    .filter(({ eligibility, said }) => eligibility.status !== 'retracted' && said.logged === 'live')
    .map(({ said }) => said)
  const proven = live.filter((said) => isProvenLive(said.logged, said.proven ?? null))
  const by = new Map<string, ProvenCounts['by'][number]>()
  for (const said of proven) {
    if (said.proven == null) continue
    const { kind, by: name } = said.proven
    // Every block is another one; what shows it is the chain.
    const who = kind === 'opentimestamps' ? 'Bitcoin' : name
    const held = by.get(`${kind} ${who}`) ?? { kind, by: who, forecasts: 0 }
    by.set(`${kind} ${who}`, { ...held, forecasts: held.forecasts + 1 })
  }
  return {
    live: live.length,
    proven: proven.length,
    by: [...by.values()].sort((a, b) => b.forecasts - a.forecasts || (a.by < b.by ? -1 : 1)),
  }
}
