import * as paths from '../../http/paths.ts'
import type { ForecastItem } from '../../store/forecasts.ts'
import { Byline } from '../ui/byline.tsx'
import { NotFinal } from '../ui/not-final.tsx'
import { Quote } from '../ui/quote.tsx'
import { VerdictMark } from '../ui/verdict-mark.tsx'

/** The questions that were decided last, each with the claim that was made first. */
export const JustDecided = ({ items }: { items: readonly ForecastItem[] }) =>
  items.length === 0 ? null : (
    <section>
      <h2>Just decided</h2>
      <ul class="just-decided">
        {items.map((item) => (
          <li>
            <VerdictMark item={item} />
            <a class="said" href={paths.forecast(item.forecast.record.id)}>
              <Quote statement={item.statement} source={item.source} />
            </a>
            <Byline analyst={item.analyst} source={item.source} said_on={item.forecast.record.said_on} />
          </li>
        ))}
      </ul>
      <NotFinal reserves={items.map(({ reserve }) => reserve)} />
      <p class="small soft">
        The last questions that were decided, each with whoever spoke first.{' '}
        <a href={paths.ledger({ state: 'resolved' })}>All that are decided</a>
      </p>
    </section>
  )
