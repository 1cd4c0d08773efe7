import { canonicalJson } from '../log/canonical-json.ts'
import { cell, change, insert, type Placed, type Projector, ROWS, SEQ } from './projection-sql.ts'

const ANCHORED = ['seq', 'at', 'by', 'size', 'kind', 'party', 'attested_at', 'record']

const cells = ({ n, at, by, payload }: Placed<'checkpoint.anchored'>) => [
  {
    n,
    at,
    by,
    size: payload.size,
    kind: payload.kind,
    party: payload.party,
    attested_at: payload.at,
    by_whom: payload.by_whom,
    record: canonicalJson(payload),
  },
]

/** Forecasts within the checkpoint; `which` of them it is the earliest proof of. Without a time it is none. */
const proves = (which: string): Projector =>
  change(
    'checkpoint.anchored',
    `UPDATE forecast SET proven = json_object('seq', ${SEQ}, 'size', ${cell('size')}, 'kind', ${cell('kind')},
       'at', ${cell('attested_at')}, 'by', ${cell('by_whom')}) FROM ${ROWS}
     WHERE ${cell('attested_at')} IS NOT NULL AND forecast.seq < ${cell('size')} AND ${which}`,
    cells,
  )

/** What the same party attested before has been looked at: only what came since can become earlier by it. */
const SINCE = `coalesce((SELECT max(size) FROM anchored WHERE anchored.party = ${cell('party')}
  AND anchored.size < ${cell('size')} AND anchored.attested_at IS NOT NULL), 0)`

export const anchorProjectors: readonly Projector[] = [
  proves('forecast.proven IS NULL'),
  proves(`forecast.seq >= ${SINCE} AND forecast.proven ->> '$.at' > ${cell('attested_at')}`),
  insert('checkpoint.anchored', 'anchored', ANCHORED, cells),
]
