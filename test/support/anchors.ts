import { runAnchor } from '../../src/jobs/anchor/anchor.ts'
import { type Parties, type Send, Unreachable } from '../../src/jobs/anchor/party.ts'
import type { Ledger } from '../../src/ledger/ledger.ts'
import { integrate } from '../../src/ledger/log/integrate.ts'
import { originIn, type Seen, witness } from '../../src/log/anchor/witness.ts'
import {
  COSIGNATURE,
  type NoteKey,
  parseSigningKey,
  type Signer,
  signingKey,
  verifierKey,
} from '../../src/log/note.ts'
import { aKey, signedBy } from './log.ts'

export const WITNESS = 'witness.example/w1'

export const aWitnessKey = async (name = WITNESS, byte = 9): Promise<Signer> =>
  (await parseSigningKey(await signingKey(name, new Uint8Array(32).fill(byte), COSIGNATURE))) as Signer

/** A witness without a network, at a time of its own, that trusts these keys of logs. */
export async function aWitness(logs: readonly NoteKey[], now: () => Date, name = WITNESS) {
  const signer = await aWitnessKey(name)
  const memory = new Map<string, Seen>()
  const asked: { body: string; status: number }[] = []
  const send: Send = async ({ url, body }) => {
    if (url !== `https://${name}/add-checkpoint`) throw new Unreachable('is another host')
    const text = new TextDecoder().decode(body)
    const origin = originIn(text) ?? ''
    const verdict = await witness(text, memory.get(origin) ?? null, {
      keysOf: (of) => {
        const known = logs.filter((key) => key.name === of)
        return known.length === 0 ? null : known
      },
      signer,
      now: Math.floor(now().getTime() / 1000),
    })
    if (verdict.seen !== null) memory.set(origin, verdict.seen)
    asked.push({ body: text, status: verdict.status })
    return { status: verdict.status, type: verdict.type, body: new TextEncoder().encode(verdict.body) }
  }
  const party = verifierKey(signer.key)
  const witnesses: Parties['witnesses'] = [{ url: `https://${name}`, key: signer.key, party }]
  return { send, asked, memory, signer, witnesses }
}

export const nobody: Parties = { timestamps: [], calendars: [], blocks: null, witnesses: [] }

/** Has a witness sign the whole log of a ledger of a test, as of an instant; answers the entry that records it. */
export async function anchored(
  held: { ledger: Ledger },
  at: string,
  name = WITNESS,
): Promise<number | undefined> {
  const ledger = await signedBy(held.ledger)
  await integrate(ledger)
  const now = new Date(at)
  const witness = await aWitness([(await aKey()).key], () => now, name)
  const done = await runAnchor(ledger, now, { ...nobody, witnesses: witness.witnesses }, witness.send, true)
  if (done.failed.length > 0) throw new Error(done.failed[0]?.because)
  return done.anchored[0]?.entry
}
