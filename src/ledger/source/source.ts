import { futureProblem, latestDate, spanOf } from '../../core/calendar.ts'
import { invalid, LedgerError, refuseIf } from '../../core/error.ts'
import { coverageOf, type Source, type SourceRequest, sourceKey } from '../../core/source.ts'
import { addressKey } from '../../core/text.ts'
import { canonicalJson } from '../../log/canonical-json.ts'
import { textHash } from '../../log/entry.ts'
import { normalisedText } from '../../reading/quote.ts'
import type { Statement } from '../../store/database.ts'
import type { Held } from '../../store/lookups.ts'
import { keepText } from '../../store/source-text.ts'
import { refuseTwins, sourceMade, sourceSame } from '../../store/twins.ts'
import type { Referred } from '../analyst/analyst.ts'
import { draft } from '../draft.ts'
import { type Ledger, newId, type Unit } from '../ledger.ts'
import { freeId, idClaim } from '../naming.ts'

/** `text` is what quotes are checked against, or null where it is not held. */
export type ReferredSource = Referred<Source> & { beside: Statement[]; text: string | null }

/** By what a source that comes whole is found again: by its address, or else by title, publisher and date. */
export const sourceSought = (source: SourceRequest) => ({
  address_key: source.url === undefined ? undefined : addressKey(source.url),
  source_same: sourceSame(source) ?? undefined,
  text_sha256: source.text === undefined ? undefined : textHash(normalisedText(source.text)),
})

// What a source without an address is found by agrees, if not to the letter.
const FOUND_BY = ['title', 'publisher', 'published']

/** A source by id, or by what it is found by: an inline one that says something else than the held one is refused. */
export async function sourceFrom(
  ledger: Ledger,
  unit: Unit,
  source: string | SourceRequest,
  found: { source: Held<Source> | null; text: string | null },
  isClaimed: (claim: string) => boolean,
): Promise<ReferredSource> {
  const held = found.source
  const asHeld = (row: Held<Source>): ReferredSource => ({
    ...row,
    entries: [],
    claims: [],
    beside: [],
    text: found.text,
  })
  if (typeof source === 'string') {
    if (held === null) throw invalid('/source', `there is no source ${JSON.stringify(source)}`)
    return asHeld(held)
  }
  if (held === null) return newSource(ledger, unit, source, isClaimed, '/source')
  const { text, ...fields } = source
  const isSame = (name: string) =>
    name === 'url' ||
    (name === 'coverage' && coverageOf(source) === coverageOf(held.record)) ||
    (source.url === undefined && FOUND_BY.includes(name))
  const differing = Object.entries(fields).filter(
    ([name, value]) =>
      value !== undefined &&
      !isSame(name) &&
      canonicalJson(value) !== canonicalJson(held.record[name as keyof Source] ?? null),
  )
  if (text !== undefined && textHash(normalisedText(text)) !== held.record.text_sha256)
    differing.push(['text', text])
  const by = source.url === undefined ? 'with this title, publisher and date' : 'at this address'
  if (differing.length > 0)
    throw new LedgerError(
      'conflict',
      `The source ${by} is ${held.record.id}, and it says otherwise. Refer to it by its id, or correct it.`,
      differing.map(([name]) => ({
        pointer: `/source/${name}`,
        message: 'differs from the recorded source',
      })),
      { existing: { source: held.record.id } },
    )
  return asHeld(held)
}

/** A new source; its text stays private and only its hash is recorded. */
export async function newSource(
  ledger: Ledger,
  unit: Unit,
  request: SourceRequest,
  isClaimed: (claim: string) => boolean,
  at: string,
): Promise<ReferredSource> {
  const published = spanOf(request.published)
  refuseIf(`${at}/published`, futureProblem(published.from, latestDate(unit.now)))
  const { text, ...fields } = request
  const id = await freeId(ledger, 'source', `${published.from.slice(0, 7)} ${request.title}`, isClaimed)
  const record: Source = {
    id,
    ...fields,
    ...(text === undefined ? {} : { text_sha256: textHash(normalisedText(text)) }),
  }
  const stream = newId(ledger)
  return {
    record,
    stream,
    entries: [draft(unit, 'source.recorded', { stream, rev: 0 }, { record })],
    claims: [
      idClaim('source', id),
      request.url === undefined ? `source:${sourceKey(record)}` : `address:${addressKey(request.url)}`,
    ],
    beside: [
      ...(text === undefined ? [] : [keepText(id, text)]),
      ...(request.url === undefined ? refuseTwins([sourceMade(record)]) : []),
    ],
    text: text ?? null,
  }
}
