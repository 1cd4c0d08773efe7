import { spanOf } from '../../core/calendar.ts'
import type { CueTime } from '../../core/capture.ts'
import { invalid, LedgerError } from '../../core/error.ts'
import { normalisedText } from '../../core/normalised-text.ts'
import { coverageOf, type Source, type SourceRequest } from '../../core/source.ts'
import { addressKey } from '../../core/text.ts'
import { canonicalJson } from '../../log/canonical-json.ts'
import { textHash } from '../../log/entry.ts'
import { captionsIn } from '../../reading/transcript.ts'
import type { Statement } from '../../store/database.ts'
import { keepText } from '../../store/source-text.ts'
import { sourceSame } from '../../store/twins.ts'
import type { Referred } from '../analyst/analyst.ts'

/**
 * A source whose text is a file of captions, with the text that they are: that is kept, hashed and quoted. What a
 * machine wrote down is marked so unless its sender says otherwise.
 */
export function readableSource<T extends string | SourceRequest>(
  source: T,
): { source: T; cues: readonly CueTime[] } {
  const heard = typeof source === 'string' || source.text === undefined ? null : captionsIn(source.text)
  if (heard === null) return { source, cues: [] }
  if (heard.text === '') throw invalid('/source/text', 'is a file of captions in which nothing is said')
  const machine = heard.machine === null ? {} : { transcript: 'machine' as const }
  return { source: { ...machine, ...(source as SourceRequest), text: heard.text } as T, cues: heard.cues }
}

/** By what a source that comes whole is found again: by its address, or else by title, publisher and date. */
export const sourceSought = (source: SourceRequest) => ({
  address_key: source.url === undefined ? undefined : addressKey(source.url),
  source_same: sourceSame(source) ?? undefined,
  text_sha256: source.text === undefined ? undefined : textHash(normalisedText(source.text)),
})

/** A source by id, or by what it is found by (`held`); an inline one that is not found is made, under a free id. */
export async function sourceFrom(
  source: string | SourceRequest,
  held: Source | undefined,
  freeId: () => Promise<string>,
): Promise<Referred<Source>> {
  if (typeof source === 'string') return { id: source, made: [] }
  if (held !== undefined) {
    requireSame(source, held)
    return { id: held.id, made: [] }
  }
  const record = sourceAs(await freeId(), source)
  return { id: record.id, made: [{ record, sought: true }] }
}

// What a source without an address is found by agrees, if not to the letter.
const FOUND_BY = ['title', 'publisher', 'published']

/** Refuses an inline source that says something else than the held one. */
function requireSame(source: SourceRequest, held: Source): void {
  const { text, ...fields } = source
  const isSame = (name: string) =>
    name === 'url' ||
    (name === 'coverage' && coverageOf(source) === coverageOf(held)) ||
    (source.url === undefined && FOUND_BY.includes(name))
  const differing = Object.entries(fields).filter(
    ([name, value]) =>
      value !== undefined &&
      !isSame(name) &&
      canonicalJson(value) !== canonicalJson(held[name as keyof Source] ?? null),
  )
  if (text !== undefined && textHash(normalisedText(text)) !== held.text_sha256)
    differing.push(['text', text])
  const by = source.url === undefined ? 'with this title, publisher and date' : 'at this address'
  if (differing.length > 0)
    throw new LedgerError(
      'conflict',
      `The source ${by} is ${held.id}, and it says otherwise. Refer to it by its id, or correct it.`,
      differing.map(([name]) => ({
        pointer: `/source/${name}`,
        message: 'differs from the recorded source',
      })),
      { existing: { source: held.id } },
    )
}

/** By what a new source goes: ids are made of it. */
export const sourceTitle = ({ published, title }: Pick<SourceRequest, 'published' | 'title'>): string =>
  `${spanOf(published).from.slice(0, 7)} ${title}`

/** A new source; its text stays private and only its hash is recorded. */
export const sourceAs = (id: string, { text, ...fields }: SourceRequest): Source => ({
  id,
  ...fields,
  ...(text === undefined ? {} : { text_sha256: textHash(normalisedText(text)) }),
})

export const textBeside = (source: string, text: string | undefined): Statement[] =>
  text === undefined ? [] : [keepText(source, text)]
