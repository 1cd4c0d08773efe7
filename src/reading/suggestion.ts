import { HOUSE_RULE, houseDeadline, LAST_DAY } from '../core/calendar.ts'
import { tooVague } from '../core/probability.ts'
import type { Steps } from '../core/steps.ts'
import type { Horizon } from './english/horizon/horizon.ts'
import { type Item, readingSteps } from './reading.ts'
import { asWords, type WordsReading } from './wording.ts'

/**
 * What the words of a passage, or those beside it, say of its deadline, or the house rule. `to` is null where they ask
 * for a date that they do not give; `asks` is what the editor is asked.
 */
export type ProposedHorizon = {
  readonly phrase: string | null
  readonly from?: string | null
  readonly to: string | null
  readonly rule: string
  readonly asks?: string
  readonly vague?: true
}

/** A passage that looks like a forecast. It is a proposal to a person; nothing is created from it. */
export type Suggestion = Omit<Item, 'suggested' | 'horizon'> & {
  readonly horizon: ProposedHorizon | null
  /** The words of probability, where the reading is of words. */
  readonly words: WordsReading | null
  readonly too_vague: boolean
  /** Index of the suggestion this one seems to repeat. */
  readonly repeats?: number
}

/** The sentences of a text that look like forecasts, each with the reasons. Offsets are into `text`. */
export function* suggestionSteps(text: string, published?: string): Steps<Suggestion[]> {
  const items = yield* readingSteps(text, published)
  return withRepeats(
    items.flatMap(({ suggested, ...item }): Suggestion[] => {
      if (!suggested) return []
      const words = asWords(item.reading)
      const horizon =
        published === undefined || item.horizon === null ? null : proposed(item.horizon, published)
      return [{ ...item, horizon, words, too_vague: words !== null && tooVague(words) }]
    }),
  )
}

function proposed(read: Horizon, published: string): ProposedHorizon {
  if (read.kind === 'none') {
    const house = houseDeadline(published)
    return { phrase: null, to: house > LAST_DAY ? null : house, rule: HOUSE_RULE }
  }
  if (read.kind === 'asks')
    return { phrase: read.phrase, from: null, to: read.date ?? null, rule: ASKED, asks: read.why }
  const { kind: _, date: to, start: __, end: ___, where: ____, ...rest } = read
  return { ...rest, to }
}
const ASKED = 'the words name a time and no day that is sure'

const COMMON = new Set(
  'the and but for from with are was its that this she they will not there then much less more now said says means mean all believe think'.split(
    ' ',
  ),
)

function contentOf(text: string): Set<string> {
  const words = text.toLowerCase().match(/\p{L}{3,}/gu) ?? []
  return new Set(words.filter((word) => !COMMON.has(word)))
}

/** Two passages that share most of their words are proposed as one claim; the speaker's own words lead. */
function withRepeats(found: readonly Suggestion[]): Suggestion[] {
  if (found.length > 400) return [...found]
  const contents = found.map((suggestion) => contentOf(suggestion.text))
  return found.map((suggestion, index) => {
    for (const [other, candidate] of found.entries()) {
      if (other === index) continue
      const leads = candidate.voice === 'quote' && (suggestion.voice !== 'quote' || other < index)
      const first = candidate.voice === suggestion.voice && other < index
      if (!leads && !first) continue
      const [mine, theirs] = [contents[index] ?? new Set(), contents[other] ?? new Set()]
      const shared = [...mine].filter((word) => theirs.has(word)).length
      if (shared >= 4 && shared / Math.min(mine.size, theirs.size) >= 0.6)
        return { ...suggestion, repeats: other }
    }
    return suggestion
  })
}
