import { headlineOf } from '../../src/scoring/figures.ts'
import type { ForecastUnit, UnitStatement } from '../../src/scoring/forecast-unit.ts'
import { hits } from '../../src/scoring/poisson-binomial.ts'
import { scoreRange } from '../../src/scoring/score-range.ts'
import { partitionsOf, rowsOf } from '../../src/scoring/scored-row.ts'
import { scoredRows, statedRows } from '../../src/scoring/track-record.ts'
import { verbalRange } from '../../src/scoring/verbal-range.ts'

type GoldenRevision = { t: number; p?: number; lo?: number; mid?: number; hi?: number }
type GoldenForecast = {
  id: string
  source: string
  end: number
  outcome: string | null
  revisions: GoldenRevision[]
}

// One unit of golden time is a second here.
const at = (t: number) => new Date(t * 1000)

const statement = ({ t, p, lo, mid, hi }: GoldenRevision): UnitStatement => ({
  said_on: at(t).toISOString().slice(0, 10),
  said_at: at(t),
  logged: 'live',
  voice: 'quote',
  probability: p ?? { words: 'phrase', low: lo as number, mid: mid as number, high: hi as number },
})

const STATES = {
  yes: 'resolved',
  no: 'resolved',
  annulled: 'annulled',
  condition_not_met: 'annulled',
  ambiguous: 'ambiguous',
} as const

const unit = (f: GoldenForecast): ForecastUnit => ({
  id: f.id,
  question: f.id,
  title: f.id,
  type: 'binary',
  family: null,
  source: f.source,
  source_type: 'interview',
  coverage: 'complete',
  low_information: false,
  deadline_ours: false,
  opens_at: at(0),
  deadline_on: '1970-01-01',
  deadline_end: at(f.end),
  state: f.outcome === null ? 'open' : STATES[f.outcome as keyof typeof STATES],
  annulled_because: f.outcome === 'condition_not_met' ? 'condition_not_met' : 'moot',
  disputed: false,
  outcome: f.outcome,
  known_from: null,
  statements: f.revisions.map(statement),
})

/** Golden 13 counts outcomes before eligibility, so its counts are made here and not by the record's own. */
function outcomeCounts(units: ForecastUnit[], now: Date): Record<string, number> {
  const counts: Record<string, number> = {}
  const count = (name: string) => {
    counts[name] = (counts[name] ?? 0) + 1
  }
  for (const { unit: u, eligibility } of rowsOf(units, now)) {
    if (u.outcome !== null) count(String(u.outcome))
    else count(eligibility.status === 'due' ? 'overdue' : 'pending')
    if (eligibility.status === 'too_late') count('too_late')
  }
  return counts
}

export function goldenTrackRecord({ forecasts, now }: { forecasts: GoldenForecast[]; now: number }) {
  const units = forecasts.map(unit)
  const scored = scoredRows(rowsOf(units, at(now)))
  const stated = statedRows(scored)
  const worded = scored.filter((r) => r.kind === 'worded')
  const reads = (rows: typeof scored) => rows.flatMap((r) => r.binary ?? [])
  const range = scoreRange(
    stated.map((r) => r.score),
    stated.map((r) => r.flipped),
    partitionsOf(stated),
  )
  const all = verbalRange(reads(scored))
  return {
    counts: outcomeCounts(units, at(now)),
    n_explicit: stated.length,
    n_inferred: worded.length,
    headline_brier: stated.length === 0 ? null : headlineOf(stated, []).brier,
    headline_ci: range && {
      center: range.center,
      se: range.se,
      df: range.df,
      lo: range.lo,
      hi: range.hi,
      G: range.clusters,
    },
    hits: hits(
      stated.map((r) => r.binary.mid),
      stated.map((r) => r.binary.outcome),
    ),
    inferred: verbalRange(reads(worded)),
    all: all && { n: scored.length, ...all },
  }
}
