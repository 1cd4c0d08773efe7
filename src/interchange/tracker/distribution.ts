/** The levels at which a curve can be kept: every half per cent. */
export const LEVELS: readonly number[] = Array.from({ length: 199 }, (_, i) => (i + 1) / 200)

/** How far, in probability, a straight line between two levels may be from those that it leaves out. */
const FAR = 0.002

type Knot = { level: number; at: number }

/**
 * A distribution function that is given at points, as the quantiles between which it is nearly straight. What lies below
 * the first point, or above the last, is one quantile there, of the nearest level: nothing says how far beyond. Null
 * where it is no distribution: it falls, leaves [0, 1], or has not one value a point.
 */
export function quantilesOf(points: readonly number[], cdf: readonly number[]): Knot[] | null {
  const isSound =
    points.length > 1 &&
    points.length === cdf.length &&
    points.every((x, i) => Number.isFinite(x) && (i === 0 || x >= (points[i - 1] as number))) &&
    cdf.every((f, i) => f >= 0 && f <= 1 && (i === 0 || f >= (cdf[i - 1] as number)))
  return isSound ? straightened(knotsOf(points, cdf)) : null
}

function knotsOf(points: readonly number[], cdf: readonly number[]): Knot[] {
  const [first, last] = [nearest(cdf[0] as number), nearest(cdf.at(-1) as number)]
  const below = first === null ? [] : [{ level: first, at: points[0] as number }]
  const above = last === null || last === first ? [] : [{ level: last, at: points.at(-1) as number }]
  let i = 1
  const inside = LEVELS.filter((level) => level > (first ?? 0) && level < (last ?? 1)).flatMap(
    (level): Knot[] => {
      while (i < cdf.length && (cdf[i] as number) < level) i++
      const [f0, f1] = [cdf[i - 1] as number, cdf[i] as number]
      const [x0, x1] = [points[i - 1] as number, points[i] as number]
      return i === cdf.length || f1 === f0
        ? []
        : [{ level, at: x0 + ((x1 - x0) * Math.max(0, level - f0)) / (f1 - f0) }]
    },
  )
  return [...below, ...inside, ...above]
}

/** The level nearest to it; null where that is no level, but nothing or all. */
function nearest(f: number): number | null {
  const level = Math.round(f * 200) / 200
  return level <= 0 || level >= 1 ? null : level
}

/** Without the knots on which a line between their neighbours lies, near enough. Of a jump its ends stay. */
function straightened(knots: readonly Knot[]): Knot[] {
  if (knots.length === 0) return []
  const kept = [0]
  for (let from = 0; from < knots.length - 1; ) {
    let to = from + 1
    while (to + 1 < knots.length && isStraight(knots, from, to + 1)) to++
    kept.push(to)
    from = to
  }
  return kept.map((i) => knots[i] as Knot)
}

function isStraight(knots: readonly Knot[], from: number, to: number): boolean {
  const [a, b] = [knots[from] as Knot, knots[to] as Knot]
  if (a.at === b.at) return true
  for (let i = from + 1; i < to; i++) {
    const { level, at } = knots[i] as Knot
    const line = a.level + ((b.level - a.level) * (at - a.at)) / (b.at - a.at)
    if (Math.abs(line - level) > FAR) return false
  }
  return true
}
