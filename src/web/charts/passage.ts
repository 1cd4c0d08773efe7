import type { Source } from '../../core/source.ts'
import type { StandingStatement } from '../../core/statement.ts'
import * as paths from '../../http/paths.ts'
import type { ForecastItem } from '../../store/forecasts.ts'
import { itemVerdictBriefly, verdictOfItem } from '../ui/verdict-mark.tsx'
import type { Passage } from './passages.tsx'
import { fitted } from './text-width.ts'

const WIDEST = 900

/** What was said, cut short: in quotation marks only what are the speaker's words. */
export const shortQuote = (
  { quote, voice }: Pick<StandingStatement, 'quote' | 'voice'>,
  widest = WIDEST,
): string => (voice === 'quote' ? `“${fitted(quote.exact, widest)}”` : fitted(quote.exact, widest))

/** How statements come that are sorted as they are read. */
export const orderText = (statements: readonly Pick<StandingStatement, 'quote'>[]): string =>
  statements.every(({ quote }) => quote.start !== undefined)
    ? 'in reading order'
    : 'in the order in which they were written down'

/** The statements of a source in order, each with what became of it: as on its quote. */
export const passagesIn = (
  source: Source,
  statements: readonly StandingStatement[],
  forecasts: ReadonlyMap<string, ForecastItem>,
): Passage[] =>
  statements.map((statement): Passage => {
    const href = paths.statement(source.id, statement.id)
    const item = forecasts.get(statement.id)
    const says = (what: string) => `${shortQuote(statement)}: ${what}`
    if (item === undefined)
      return statement.kind === 'duplicate'
        ? { href, fate: 'repeated', says: says('said twice, logged once') }
        : { href, fate: 'untestable', says: says('nothing to check') }
    const { kind } = verdictOfItem(item)
    const isEasy = item.question.record.low_information !== undefined
    return {
      href,
      fate: kind === 'came_true' && isEasy ? 'came_true_anyway' : kind,
      says: says(`${itemVerdictBriefly(item)}${isEasy ? ', and hard to get wrong' : ''}`),
    }
  })
