import type { ForecastItem } from '../../store/forecasts.ts'
import { spanText } from './date.tsx'

const LONGEST = 110

type Item = Pick<ForecastItem, 'forecast' | 'statement' | 'analyst' | 'source'>

/** Cut at a word, with an ellipsis. */
export function shortened(text: string, most = LONGEST): string {
  const letters = [...text.replaceAll(/\s+/gu, ' ').trim()]
  if (letters.length <= most) return letters.join('')
  const cut = letters.slice(0, most - 1).join('')
  return `${cut.replace(/\s+\S{0,20}$/u, '')}…`
}

/** The quotation marks within a quote, as those of a second order; every other letter stays, and its place. */
export const innerMarks = (text: string): string =>
  text
    .replaceAll(/(?<=^|[\s([{—–-])"/gu, '‘')
    .replaceAll('"', '’')
    .replaceAll('“', '‘')
    .replaceAll('”', '’')
    .replaceAll('„', '‚')

/** The words as they are quoted outside of a page: with an ellipsis where they begin within a sentence. */
export function quotedText(
  { statement, source }: Pick<Item, 'statement' | 'source'>,
  most = LONGEST,
): string {
  const { quote, voice, translation } = statement
  const foreign = translation !== undefined && !(source.language ?? 'en').startsWith('en')
  const text = shortened(foreign ? translation.text : quote.exact, most)
  if (voice === 'quote' && !foreign)
    return `“${/^(?!\p{Script=Georgian})\p{Ll}/u.test(text) ? '… ' : ''}${innerMarks(text)}”`
  return voice === 'quote' ? text : `As reported: ${text}`
}

/** A claim in one line that can leave the page: the words, who said them and when, and never our question. */
export function claimTitle(item: Item, most = LONGEST): string {
  const { analyst, forecast, statement, source } = item
  const translated = statement.translation !== undefined && !(source.language ?? 'en').startsWith('en')
  const when = spanText(forecast.record.said_on)
  return `${quotedText(item, most)} (${analyst.name}, ${when}${translated ? ', in translation' : ''})`
}
