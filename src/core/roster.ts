import type { Event } from './entry.ts'
import { acts, type Role } from './member.ts'

type Standing = { role: Role; machine: boolean; suspended: boolean }

/** Who the members are, from their entries alone, one after the other. */
export function rosterOf() {
  const members = new Map<string, Standing>()
  return {
    /** Answers whether the entry is one of a person who is there. */
    take({ type, payload }: Event<'member.added' | 'member.changed'>): boolean {
      if (type === 'member.added') {
        members.set(payload.id, { role: payload.role, machine: payload.machine === true, suspended: false })
        return true
      }
      const held = members.get(payload.id)
      if (held === undefined || held.machine) return false
      const { role = held.role, suspended = held.suspended } = payload
      members.set(payload.id, { ...held, role, suspended })
      return true
    },
    /** How many are there to act in this role. */
    count: (needed: Role): number => [...members.values()].filter((member) => acts(member, needed)).length,
  }
}
