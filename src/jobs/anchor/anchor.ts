import type { Anchor, AnchorKind } from '../../core/anchor.ts'
import { LedgerError } from '../../core/error.ts'
import { recordAnchor } from '../../ledger/anchor/record-anchor.ts'
import type { Ledger } from '../../ledger/ledger.ts'
import { machineMember, SCHEDULER } from '../../ledger/members/membership.ts'
import { ProofError } from '../../log/anchor/proof-error.ts'
import {
  dropPromise,
  hasNews,
  keepParty,
  keepPromise,
  lastAnchor,
  lastSigned,
  type Party,
  parties,
  promises,
} from '../../store/anchors.ts'
import { ask } from '../../store/query.ts'
import { askAgain, askCalendar } from './calendar.ts'
import { type Checkpoint, type Parties, type Send, Unreachable } from './party.ts'
import { askTimestamp } from './timestamp.ts'
import { askWitness } from './witness.ts'

/** What a run came to, for whoever started it. */
export type Anchoring = {
  /** The checkpoint that was asked about; null before there is one. */
  size: number | null
  anchored: { entry: number; kind: AnchorKind; by_whom: string; at: string | null; size: number }[]
  /** Calendars that promised to have it in a block. */
  promised: string[]
  /** Promises that no block holds yet. */
  waiting: number
  /** Of whom nothing was asked, since nothing but anchors is new. */
  nothing_new: string[]
  failed: { party: string; because: string }[]
}

/** How often a party's word becomes an entry, where the clock asks; a witness is asked for cosignatures in between. */
const EVERY_MS = 55 * 60_000

const isTimeFor = (last: { at: string } | null, now: Date): boolean =>
  last === null || now.getTime() - Date.parse(last.at) >= EVERY_MS

const begun = (checkpoint: Checkpoint | null): Anchoring => ({
  size: checkpoint?.size ?? null,
  anchored: [],
  promised: [],
  waiting: 0,
  nothing_new: [],
  failed: [],
})

type Asking = {
  ledger: Ledger
  now: Date
  send: Send
  checkpoint: Checkpoint
  held: ReadonlyMap<string, Party>
  done: Anchoring
  /** Started by a person: whoever was asked a moment ago is asked again. */
  isUrgent: boolean
}

/**
 * Asks everybody about the latest checkpoint, each unless nothing but anchors came since it was asked, and verifies and
 * records what they answer. What goes wrong with one is kept and told, and stops nobody else.
 */
export async function runAnchor(
  ledger: Ledger,
  now: Date,
  asked: Parties,
  send: Send,
  isUrgent = false,
): Promise<Anchoring> {
  const checkpoint = await ask(ledger.db, lastSigned)
  const done = begun(checkpoint)
  if (checkpoint === null) return done
  const held = new Map((await ask(ledger.db, parties)).map((party) => [party.party, party]))
  const asking: Asking = { ledger, now, send, checkpoint, held, done, isUrgent }
  for (const one of asked.timestamps)
    await askOne(asking, 'timestamp', one.url, async () => {
      await recorded(asking, await askTimestamp(send, one, checkpoint))
      return null
    })
  for (const url of asked.calendars)
    await askOne(asking, 'opentimestamps', url, async () => {
      const promise = await askCalendar(send, url, checkpoint)
      const { size } = checkpoint
      await ledger.db.write([keepPromise({ party: url, size, asked_at: now.toISOString(), ...promise })])
      done.promised.push(url)
      return null
    })
  for (const one of asked.witnesses)
    await askOne(asking, 'witness', one.party, async () => {
      const known = held.get(one.party)?.size ?? 0
      const anchor = await askWitness(ledger.db, send, one, checkpoint, known)
      if (isUrgent || isTimeFor(await ask(ledger.db, lastAnchor(one.party)), now))
        await recorded(asking, anchor)
      return anchor.kind === 'witness' ? anchor.cosignature : null
    })
  await runUpgrade(ledger, now, asked.blocks, send, done)
  return done
}

/** Asks calendars what became of their promises, and records what a block holds. */
export async function runUpgrade(
  ledger: Ledger,
  now: Date,
  blocks: string | null,
  send: Send,
  already?: Anchoring,
): Promise<Anchoring> {
  const done = already ?? begun(await ask(ledger.db, lastSigned))
  for (const promise of await ask(ledger.db, promises)) {
    try {
      const anchor = await askAgain(send, promise, blocks)
      if (anchor === null) {
        done.waiting++
        continue
      }
      await recorded({ ledger, now, done }, anchor)
      await ledger.db.write([dropPromise(promise)])
    } catch (error) {
      done.failed.push({ party: promise.party, because: reasonOf(error) })
    }
  }
  return done
}

async function recorded(
  { ledger, now, done }: Pick<Asking, 'ledger' | 'now' | 'done'>,
  anchor: Anchor,
): Promise<void> {
  const unit = { now, by: await machineMember(ledger, SCHEDULER) }
  const entry = await recordAnchor(ledger, unit, anchor)
  if (entry === null) return
  const { kind, by_whom, at, size } = anchor
  done.anchored.push({ entry, kind, by_whom, at, size })
}

/** One party, if there is anything to ask it, and what became of that. */
async function askOne(
  { ledger, now, checkpoint, held, done, isUrgent }: Asking,
  kind: AnchorKind,
  party: string,
  work: () => Promise<string | null>,
): Promise<void> {
  const before = held.get(party)
  const last = await ask(ledger.db, lastAnchor(party))
  if (!isUrgent && kind !== 'witness' && before?.failure === null && !isTimeFor({ at: before.asked_at }, now))
    return
  // A witness signs more often than its word is recorded: once it is time, what counts is what was recorded.
  const isDue = kind === 'witness' && (isUrgent || isTimeFor(last, now))
  const since = (isDue ? last?.size : (before?.size ?? last?.size)) ?? 0
  if (!(await ask(ledger.db, hasNews(since, checkpoint.size)))) {
    done.nothing_new.push(party)
    return
  }
  const kept = { party, kind, asked_at: now.toISOString() }
  try {
    const cosignature = await work()
    await ledger.db.write([keepParty({ ...kept, size: checkpoint.size, failure: null, cosignature })])
  } catch (error) {
    const because = reasonOf(error)
    done.failed.push({ party, because })
    await ledger.db.write([keepParty({ ...kept, size: 0, failure: because, cosignature: null })])
  }
}

/** What is told of a failure; what nobody foresaw is told by its own words, and stops nobody. */
function reasonOf(error: unknown): string {
  const wrong = error instanceof LedgerError ? error.problems[0]?.message : null
  if (error instanceof ProofError || typeof wrong === 'string')
    return `gave an answer that ${wrong ?? (error as ProofError).message}`
  if (error instanceof Unreachable || error instanceof LedgerError) return error.message
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
}
