/** Golden files 14_h and 14_j: several analysts at once. */
import { eBH } from '../../src/scoring/e-bh.ts'
import { hierarchicalAnalysts } from '../../src/scoring/hierarchical-analysts.ts'
import { pairVerdicts } from '../../src/scoring/pair-verdicts.ts'
import { qTest } from '../../src/scoring/q-test.ts'

// biome-ignore lint/suspicious/noExplicitAny: golden inputs are described by their files, not by types
type Input = any

function hierarchical({ d, v }: Input) {
  const found = hierarchicalAnalysts(d, v)
  if (found === null) return null
  const { better, ...figures } = found
  return {
    ...figures,
    p_better: d.map((_: number, i: number) => d.map((_: number, j: number) => better(i, j))),
  }
}

export const analystFunctions: Record<string, (input: Input) => unknown> = {
  qTest: ({ d, v, df, v_pooled }) => qTest(d, v, df, v_pooled),
  hierarchicalAnalysts: hierarchical,
  pairVerdicts: ({ pairs }) => pairVerdicts(pairs),
  eBH: ({ e, alpha }) => eBH(e, alpha),
}
