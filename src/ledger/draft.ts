import type { Draft, EntryType, Payload } from '../core/entry.ts'
import type { Unit } from './ledger.ts'

/** An entry by the member of this unit of work. */
export function draft<T extends EntryType>(
  unit: Unit,
  type: T,
  at: { stream: string; rev: number; refs?: string[] },
  payload: Payload<T>,
): Draft {
  return { type, stream: at.stream, rev: at.rev, by: unit.by.member, refs: at.refs ?? [], payload } as Draft
}
