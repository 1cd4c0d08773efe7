import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { aucOf } from '../../src/scoring/auc.ts'
import { decompose, tieTable } from '../../src/scoring/isotonic.ts'
import { randomNumbers } from '../../src/scoring/random.ts'
import { folder } from './afterwards.ts'
import { type Extent, interleaved, type Result, round, timed } from './measure.ts'

const ROUNDS = 3
const FORECASTS = 1_000_000

const SCIKIT = `
import sys, time
import numpy as np
from sklearn.isotonic import IsotonicRegression
from sklearn.metrics import brier_score_loss, roc_auc_score
p = np.fromfile(sys.argv[1] + '/p', dtype=np.float64)
y = np.fromfile(sys.argv[1] + '/y', dtype=np.float64)
def work():
    c = IsotonicRegression(y_min=0, y_max=1).fit_transform(p, y)
    brier = brier_score_loss(y, p)
    refit = brier_score_loss(y, np.clip(c, 0, 1))
    base = y.mean()
    return brier, brier - refit, base * (1 - base) - refit, roc_auc_score(y, p)
work()
began = time.perf_counter()
values = work()
print((time.perf_counter() - began) * 1000, *values)
`

/** B9: CORP decomposition, Brier score and AUC of a million forecasts against scikit-learn, where it is installed. */
export async function calibrations({ few }: Extent): Promise<Result[]> {
  const chance = randomNumbers([9, 9, 9, 9])
  const p = Float64Array.from({ length: FORECASTS }, () => chance())
  const y = p.map((probability) => Number(chance() < 0.1 + 0.8 * probability))
  const work = () => {
    const table = tieTable(p, y)
    const { brier, miscalibration, discrimination } = decompose(table) as NonNullable<
      ReturnType<typeof decompose>
    >
    return [brier, miscalibration, discrimination, aucOf(table) as number]
  }
  const ours = work()
  const row = { id: 'B9', work: 'CORP, Brier and AUC of 1,000,000 forecasts', goal: '≥ 1' }
  if (spawnSync('python3', ['-c', 'import sklearn'], { stdio: 'ignore' }).status !== 0)
    return [
      {
        ...row,
        measured: `${round(await timed(work))} ms`,
        yardstick: 'scikit-learn: not installed here',
        ratio: null,
        reached: null,
      },
    ]

  const place = folder()
  writeFileSync(join(place, 'p'), p)
  writeFileSync(join(place, 'y'), y)
  const scikit = async () => {
    const { status, stdout, stderr } = spawnSync('python3', ['-c', SCIKIT, place], { encoding: 'utf8' })
    if (status !== 0) throw new Error(stderr)
    const [spent = 0, ...theirs] = stdout.trim().split(' ').map(Number)
    if (theirs.some((value, i) => !(Math.abs(value - (ours[i] as number)) < 1e-9)))
      throw new Error(`${ours} are not ${theirs}`)
    return spent
  }
  const [measured, yardstick] = await interleaved(few(ROUNDS), () => timed(work), scikit)
  const ratio = round(yardstick / measured)
  return [
    {
      ...row,
      measured: `${round(measured)} ms`,
      yardstick: `${round(yardstick)} ms scikit-learn`,
      ratio,
      reached: ratio >= 1,
    },
  ]
}
