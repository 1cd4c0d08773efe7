import { describe, expect, it } from 'vitest'
import type { Anchor } from '../../src/core/anchor.ts'
import { askWitness } from '../../src/jobs/anchor/witness.ts'
import { draft } from '../../src/ledger/draft.ts'
import { recordForecast } from '../../src/ledger/forecast/record-forecast.ts'
import { newId } from '../../src/ledger/ledger.ts'
import { integrate } from '../../src/ledger/log/integrate.ts'
import { machineMember, SCHEDULER } from '../../src/ledger/members/membership.ts'
import { base64 } from '../../src/log/encoding.ts'
import { lastSigned } from '../../src/store/anchors.ts'
import { ask } from '../../src/store/query.ts'
import { aWitness } from '../support/anchors.ts'
import { verified } from '../support/check-ledger.ts'
import { aForecast, testLedger } from '../support/ledger.ts'
import { aKey, signedBy } from '../support/log.ts'

/** A ledger with an anchor that was written past the verb, and what `verify` says of it. */
async function planted(change: (anchor: Anchor) => Anchor) {
  const held = await testLedger()
  const ledger = await signedBy(held.ledger)
  await recordForecast(ledger, held.unit, aForecast())
  await integrate(ledger)
  const checkpoint = await ask(ledger.db, lastSigned)
  const witness = await aWitness([(await aKey()).key], () => held.unit.now)
  if (checkpoint === null || witness.witnesses[0] === undefined) throw new Error('no checkpoint')
  const anchor = change(await askWitness(ledger.db, witness.send, witness.witnesses[0], checkpoint, 0))
  const unit = { now: held.unit.now, by: await machineMember(ledger, SCHEDULER) }
  const entry = draft(unit, 'checkpoint.anchored', { stream: newId(ledger), rev: 0 }, anchor)
  await ledger.writes.run(unit.now, async () => ({
    command: { entries: [entry], claims: [] },
    answer: () => null,
  }))
  const { findings, notes } = await verified(ledger.db)
  held.spoil()
  return { findings: findings.map(({ code, message }) => [code, message]), notes, size: checkpoint.size }
}

describe('verify of anchors', () => {
  it('names who attests the log, and leaves it to the reader whether to believe them', async () => {
    const { findings, notes } = await planted((anchor) => anchor)
    expect(findings).toEqual([])
    expect(notes.join('\n')).toMatch(
      /One checkpoint is attested from outside, with proofs that verify: by the witness witness\.example\/w1\+/u,
    )
  })

  it('finds a date that the proof does not show', async () => {
    const { findings } = await planted((anchor) => ({ ...anchor, at: '2026-11-01T00:00:00.000Z' }) as Anchor)
    expect(findings).toEqual([['anchor', 'Its proof shows another time than its entry says.']])
  })

  it('finds a proof that is about other entries, and one about more than there were', async () => {
    const other = base64(new Uint8Array(32).fill(3))
    const { findings } = await planted((anchor) => ({ ...anchor, root: other }))
    expect(findings).toEqual([['anchor', 'Its proof is not signed by its witness.']])
    const longer = await planted((anchor) => ({ ...anchor, size: anchor.size + 5 }))
    expect(longer.findings).toEqual([
      ['anchor', 'It is about a checkpoint of more entries than stood before it.'],
    ])
  })

  it('finds entries that are others than those of which a witness signed the root', async () => {
    // A witness that signs whatever it is given, as one would who rewrote the log and holds its key.
    const forged = await planted((anchor) => anchor)
    expect(forged.findings).toEqual([])
    const { cosign } = await import('../../src/log/cosignature.ts')
    const { checkpointText } = await import('../../src/log/checkpoint.ts')
    const { aWitnessKey } = await import('../support/anchors.ts')
    const root = new Uint8Array(32).fill(3)
    const signer = await aWitnessKey()
    const lines = new Map<number, string>()
    for (let size = 1; size < 40; size++)
      lines.set(
        size,
        (
          await cosign(
            checkpointText({ origin: 'reckoning.example/api/log', size, root, extensions: [] }),
            signer,
            1_795_341_600,
          )
        ).trimEnd(),
      )
    const { findings, size } = await planted(
      (anchor) =>
        ({
          ...anchor,
          root: base64(root),
          at: new Date(1_795_341_600_000).toISOString(),
          cosignature: lines.get(anchor.size),
        }) as Anchor,
    )
    expect(findings).toEqual([['anchor', `The first ${size} entries are not those that it is about.`]])
  })
})
