/** All that reads files which others wrote: loaded when the first is imported. */
export { readFolder } from '../predictions-file.ts'
export * from './table-reader.ts'
