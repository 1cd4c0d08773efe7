import * as z from 'zod'
import { LedgerError, notFound } from '../core/error.ts'
import type { Host } from '../http/host.ts'
import { parseTilePath, type Tile } from '../log/tile.ts'
import { cosignaturesAt } from '../store/anchors.ts'
import type { Database } from '../store/database.ts'
import { readEntryReceipt, readOpenings, readPublished, readTile, readVerifiers } from '../store/proofs.ts'
import { ask } from '../store/query.ts'
import { type Answered, type Route, read } from './route.ts'

const CHANGING = 'no-cache'
const TEXT = { fresh: true, media: 'text/plain', answer: z.string() } as const

/** What never changes is kept by whoever reads it, and by those between where everybody may read it. */
const lasting = ({ settings }: Host): string =>
  `${settings.public ? 'public' : 'private'}, max-age=31536000, immutable`

const unsigned = (host: Host): LedgerError =>
  new LedgerError(
    'not_found',
    `No checkpoint of this log was signed yet. ${host.ledger.log?.note ?? 'With a key the first is signed within a minute.'}`,
  )

/** A tile of what is published, or `not_found`; `path` as tlog-tiles writes it. */
async function tileAnswer(
  host: Host,
  path: string,
  bytesOf: (db: Database, tile: Tile, size: number) => Promise<Uint8Array | null>,
  caching: string,
): Promise<Answered> {
  const { db } = host.ledger
  const published = await readPublished(db)
  if (published === null) throw unsigned(host)
  const tile = parseTilePath(path)
  const bytes = tile === null ? null : await bytesOf(db, tile, published.size)
  if (bytes === null) throw notFound('tile', path)
  return { body: bytes, headers: { 'Cache-Control': caching } }
}

export const logRoutes: Route[] = [
  read({
    ...TEXT,
    path: '/log/checkpoint',
    summary:
      'The last signed checkpoint (c2sp.org/tlog-checkpoint): which log, how many entries, and the root of the tree over them; with the signatures of witnesses who have seen it.',
    run: async ({ host, db }) => {
      const published = await readPublished(db)
      if (published === null) throw unsigned(host)
      const cosignatures = await ask(db, cosignaturesAt(published.size))
      return { body: `${published.note}${cosignatures.join('')}`, headers: { 'Cache-Control': CHANGING } }
    },
  }),
  read({
    ...TEXT,
    path: '/log/key',
    summary:
      'The verifier key of the log, as Go’s sumdb/note writes it; while it changes, the new one and the old.',
    run: async ({ host, db }) => {
      const keys = await readVerifiers(db)
      if (keys.length === 0) throw unsigned(host)
      return { body: keys.map((key) => `${key}\n`).join(''), headers: { 'Cache-Control': CHANGING } }
    },
  }),
  read({
    path: '/log/tile/:tile',
    summary:
      'A tile of hashes, `<L>/<N>[.p/<W>]`, or a bundle of entries, `entries/<N>[.p/<W>]` (c2sp.org/tlog-tiles). It never changes.',
    fresh: true,
    deep: true,
    media: 'application/octet-stream',
    answer: z.string(),
    // Hashes get no shorter by packing.
    run: ({ host, params: { tile = '' } }) =>
      tileAnswer(
        host,
        `tile/${tile}`,
        readTile,
        tile.startsWith('entries/') ? lasting(host) : `${lasting(host)}, no-transform`,
      ),
  }),
  read({
    ...TEXT,
    path: '/log/openings/:openings',
    summary:
      'The openings of a bundle of entries, `<N>[.p/<W>]`, a line each: a disclosure, or nothing where it is withheld or was taken out.',
    deep: true,
    run: ({ host, params: { openings = '' } }) =>
      tileAnswer(host, `tile/entries/${openings}`, readOpenings, CHANGING),
  }),
  read({
    ...TEXT,
    path: '/log/entries/:seq/receipt',
    summary:
      'The receipt of an entry (c2sp.org/tlog-proof@v1): that it is in the log under the last checkpoint, to be verified offline.',
    run: async ({ host, db, params: { seq = '' } }) => {
      const index = /^(0|[1-9][0-9]{0,14})$/u.test(seq) ? Number(seq) : null
      if (index === null)
        throw new LedgerError('malformed', 'The place of an entry is a whole number from 0.')
      const receipt = await readEntryReceipt(db, index)
      if (receipt !== null) return { body: receipt, headers: { 'Cache-Control': CHANGING } }
      const head = await host.head()
      if (index > head.seq) throw notFound('entry', seq)
      if ((await readPublished(db)) === null) throw unsigned(host)
      throw new LedgerError(
        'not_found',
        `Entry ${seq} is in no signed checkpoint yet: within a minute it is.`,
        [],
        { retryAfterS: 5 },
      )
    },
  }),
]
