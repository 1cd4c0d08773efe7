import type { Event } from '../../core/entry.ts'
import { LedgerError, notFound } from '../../core/error.ts'
import { formerMember } from '../../core/member.ts'
import { wordCount } from '../../core/removal.ts'
import { isOfMembers } from '../../core/taking-out.ts'
import type { Database } from '../../store/database.ts'
import { listMembers } from '../../store/members.ts'
import { addressesOf } from '../../store/private-words.ts'

/** A member who goes: what they are called afterwards, and the words by which they are known elsewhere. */
export type Leaving = { id: string; called: string; phrases: readonly string[] }

/** Only a name of more than one word is looked for by itself: a first name stands in others' sentences, too. */
const WORDS_OF_A_NAME = 2

/** Who is to go; refused where they still may act, because nobody would know who acts then. */
export async function leaving(db: Database, id: string): Promise<Leaving> {
  const member = (await listMembers(db)).find((one) => one.id === id)
  if (member === undefined) throw notFound('member', id)
  if (member.machine)
    throw new LedgerError('forbidden', `${member.name} is a machine, whose name tells of nobody.`)
  const called = formerMember(id)
  if (!member.suspended)
    throw new LedgerError(
      'conflict',
      `${member.name} is not suspended: suspend them first. Who may still act is no former member.`,
    )
  const isNamed = member.name !== called && wordCount(member.name) >= WORDS_OF_A_NAME
  return { id, called, phrases: [...(isNamed ? [member.name] : []), ...(await addressesOf(db, id))] }
}

/** Whether an entry is about this member. */
export const isAbout = ({ type, payload }: Event, id: string): boolean =>
  isOfMembers(type) &&
  (type === 'token.issued'
    ? 'member' in payload && payload.member === id
    : 'id' in payload && payload.id === id)
