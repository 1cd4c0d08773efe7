import { type EntryType, type Event, isWithheld } from '../../core/entry.ts'
import { formerMember } from '../../core/member.ts'
import { isRedaction } from '../../core/redaction.ts'
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
  function problemOf(event: Event<'redacted' | 'member.redacted'>): string | null {
    const { entry, replaced_by, text } = event.payload
    const named = entry < event.seq ? types[entry] : undefined
    if (named === undefined) return `It takes something out of entry ${entry}, which is not before it.`
    if (text === true)
      return named === 'source.recorded'
        ? null
        : `It says that a text went, and entry ${entry} records no source.`
    if (isWhole(named))
      return `It takes something out of entry ${entry}, and nothing is taken out of ${named}.`
    if (isWithheld(named) !== (event.type === 'member.redacted'))
      return `It takes something out of ${named}, which is not for ${event.type}.`
    if (replaced_by === undefined) return null
    if (named === 'member.added' && replaced_by.name !== formerMember(String(replaced_by.id)))
      return `It calls the member of entry ${entry} otherwise than a former member is called.`
    const before = replacements.get(entry)
    replacements.set(entry, replaced_by)
    const problem = before === undefined ? null : replacementProblem(named, before, replaced_by)
    return problem === null ? null : `It changes more of entry ${entry} than words: ${problem}.`
  }

  return (event: Event | null, seq: number, type: EntryType): void => {
    types[seq] = type
    const problem =
      event !== null && isRedaction(event.type)
        ? problemOf(event as Event<'redacted' | 'member.redacted'>)
        : null
    if (problem !== null) refuse(seq, 'redaction', problem)
  }
}
