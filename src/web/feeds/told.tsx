import type { Child } from 'hono/jsx'
import type { Deadline } from '../../core/calendar.ts'
import { directionOf } from '../../core/language.ts'
import type { Question } from '../../core/question.ts'
import type { Resolution } from '../../core/resolution.ts'
import { scriptTag } from '../../core/script.ts'
import { transcriptCaveat } from '../../core/statement.ts'
import { happenedText } from '../../core/verdict.ts'
import * as paths from '../../http/paths.ts'
import type { ForecastItem } from '../../store/forecasts.ts'
import { claimTitle, innerMarks } from '../ui/claim-title.ts'
import { dayText, spanText } from '../ui/date.tsx'
import { ANNULLED_WORDS } from '../ui/mark.tsx'
import { counted } from '../ui/number.ts'
import { translatorText } from '../ui/quote.tsx'
import { itemVerdictText } from '../ui/verdict-mark.tsx'

/** What an entry tells: markup that stands alone, far from our style sheet. */
export const Told = ({ children }: { children?: Child }) => (
  <div xmlns="http://www.w3.org/1999/xhtml">{children}</div>
)

/** The words, and who said them where and when. */
export function SaidThere({ item, origin }: { item: ForecastItem; origin: string }) {
  const { statement, source, analyst, forecast } = item
  const { quote, voice, translation } = statement
  const language = source.language ?? scriptTag(quote.exact)
  const caveat = transcriptCaveat(statement, source)
  return (
    <>
      <blockquote>
        <p lang={language} dir={directionOf(language)}>
          {voice === 'quote' ? `“${innerMarks(quote.exact)}”` : quote.exact}
        </p>
        {translation === undefined ? null : (
          <p>
            In translation by {translatorText(translation)}: {translation.text}
          </p>
        )}
      </blockquote>
      <p>
        {voice === 'quote' ? 'Said by' : 'As reported, not word for word, of'}{' '}
        <a href={origin + paths.analyst(analyst.id)}>{analyst.name}</a> in{' '}
        <a href={origin + paths.source(source.id)}>{source.title}</a>
        {source.publisher === undefined ? '' : ` (${source.publisher})`}, {spanText(forecast.record.said_on)}.
        {caveat === null ? '' : ` From a ${caveat}.`}
      </p>
    </>
  )
}

/** Claims in a line each, with what became of them where that is decided. */
export function ClaimList({
  items,
  all,
  origin,
}: {
  items: readonly ForecastItem[]
  all: number
  origin: string
}) {
  if (items.length === 0) return null
  return (
    <>
      <p>What was said on it:</p>
      <ul>
        {items.map((item) => (
          <li>
            <a href={origin + paths.forecast(item.forecast.record.id)}>{claimTitle(item, 300)}</a>
            {item.question.outcome === null ? '' : `: ${itemVerdictText({ ...item, reserve: null })}`}
          </li>
        ))}
      </ul>
      {all > items.length ? (
        <p>And {counted(all - items.length, 'more', 'more')}, on the page of the question.</p>
      ) : null}
    </>
  )
}

/** An outcome, and what that means for the question. */
export function outcomeTold(question: Question, { outcome, annulled_because }: Outcome): string {
  if (outcome === 'annulled')
    return `annulled${annulled_because == null ? '' : ` (${ANNULLED_WORDS[annulled_because]})`}`
  if (outcome === 'ambiguous') return 'ambiguous, the criteria do not decide it'
  return happenedText(question, outcome)
}
type Outcome = { outcome: Resolution['outcome']; annulled_because?: Resolution['annulled_because'] | null }

/** The last day on which it counts, whose day that is, and in which zone it ends. */
export const deadlineText = ({ date, time_zone, because }: Deadline): string =>
  `the end of ${dayText(date)} in ${time_zone.replaceAll('_', ' ')}${because === undefined ? '' : ', a date that we set'}`
