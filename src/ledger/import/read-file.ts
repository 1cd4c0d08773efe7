/**
 * What reads files, from bytes to records. It is loaded when it is used, and whoever starts the ledger says from where;
 * a Worker has no room for what checks predictions files.
 */
export type FileReader = typeof import('../../interchange/tracker/table-reader.ts') &
  Partial<Pick<typeof import('../../interchange/tracker/reader.ts'), 'readFolder'>>
export type { Tracked } from '../../interchange/tracker/tracker.ts'
