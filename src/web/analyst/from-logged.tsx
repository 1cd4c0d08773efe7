import { EXIT, stepText, wholeText } from '../../scoring/funnel-words.ts'
import type { RecordDocument } from '../../store/documents/track-record.ts'
import type { Elsewhere } from '../charts/chart.tsx'
import { Funnel } from '../charts/funnel.tsx'
import { unbroken } from '../ui/number.ts'

type Props = { record: RecordDocument; elsewhere: (chart: string) => Elsewhere }

/** From all that was said to the numbers that are scored: one account for every total on the page. */
export function FromLogged({ record, elsewhere }: Props) {
  // After nothing stayed there is nothing to account for.
  const steps = record.funnel.filter(
    ({ from, step, stays }) => from > 0 && !(step === 'numbers' && stays === 0),
  )
  const [whole] = steps
  if (whole === undefined) return null
  return (
    <Funnel
      id="funnel"
      title="From what was said to what is counted"
      heading="From what was said to what is counted"
      how="Every number of this page stands in this account: what was left out at each step, and why, and what remained."
      elsewhere={elsewhere('funnel')}
      whole={{ label: wholeText(whole.from), n: whole.from }}
      steps={steps.map(({ step, of, from, out, stays }, i) => ({
        label: stepText(step, stays),
        stays,
        // Two parts of the same forecasts: the second begins anew.
        again: i > 0 && steps[i - 1]?.step !== of ? { label: stepText(of as 'yes_no', from), n: from } : null,
        out: out.map(({ why, n }) => ({ label: unbroken(EXIT[why]), n })),
      }))}
    />
  )
}
