import type { Anchor } from '../../core/anchor.ts'
import { addCheckpoint, SIZE_TYPE } from '../../log/anchor/witness.ts'
import { cosignaturesOf } from '../../log/cosignature.ts'
import { base64, fromUtf8, utf8 } from '../../log/encoding.ts'
import { consistencyPath, nodesOfPath, proofOf } from '../../log/tree.ts'
import type { Database } from '../../store/database.ts'
import { readNodes } from '../../store/tree.ts'
import { below, type Checkpoint, type Parties, type Request, type Send, Unreachable } from './party.ts'

/**
 * Shows a checkpoint to a witness with the proof that the log only grew since the one that it signed last, and takes
 * its cosignature. `known` is the size that it is believed to know; it says so itself where that is another.
 */
export async function askWitness(
  db: Database,
  send: Send,
  { url, key, party }: Parties['witnesses'][number],
  checkpoint: Checkpoint,
  known: number,
): Promise<Anchor> {
  const first = await send(await submission(db, url, checkpoint, Math.min(known, checkpoint.size)))
  const isOther = first.status === 409 && first.type.startsWith(SIZE_TYPE)
  const answer = isOther
    ? await send(await submission(db, url, checkpoint, knownSize(first.body, checkpoint)))
    : first
  if (answer.status !== 200)
    throw new Unreachable(REFUSALS[answer.status] ?? `answers with status ${answer.status}`)
  const { origin, size, root, note } = checkpoint
  const lines = fromUtf8(answer.body) ?? ''
  const [found] = (await cosignaturesOf(`${note}${lines}`, [key])) ?? []
  const cosignature = lines.split('\n').find((line) => line.startsWith(`— ${key.name} `))
  if (found === undefined || cosignature === undefined)
    throw new Unreachable('answers without a signature of its key')
  return {
    kind: 'witness',
    origin,
    size,
    root: base64(root),
    party,
    by_whom: key.name,
    at: new Date(found.at * 1000).toISOString(),
    cosignature,
  }
}

const REFUSALS: Record<number, string> = {
  403: 'does not know the key that signs this log (status 403)',
  404: 'does not know this log: its operator adds the verifier key of this log (status 404)',
  409: 'knows another size of this log than it said a moment ago (status 409)',
  422: 'says that this log is not the one that it signed before: its history is another (status 422)',
}

function knownSize(body: Uint8Array, { size }: Checkpoint): number {
  const text = fromUtf8(body) ?? ''
  if (!/^(?:0|[1-9]\d{0,14})\n$/u.test(text)) throw new Unreachable('names no size that can be read')
  const known = Number(text)
  if (known <= size) return known
  throw new Unreachable(
    `signed a checkpoint of ${known} entries of this log, which has ${size}: what came behind is lost here, or was taken out`,
  )
}

async function submission(
  db: Database,
  url: string,
  { size, note }: Checkpoint,
  old: number,
): Promise<Request> {
  const path = old === 0 || old === size ? [] : consistencyPath(old, size)
  const proof = proofOf(path, await readNodes(db, nodesOfPath(path)))
  return {
    url: below(url, 'add-checkpoint'),
    method: 'POST',
    headers: { 'content-type': 'text/plain; charset=utf-8' },
    body: utf8(addCheckpoint({ old, proof, checkpoint: note })),
    isOurs: true,
  }
}
