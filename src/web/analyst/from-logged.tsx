import type { RecordDocument } from '../../store/documents/track-record.ts'
import { Funnel } from '../charts/funnel.tsx'
import { counted } from '../ui/number.ts'
import { EXIT, STEP } from '../ui/record-words.ts'

/** From logged to the numbers that are scored: one account for every total on the page. */
export function FromLogged({ record: { funnel, counts } }: { record: RecordDocument }) {
  return (
    <section>
      <h2>From what was logged to what is counted</h2>
      <Funnel
        id="funnel"
        title="From what was logged to what is counted"
        steps={funnel.map(({ step, out, stays }) => ({
          label: STEP[step],
          stays,
          out: out.map(({ why, n }) => ({ label: EXIT[why] ?? why.replaceAll('_', ' '), n })),
        }))}
        caption={`Besides: ${counted(counts.duplicates, 'statement')} said twice, ${counts.untestable} not testable, ${counts.retracted} logged by mistake and retracted.`}
      />
    </section>
  )
}
