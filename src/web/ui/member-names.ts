import type { Database } from '../../store/database.ts'
import { listMembers } from '../../store/members.ts'

/** What members are called, by their id. */
export type NameOf = (member: string) => string

export async function memberNames(db: Database): Promise<NameOf> {
  const names = new Map((await listMembers(db)).map(({ id, name }) => [id, name]))
  return (member) => names.get(member) ?? 'somebody unknown'
}
