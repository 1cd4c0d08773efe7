import type { Anchor, AnchorKind } from '../core/anchor.ts'
import { parseCheckpoint } from '../log/checkpoint.ts'
import type { Database, Row, Statement } from './database.ts'
import { ask, type Page, type PageRequest, pageOf, type Query, query } from './query.ts'
import { parsed } from './row.ts'

/** A signed checkpoint of this log, as it is stored. */
export type SignedCheckpoint = { origin: string; size: number; root: Uint8Array; note: string }

const toCheckpoint = ([row]: readonly Row[]): SignedCheckpoint | null => {
  const note = row === undefined ? null : String(row.note)
  const read = note === null ? null : parseCheckpoint(note)
  return read === null || note === null
    ? null
    : { origin: read.origin, size: read.size, root: read.root, note }
}

/** The latest checkpoint, or null before there is one. */
export const lastSigned: Query<SignedCheckpoint | null> = query(
  { sql: 'SELECT note FROM checkpoint ORDER BY size DESC LIMIT 1' },
  toCheckpoint,
)
export const checkpointAt = (size: number): Query<SignedCheckpoint | null> =>
  query({ sql: 'SELECT note FROM checkpoint WHERE size = :size', args: { size: BigInt(size) } }, toCheckpoint)

/** What is known of a party besides its anchors: when it was asked last, about which checkpoint, and what went wrong. */
export type Party = {
  party: string
  kind: AnchorKind
  asked_at: string
  /** The last checkpoint that it answered about; 0 before any. */
  size: number
  failure: string | null
  cosignature: string | null
}

const toParty = ({ party, kind, asked_at, size, failure, cosignature }: Row): Party => ({
  party: String(party),
  kind: kind as AnchorKind,
  asked_at: String(asked_at),
  size: Number(size),
  failure: failure === null ? null : String(failure),
  cosignature: cosignature === null ? null : String(cosignature),
})

export const parties: Query<Party[]> = query(
  { sql: 'SELECT party, kind, asked_at, size, failure, cosignature FROM anchor_party ORDER BY kind, party' },
  (rows) => rows.map(toParty),
)

/** Keeps what became of asking somebody; a failure leaves what was answered before. */
export const keepParty = ({ party, kind, asked_at, size, failure, cosignature }: Party): Statement => ({
  sql: `INSERT INTO anchor_party (party, kind, asked_at, size, failure, cosignature)
    VALUES (:party, :kind, :asked_at, :size, :failure, :cosignature)
    ON CONFLICT (party) DO UPDATE SET kind = excluded.kind, asked_at = excluded.asked_at,
      size = max(size, excluded.size), failure = excluded.failure,
      cosignature = coalesce(excluded.cosignature, cosignature)`,
  args: { party, kind, asked_at, size: BigInt(size), failure, cosignature },
})

/** The cosignatures that were given on a checkpoint, each a line of its note with its line feed. */
export const cosignaturesAt = (size: number): Query<string[]> =>
  query(
    {
      sql: `SELECT cosignature FROM anchor_party WHERE kind = 'witness' AND size = :size AND cosignature IS NOT NULL
        ORDER BY party`,
      args: { size: BigInt(size) },
    },
    (rows) => rows.map((row) => `${row.cosignature}\n`),
  )

/** When a party's last anchor was recorded, and of how long a log. */
export const lastAnchor = (party: string): Query<{ size: number; at: string } | null> =>
  query(
    {
      sql: 'SELECT size, at FROM anchored WHERE party = :party ORDER BY size DESC LIMIT 1',
      args: { party },
    },
    ([row]) => (row === undefined ? null : { size: Number(row.size), at: String(row.at) }),
  )

/** Whether a party's word on a checkpoint is recorded. */
export const anchoredBy = (party: string, size: number): Query<boolean> =>
  query(
    {
      sql: 'SELECT 1 FROM anchored WHERE party = :party AND size = :size',
      args: { party, size: BigInt(size) },
    },
    (rows) => rows.length > 0,
  )

/** Whether the entries between two sizes hold anything but anchors: an anchor of anchors would never end. */
export const hasNews = (from: number, to: number): Query<boolean> =>
  query(
    {
      sql: `SELECT EXISTS (SELECT 1 FROM entry WHERE seq >= :from AND seq < :to
        AND type <> 'checkpoint.anchored') AS news`,
      args: { from: BigInt(from), to: BigInt(to) },
    },
    ([row]) => Number(row?.news ?? 0) === 1,
  )

/** When an entry was stamped. */
export const stampOf = async (db: Database, seq: number): Promise<string | null> =>
  ask(
    db,
    query({ sql: 'SELECT at FROM entry WHERE seq = :seq', args: { seq: BigInt(seq) } }, ([row]) =>
      row === undefined ? null : String(row.at),
    ),
  )

/** What a calendar promised of a checkpoint (its proof in base64), until a block of Bitcoin holds it. */
export type Promised = { party: string; size: number; asked_at: string; checkpoint: string; proof: string }

export const promises: Query<Promised[]> = query(
  {
    sql: 'SELECT party, size, asked_at, checkpoint, proof FROM anchor_promise ORDER BY size, party LIMIT 1000',
  },
  (rows) =>
    rows.map(({ party, size, asked_at, checkpoint, proof }) => ({
      party: String(party),
      size: Number(size),
      asked_at: String(asked_at),
      checkpoint: String(checkpoint),
      proof: String(proof),
    })),
)

export const keepPromise = ({ party, size, asked_at, checkpoint, proof }: Promised): Statement => ({
  sql: `INSERT INTO anchor_promise (party, size, asked_at, checkpoint, proof)
    VALUES (:party, :size, :asked_at, :checkpoint, :proof)
    ON CONFLICT (party, size) DO UPDATE SET proof = excluded.proof`,
  args: { party, size: BigInt(size), asked_at, checkpoint, proof },
})
export const dropPromise = ({ party, size }: Pick<Promised, 'party' | 'size'>): Statement => ({
  sql: 'DELETE FROM anchor_promise WHERE party = :party AND size = :size',
  args: { party, size: BigInt(size) },
})

/** An anchor as it stands in the log. */
export type Anchored = { seq: number; recorded_at: string; anchor: Anchor }

const toAnchored = ({ seq, at, record }: Row): Anchored => ({
  seq: Number(seq),
  recorded_at: String(at),
  anchor: parsed<Anchor>(record as string),
})

const ANCHORED = 'SELECT seq, at, record FROM anchored'

/** A page of the anchors, latest first. */
export const pageOfAnchors = ({ limit, after }: PageRequest): Query<Page<Anchored>> =>
  query(
    {
      sql: `${ANCHORED} WHERE seq < :after ORDER BY seq DESC LIMIT :limit`,
      args: { after: BigInt(after ?? Number.MAX_SAFE_INTEGER), limit: BigInt(limit + 1) },
    },
    (rows) => pageOf(rows.map(toAnchored), limit, ({ seq }) => seq),
  )

/** Whoever attested something, with how much, since when and what last. */
export type Attestor = {
  kind: AnchorKind
  party: string
  by_whom: string
  anchors: number
  first_at: string | null
  latest: { seq: number; size: number; at: string | null }
}

const MOST_PARTIES = 100

export const attestors: Query<Attestor[]> = query(
  {
    sql: `SELECT kind, party, count(*) AS anchors, min(attested_at) AS first_at, max(size) AS size,
        seq, attested_at, record ->> '$.by_whom' AS by_whom
      FROM anchored GROUP BY party ORDER BY kind, party LIMIT ${MOST_PARTIES}`,
  },
  (rows) =>
    rows.map(({ kind, party, by_whom, anchors, first_at, size, seq, attested_at }) => ({
      kind: kind as AnchorKind,
      party: String(party),
      by_whom: String(by_whom),
      anchors: Number(anchors),
      first_at: first_at === null ? null : String(first_at),
      // With one max() SQLite takes the other columns from the row that has it.
      latest: { seq: Number(seq), size: Number(size), at: attested_at === null ? null : String(attested_at) },
    })),
)

/** The anchor that an entry records, or null. */
export const anchorOf = (seq: number): Query<Anchored | null> =>
  query({ sql: `${ANCHORED} WHERE seq = :seq`, args: { seq: BigInt(seq) } }, ([row]) =>
    row === undefined ? null : toAnchored(row),
  )
