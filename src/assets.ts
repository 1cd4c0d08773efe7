import type { Assets } from './http/host.ts'

// Written in by scripts/build.js, as in build.ts; loaded with the first asset that is asked for.
declare const RECKONING_ASSET_TEXTS: Awaited<ReturnType<Assets['texts']>>

/** What the browser is given beside the pages. */
export const TEXTS = RECKONING_ASSET_TEXTS
