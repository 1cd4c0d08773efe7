import { directionOf } from '../../core/language.ts'
import { scriptTag } from '../../core/script.ts'
import * as paths from '../../http/paths.ts'
import type { ForecastItem } from '../../store/forecasts.ts'
import type { ResolutionRow } from '../../store/lookups.ts'
import { Byline } from '../ui/byline.tsx'
import { Exact, languageText, translatorText } from '../ui/quote.tsx'
import { VerdictMark } from '../ui/verdict-mark.tsx'
import { MomentRow } from './moment-row.tsx'

const REPORTED = {
  paraphrase: 'As reported, not word for word',
  headline: 'A headline, not the speaker’s words',
} as const

/** How large the words stand: a passage is no headline. */
const sizeOf = (text: string) => (text.length > 600 ? 'passage' : text.length > 220 ? 'long' : '')

/** The words themselves as the heading, what became of them, and when what was said, due, known and written. */
export function ForecastHead({
  item,
  resolutions,
  now,
}: {
  item: ForecastItem
  resolutions: readonly ResolutionRow[]
  now: Date
}) {
  const { analyst, source, statement, forecast } = item
  const { quote, voice, translation } = statement
  const words = <Exact exact={quote.exact} language={source.language} own={voice === 'quote'} />
  return (
    <>
      <p class="crumbs">
        <a href={paths.ledger()}>Ledger</a> ›{' '}
        <a href={paths.analyst(analyst.id)}>
          <bdi>{analyst.name}</bdi>
        </a>
      </p>
      {voice === 'quote' ? null : <p class="label reported-as">{REPORTED[voice]}</p>}
      <h1
        class={`quoted ${sizeOf(quote.exact)}`}
        lang={source.language ?? scriptTag(quote.exact)}
        dir={directionOf(source.language)}
      >
        {voice === 'quote' ? <q>{words}</q> : words}
      </h1>
      {translation === undefined ? null : (
        <div class="translation">
          <p lang={translation.language ?? 'en'} dir={directionOf(translation.language ?? 'en')}>
            {translation.text}
          </p>
          <p class="label">
            Translation, {languageText(translation.language ?? 'en')}, by{' '}
            <bdi>{translatorText(translation)}</bdi>
          </p>
        </div>
      )}
      <p class="said-by">
        <Byline analyst={analyst} source={source} said_on={forecast.record.said_on} />
      </p>
      <p class="verdict-line">
        <VerdictMark item={item} now={now} whole />
      </p>
      <MomentRow item={item} resolutions={resolutions} />
    </>
  )
}
