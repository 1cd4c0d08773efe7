import * as paths from '../../http/paths.ts'
import type { ForecastItem } from '../../store/forecasts.ts'
import { Byline } from '../ui/byline.tsx'
import { Quote } from '../ui/quote.tsx'

/** A forecast in its words, which lead to its page, and whose they are. */
export const Quoted = ({ item: { forecast, statement, analyst, source } }: { item: ForecastItem }) => (
  <>
    <p>
      <a class="said" href={paths.forecast(forecast.record.id)}>
        <Quote statement={statement} source={source} />
      </a>
    </p>
    <p class="small">
      <Byline analyst={analyst} source={source} said_on={forecast.record.said_on} />
    </p>
  </>
)
