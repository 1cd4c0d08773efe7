import { type CaptureDraft, titleOf } from '../../core/capture.ts'
import { LedgerError, notFound } from '../../core/error.ts'
import { may } from '../../core/member.ts'
import { atMost, MEGABYTE } from '../../core/quota.ts'
import { canonicalJson } from '../../log/canonical-json.ts'
import {
  type CaptureRow,
  countCaptures,
  dropCapture,
  findCapture,
  findSameCapture,
  insertCapture,
  replaceCapture,
} from '../../store/captures.ts'
import { listMembers } from '../../store/members.ts'
import { type Ledger, randomLetters, requireRole, type Unit } from '../ledger.ts'
import { named, overQuota } from '../quota.ts'

const LONGEST = 4_000_000

/**
 * Keeps a capture as it is now: a new one, or the next version of the one that was read at `rev`. When somebody else
 * saved it meanwhile, it is `stale` and their version stays. Private, and no entry of the log.
 */
export async function saveCapture(
  ledger: Ledger,
  unit: Unit,
  draft: CaptureDraft,
  at?: { id: string; rev: number },
): Promise<CaptureRow> {
  requireRole(unit, 'recorder')
  if (JSON.stringify(draft).length > LONGEST)
    throw new LedgerError('too_large', 'A capture holds at most 4 MB.')
  const row: CaptureRow = {
    id: at?.id ?? randomLetters(ledger) + randomLetters(ledger),
    member: unit.by.member,
    begun_by: unit.by.member,
    rev: at === undefined ? 0 : at.rev + 1,
    updated_at: unit.now.toISOString(),
    title: titleOf(draft),
    draft,
  }
  const room = roomOf(unit)
  if (at === undefined) {
    const [made = []] = await ledger.db.write([insertCapture(row, room)])
    if (made.length > 0) return row
    // The same form was sent twice, or the answer to it was lost.
    const same = await findSameCapture(ledger.db, row)
    if (same !== null) return unfinishedCapture(ledger, same)
    throw await full(ledger, unit, true)
  }
  const [written = []] = await ledger.db.write([replaceCapture(row, room)])
  if (written[0] !== undefined) return { ...row, begun_by: String(written[0].begun_by) }
  const present = await unfinishedCapture(ledger, at.id)
  if (present.rev === at.rev) throw await full(ledger, unit, present.member !== row.member)
  // The answer to the same save was lost, and it was sent again.
  const isRetry =
    present.rev === row.rev &&
    present.member === row.member &&
    canonicalJson(present.draft) === canonicalJson(draft)
  if (isRetry) return present
  throw await staleCapture(ledger, present)
}

/** Whether somebody may throw a capture away: who began it, or an admin. */
export const mayDelete = (
  { member, role }: Unit['by'],
  { begun_by }: Pick<CaptureRow, 'begun_by'>,
): boolean => member === begun_by || may(role, 'admin')

const roomOf = ({ quotas }: Unit) => ({
  drafts: atMost(quotas?.drafts ?? 0),
  bytes: atMost(quotas?.drafts_mb ?? 0, MEGABYTE),
})

/** That a member has no room for another capture, or for a larger one. */
async function full(ledger: Ledger, unit: Unit, isOneMore: boolean): Promise<LedgerError> {
  const room = roomOf(unit)
  const [held] = await countCaptures(ledger.db, unit.by.member)
  const remedy = 'Log some of them, or throw them away, and save this one again.'
  return isOneMore && held !== undefined && held.n >= room.drafts
    ? overQuota('drafts', `You have ${held.n} captures that are not logged`, remedy)
    : new LedgerError(
        'over_quota',
        `With this one your captures that are not logged would hold more than ${room.bytes / MEGABYTE} MB, which is the limit of a member (${named('drafts_mb')}). ${remedy}`,
      )
}

/** Throws an unfinished capture away. With `rev` only as it was read. */
export async function deleteCapture(
  ledger: Ledger,
  unit: Unit,
  id: string,
  rev?: number,
): Promise<CaptureRow> {
  requireRole(unit, 'recorder')
  const present = await unfinishedCapture(ledger, id)
  if (!mayDelete(unit.by, present))
    throw new LedgerError('forbidden', 'Somebody else began this capture: an admin can throw it away.')
  const [gone = []] = await ledger.db.write([dropCapture(id, rev ?? present.rev)])
  if (gone.length === 0) throw await staleCapture(ledger, await unfinishedCapture(ledger, id))
  return present
}

/** A capture that is not logged yet; throws `not_found`, or `already_decided` for one that is. */
export const unfinishedCapture = async (ledger: Ledger, id: string): Promise<CaptureRow> =>
  unfinished(await findCapture(ledger.db, id), id)

/** The same of what was found. */
export function unfinished(found: Awaited<ReturnType<typeof findCapture>>, id: string): CaptureRow {
  if (found === null) throw notFound('capture', id)
  if ('capture' in found) return found.capture
  throw new LedgerError(
    'already_decided',
    `This capture was logged already, in the source ${found.logged.source}.`,
  )
}

/** That somebody else was faster, and who. */
export async function staleCapture(
  ledger: Ledger,
  { member, rev, updated_at }: CaptureRow,
): Promise<LedgerError> {
  const name = (await listMembers(ledger.db)).find(({ id }) => id === member)?.name ?? 'Somebody'
  return new LedgerError(
    'stale',
    `${name} saved this capture at ${updated_at}. That version (rev-${rev}) stays, and yours was not saved over it: read it again.`,
  )
}
