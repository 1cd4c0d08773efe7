import type { Statement } from './database.ts'

/** The statements of a text, each ended by a semicolon before an empty line. */
export const statements = (sql: string): Statement[] =>
  sql
    .split(/;\s*\n(?=\n|$)/u)
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .map((text) => ({ sql: text }))
