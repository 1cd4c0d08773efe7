import { EXIT, STEP } from '../../scoring/funnel-words.ts'
import type { RecordDocument } from '../../store/documents/track-record.ts'
import { Funnel } from '../charts/funnel.tsx'
import { unbroken } from '../ui/number.ts'

/** From all that was said to the numbers that are scored: one account for every total on the page. */
export const FromLogged = ({ record: { funnel } }: { record: RecordDocument }) => (
  <section>
    <h2>From what was said to what is counted</h2>
    <Funnel
      id="funnel"
      title="From what was said to what is counted"
      whole={{ label: 'statements', n: funnel[0]?.from ?? 0 }}
      steps={funnel.map(({ step, out, stays }) => ({
        label: STEP[step],
        stays,
        out: out.map(({ why, n }) => ({ label: unbroken(EXIT[why]), n })),
      }))}
    />
  </section>
)
