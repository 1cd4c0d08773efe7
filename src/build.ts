import type { Assets } from './http/host.ts'

// Written in by scripts/build.js; the names do not exist when the sources run as they are, as under the tests.
declare const RECKONING_BUILD: string | undefined
declare const RECKONING_VERSION: string | undefined
declare const RECKONING_BUILT: string | undefined
declare const RECKONING_ASSETS: Assets['hashes'] | undefined

/** Changes with every change to the sources: part of every ETag. */
export const BUILD = typeof RECKONING_BUILD === 'undefined' ? 'source' : RECKONING_BUILD
export const VERSION = typeof RECKONING_VERSION === 'undefined' ? '0.0.0' : RECKONING_VERSION
/** The day on which it was made, by its last commit: no clock that shows less is right. */
export const BUILT = typeof RECKONING_BUILT === 'undefined' ? null : RECKONING_BUILT
/** What the browser is given beside the pages, which do without where they run as they are. */
export const ASSETS: Assets | undefined =
  typeof RECKONING_ASSETS === 'undefined'
    ? undefined
    : { hashes: RECKONING_ASSETS, texts: async () => (await import('./assets.ts')).TEXTS }
