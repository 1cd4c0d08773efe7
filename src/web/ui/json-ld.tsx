import { raw } from 'hono/html'
import type { Analyst } from '../../core/analyst.ts'
import type { Archived } from '../../core/archive.ts'
import { spanOf } from '../../core/calendar.ts'
import type { Source } from '../../core/source.ts'
import type { Statement } from '../../core/statement.ts'
import { type Verdict, verdictOn } from '../../core/verdict.ts'
import * as paths from '../../http/paths.ts'
import type { ForecastItem } from '../../store/forecasts.ts'
import type { ResolutionRow } from '../../store/lookups.ts'

/** Data of schema.org in a page. It is never run, and nothing in it can end the element it stands in. */
export const JsonLd = ({ data }: { data: object }) => (
  <script type="application/ld+json">
    {raw(JSON.stringify({ '@context': 'https://schema.org', ...data }).replaceAll('<', '\\u003c'))}
  </script>
)

type Who = Pick<Analyst, 'id' | 'name' | 'wikidata'>

/** The same person in Wikidata. */
export const wikidataOf = (id: string): string => `https://www.wikidata.org/entity/${id}`

export const personOf = ({ id, name, wikidata }: Who, origin: string) => ({
  '@type': 'Person',
  '@id': `${origin}${paths.analyst(id)}`,
  name,
  ...(wikidata === undefined ? {} : { sameAs: wikidataOf(wikidata) }),
})

const spokenIn = ({ language }: Source) => (language === undefined ? {} : { inLanguage: language })

const work = (source: Source, archived_at: string | null, origin: string) => ({
  '@type': 'CreativeWork',
  '@id': `${origin}${paths.source(source.id)}`,
  name: source.title,
  ...spokenIn(source),
  ...(source.url === undefined ? {} : { url: source.url }),
  ...(archived_at === null ? {} : { archivedAt: archived_at }),
  ...(source.publisher === undefined
    ? {}
    : { publisher: { '@type': 'Organization', name: source.publisher } }),
  // One day, or the last of several: schema.org knows no interval here, and foresight is never credited.
  datePublished: spanOf(source.published).to,
})

/** Words that are the speaker's own are a quotation; a paraphrase or a headline is none. */
const occurrence = (
  { quote, voice }: Pick<Statement, 'quote' | 'voice'>,
  speaker: object,
  source: Source,
  isPartOf: object,
) =>
  voice === 'quote'
    ? {
        '@type': 'Quotation',
        text: quote.exact,
        ...spokenIn(source),
        spokenByCharacter: speaker,
        isPartOf,
      }
    : isPartOf

/** Whose a claim is: the words are the speaker's own, or a reporter's about the speaker. */
const claimant = ({ voice }: Pick<Statement, 'voice'>, analyst: Who, origin: string) => ({
  [voice === 'quote' ? 'author' : 'about']: personOf(analyst, origin),
})

/** The address of an archived copy, where these words were found in it. */
const copyWith = (archived: Archived | null, statement: string): string | null =>
  archived?.holds.includes(statement) === true ? archived.archive_url : null

/** A forecast: the claim as it was said, by whom, when and where; in no words of ours, and rated by nobody. */
export const claimOf = (
  { forecast, statement, analyst, source }: ForecastItem,
  archived: Archived | null,
  origin: string,
) => ({
  '@type': 'Claim',
  '@id': `${origin}${paths.forecast(forecast.record.id)}`,
  url: `${origin}${paths.forecast(forecast.record.id)}`,
  text: statement.quote.exact,
  ...claimant(statement, analyst, origin),
  datePublished: forecast.record.said_on.to,
  appearance: occurrence(
    statement,
    personOf(analyst, origin),
    source,
    work(source, copyWith(archived, statement.id), origin),
  ),
})

/** What became of a claim, in words: no number stands for any of them. */
const RATED: Partial<Record<Verdict['kind'], string>> = {
  came_true: 'Came true',
  did_not: 'Did not come true',
}

/**
 * The claim with what became of it, where that is final and it is the speaker's own words that came true or did not:
 * reviewed by this ledger, as of the entry that confirmed it. Else the claim alone.
 */
export function claimReviewOf(
  item: ForecastItem,
  confirmed: ResolutionRow | null,
  archived: Archived | null,
  origin: string,
): object {
  const claim = claimOf(item, archived, origin)
  const rated = RATED[verdictOn(item.forecast, item.question).kind]
  if (confirmed?.confirmed_at == null || rated === undefined || item.statement.voice !== 'quote') return claim
  const url = `${origin}${paths.forecast(item.forecast.record.id)}`
  return {
    '@type': 'ClaimReview',
    '@id': `${url}#review`,
    url,
    claimReviewed: item.statement.quote.exact,
    datePublished: confirmed.confirmed_at.slice(0, 10),
    author: { '@type': 'Organization', name: 'Reckoning', url: `${origin}${paths.front()}` },
    reviewRating: { '@type': 'Rating', alternateName: rated },
    itemReviewed: claim,
  }
}

const MOST_PARTS = 50

/** A source with the forecasts made in it. */
export const sourceData = (
  source: Source,
  items: readonly ForecastItem[],
  archived: Archived | null,
  origin: string,
) => ({
  ...work(source, archived?.holds.length && !archived.lacks.length ? archived.archive_url : null, origin),
  hasPart: items.slice(0, MOST_PARTS).map(({ forecast, statement, analyst }) => ({
    '@type': statement.voice === 'quote' ? 'Quotation' : 'Claim',
    '@id': `${origin}${paths.forecast(forecast.record.id)}`,
    text: statement.quote.exact,
    [statement.voice === 'quote' ? 'spokenByCharacter' : 'about']: personOf(analyst, origin),
  })),
})
