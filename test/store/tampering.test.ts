import { expect, test } from 'vitest'
import { normalisedText } from '../../src/core/normalised-text.ts'
import { openCheckpoint } from '../../src/log/checkpoint.ts'
import type { Held } from '../../src/log/held.ts'
import { openDatabase } from '../../src/node/runtime.ts'
import { rebuild } from '../../src/store/migrate.ts'
import { verifyLedger } from '../../src/store/verify/verify.ts'
import { memoryDatabase, momentAt } from '../support/check-ledger.ts'
import { opened, rewriteLog, TEN_WAYS } from '../support/forgery.ts'
import type { TestLedger } from '../support/ledger.ts'
import { checkpointOf, halfDecided, signer, storedOf } from '../support/published.ts'
import { aQuestion, log } from '../support/steps.ts'

/** A ledger with a decided forecast and one that nothing depends on, and a checkpoint that somebody outside kept. */
async function witnessed(): Promise<TestLedger & { kept: Held }> {
  const held = await halfDecided()
  const note = await checkpointOf(
    (await storedOf(held.ledger.db)).map(({ bytes }) => bytes),
    await signer(),
  )
  const checkpoint = await openCheckpoint(note, [(await signer()).key])
  if (checkpoint.problem !== null) throw new Error(checkpoint.problem)
  return Object.assign(held, { kept: { whose: 'The checkpoint', checkpoint: checkpoint.checkpoint } })
}

/** What verify finds in the database, with the checkpoints of before, if any. */
async function found(url: string, older: readonly Held[]) {
  const db = await momentAt(url)
  const scratch = memoryDatabase()
  try {
    const { findings } = await verifyLedger(db, scratch, { normalised: normalisedText, older })
    return findings.map(({ seq, code }) => ({ seq, code }))
  } finally {
    await db.close()
    await scratch.close()
  }
}

async function rebuilt(url: string): Promise<void> {
  const db = await openDatabase({ RECKONING_DATABASE_URL: url })
  try {
    await rebuild(db, { afresh: true })
  } finally {
    await db.close()
  }
}

test('a ledger that nobody touched, and one that only grew, still hold what an older checkpoint holds', async () => {
  const held = await witnessed()
  expect(await found(held.url, [held.kept])).toEqual([])
  await log(held, { quote: 'no third', question: aQuestion({ title: 'A third war begins' }) })
  expect(await found(held.url, [held.kept])).toEqual([])
})

test.each(Object.entries(TEN_WAYS))(
  'where %s by who owns the file, with every hash computed anew, one older checkpoint tells',
  async (_, forge) => {
    const held = await witnessed()
    await rewriteLog(held.url, forge(await opened(held.ledger)))
    await rebuilt(held.url)
    expect(await found(held.url, []), 'a log that agrees with itself passes without one').toEqual([])
    const [first, ...others] = await found(held.url, [held.kept])
    expect(first?.code).toMatch(/^(history|loss)$/u)
    expect(others).toEqual([])
  },
)

test('an end that was cut off is told by the entries that the checkpoint holds', async () => {
  const held = await witnessed()
  const { size } = held.kept.checkpoint
  await rewriteLog(held.url, (await opened(held.ledger)).slice(0, -3))
  await rebuilt(held.url)
  const db = await momentAt(held.url)
  const scratch = memoryDatabase()
  const { findings } = await verifyLedger(db, scratch, { normalised: normalisedText, older: [held.kept] })
  expect(findings).toEqual([
    {
      seq: size - 3,
      code: 'loss',
      mend: 'restore',
      message: `The checkpoint holds ${size} entries, and the log ends after ${size - 3}: entries ${size - 3} to ${size - 1} are gone.`,
    },
  ])
  await db.close()
  await scratch.close()
})

test('two checkpoints narrow down where the past was changed', async () => {
  const held = await witnessed()
  const entries = (await storedOf(held.ledger.db)).map(({ bytes }) => bytes)
  const note = await checkpointOf(entries.slice(0, 8), await signer())
  const early = await openCheckpoint(note, [(await signer()).key])
  if (early.problem !== null) throw new Error(early.problem)
  await rewriteLog(held.url, TEN_WAYS['the outcome was changed']?.(await opened(held.ledger)) ?? [])
  await rebuilt(held.url)
  const older = [held.kept, { whose: 'An early one', checkpoint: early.checkpoint }]
  expect(await found(held.url, older)).toEqual([{ seq: 8, code: 'history' }])
})
