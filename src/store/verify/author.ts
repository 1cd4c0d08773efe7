import { leastRole, needsAdmin } from '../../core/author.ts'
import type { EntryType, Envelope, Event } from '../../core/entry.ts'
import { beyondRole, may, type Role } from '../../core/member.ts'

/** What a machine member writes, by its name: nothing else, whatever its role. */
const MACHINES: Record<string, readonly EntryType[]> = {
  import: [
    'source.recorded',
    'analyst.recorded',
    'statement.recorded',
    'statement.verified',
    'question.recorded',
    'question.amended',
    'condition.met',
    'reference.recorded',
    'reference.chosen',
    'reference.withdrawn',
    'forecast.recorded',
    'forecast.withdrawn',
    'retracted',
    'resolution.proposed',
    'resolution.confirmed',
    'resolution.superseded',
  ],
  scheduler: ['questions.flagged', 'checkpoint.anchored', 'source.archived'],
}
const ONLY_MACHINES: readonly EntryType[] = ['questions.flagged', 'checkpoint.anchored', 'source.archived']

type Standing = { name: string; role: Role; machine: boolean; suspended: boolean }

/**
 * Who may have written what: follows the members through the log, and answers for each entry why its author could not
 * have written it, or null. A ledger begins with the administrator who adds themselves.
 */
export function authorCheck(): (envelope: Envelope, event: Event | null) => string | null {
  /** Null stands for a member of whom the log no longer tells who it was: nothing is said about what they wrote. */
  const members = new Map<string, Standing | null>()
  /** Whose tokens, and whose ways to sign in: both are told by ids that nobody else has. */
  const tokens = new Map<string, string>()
  let founded: boolean | null = null

  function admit(event: Event): void {
    if (event.type === 'member.added') {
      const { id, name, role, machine } = event.payload
      members.set(id, { name, role, machine: machine === true, suspended: false })
    }
    if (event.type === 'member.changed') {
      const { id, role, suspended } = event.payload
      const held = members.get(id)
      if (held != null)
        members.set(id, { ...held, role: role ?? held.role, suspended: suspended ?? held.suspended })
    }
    if (event.type === 'token.issued') tokens.set(event.payload.id, event.payload.member)
    if (event.type === 'member.sign_in_added') tokens.set(event.payload.sign_in, event.payload.id)
  }

  function founding(envelope: Envelope, event: Event | null): string | null {
    // Where it is sealed, its stream still tells whom it adds.
    if (event === null && envelope.type === 'member.added') members.set(envelope.stream, null)
    founded =
      event === null
        ? envelope.type === 'member.added' && envelope.stream === envelope.by
        : event.type === 'member.added' &&
          event.payload.id === event.by &&
          event.payload.role === 'admin' &&
          event.payload.machine !== true
    if (founded && event !== null) admit(event)
    return founded
      ? null
      : 'A ledger begins with the administrator who adds themselves: nobody can be told to have written this one.'
  }

  return (envelope, event) => {
    if (founded === null) return founding(envelope, event)
    if (!founded) return null
    const author = members.get(envelope.by)
    const problem = author === undefined ? 'Its author is no member at this entry.' : null
    const refusal =
      problem ??
      (author == null ? null : (refusalOf(author, envelope) ?? beyond(author, event, members, tokens)))
    if (event !== null) admit(event)
    else if (envelope.type === 'member.added') members.set(envelope.stream, null)
    return refusal
  }
}

function refusalOf({ name, role, machine, suspended }: Standing, { type }: Envelope): string | null {
  const who = JSON.stringify(name)
  if (suspended) return `Its author ${who} was suspended.`
  if (machine && !(MACHINES[name] ?? []).includes(type as EntryType))
    return `Its author is the machine ${who}, which never writes ${type}.`
  if (!machine && ONLY_MACHINES.includes(type as EntryType))
    return `Its author is ${who}, but only a machine writes ${type}.`
  const needed = leastRole[type as EntryType]
  return may(role, needed) ? null : `Its author ${who} was ${role}, and ${type} needs ${needed}.`
}

/** Ways to sign in, links and sessions: of a person; others than one's own, and accounts elsewhere, take an administrator. */
function beyondOfPerson(
  author: Standing,
  event: Event,
  members: ReadonlyMap<string, Standing | null>,
  tokens: ReadonlyMap<string, string>,
): string | null {
  switch (event.type) {
    case 'member.invited':
    case 'member.signed_out':
    case 'member.sign_in_added':
    case 'member.sign_in_removed': {
      const person = members.get(event.payload.id)
      if (person === undefined) return 'It is about somebody who is no member.'
      if (person?.machine === true) return 'It is about a machine, which does not sign in.'
    }
  }
  if (event.type === 'member.sign_in_removed' && tokens.get(event.payload.sign_in) !== event.payload.id)
    return 'The way to sign in that was taken away was never theirs.'
  if (event.type !== 'member.sign_in_added' && event.type !== 'member.sign_in_removed') return null
  return needsAdmin(event) && author.role !== 'admin'
    ? 'The way to sign in is of another member, or an account elsewhere, which needs an administrator.'
    : null
}

/** Tokens: of oneself or, for an administrator, of others; never of a machine, never more than their member. */
function beyond(
  author: Standing,
  event: Event | null,
  members: ReadonlyMap<string, Standing | null>,
  tokens: ReadonlyMap<string, string>,
): string | null {
  if (event?.type === 'token.issued') {
    const holder = members.get(event.payload.member)
    if (holder === null) return null
    if (holder === undefined) return 'The token is for somebody who is no member.'
    if (holder.machine) return 'The token is for a machine, which has none.'
    if (beyondRole(event.payload.scopes ?? [], event.payload.role).length > 0)
      return 'The token is held to a scope that its role does not have.'
    if (!may(holder.role, event.payload.role))
      return `The token is ${event.payload.role}, its member only ${holder.role}.`
    if (event.payload.member !== event.by && author.role !== 'admin')
      return 'The token is for another member, which needs an administrator.'
  }
  if (event?.type === 'token.revoked') {
    const holder = tokens.get(event.payload.id)
    if (holder === undefined) return 'The token that was revoked was never issued.'
    if (holder !== event.by && author.role !== 'admin')
      return 'The token was of another member, which needs an administrator.'
  }
  return event === null ? null : beyondOfPerson(author, event, members, tokens)
}
