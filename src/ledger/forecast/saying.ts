import { nameKeysOf } from '../../core/analyst.ts'
import { type DaySpan, spanOf } from '../../core/calendar.ts'
import type { CueTime } from '../../core/capture.ts'
import type { ForecastRequest, StatementRequest } from '../../core/forecast.ts'
import { type NormalisedText, normalise } from '../../core/normalised-text.ts'
import type { StandingStatement, Statement } from '../../core/statement.ts'
import { locateQuote } from '../../reading/quote.ts'
import { clock, secondAt } from '../../reading/transcript.ts'
import type { Statement as Sql } from '../../store/database.ts'
import { type Holdings, holdingsOf } from '../../store/holdings.ts'
import { readReferences } from '../../store/references.ts'
import { analystFrom } from '../analyst/analyst.ts'
import type { Wanted } from '../decide/decide-records.ts'
import type { Ledger } from '../ledger.ts'
import { freeAmong, idsOf, statementIds } from '../naming.ts'
import { readableSource, sourceFrom, sourceSought, sourceTitle, textBeside } from '../source/source.ts'

/** Somebody said something somewhere: the statement, and whatever of its analyst and source is new. */
export type Saying = {
  statement: StandingStatement
  /** When the source was published; null of one that is not there. */
  published: DaySpan | null
  wanted: Pick<Wanted, 'analysts' | 'sources' | 'statements' | 'texts'>
  held: Holdings
  beside: Sql[]
}

type Said = Pick<
  ForecastRequest | StatementRequest,
  'analyst' | 'source' | 'quote' | 'voice' | 'timecode' | 'translation' | 'verified_by_ear'
>

/** Resolves whom and what a request refers to, in one read, and finds the statement a free id from `title`. */
export async function saying(
  ledger: Ledger,
  request: Said,
  as: { title: string; question?: string | undefined; fields: Pick<Statement, 'kind'> & Partial<Statement> },
  isClaimed: (claim: string) => boolean,
): Promise<Saying> {
  const { analyst: by, quote } = request
  const { source: where, cues } = readableSource(request.source)
  const sources = typeof where === 'string' ? [where] : idsOf(ledger, 'source', sourceTitle(where))
  // Nearly always both get the first of their ids: then nothing else is to be read.
  const expected = statementIds(ledger, sources[0] as string, as.title)
  const referred = await readReferences(ledger.db, {
    ...(typeof by === 'string' ? { analyst: by } : { name_keys: nameKeysOf(by) }),
    ...(typeof where === 'string' ? { source: where } : sourceSought(where)),
    question: as.question,
    source_id: sources[0],
    statement_id: expected[0] as string,
  })
  const analyst = await analystFrom(ledger, by, referred.analysts, isClaimed)
  const source = await sourceFrom(where, referred.source?.record, () =>
    freeAmong(ledger, 'source', sources, referred.isSourceIdTaken, isClaimed),
  )
  const isExpected = source.id === sources[0]
  const candidates = isExpected ? expected : statementIds(ledger, source.id, as.title)
  const isTaken = !isExpected || referred.isStatementIdTaken
  const statement: StandingStatement = {
    id: await freeAmong(ledger, 'statement', candidates, isTaken, isClaimed),
    source: source.id,
    analyst: analyst.id,
    quote: typeof quote === 'string' ? { exact: quote } : quote,
    checked: 'unchecked',
    ...(request.translation === undefined ? {} : { translation: request.translation }),
    ...(request.verified_by_ear === undefined ? {} : { verified_by_ear: request.verified_by_ear }),
    voice: request.voice ?? 'quote',
    ...as.fields,
  }
  const { record } = source.made[0] ?? referred.source ?? {}
  const fresh = typeof where === 'object' && source.made.length > 0 ? where.text : undefined
  const text = fresh ?? referred.text
  const within = text === null ? null : normalise(text)
  const timecode = request.timecode ?? timecodeOf(statement, within, cues)
  if (timecode !== undefined) statement.timecode = timecode
  return {
    statement,
    published: record === undefined ? null : spanOf(record.published),
    wanted: {
      analysts: analyst.made,
      sources: source.made,
      statements: [statement],
      texts: new Map([[source.id, within]]),
    },
    held: holdingsOf(referred),
    beside: textBeside(source.id, fresh),
  }
}

/** When the first word of a quote is said, where captions tell it. */
function timecodeOf(
  { quote }: Pick<Statement, 'quote'>,
  within: NormalisedText | null,
  cues: readonly CueTime[],
): string | undefined {
  const place = within === null || cues.length === 0 ? null : locateQuote(within, quote)
  const second = place?.state === 'found' ? secondAt(cues, place.raw.start) : null
  return second === null ? undefined : clock(second)
}

/** Where a field of a record stands in a request that says what somebody said. */
export const placeIn = (noun: string, pointer: string): string =>
  ['analyst', 'source', 'question', 'reference'].includes(noun) ? `/${noun}${pointer}` : pointer
