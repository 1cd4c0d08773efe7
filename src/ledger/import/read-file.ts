/** What reads files, from bytes to records. It is loaded when it is used, and whoever starts the ledger says from where. */
export type FileReader = typeof import('../../interchange/tracker/reader.ts')
export type { Tracked } from '../../interchange/tracker/tracker.ts'
