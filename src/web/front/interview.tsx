import * as paths from '../../http/paths.ts'
import { LEAST_PASSAGES } from '../../store/documents/front.ts'
import type { ForecastItem } from '../../store/forecasts.ts'
import type { Passages as Read } from '../../store/passages.ts'
import { elsewhereOf } from '../charts/elsewhere.ts'
import { orderText, passagesIn } from '../charts/passage.ts'
import { type Fate, type Passage, Passages } from '../charts/passages.tsx'
import { counted } from '../ui/number.ts'
import { Original } from '../ui/original.tsx'

/** One interview that was read from end to end, as a strip. */
export function Interview({ source: { record: source }, statements, forecasts }: Read) {
  const items = new Map(forecasts.map((item) => [item.forecast.record.id, item]))
  const said = statements.map(({ record }) => record)
  const passages = passagesIn(source, said, items)
  return (
    <section>
      <Passages
        id="interview"
        title="What one interview leaves to check"
        heading={leftText(passages)}
        how={
          <>
            <a href={paths.source(source.id)}>
              <Original language={source.language}>{source.title}</Original>
            </a>
            , the last source of {LEAST_PASSAGES} passages or more that was read from end to end and of which
            something is decided, {orderText(said)}.{hindsightText(forecasts)}
          </>
        }
        elsewhere={elsewhereOf(paths.front(), 'interview')}
        passages={passages}
      />
    </section>
  )
}

/** "Of 16 passages, 2 could have turned out otherwise: 2 came true." */
function leftText(passages: readonly Passage[]): string {
  const of = (...fates: Fate[]) => passages.filter(({ fate }) => fates.includes(fate)).length
  const [n, left, came] = [passages.length, of('came_true', 'did_not'), of('came_true')]
  return left === 0
    ? `Of ${counted(n, 'passage')}, none is decided that could have turned out otherwise`
    : `Of ${counted(n, 'passage')}, ${left} could have turned out otherwise: ${came} came true`
}

/** What is known when it is written down is no test of anybody. */
const hindsightText = (forecasts: readonly ForecastItem[]): string =>
  forecasts.every(({ logged }) => logged === 'afterwards')
    ? ' Written down after the outcomes were known.'
    : ''
