import { languageTold, publishedOf } from '../../capture/draft.ts'
import { LedgerError } from '../../core/error.ts'
import type { SecondReader, SecondReading } from '../../core/second-reading.ts'
import { languageOf } from '../../reading/languages.ts'
import type { CaptureRow } from '../../store/captures.ts'
import { findSource } from '../../store/lookups.ts'
import { ask } from '../../store/query.ts'
import { insertSecondReading, secondReadings } from '../../store/second-readings.ts'
import { type Ledger, requireRole, type Unit } from '../ledger.ts'
import { unfinishedCapture } from './save-capture.ts'

/** How often a model is asked of one text. */
const MOST = 20

/**
 * Sends the text of a capture, as it is saved, to a model, and keeps what comes back beside it: proposals, or why there
 * are none. Nothing is marked and nothing is logged.
 */
export async function askSecondReader(
  ledger: Ledger,
  unit: Unit,
  reader: SecondReader | undefined,
  { id, draft }: Pick<CaptureRow, 'id' | 'draft'>,
): Promise<SecondReading> {
  requireRole(unit, 'recorder')
  if (reader === undefined)
    throw new LedgerError('conflict', 'This ledger asks no model: RECKONING_MODEL_URL is not set.')
  const held = await ask(ledger.db, secondReadings(id))
  if (held.length >= MOST)
    throw new LedgerError('over_quota', `A model was asked of this text ${MOST} times, which is enough.`)
  const { text, source } = draft
  const recorded = typeof source === 'string' ? await findSource(ledger.db, source) : null
  const { model, sent_to } = reader
  const answer = await reader.read({
    text,
    published: publishedOf(source, recorded?.record.published ?? null),
    language: languageOf(text, languageTold(source, recorded?.record ?? null)).tag,
  })
  const reading = { model, sent_to, asked_at: unit.now.toISOString(), ...answer }
  const [[kept] = []] = await ledger.db.write([insertSecondReading(id, unit.by.member, reading)])
  // It was logged or thrown away while the model read.
  if (kept === undefined) await unfinishedCapture(ledger, id)
  return { n: Number(kept?.n), ...reading }
}
