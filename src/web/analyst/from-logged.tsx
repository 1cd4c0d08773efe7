import { EXIT, stepText, wholeText } from '../../scoring/funnel-words.ts'
import type { RecordDocument } from '../../store/documents/track-record.ts'
import { Funnel } from '../charts/funnel.tsx'
import { unbroken } from '../ui/number.ts'

/** From all that was said to the numbers that are scored: one account for every total on the page. */
export function FromLogged({ record }: { record: RecordDocument }) {
  // After nothing stayed there is nothing to account for.
  const steps = record.funnel.filter(({ from }) => from > 0)
  const [whole] = steps
  if (whole === undefined) return null
  return (
    <section>
      <h2>From what was said to what is counted</h2>
      <Funnel
        id="funnel"
        title="From what was said to what is counted"
        whole={{ label: wholeText(whole.from), n: whole.from }}
        steps={steps.map(({ step, out, stays }) => ({
          label: stepText(step, stays),
          stays,
          out: out.map(({ why, n }) => ({ label: unbroken(EXIT[why]), n })),
        }))}
      />
    </section>
  )
}
