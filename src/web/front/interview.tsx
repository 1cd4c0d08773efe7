import * as paths from '../../http/paths.ts'
import type { Passages as Read } from '../../store/passages.ts'
import { Passages } from '../charts/passages.tsx'
import { elsewhereOf } from '../ui/elsewhere.ts'
import { counted } from '../ui/number.ts'
import { Original } from '../ui/original.tsx'
import { passagesIn } from '../ui/passage.ts'

/** One interview that was read from end to end, as a strip. */
export function Interview({ source: { record: source }, statements, forecasts }: Read) {
  const items = new Map(forecasts.map((item) => [item.forecast.record.id, item]))
  return (
    <section>
      <Passages
        id="interview"
        title="What one interview leaves to check"
        heading="What one interview leaves to check"
        how={
          <>
            <a href={paths.source(source.id)}>
              <Original language={source.language}>{source.title}</Original>
            </a>
            , the last to be read from end to end: {counted(statements.length, 'passage')} in reading order.
          </>
        }
        elsewhere={elsewhereOf(paths.front(), 'interview')}
        passages={passagesIn(
          source,
          statements.map(({ record }) => record),
          items,
        )}
      />
    </section>
  )
}
