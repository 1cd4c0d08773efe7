/** What one member may write and hold, each with the setting that says how much; 0 is no limit. */
export const quotaSettings = {
  daily_entries: 'RECKONING_DAILY_ENTRIES',
  daily_mb: 'RECKONING_DAILY_MB',
  drafts: 'RECKONING_DRAFTS',
  drafts_mb: 'RECKONING_DRAFTS_MB',
  tokens: 'RECKONING_TOKENS',
  sessions: 'RECKONING_SESSIONS',
} as const

export type QuotaName = keyof typeof quotaSettings
/** The limits of a member at the pages and the API. The command and the clock are bound by none. */
export type Quotas = Readonly<Record<QuotaName, number>>

export const UNLIMITED: Quotas = {
  daily_entries: 0,
  daily_mb: 0,
  drafts: 0,
  drafts_mb: 0,
  tokens: 0,
  sessions: 0,
}

export const MEGABYTE = 1_000_000
/** A limit of megabytes in bytes, or of things in things; none is beyond all that there can be. */
export const atMost = (limit: number, each = 1): number =>
  limit === 0 ? Number.MAX_SAFE_INTEGER : limit * each
