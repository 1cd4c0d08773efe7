import {
  blocksFor,
  fittedPerGroup,
  miscalibrationOf,
  poolAdjacentViolators,
  type TieTable,
  tieTable,
} from './isotonic.ts'

const MOST_POINTS = 200

/** The isotonic fits of imagined records: at each probability its value in every record, and their miscalibration. */
export type Refits = { probability: number[]; curves: Float64Array[]; miscalibration: Float64Array }

/** Fills `yes` with how often each distinct probability happened, in one imagined record. */
export type Draw = (yes: Float64Array, draw: number) => void

/** Refits every imagined record; with more than 200 distinct probabilities the curves are kept at 200 of them. */
export function refit(table: TieTable, draws: number, draw: Draw): Refits {
  const distinct = table.value.length
  const kept = Math.min(distinct, MOST_POINTS)
  const at = Array.from({ length: kept }, (_, j) => Math.round((j * (distinct - 1)) / Math.max(1, kept - 1)))
  const curves = at.map(() => new Float64Array(draws))
  const miscalibration = new Float64Array(draws)
  const yes = new Float64Array(distinct)
  const blocks = blocksFor(distinct)
  for (let b = 0; b < draws; b++) {
    yes.fill(0)
    draw(yes, b)
    poolAdjacentViolators(table.size, yes, blocks)
    const fitted = fittedPerGroup(blocks, distinct)
    for (let j = 0; j < kept; j++) (curves[j] as Float64Array)[b] = fitted[at[j] as number] as number
    miscalibration[b] = miscalibrationOf(table.value, table.size, yes, blocks, table.n)
  }
  return { probability: at.map((k) => table.value[k] as number), curves, miscalibration }
}

/** The same from outcomes that are given, a row a record. */
export function refitGiven(
  probabilities: readonly number[],
  outcomes: readonly (readonly number[])[],
): Refits {
  const table = tieTable(probabilities, new Uint8Array(probabilities.length))
  const place = placesIn(table, probabilities)
  return refit(table, outcomes.length, (yes, b) => {
    for (const [i, k] of place.entries()) yes[k] = (yes[k] as number) + (outcomes[b]?.[i] as number)
  })
}

/** Where each probability stands among the distinct ones. */
export function placesIn(table: TieTable, probabilities: readonly number[]): Int32Array {
  const place = new Map([...table.value].map((p, k) => [p, k]))
  return Int32Array.from(probabilities, (p) => place.get(p) as number)
}
