import { needsOf } from '../core/author.ts'
import type { Draft, EntryType } from '../core/entry.ts'
import { type Role, requireMay, roles, suspendedMember } from '../core/member.ts'
import type { Database, Statement } from './database.ts'
import { refuseWhere } from './refusal.ts'

/** What entries ask of members, and who falls short of it. Each role contains those before it. */
const SHORT = `FROM json_each(:needs) AS need JOIN member ON member.id = need.value ->> 'member'
  WHERE (member.suspended = 1 OR instr(:roles, member.role) < instr(:roles, need.value ->> 'role'))
    AND NOT EXISTS (
      SELECT 1 FROM token WHERE token.id = need.value ->> 'unless_own' AND token.member = member.id)`
const asked = (entries: readonly Draft[]) => ({
  roles: roles.join(' '),
  needs: `[${[...new Set(entries.flatMap(needsOf).map((need) => JSON.stringify(need)))].join()}]`,
})

/** Refuses the batch where a member may not, or no longer, write these entries. */
export const keepingStanding = (entries: readonly Draft[]): Statement =>
  refuseWhere(`SELECT 1 ${SHORT}`, asked(entries))

/** Says so to an author; what falls short with somebody else is for the verb to say, which decides again. */
export async function requireStanding(db: Database, entries: readonly Draft[]): Promise<void> {
  const short = await db.read({
    sql: `SELECT member.*, need.value ->> 'role' AS needed ${SHORT}`,
    args: asked(entries),
  })
  const author = short.find(({ id }) => entries.some(({ by }) => by === id))
  if (author === undefined) return
  if (Number(author.suspended) === 1) throw suspendedMember(String(author.name))
  requireMay({ role: author.role as Role }, author.needed as Role)
}

// What a member may do is another thing after one of these.
const TURN: EntryType = 'member.changed'

/** The entries of a batch in order, parted where somebody's standing changes. */
export function turns(entries: readonly Draft[]): Draft[][] {
  const parted: Draft[][] = [[]]
  for (const entry of entries) {
    parted.at(-1)?.push(entry)
    if (entry.type === TURN) parted.push([])
  }
  return parted.filter(({ length }) => length > 0)
}
