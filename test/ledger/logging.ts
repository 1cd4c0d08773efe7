import { expect } from 'vitest'
import type { CaptureDraft } from '../../src/core/capture.ts'
import type { Problem } from '../../src/core/error.ts'
import { logCapture } from '../../src/ledger/capture/log-capture.ts'
import { saveCapture, unfinishedCapture } from '../../src/ledger/capture/save-capture.ts'
import type { Ledger, Unit } from '../../src/ledger/ledger.ts'
import { readHead } from '../../src/store/append.ts'
import { testLedger } from '../support/ledger.ts'

export const SOURCE = '2026-11-the-talks-will-fail'

export const log = async (ledger: Ledger, unit: Unit, draft: CaptureDraft) =>
  logCapture(ledger, unit, (await saveCapture(ledger, unit, draft)).id)

/** What is wrong with a capture; nothing of it may have been written, and it must still be there. */
export async function wrongWith(
  draft: CaptureDraft,
  held?: Awaited<ReturnType<typeof testLedger>>,
): Promise<Problem[]> {
  const { ledger, unit } = held ?? (await testLedger())
  const saved = await saveCapture(ledger, unit, draft)
  const before = await readHead(ledger.db)
  const outcome = await logCapture(ledger, unit, saved.id).catch((error: unknown) => error)
  expect(outcome).toMatchObject({ code: 'invalid' })
  expect(await readHead(ledger.db)).toEqual(before)
  expect(await unfinishedCapture(ledger, saved.id)).toEqual(saved)
  return [...(outcome as { problems: Problem[] }).problems]
}
