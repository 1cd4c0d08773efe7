import type { Analyst } from '../../core/analyst.ts'
import type { Source } from '../../core/source.ts'
import { addressKey, withoutSender } from '../../core/text.ts'
import { keysIn, type Mention, mentionsIn } from '../../reading/mention.ts'
import type { Finding } from '../../scoring/document.ts'
import type { Database } from '../../store/database.ts'
import { type RecordDocument, readTrackRecord } from '../../store/documents/track-record.ts'
import { type ForecastItem, listForecasts } from '../../store/forecasts.ts'
import { findSourceByAddress } from '../../store/lookups.ts'
import { likelyOf, personsNear, speakersIn } from '../../store/persons.ts'
import { ask } from '../../store/query.ts'

/** What somebody holds who is about to quote: a name, the address of a page, a passage. */
export type LookedUp = { name?: string | undefined; url?: string | undefined; text?: string | undefined }

/** Somebody of whom the ledger has a record, with the beginning of it. */
export type KnownPerson = {
  analyst: Analyst
  record: RecordDocument
  /** Whether the record is too short for its sentence to say how far their word can be taken. */
  isTooLittle: boolean
  /** The next to be due. */
  open: ForecastItem[]
}

export type Lookup = {
  /** The source at the address, where the ledger holds one. */
  source: Source | null
  mentions: Mention[]
  people: KnownPerson[]
  /** How many more are known, of whom nothing is told here. */
  more: number
  /** Who may be meant as well as somebody else: nothing is said of them, since it may be another's record. */
  may: Analyst[]
}

export const MOST_PEOPLE = 8
const MOST_OPEN = 3
const TOO_LITTLE: readonly Finding['rule'][] = ['nothing_decided', 'too_few', 'no_claims']

/** Whom of the ledger's analysts this is about, and what can be said of each. Two people of one name are never one. */
export async function lookUp(db: Database, { name, url, text }: LookedUp, now: Date): Promise<Lookup> {
  const held = url === undefined ? null : await sourceAt(db, url)
  const speakers = held === null ? [] : await ask(db, speakersIn(held.record.id))
  const named = name === undefined ? { is: null, may: [] } : await ask(db, likelyOf(name))
  const near = text === undefined ? [] : await ask(db, personsNear(keysIn(text)))
  const mentions = text === undefined ? [] : mentionsIn(text, near)
  const known = new Map(near.map((analyst) => [analyst.id, analyst]))
  const of = (ids: readonly string[]) => ids.flatMap((id) => known.get(id) ?? [])
  const people = distinct([
    ...(named.is === null ? [] : [named.is]),
    ...of(mentions.flatMap(({ is }) => is ?? [])),
    ...speakers,
  ])
  const sure = new Set(people.map(({ id }) => id))
  return {
    source: held?.record ?? null,
    mentions,
    people: await Promise.all(people.slice(0, MOST_PEOPLE).map((analyst) => knownPerson(db, analyst, now))),
    more: Math.max(0, people.length - MOST_PEOPLE),
    may: distinct([
      ...(named.is === null ? named.may : []),
      ...of(mentions.flatMap(({ may }) => may)),
    ]).filter(({ id }) => !sure.has(id)),
  }
}

const sourceAt = async (db: Database, url: string) =>
  (await findSourceByAddress(db, addressKey(url))) ??
  (await findSourceByAddress(db, addressKey(withoutSender(url))))

const distinct = (analysts: readonly Analyst[]): Analyst[] => [
  ...new Map(analysts.map((one) => [one.id, one])).values(),
]

async function knownPerson(db: Database, analyst: Analyst, now: Date): Promise<KnownPerson> {
  const [record, open] = await Promise.all([
    readTrackRecord(db, analyst.id, { now, simulate: false }),
    listForecasts(db, { analyst: analyst.id, state: 'open' }, now, {
      limit: MOST_OPEN,
      sorting: { sort: 'deadline', order: 'asc' },
    }),
  ])
  if (record === null) throw new Error(`analyst ${analyst.id} has no record`)
  return {
    analyst,
    record,
    isTooLittle: TOO_LITTLE.includes(record.finding.rule),
    open: open.items,
  }
}
