import { SIMULATED } from '../../src/web/reference/simulated.ts'
import type { Line } from './report.ts'

export type Found = { scenario: string; line: Line }

/** In 100, with one decimal, rounded away from what would flatter. */
const inHundred = (share: number, round: 'up' | 'down'): number =>
  (round === 'up' ? Math.ceil(share * 1000 - 1e-9) : Math.floor(share * 1000 + 1e-9)) / 10

/** What the methods page may say after this run, in the shape in which it says it. */
function publishedOf(found: readonly Found[]): typeof SIMULATED {
  const measured = (scenario: string, figure?: string) =>
    found
      .filter(({ scenario: of, line }) => of === scenario && (figure ?? line.figure) === line.figure)
      .map(({ line }) => line)
  const most = (scenario: string, figure?: string) =>
    inHundred(Math.max(...measured(scenario, figure).map((line) => line.measured)), 'up')
  const caught = (figure: string, n: number) => {
    const line = measured('power', figure).find(
      ({ of }) => of.join() === `says 90, 80 come true,each alone,${n}`,
    )
    return Math.round((line as Line).measured * 100)
  }
  return {
    covered: inHundred(Math.min(...measured('range').map((line) => line.measured)), 'down'),
    lead: most('lead'),
    ever: most('ever'),
    monitor: most('monitor'),
    fits: most('fits'),
    miscalibration: most('calibration', 'miscalibration'),
    grey: most('calibration', 'leaves the grey'),
    pairs: most('pairs'),
    estimates: most('estimates'),
    claims_of_20: caught('claims test', 20),
    claims_of_50: caught('claims test', 50),
    lead_of_20: caught('differs', 20),
    lead_of_50: caught('differs', 50),
  }
}

/** Where the methods page says something else than the run found. */
export function misprints(found: readonly Found[]): string[] {
  const page = new Map(Object.entries(SIMULATED))
  return Object.entries(publishedOf(found)).flatMap(([name, value]) =>
    page.get(name) === value ? [] : [`${name}: found ${value}, published ${page.get(name)}`],
  )
}
