/** What reads files, from bytes to records. It is loaded when it is used, and whoever starts the ledger says from where. */
export type FileReader = typeof import('../../interchange/reader.ts')
