import type { Database, Statement } from '../../src/store/database.ts'

/** A database that notes the text of every statement which goes through it, and what it was sent for. */
export function recording(db: Database): {
  db: Database
  /** By its text, the first that sent it. */
  sent: Map<string, string>
  as: (what: string) => void
} {
  const sent = new Map<string, string>()
  let what = ''
  const note = (statements: readonly Statement[]) => {
    for (const { sql } of statements) if (!sent.has(sql)) sent.set(sql, what)
  }
  return {
    db: {
      ...db,
      read: (statement) => {
        note([statement])
        return db.read(statement)
      },
      readAll: (statements) => {
        note(statements)
        return db.readAll(statements)
      },
      write: (statements) => {
        note(statements)
        return db.write(statements)
      },
    },
    sent,
    as: (name) => {
      what = name
    },
  }
}
