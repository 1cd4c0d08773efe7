import { createClient } from '@libsql/client'
import type { Ledger } from '../../src/ledger/ledger.ts'
import { canonicalJson } from '../../src/log/canonical-json.ts'
import { base64url, hex, utf8 } from '../../src/log/encoding.ts'
import { sealOf } from '../../src/log/entry.ts'
import { hashLeaf } from '../../src/log/tree.ts'
import { readStored } from '../../src/store/events.ts'
import { projectionNames } from '../../src/store/migrate.ts'

/** An entry as whoever owns the file can write it: any envelope, any payload. */
export type Forged = { envelope: Record<string, unknown> & { type: string }; payload: unknown; salt: string }

/** All entries of a ledger, opened. */
export async function opened({ db }: Ledger): Promise<Forged[]> {
  return (await readStored(db, 0, 1_000_000)).map(({ bytes, disclosure }) => {
    const [salt, , payload] = JSON.parse(Buffer.from(disclosure ?? '', 'base64url').toString())
    return { envelope: JSON.parse(bytes), payload, salt }
  })
}

/** The same entries sealed anew: every seal and every rev fits, whatever was written into them. */
export function sealed(entries: readonly Forged[]): { bytes: string; disclosure: string }[] {
  const revs = new Map<unknown, number>()
  return entries.map(({ envelope, payload, salt }) => {
    const disclosure = base64url(utf8(canonicalJson([salt, 'record', payload])))
    const rev = revs.get(envelope.stream) ?? 0
    revs.set(envelope.stream, rev + 1)
    return { bytes: canonicalJson({ ...envelope, rev, sealed: sealOf(disclosure) }), disclosure }
  })
}

/** Puts other entries in the place of all that the log holds, in the same database, past every guard. */
export async function rewriteLog(url: string, entries: readonly Forged[]): Promise<void> {
  const client = createClient({ url })
  try {
    const triggers = (
      await client.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ('entry', 'opening')",
      )
    ).rows
    await client.batch(
      [
        ...triggers.map(({ name }) => `DROP TRIGGER ${name}`),
        ...projectionNames.map((name) => `DROP TABLE IF EXISTS ${name}`),
        'DELETE FROM entry',
        'DELETE FROM opening',
        ...sealed(entries).flatMap(({ bytes, disclosure }, seq) => [
          {
            sql: 'INSERT INTO entry (seq, leaf, bytes) VALUES (:seq, unhex(:leaf), :bytes)',
            args: { seq, leaf: hex(hashLeaf(utf8(bytes))), bytes },
          },
          {
            sql: 'INSERT INTO opening (seq, disclosure) VALUES (:seq, :disclosure)',
            args: { seq, disclosure },
          },
        ]),
        ...triggers.map(({ sql }) => String(sql)),
      ],
      'write',
    )
  } finally {
    client.close()
  }
}

type Change = (payload: Record<string, unknown>, envelope: Forged['envelope']) => void

/** The entries with one of a type changed. */
const changed = (type: string, change: Change) => (entries: Forged[]) => {
  const entry = entries.find(({ envelope }) => envelope.type === type)
  if (entry === undefined) throw new Error(`there is no ${type} to forge`)
  change(entry.payload as Record<string, unknown>, entry.envelope)
  return entries
}

const indexOf = (entries: Forged[], type: string): number => {
  const at = entries.findLastIndex(({ envelope }) => envelope.type === type)
  if (at < 0) throw new Error(`there is no ${type} to forge`)
  return at
}

/**
 * The ten ways in which whoever owns the file can lie, each so that the log agrees with itself afterwards. The ledger
 * holds a forecast that came true, and after it a second one that nothing depends on.
 */
export const TEN_WAYS: Readonly<Record<string, (entries: Forged[]) => Forged[]>> = {
  'the quote was changed': changed('statement.recorded', (payload) => {
    const quote = payload.quote as { exact: string }
    quote.exact = quote.exact.replace('no war', 'a war')
  }),
  'the probability was changed': changed('forecast.recorded', (payload) => {
    payload.probability = 0.97
  }),
  'the outcome was changed': changed('resolution.proposed', (payload) => {
    payload.outcome = payload.outcome === 'no' ? 'yes' : 'no'
  }),
  'the date of an entry was changed': changed('resolution.proposed', (_, envelope) => {
    envelope.at = new Date(Date.parse(String(envelope.at)) - 3_600_000).toISOString()
  }),
  'the author of an entry was changed': (entries) => {
    const other = entries.filter(({ envelope }) => envelope.type === 'member.added')[1]
    const { id: member } = (other as Forged).payload as { id: string }
    return changed('statement.recorded', (_, envelope) => {
      envelope.by = member
    })(entries)
  },
  'the criteria were changed': changed('question.recorded', (payload) => {
    payload.criteria = `${payload.criteria} Or nearly so.`
  }),
  'an entry was deleted': (entries) => entries.toSpliced(indexOf(entries, 'forecast.recorded'), 1),
  'the end was cut off': (entries) => entries.slice(0, -2),
  'a back-dated entry was put in': (entries) => {
    const at = indexOf(entries, 'question.recorded')
    const { envelope, payload } = entries[at] as Forged
    const invented = {
      ...(payload as object),
      id: 'invented-later',
      title: 'Something that was known by then',
    }
    const stream = base64url(new Uint8Array(16).fill(9))
    return entries.toSpliced(at + 1, 0, {
      envelope: { ...envelope, stream, refs: [] },
      payload: invented,
      salt: base64url(new Uint8Array(16).fill(8)),
    })
  },
  'two entries changed places': (entries) => {
    const at = indexOf(entries, 'analyst.recorded')
    const [first, second] = [entries[at - 1] as Forged, entries[at] as Forged]
    const times = [first.envelope.at, second.envelope.at]
    second.envelope.at = times[0]
    first.envelope.at = times[1]
    return entries.toSpliced(at - 1, 2, second, first)
  },
}
