import type { Draft } from '../core/entry.ts'
import { LedgerError } from '../core/error.ts'
import { atMost, MEGABYTE, type QuotaName, type Quotas, quotaSettings } from '../core/quota.ts'
import { utf8 } from '../log/encoding.ts'
import type { Database, Statement } from '../store/database.ts'
import { countSecrets } from '../store/members.ts'
import { bytesOfTexts } from '../store/source-text.ts'
import { countUsage, readUsage, type Usage } from '../store/usage.ts'
import type { Unit } from './ledger.ts'

// The envelope, its hashes and what is derived: the shortest entry is not for nothing.
const ENTRY_BYTES = 500
const DAY_MS = 86_400_000
// Whoever has written too much must still be able to stop a token.
const ALWAYS: readonly Draft['type'][] = ['token.revoked']

const mb = (bytes: number): string => (bytes / MEGABYTE).toLocaleString('en', { maximumFractionDigits: 1 })
export const named = (quota: QuotaName): string => quotaSettings[quota]

/** What entries, and what stands beside them, weigh. */
export function weightOf(entries: readonly Draft[], beside: readonly Statement[]): Usage {
  const counted = entries.filter(({ type }) => !ALWAYS.includes(type))
  const bytes = counted.reduce(
    (sum, { payload }) => sum + ENTRY_BYTES + utf8(JSON.stringify(payload)).length,
    0,
  )
  return { entries: counted.length, bytes: bytes + bytesOfTexts(beside) }
}

/** What is kept privately weighs what its text does. */
export const weightOfText = (text: string): Usage => ({ entries: 0, bytes: utf8(text).length })

/**
 * Counts what a unit of work writes against the day of its member: refused in words where the day is used up, and
 * again by the statements, which belong into the batch.
 */
export async function spend(db: Database, unit: Unit, usage: Usage): Promise<Statement[]> {
  if (unit.quotas === undefined || (usage.entries === 0 && usage.bytes === 0)) return []
  const { daily_entries, daily_mb } = unit.quotas
  if (daily_entries === 0 && daily_mb === 0) return []
  const on = { member: unit.by.member, day: unit.now.toISOString().slice(0, 10) }
  const most = { entries: atMost(daily_entries), bytes: atMost(daily_mb, MEGABYTE) }
  const used = await readUsage(db, on)
  if (used.entries + usage.entries > most.entries)
    throw usedUp(unit, 'daily_entries', `${daily_entries} entries`, `${used.entries} written`)
  if (used.bytes + usage.bytes > most.bytes)
    throw usedUp(unit, 'daily_mb', `${daily_mb} MB`, `${mb(used.bytes)} MB written`)
  // Nobody decides a note again: a few at one moment may pass a little beyond.
  const beyond = usage.entries === 0 ? { entries: atMost(0), bytes: atMost(0) } : most
  return countUsage(on, usage, beyond)
}

function usedUp(unit: Unit, quota: QuotaName, limit: string, used: string): LedgerError {
  const retryAfterS = Math.ceil((DAY_MS - (unit.now.getTime() % DAY_MS)) / 1000)
  return new LedgerError(
    'rate_limited',
    `A member writes at most ${limit} a day (${named(quota)}); you have ${used} today, and this would be more. Go on after midnight UTC, have the limit raised, or import with the command, which has none.`,
    [],
    { retryAfterS },
  )
}

/** That a member holds as many of something as one may, and what to do about it. */
export const overQuota = (quota: QuotaName, held: string, remedy: string): LedgerError =>
  new LedgerError('over_quota', `${held}, which is the limit of a member (${named(quota)}). ${remedy}`)

/** Refuses a token or a sign-in link more than a member may hold; `most` is what the statement that keeps it heeds. */
export async function requireSecretsLeft(
  db: Database,
  unit: { now: Date; quotas?: Quotas },
  holder: { id: string; name: string },
  kind: 'token' | 'link',
): Promise<number> {
  const quota = kind === 'token' ? 'tokens' : 'sessions'
  const most = atMost(unit.quotas?.[quota] ?? 0)
  if ((await countSecrets(db, holder.id, kind, unit.now)) < most) return most
  throw kind === 'token'
    ? overQuota(quota, `${holder.name} has ${most} tokens that work`, 'Revoke one that nobody uses first.')
    : overQuota(
        quota,
        `${holder.name} has ${most} sign-in links that nobody has used`,
        'Use one of them, or wait: a link ends after 15 minutes.',
      )
}
