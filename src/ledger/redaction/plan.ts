import type { EntryType, Event } from '../../core/entry.ts'
import { invalid, LedgerError, notFound } from '../../core/error.ts'
import {
  isRedaction,
  NAMELESS,
  type Redacted,
  type RedactionKind,
  type RedactionRequest,
  TAKEN_OUT,
} from '../../core/redaction.ts'
import { hasWords, isPhrase, phrasesIn, sharing, telling, withoutPhrases } from '../../core/removal.ts'
import { localId, sourceOf } from '../../core/slug.ts'
import {
  isContext,
  isOfMembers,
  isWhole,
  type Recorded,
  type Removal,
  replacementProblem,
  takenOut,
  textsOf,
} from '../../core/taking-out.ts'
import type { Database } from '../../store/database.ts'
import { readEvents } from '../../store/events.ts'
import { findAnalyst, findForecast, findQuestion, findSource, findStatement } from '../../store/lookups.ts'
import { accountOf, type PrivateRow, privateRows } from '../../store/private-words.ts'
import { isAbout, type Leaving, leaving } from './member.ts'

const CHUNK = 2_000

/** An entry that holds the words, and what is read in its place from now on. */
export type Change = { event: Event; payload: Recorded }

/** All that goes if words are taken out now. */
export type Plan = {
  /** The whole log, oldest first: what is derived is made of it anew. */
  events: readonly Event[]
  changes: readonly Change[]
  /** Sources whose private text goes, with the entry that recorded each. */
  texts: readonly { source: string; entry: number }[]
  rows: readonly PrivateRow[]
  /** A text without the words. */
  without: (text: string) => string
  /** Ids that tell something, and what they are called from then on. */
  renamed: ReadonlyMap<string, string>
  /** Entries that hold the words and are left as they are: of members, tokens, policy and the clock. */
  left: readonly Event[]
}

/** Which entries are those of the record itself, the parts of ids that were made from it, and the source it stands in. */
type Own = {
  is: (event: Event) => boolean
  parts: ReadonlySet<string>
  source: string | null
  /** The member who goes. */
  member: Leaving | null
}

const NOBODYS: Own = { is: () => false, parts: new Set(), source: null, member: null }
const SAID: readonly EntryType[] = ['statement.recorded', 'statement.verified']
const OF: Readonly<Record<Exclude<RedactionKind, 'entry' | 'member'>, readonly EntryType[]>> = {
  analyst: ['analyst.recorded'],
  source: ['source.recorded'],
  statement: SAID,
  forecast: [...SAID, 'forecast.recorded', 'forecast.withdrawn', 'retracted'],
  question: ['question.recorded', 'question.amended'],
}

async function ownOf(db: Database, { kind, id = '' }: RedactionRequest): Promise<Own> {
  if (kind === undefined) return NOBODYS
  if (kind === 'entry') {
    const seq = /^\d{1,15}$/u.test(id) ? Number(id) : -1
    return { ...NOBODYS, is: (event) => event.seq === seq }
  }
  if (kind === 'member')
    return { ...NOBODYS, is: (event) => isAbout(event, id), member: await leaving(db, id) }
  const found = await {
    analyst: () => findAnalyst(db, id),
    source: () => findSource(db, id),
    statement: () => findStatement(db, id),
    forecast: () => findForecast(db, id),
    question: () => findQuestion(db, id),
  }[kind]()
  if (found === null) throw notFound(kind, id)
  const streams = [found.stream]
  if (kind === 'forecast') streams.push((await findStatement(db, id))?.stream ?? '')
  const types = OF[kind]
  const isSaid = kind === 'statement' || kind === 'forecast'
  return {
    is: (event) => streams.includes(event.stream) && types.includes(event.type),
    parts: new Set([id.includes('_') ? localId(id) : id]),
    source: isSaid ? sourceOf(id) : null,
    member: null,
  }
}

/** Whether something may go from an entry: of those of members only when a member goes, and never another's name. */
const mayGo = (event: Event, { is, member }: Own): boolean =>
  !isWhole(event.type) &&
  (!isOfMembers(event.type) || (member !== null && (is(event) || event.type !== 'member.added')))

async function readLog(db: Database): Promise<Event[]> {
  const events: Event[] = []
  for (;;) {
    const some = await readEvents(db, events.length, CHUNK)
    events.push(...some)
    if (some.length < CHUNK) return events
  }
}

const recordOf = (event: Event) => event.payload as unknown as Recorded
const NAMES = new Set(['name', 'aliases'])

/** The texts of the record that go, of all its entries. */
function ownTexts(events: readonly Event[], own: Own, fields: readonly string[] | undefined): string[] {
  if (own.member !== null) return [...own.member.phrases]
  const all = events
    .filter((event) => own.is(event) && mayGo(event, own))
    .flatMap((event) => textsOf(event.type, recordOf(event)))
  if (all.length === 0 && own !== NOBODYS)
    throw invalid('/id', 'names nothing in which there is a text to take out')
  const known = [...new Set(all.map(({ path }) => path[0] ?? ''))]
  for (const [i, field] of (fields ?? []).entries())
    if (!known.includes(field))
      throw invalid(`/fields/${i}`, `is no text of this record; it has ${known.join(', ')}`)
  return all
    .filter(
      ({ path, text }) =>
        isWithin(fields, path) && !isContext(path) && (isPhrase(text) || NAMES.has(path[0] ?? '')),
    )
    .map(({ text }) => text)
    .filter((text) => text !== TAKEN_OUT)
}

const isWithin = (fields: readonly string[] | undefined, path: readonly string[]): boolean =>
  fields === undefined || fields.includes(path[0] ?? '')

/** Names for ids that tell something: one for each part of an id, the same wherever it stands. */
function naming(tells: (part: string) => boolean, letters: () => string) {
  const parts = new Map<string, string>()
  const ids = new Map<string, string>()
  const partOf = (part: string): string => {
    if (part.startsWith(NAMELESS) || !tells(part)) return part
    const made = parts.get(part) ?? `${NAMELESS}${letters()}`
    parts.set(part, made)
    return made
  }
  return {
    ids: ids as ReadonlyMap<string, string>,
    renamed: (id: string): string => {
      const made = id.split('_').map(partOf).join('_')
      if (made !== id) ids.set(id, made)
      return made
    },
  }
}

/** What goes if this is taken out now; refuses what names nothing, and words that something depends on. */
export async function planRedaction(
  db: Database,
  request: RedactionRequest,
  letters: () => string,
): Promise<Plan> {
  for (const [i, words] of (request.words ?? []).entries())
    if (!hasWords(words) || phrasesIn([words])?.test(TAKEN_OUT) === true)
      throw invalid(`/words/${i}`, 'must hold a word, and not those of the placeholder')
  const [own, events] = [await ownOf(db, request), await readLog(db)]
  const phrases = [...ownTexts(events, own, request.fields), ...(request.words ?? [])]
  const pattern = phrasesIn(phrases)
  const holds = (text: string) => pattern !== null && text.search(pattern) !== -1
  if (holds(request.because)) throw invalid('/because', 'holds the words that are to go')
  const shares = sharing(phrases)
  const tells = telling(phrases)
  const names = naming((part) => tells(part, own.parts.has(part)), letters)
  const removalFor = (event: Event): Removal => {
    const isOwn = own.is(event)
    const isBeside = event.type === 'statement.recorded' && event.payload.source === own.source
    return {
      whole: (path, text) => isOwn && isWithin(request.fields, path) && text !== own.member?.called,
      without: withoutPhrases(pattern),
      shares: (context) => (isOwn || isBeside) && shares(context),
      renamed: names.renamed,
    }
  }
  const changes = events.flatMap((event) => {
    if (!mayGo(event, own)) return []
    const payload = without(event, events, removalFor)
    if (payload === recordOf(event)) return []
    const name = own.member !== null && event.type === 'member.added' ? { name: own.member.called } : {}
    return [{ event, payload: { ...payload, ...name } }]
  })
  const isLeft = (event: Event) => !mayGo(event, own)
  requireWords(changes, events, (event, text) => !isLeft(event) && holds(text))
  const texts = await textsThatGo(db, request, own, events, holds)
  const rows = (await privateRows(db, holds)).filter(({ what }) => what !== 'text')
  if (own.member !== null) rows.push(...(await accountOf(db, own.member.id)))
  return {
    events,
    changes,
    texts,
    rows,
    without: withoutPhrases(pattern),
    renamed: names.ids,
    left: events.filter((event) => isLeft(event) && holds(JSON.stringify(event.payload))),
  }
}

/** What an entry recorded, without the words; what took something out before holds a replacement in turn. */
function without(event: Event, events: readonly Event[], removalFor: (event: Event) => Removal): Recorded {
  const removal = removalFor(event)
  const made = takenOut(event.type, recordOf(event), removal)
  if (!isRedaction(event.type)) return made
  const { entry, replaced_by } = event.payload as Redacted
  const named = events[entry]
  if (named === undefined || replaced_by === undefined) return made
  const again = takenOut(named.type, replaced_by, removalFor(named))
  return again === replaced_by ? made : { ...made, replaced_by: again }
}

/** Refuses where the words also stand in what scores or other entries depend on, and whatever is more than words. */
function requireWords(
  changes: readonly Change[],
  events: readonly Event[],
  holds: (event: Event, text: string) => boolean,
): void {
  const made = new Map(changes.map(({ event, payload }) => [event.seq, payload]))
  for (const { event, payload } of changes) {
    if (isRedaction(event.type)) continue
    const problem = replacementProblem(event.type, recordOf(event), payload)
    if (problem !== null) throw new Error(`a redaction of entry ${event.seq} would change more: ${problem}`)
  }
  const held = events.filter((event) => holds(event, JSON.stringify(made.get(event.seq) ?? event.payload)))
  if (held.length > 0)
    throw new LedgerError(
      'conflict',
      `These words also stand where scores and other entries depend on them, as an option, an outcome or a unit: in ${held
        .slice(0, 5)
        .map(({ seq, type }) => `entry ${seq} (${type})`)
        .join(', ')}. They cannot be taken out there. Leave these words out.`,
    )
}

/** The sources whose private text holds the words, is asked for, or is where the quote stands. */
async function textsThatGo(
  db: Database,
  request: RedactionRequest,
  own: Own,
  events: readonly Event[],
  holds: (text: string) => boolean,
): Promise<Plan['texts']> {
  const isQuoteGone = own.source !== null && isWithin(request.fields, ['quote'])
  const kept = await privateRows(db, () => true)
  const sources = new Set(kept.filter(({ what }) => what === 'text').map(({ id }) => id))
  if (request.text !== undefined && !sources.has(request.text)) {
    if ((await findSource(db, request.text)) === null) throw notFound('source', request.text)
    throw invalid('/text', 'is a source of which no text is kept', 'conflict')
  }
  const holding = (await privateRows(db, holds)).filter(({ what }) => what === 'text').map(({ id }) => id)
  const going = new Set([
    ...holding,
    ...(request.text === undefined ? [] : [request.text]),
    ...(isQuoteGone && own.source !== null && sources.has(own.source) ? [own.source] : []),
  ])
  return events.flatMap((event) =>
    event.type === 'source.recorded' && event.rev === 0 && going.has(event.payload.record.id)
      ? [{ source: event.payload.record.id, entry: event.seq }]
      : [],
  )
}

/** What is said of all this in the log, in the order of the entries concerned. */
export const redactedBy = (
  { changes, texts }: Pick<Plan, 'changes' | 'texts'>,
  { because, class: kind }: Pick<RedactionRequest, 'because' | 'class'>,
): Redacted[] => {
  const why = { because, class: kind }
  return [
    ...changes.map(({ event, payload }) => ({ entry: event.seq, replaced_by: { ...payload }, ...why })),
    ...texts.map(({ entry }) => ({ entry, text: true as const, ...why })),
  ].toSorted((a, b) => a.entry - b.entry)
}
