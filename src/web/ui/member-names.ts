import { IMPORT } from '../../ledger/members/membership.ts'
import type { MemberRow } from '../../store/members.ts'

/** What members are called, by their id. */
export type NameOf = (member: string) => string

/** What wrote the records of an import, which is nobody. */
export const IMPORTED_FILE = 'an imported file'

export function memberNames(members: readonly MemberRow[]): NameOf {
  const names = new Map(
    members.map(({ id, name, machine }) => [id, machine && name === IMPORT ? IMPORTED_FILE : name]),
  )
  return (member) => names.get(member) ?? 'somebody unknown'
}
