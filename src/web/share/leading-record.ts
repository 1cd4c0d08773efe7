import { notFound } from '../../core/error.ts'
import { type RecordDocument, readTrackRecord } from '../../store/documents/track-record.ts'
import type { PageContext } from '../ui/page.ts'

export type LeadingRecord = { name: string; record: RecordDocument; view: 'live' | 'all' }

/** The track record that an analyst's page leads with: a picture or a frame of it says the same. */
export async function leadingRecord({ host, now }: PageContext, id: string): Promise<LeadingRecord> {
  const read = (logged?: 'live') =>
    readTrackRecord(host.ledger.db, id, { now, logged, simulate: false }) as Promise<RecordDocument | null>
  const all = await read()
  const record = all?.leading === 'live' ? await read('live') : all
  if (all === null || record === null) throw notFound('analyst', id)
  return { name: record.analyst?.name ?? id, record, view: all.leading }
}
