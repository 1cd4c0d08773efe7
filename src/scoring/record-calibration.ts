import { aucOf } from './auc.ts'
import type { Simulation, simulateCalibrated } from './consistency-band.ts'
import type { Calibration } from './document.ts'
import { pointsOf } from './figures.ts'
import { decompose, tieTable } from './isotonic.ts'
import { meanLogScore } from './log-score.ts'
import { partitionsOf } from './scored-row.ts'
import { type GroupZ, groupZ } from './spiegelhalter.ts'
import type { Basis, TrackRecord } from './track-record.ts'

type Parts = 'own_probabilities' | 'calibration' | 'decomposition' | 'log_score' | 'auc'

/** How the numbers compare with how often they came true, and with chance; each from so many numbers and groups. */
export function calibrationOf(
  { stated, part, withheld, need }: Basis,
  simulate: typeof simulateCalibrated | null,
): Pick<TrackRecord, Parts> {
  const p = stated.map((r) => r.binary.mid)
  const y = stated.map((r) => r.binary.outcome)
  const partitions = partitionsOf(stated)
  const [picture, curves] = [need(20, 10), need(50, 20)]

  const own = groupZ(p, y, partitions)
  const own_probabilities = part('own_probabilities', 2, [...picture, [own === null, 'no_variance']], () => {
    const { expected_brier, z, z_independent } = own as GroupZ
    return { expected_brier, z, z_independent }
  })

  let simulated: Simulation | null | undefined
  const simulation = (name: string) => {
    if (simulated === undefined) simulated = simulate === null ? null : simulate(p, partitions)
    if (simulated === null) withheld[name] = 'not_simulated'
    return simulated
  }
  const calibration = part('calibration', 2, picture, (): Calibration => {
    const { points, curve } = pointsOf(stated)
    return {
      points,
      curve: part('calibration.curve', 2, curves, () => curve),
      band: simulation('calibration.band')?.band ?? null,
    }
  })
  const table = tieTable(p, y)
  const decomposition = part('decomposition', 2, curves, () => {
    const { miscalibration, discrimination, uncertainty } = decompose(table) as NonNullable<
      ReturnType<typeof decompose>
    >
    const ifCalibrated = simulation('decomposition.miscalibration_if_calibrated')
    return {
      miscalibration,
      discrimination,
      uncertainty,
      miscalibration_if_calibrated: ifCalibrated?.miscalibration_if_calibrated ?? null,
    }
  })
  const log_score = part('log_score', 2, picture, () => meanLogScore(p, y))
  const rarer = Math.min(table.yes, table.n - table.yes)
  const auc = part(
    'auc',
    2,
    [...curves, [rarer === 0, 'one_outcome_only'], [rarer < 10, 'too_few_of_an_outcome']],
    () => aucOf(table),
  )
  return { own_probabilities, calibration, decomposition, log_score, auc }
}
