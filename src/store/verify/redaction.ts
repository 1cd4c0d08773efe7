import type { EntryType, Event } from '../../core/entry.ts'
import { isWhole, type Recorded, replacementProblem } from '../../core/taking-out.ts'
import type { Database } from '../database.ts'
import type { StoredEntry } from '../events.ts'
import { readSaid } from '../migrate.ts'
import { readTable, type Said, tableOf } from '../redactions.ts'
import type { Findings } from './finding.ts'

/** What was taken out by the word of the log itself, and the table of it against that. */
export async function readTakenOut(db: Database, hasTable: boolean, findings: Findings) {
  const { said } = await readSaid(db)
  const expected = tableOf(said)
  const held = hasTable ? await readTable(db) : expected
  for (const key of new Set([...expected.keys(), ...held.keys()]))
    if (expected.get(key) !== held.get(key))
      findings.add(
        Number(key.split(' ')[0]),
        'redaction',
        'What is kept of its redaction is not what the log says.',
        'rebuild',
      )
  const replaced = new Map(said.filter(({ isText }) => !isText).map((one) => [one.redacted.entry, one]))
  return {
    redactions: said.length,
    /** An entry with what is to be read in its place, whatever the table says. */
    read: (stored: StoredEntry): StoredEntry => ({
      ...stored,
      redaction: replacementOf(replaced.get(stored.seq)),
    }),
  }
}
export type TakenOut = Awaited<ReturnType<typeof readTakenOut>>

function replacementOf(said: Said | undefined): StoredEntry['redaction'] {
  const { replaced_by, because } = said?.redacted ?? {}
  return said === undefined || replaced_by === undefined || because === undefined
    ? null
    : { seq: said.seq, at: said.at, because, payload: replaced_by }
}

/** Follows the log: what a redaction names was recorded before it, and may be taken out; a later one changes words alone. */
export function redactionCheck(refuse: (seq: number, code: string, message: string) => void) {
  const types: EntryType[] = []
  const replacements = new Map<number, Recorded>()
  return (event: Event | null, seq: number, type: EntryType): void => {
    types[seq] = type
    if (event?.type !== 'redacted') return
    const { entry, replaced_by, text } = event.payload
    const named = entry < seq ? types[entry] : undefined
    const wrong = (message: string) => refuse(seq, 'redaction', message)
    if (named === undefined) return wrong(`It takes something out of entry ${entry}, which is not before it.`)
    if (text === true) {
      if (named !== 'source.recorded')
        wrong(`It says that a text went, and entry ${entry} records no source.`)
      return
    }
    if (isWhole(named))
      return wrong(`It takes something out of entry ${entry}, and nothing is taken out of ${named}.`)
    const before = replacements.get(entry)
    const problem =
      before === undefined || replaced_by === undefined
        ? null
        : replacementProblem(named, before, replaced_by)
    if (problem !== null) wrong(`It changes more of entry ${entry} than words: ${problem}.`)
    if (replaced_by !== undefined) replacements.set(entry, replaced_by)
  }
}
