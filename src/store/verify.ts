import { dueAt } from '../core/calendar.ts'
import { timeline } from '../core/clock.ts'
import { type EntryType, Envelope, type Event, payloads } from '../core/entry.ts'
import type { Question } from '../core/question.ts'
import { NOTHING, TAKE_BACK_MS } from '../core/resolution.ts'
import { rosterOf } from '../core/roster.ts'
import { canonicalJson } from '../log/canonical-json.ts'
import { hex, utf8 } from '../log/encoding.ts'
import { leafHash, MAX_ENTRY_BYTES, openingOf, sealOf } from '../log/entry.ts'
import type { Database, Row } from './database.ts'
import { readStored, type StoredEntry } from './events.ts'
import { projectionNames } from './migrate.ts'
import { project } from './projections.ts'
import { PROJECTION_VERSION, projectionTables } from './schema.ts'

/** What is wrong, and at which entry (null: in the projections). */
export type VerifyFinding = { seq: number | null; code: string; message: string }
export type Verification = {
  entries: number
  /** Outcomes confirmed by their proposer, allowed while only one member could resolve. */
  same_person: number
  findings: VerifyFinding[]
}

const CHUNK = 2_000
const MOST_FINDINGS = 100

/**
 * Re-hashes every entry, checks that it is canonical, in order, gapless in seq and in the rev of its stream, that its
 * opening matches its seal, that nobody broke four eyes or moved a criterion after its deadline; then replays
 * everything into a scratch database and compares it with the projections, row by row.
 * Triggers are no part of it: an untouched copy without them passes.
 */
export async function verifyLedger(
  db: Database,
  scratch: Database,
  options: { progress?: (done: number) => void } = {},
): Promise<Verification> {
  const log = logCheck()
  await scratch.write([
    ...projectionTables,
    {
      sql: 'INSERT INTO projection (version, seq) VALUES (:version, -1)',
      args: { version: BigInt(PROJECTION_VERSION) },
    },
  ])
  let next = 0
  let compared: VerifyFinding[] = []
  // Beside a live server the projections may move on while they are compared: then catch up and compare again.
  for (let attempt = 0; attempt < 5; attempt++) {
    for (;;) {
      const stored = await readStored(db, next, CHUNK)
      if (stored.length === 0) break
      const events = stored.map(log.check)
      if (log.replayable()) await replay(scratch, events as Event[], log)
      next = (stored.at(-1) as StoredEntry).seq + 1
      options.progress?.(next)
    }
    compared = log.replayable() ? await compareProjections(db, scratch) : []
    if (compared.length === 0 || (await readStored(db, next, 1)).length === 0) break
  }
  const orphans = await orphanedOpenings(db)
  const { entries, same_person, findings } = log.result()
  return { entries, same_person, findings: [...findings, ...orphans, ...compared].slice(0, MOST_FINDINGS) }
}

async function replay(scratch: Database, events: Event[], log: ReturnType<typeof logCheck>): Promise<void> {
  try {
    await scratch.write(project(events))
  } catch (error) {
    log.refuse(
      events[0]?.seq ?? null,
      'replay',
      `The entries from here on cannot be replayed: ${error instanceof Error ? error.message : error}`,
    )
  }
}

/** The checks that need nothing but the entries, one after the other. */
function logCheck() {
  const findings: VerifyFinding[] = []
  const revs = new Map<string, number>()
  const proposers = new Map<string, string>()
  const deadlines = new Map<string, Date>()
  const standing = new Map<string, Map<string, { by: string; at: string }>>()
  let expected = 0
  let entries = 0
  let samePerson = 0
  const roster = rosterOf()
  let fourEyes = false
  let isAuto = false
  const times = timeline()
  let replayable = true

  const refuse = (seq: number | null, code: string, message: string) => {
    replayable = false
    findings.push({ seq, code, message })
  }

  function check(stored: StoredEntry): Event | null {
    const { seq, bytes, disclosure } = stored
    entries++
    if (seq !== expected) refuse(seq, 'gap', `Entry ${expected} is missing.`)
    expected = seq + 1
    if (leafHash(bytes) !== hex(stored.leaf))
      refuse(seq, 'leaf', 'The bytes do not hash to the leaf: they were changed.')
    if (utf8(bytes).length > MAX_ENTRY_BYTES) refuse(seq, 'size', 'The entry is longer than 65,535 bytes.')
    const envelope = readEnvelope(bytes)
    if (envelope === null) {
      refuse(seq, 'envelope', 'The bytes are not a canonical envelope.')
      return null
    }
    if (!times.follow({ at: envelope.at, type: envelope.type as EntryType }))
      refuse(seq, 'time', 'The entry is older than the one before it.')
    const rev = revs.get(envelope.stream) ?? 0
    if (envelope.rev !== rev) refuse(seq, 'rev', `Its stream should be at rev ${rev}, not ${envelope.rev}.`)
    revs.set(envelope.stream, envelope.rev + 1)
    if (disclosure === null) {
      refuse(seq, 'opening', 'The opening is missing and no redaction names it.')
      return null
    }
    if (sealOf(disclosure) !== envelope.sealed)
      refuse(seq, 'seal', 'The opening does not match the seal: the payload was changed.')
    const payload = payloads[envelope.type as EntryType].safeParse(openingOf(disclosure))
    if (!payload.success) {
      refuse(seq, 'payload', `The payload is not a ${envelope.type}.`)
      return null
    }
    const { v: _, sealed: __, ...fields } = envelope
    const event = { ...fields, seq, payload: payload.data } as Event
    checkRules(event)
    return event
  }

  /** Who last proposed or confirmed each resolution that stands. */
  function act(event: Event<'resolution.proposed' | 'resolution.confirmed'>): void {
    const ofQuestion = standing.get(event.stream) ?? new Map<string, { by: string; at: string }>()
    standing.set(event.stream, ofQuestion.set(event.payload.id, { by: event.by, at: event.at }))
  }

  function checkRules(event: Event): void {
    switch (event.type) {
      case 'clock.corrected':
        if (!times.correct(event.payload.from))
          refuse(
            event.seq,
            'clock',
            'The correction does not begin with the first entry that was stamped after it.',
          )
        for (const ofQuestion of standing.values())
          for (const act of ofQuestion.values()) if (act.at > event.at) act.at = event.at
        break
      case 'policy.changed':
        fourEyes = event.payload.four_eyes_in_force
        isAuto = event.payload.four_eyes === 'auto'
        break
      case 'member.added':
      case 'member.changed':
        if (!roster.take(event)) refuse(event.seq, 'member', 'It changes nobody who can be changed.')
        else if (event.type === 'member.changed' && roster.count('admin') === 0)
          refuse(event.seq, 'member', 'No admin was left after it.')
        break
      case 'forecast.withdrawn':
      case 'reply.published':
        if (event.payload.heard_by === event.by)
          refuse(event.seq, 'four_eyes', 'One member stands for both who heard it and who recorded it.')
        break
      case 'question.recorded':
        deadlines.set(event.stream, dueAt(event.payload.deadline))
        break
      case 'question.amended':
        if (new Date(event.at) >= (deadlines.get(event.stream) ?? new Date(0)))
          refuse(event.seq, 'criteria', 'The question was amended after its deadline.')
        if ((standing.get(event.stream)?.size ?? 0) > 0)
          refuse(event.seq, 'criteria', 'The question was amended after an outcome was proposed.')
        deadlines.set(event.stream, dueAt((event.payload.record as Question).deadline))
        break
      case 'resolution.proposed':
        act(event)
        proposers.set(`${event.payload.question} ${event.payload.id}`, event.by)
        break
      case 'resolution.confirmed': {
        act(event)
        const proposer = proposers.get(`${event.payload.question} ${event.payload.id}`)
        if (proposer === undefined)
          refuse(event.seq, 'proposal', 'An outcome was confirmed that nobody proposed.')
        if (proposer !== event.by) break
        samePerson++
        if (fourEyes || (isAuto && roster.count('resolver') > 1))
          refuse(event.seq, 'four_eyes', 'The proposer confirmed an outcome while four eyes were in force.')
        break
      }
      case 'resolution.superseded': {
        const last = standing.get(event.stream)?.get(event.payload.id)
        const inTime = last?.by === event.by && Date.parse(event.at) - Date.parse(last.at) <= TAKE_BACK_MS
        if (event.payload.superseded_by === NOTHING && !inTime)
          refuse(event.seq, 'taken_back', 'An outcome was taken back by somebody else, or after its minute.')
        standing.get(event.stream)?.delete(event.payload.id)
        break
      }
    }
  }

  return {
    check,
    refuse,
    replayable: () => replayable,
    result: () => ({ entries, same_person: samePerson, findings }),
  }
}

function readEnvelope(bytes: string): Envelope | null {
  try {
    const value: unknown = JSON.parse(bytes)
    const envelope = Envelope.safeParse(value)
    return envelope.success && canonicalJson(value) === bytes ? envelope.data : null
  } catch {
    return null
  }
}

async function orphanedOpenings(db: Database): Promise<VerifyFinding[]> {
  const rows = await db.read({
    sql: 'SELECT seq FROM opening WHERE NOT EXISTS (SELECT 1 FROM entry WHERE entry.seq = opening.seq) LIMIT 10',
  })
  return rows.map((row) => ({
    seq: Number(row.seq),
    code: 'opening',
    message: 'The opening belongs to no entry.',
  }))
}

/** Every projection, row by row in the order of its rowid-free content. */
async function compareProjections(db: Database, scratch: Database): Promise<VerifyFinding[]> {
  const findings: VerifyFinding[] = []
  for (const table of projectionNames) {
    const columns = (await scratch.read({ sql: `SELECT name FROM pragma_table_info('${table}')` })).map(
      (row) => String(row.name),
    )
    const order = columns.map((name) => `"${name}"`).join(', ')
    for (let offset = 0; ; offset += CHUNK) {
      const page = { sql: `SELECT ${order} FROM ${table} ORDER BY ${order} LIMIT ${CHUNK} OFFSET ${offset}` }
      const [held, replayed] = await Promise.all([db.read(page), scratch.read(page)])
      const at = firstDifference(columns, held, replayed)
      if (at !== null) {
        findings.push({
          seq: null,
          code: 'projection',
          message: `The table ${table} is not what the log says, near ${at}: run \`reckon rebuild\`.`,
        })
        break
      }
      if (held.length < CHUNK) break
    }
  }
  return findings
}

function firstDifference(columns: string[], held: Row[], replayed: Row[]): string | null {
  const text = (row: Row | undefined) =>
    row === undefined ? null : JSON.stringify(columns.map((name) => row[name]))
  for (let i = 0; i < Math.max(held.length, replayed.length); i++)
    if (text(held[i]) !== text(replayed[i])) return (text(held[i]) ?? text(replayed[i]) ?? '').slice(0, 120)
  return null
}
