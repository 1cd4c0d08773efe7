export type TieTable = {
  n: number
  yes: number
  value: Float64Array
  size: Float64Array
  yeses: Float64Array
}
export type Blocks = { start: Int32Array; count: number; yes: Float64Array; size: Float64Array }

/**
 * Distinct probabilities with their counts: the table CORP, AUC and Murphy's decomposition start from.
 * Formula: for each distinct p: n_k = how often stated, yes_k = how often it then happened.
 * Symbols: p_i in [0,1]; y_i in {0,1}.
 * Range: values ascending, counts positive.
 * Edge cases: nothing → empty; the order of the rows cannot matter, so ties are pooled by construction.
 * Reference: two native sorts (of the yes rows and the no rows) and a merge; no index sort, no objects.
 * Example: [...tieTable([0.5, 0.2, 0.5], [1, 0, 0]).size] = [1, 2]
 */
export function tieTable(probabilities: ArrayLike<number>, outcomes: ArrayLike<number>): TieTable {
  const n = probabilities.length
  let yes = 0
  for (let i = 0; i < n; i++) yes += outcomes[i] as number
  const sortedYes = new Float64Array(yes)
  const sortedNo = new Float64Array(n - yes)
  for (let i = 0, a = 0, b = 0; i < n; i++) {
    if (outcomes[i] === 1) sortedYes[a++] = probabilities[i] as number
    else sortedNo[b++] = probabilities[i] as number
  }
  sortedYes.sort()
  sortedNo.sort()
  const value = new Float64Array(n)
  const size = new Float64Array(n)
  const yeses = new Float64Array(n)
  let groups = 0
  for (let a = 0, b = 0; a < yes || b < n - yes; groups++) {
    const nextYes = a < yes ? (sortedYes[a] as number) : Infinity
    const nextNo = b < n - yes ? (sortedNo[b] as number) : Infinity
    const p = nextYes < nextNo ? nextYes : nextNo
    const fromA = a
    const fromB = b
    while (a < yes && sortedYes[a] === p) a++
    while (b < n - yes && sortedNo[b] === p) b++
    value[groups] = p
    yeses[groups] = a - fromA
    size[groups] = a - fromA + b - fromB
  }
  return {
    n,
    yes,
    value: value.subarray(0, groups),
    size: size.subarray(0, groups),
    yeses: yeses.subarray(0, groups),
  }
}

/** Room for one PAV pass, so that thousands of simulated passes allocate nothing. */
export function blocksFor(groups: number): Blocks {
  return {
    start: new Int32Array(groups),
    count: 0,
    yes: new Float64Array(groups),
    size: new Float64Array(groups),
  }
}

/**
 * Pool-adjacent-violators: the best non-decreasing fit to the outcomes, as blocks.
 * Formula: merge neighbours while the left frequency is not below the right one.
 * Symbols: size_k and yes_k per distinct probability, ascending; compared in exact integers.
 * Range: blocks with strictly increasing frequencies; start = first group of a block.
 * Edge cases: no groups → no blocks; equal frequencies are merged, which changes no fitted value.
 * Reference: Ayer et al. 1955, doi:10.1214/aoms/1177728423.
 * Example: poolAdjacentViolators([1, 1, 2], [1, 0, 2]).count = 2
 */
export function poolAdjacentViolators(
  size: ArrayLike<number>,
  yes: ArrayLike<number>,
  into: Blocks = blocksFor(size.length),
): Blocks {
  let top = -1
  for (let k = 0; k < size.length; k++) {
    let blockYes = yes[k] as number
    let blockSize = size[k] as number
    let start = k
    while (top >= 0 && (into.yes[top] as number) * blockSize >= blockYes * (into.size[top] as number)) {
      blockYes += into.yes[top] as number
      blockSize += into.size[top] as number
      start = into.start[top] as number
      top--
    }
    top++
    into.yes[top] = blockYes
    into.size[top] = blockSize
    into.start[top] = start
  }
  into.count = top + 1
  return into
}

/** The fitted frequency of every group, from its block. */
export function fittedPerGroup(blocks: Blocks, groups: number): Float64Array {
  const fitted = new Float64Array(groups)
  for (let b = 0; b < blocks.count; b++) {
    const end = b + 1 < blocks.count ? (blocks.start[b + 1] as number) : groups
    fitted.fill((blocks.yes[b] as number) / (blocks.size[b] as number), blocks.start[b], end)
  }
  return fitted
}

export type Decomposition = {
  brier: number
  miscalibration: number
  discrimination: number
  uncertainty: number
}

/**
 * CORP decomposition of the mean Brier score: miscalibration, discrimination, uncertainty.
 * Formula: MCB = S − S_c, DSC = UNC − S_c, UNC = ȳ(1 − ȳ); S_c is the score of the isotonic refit c.
 * Symbols: p_i in [0,1]; y_i in {0,1}.
 * Range: each in [0,1]; S = MCB − DSC + UNC; MCB 0 is calibrated, a large DSC tells yes from no.
 * Edge cases: n = 0 → null; a constant forecast → DSC 0; one outcome class → UNC = DSC = 0, MCB = S.
 * Ties are pooled before the fit.
 * Reference: Dimitriadis, Gneiting & Jordan 2021, doi:10.1073/pnas.2016191118.
 * Example: corpDecomposition([0.5, 0.5], [1, 0]) = {brier: 0.25, miscalibration: 0, discrimination: 0, uncertainty: 0.25}
 */
export function corpDecomposition(
  probabilities: ArrayLike<number>,
  outcomes: ArrayLike<number>,
): Decomposition | null {
  return decompose(tieTable(probabilities, outcomes))
}

export function decompose(table: TieTable): Decomposition | null {
  const { n, yes } = table
  if (n === 0) return null
  const blocks = poolAdjacentViolators(table.size, table.yeses)
  const base = yes / n
  let discrimination = 0
  for (let b = 0; b < blocks.count; b++) {
    const size = blocks.size[b] as number
    const gap = (blocks.yes[b] as number) / size - base
    discrimination += (size * gap * gap) / n
  }
  return {
    brier: brierOf(table),
    miscalibration: miscalibrationOf(table.value, table.size, table.yeses, blocks, n),
    discrimination,
    uncertainty: base * (1 - base),
  }
}

function brierOf({ value, size, yeses, n }: TieTable): number {
  let total = 0
  let lost = 0
  for (let k = 0; k < value.length; k++) {
    const p = value[k] as number
    const yes = yeses[k] as number
    const x = yes * (1 - p) * (1 - p) + ((size[k] as number) - yes) * p * p
    const next = total + x
    lost += total >= x ? total - next + x : x - next + total
    total = next
  }
  return (total + lost) / n
}

/** MCB term by term, Σ (p − c)(p + c − 2y)/n, so that near-calibrated records do not cancel. */
export function miscalibrationOf(
  value: ArrayLike<number>,
  size: ArrayLike<number>,
  yes: ArrayLike<number>,
  blocks: Blocks,
  n: number,
): number {
  let total = 0
  for (let b = 0; b < blocks.count; b++) {
    const end = b + 1 < blocks.count ? (blocks.start[b + 1] as number) : value.length
    const c = (blocks.yes[b] as number) / (blocks.size[b] as number)
    for (let k = blocks.start[b] as number; k < end; k++) {
      const p = value[k] as number
      total += (p - c) * ((p + c) * (size[k] as number) - 2 * (yes[k] as number))
    }
  }
  // Never negative in exact arithmetic; rounding may leave −1e-17.
  return Math.max(0, total / n)
}
