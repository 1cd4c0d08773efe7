export type Standing = { start: number; end: number | null; pmf: readonly number[] }
export type Covered = { score: number; coverage: number }

/**
 * Metaculus baseline and peer scores, for who knows them. In no answer.
 * Formula: baseline 100·ln(p·K)/ln K; peer 100·mean over others j of (ln p_i − ln p_j) among those standing;
 * both averaged over the scheduled horizon, 0 where nothing stood and after an early close.
 * Symbols: per user non-overlapping rows {start, end, pmf over K options}; times in any one unit.
 * Range: baseline at most 100; peer scores of fully covered users sum to 0.
 * Edge cases: a single user → peer 0; the outcome given 0 → −Infinity.
 * Reference: Metaculus scores FAQ, https://www.metaculus.com/help/scores-faq/.
 * Example: metaculusScores([[{start: 0, end: null, pmf: [0.5, 0.5]}]], 0, 0, 1, 1).baseline = [{score: 0, coverage: 1}]
 */
export function metaculusScores(
  users: readonly (readonly Standing[])[],
  outcome: number,
  opens: number,
  actualClose: number,
  scheduledClose: number,
): { baseline: Covered[]; peer: Covered[] } {
  const horizon = scheduledClose - opens
  const rows = users.map((standings) =>
    standings.map((s) => ({
      from: Math.max(opens, s.start),
      to: Math.min(actualClose, s.end ?? actualClose),
      s,
    })),
  )
  const cuts = [...new Set(rows.flat().flatMap((r) => [r.from, r.to]))].sort((a, b) => a - b)
  const baseline = users.map(() => ({ score: 0, coverage: 0 }))
  const peer = users.map(() => ({ score: 0, coverage: 0 }))
  for (let c = 1; c < cuts.length; c++) {
    const from = cuts[c - 1] as number
    const share = ((cuts[c] as number) - from) / horizon
    const logs = rows.map((own) => {
      const standing = own.find((r) => r.from <= from && from < r.to)?.s
      return standing && { ln: Math.log(standing.pmf[outcome] as number), options: standing.pmf.length }
    })
    const active = logs.filter((l) => l !== undefined)
    const total = active.reduce((t, l) => t + l.ln, 0)
    logs.forEach((l, i) => {
      if (l === undefined) return
      const base = baseline[i] as Covered
      const own = peer[i] as Covered
      base.score += (share * 100 * (l.ln + Math.log(l.options))) / Math.log(l.options)
      base.coverage += share
      const others = active.length - 1
      own.score += others === 0 ? 0 : share * 100 * (l.ln - (total - l.ln) / others)
      own.coverage += share
    })
  }
  return { baseline, peer }
}
