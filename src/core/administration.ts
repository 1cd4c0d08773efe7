import type { administrative } from './author.ts'
import type { Event } from './entry.ts'
import type { fourEyesPolicies, MemberChange } from './member.ts'

export type Administered = Event<(typeof administrative)[number]>
/** What a member is called; an id that nobody has is told as it is. */
type NameOf = (member: string) => string

const FOUR_EYES: Record<(typeof fourEyesPolicies)[number], string> = {
  auto: 'from the second resolver on',
  on: 'always',
  off: 'never',
}

const changedTo = ({ role, suspended }: Pick<MemberChange, 'role' | 'suspended'>): string =>
  [
    ...(role === undefined ? [] : [`is ${role} from here on`]),
    ...(suspended === undefined ? [] : [suspended ? 'was suspended' : 'was reinstated']),
  ].join(' and ')

const until = (instant: string | undefined): string =>
  instant === undefined ? 'without an end' : `until ${instant.slice(0, 10)}`

/**
 * What an entry says was done to who keeps the ledger and how, as a sentence without its author and time. The reason,
 * where one was given, stands beside it (`reasonOf`).
 */
export function administered(event: Administered, nameOf: NameOf): string {
  switch (event.type) {
    case 'member.added':
      return `${event.payload.name} was added as ${event.payload.role}${event.payload.machine === true ? ', a machine' : ''}.`
    case 'member.changed':
      return `${nameOf(event.payload.id)} ${changedTo(event.payload)}.`
    case 'member.invited':
      return `A sign-in link was made for ${nameOf(event.payload.id)}.`
    case 'member.signed_out':
      return event.payload.session === undefined
        ? `${nameOf(event.payload.id)} was signed out in every browser.`
        : `${nameOf(event.payload.id)} was signed out in one browser (session ${event.payload.session}).`
    case 'member.sign_in_added':
      if (event.payload.kind === 'email')
        return `${nameOf(event.payload.id)} confirmed an e-mail address, and may sign in by links sent there.`
      return event.payload.kind === 'passkey'
        ? `${nameOf(event.payload.id)} added the passkey “${event.payload.name}”.`
        : `${nameOf(event.payload.id)} may sign in with an account at ${event.payload.name}.`
    case 'member.sign_in_removed':
      return `${nameOf(event.payload.id)} no longer signs in with ${event.payload.sign_in}.`
    case 'member.redacted':
      return `What entry ${event.payload.entry} said of a member was taken out.`
    case 'token.issued': {
      const { member, name, role, scopes, expires_at, id } = event.payload
      const held = scopes === undefined ? role : `${role}, held to ${scopes.join(', ')}`
      return `The token “${name}” (${id}) was issued for ${nameOf(member)}: ${held}, ${until(expires_at)}.`
    }
    case 'token.revoked':
      return `The token ${event.payload.id} was revoked.`
    case 'policy.changed':
      return `Four eyes: ${FOUR_EYES[event.payload.four_eyes]}; ${event.payload.four_eyes_in_force ? 'in force' : 'not in force'}.`
    case 'lexicon.measured':
      return `A list of words of probability was measured (${event.payload.language}).`
    case 'clock.accepted':
      return 'The clock was accepted as it is.'
    case 'clock.corrected':
      return `The clock was corrected: entries from ${event.payload.from} on count as recorded then.`
    case 'key.rotated':
      return 'The key that signs the log was changed.'
    case 'log.restored':
      return `Entries ${event.payload.lost.from} to ${event.payload.lost.to} were given up as lost.`
  }
}

/** Why it was done, where that was said. */
export const reasonOf = ({ payload }: Administered): string | null =>
  'because' in payload ? (payload.because ?? null) : null
