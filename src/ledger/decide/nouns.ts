import type { Analyst } from '../../core/analyst.ts'
import { futureProblem, spanOf } from '../../core/calendar.ts'
import { type Amends, amending } from '../../core/correction.ts'
import { LedgerError, refuseIf } from '../../core/error.ts'
import type { LedgerRecords } from '../../core/folder.ts'
import type { Source } from '../../core/source.ts'
import { addressKey } from '../../core/text.ts'
import { canonicalJson } from '../../log/canonical-json.ts'
import { draft } from '../draft.ts'
import { begun, type Deciding, decide, frozen, put, type WantedAnalyst } from './deciding.ts'
import { requireAnother } from './person.ts'

/** A new analyst, or a correction of one. */
export function decideAnalyst(d: Deciding, wanted: WantedAnalyst): void {
  decideNoun(d, 'analyst', wanted.record, wanted.amends, [() => requireAnother(d, wanted)])
}

/** A new source, or a correction of one. */
export function decideSource(d: Deciding, { record, amends }: LedgerRecords['sources'][number]): void {
  const addresses = record.url === undefined ? [] : [`address:${addressKey(record.url)}`]
  decideNoun(d, 'source', record, amends, [
    () => refuseIf('/published', futureProblem(spanOf(record.published).from, d.today)),
    () => requireOwn(d, record.id, addresses, addressTaken),
  ])
}

function decideNoun(
  d: Deciding,
  noun: 'analyst' | 'source',
  record: Analyst | Source,
  amends: Amends | undefined,
  checks: (() => void)[],
): void {
  const known = d.held[noun].get(record.id)
  if (known !== undefined && isSame(record, known.record)) d.unchanged++
  else if (known !== undefined && amends === undefined)
    frozen(d, noun, record.id, 'say why with `amends: <reason>` beside its id')
  else
    decide(d, noun, record, checks, () => {
      const at =
        known === undefined
          ? { stream: begun(d, noun, record.id), rev: 0 }
          : { stream: known.stream, rev: known.rev + 1 }
      const payload =
        amends === undefined || known === undefined ? { record } : { record, ...amending(amends) }
      put(d, noun, draft(d.unit, `${noun}.recorded`, at, payload as never))
    })
}

/** A file may leave out the hash of a text. */
const isSame = (said: Analyst | Source, held: Analyst | Source) =>
  canonicalJson(
    'text_sha256' in held && !('text_sha256' in said) ? { ...said, text_sha256: held.text_sha256 } : said,
  ) === canonicalJson(held)

/** An address belongs to one source. */
function requireOwn(
  d: Deciding,
  id: string,
  keys: readonly string[],
  taken: (owner: string) => LedgerError,
): void {
  for (const key of keys) {
    const owner = d.held.owners.get(key) ?? id
    if (owner !== id) throw taken(owner)
    d.held.owners.set(key, id)
  }
}

const addressTaken = (source: string) =>
  new LedgerError(
    'duplicate',
    `The source at this address is ${source}.`,
    [{ pointer: '/url', message: `belongs to ${source}: log into that source, or correct the address` }],
    { existing: { source } },
  )
