import type { MemberRow } from '../../store/members.ts'

/** What members are called, by their id. */
export type NameOf = (member: string) => string

export function memberNames(members: readonly MemberRow[]): NameOf {
  const names = new Map(members.map(({ id, name }) => [id, name]))
  return (member) => names.get(member) ?? 'somebody unknown'
}
