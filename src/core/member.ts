import * as z from 'zod'
import { LedgerError } from './error.ts'
import { jsonSchema } from './json-schema.ts'
import { line, personName, prose } from './text.ts'

/** What a member may do; each role may do what those before it may. */
export const roles = ['reader', 'recorder', 'resolver', 'admin'] as const
export type Role = (typeof roles)[number]

/** A random id of an envelope: 22 characters of base64url. */
export const RandomId = z.string().regex(/^[A-Za-z0-9_-]{22}$/u)

/** People of the newsroom; `machine` members (import, scheduler) cannot sign in. */
export const Member = z.strictObject({
  id: RandomId,
  name: line(200),
  role: z.enum(roles),
  machine: z.boolean().optional(),
})
export type Member = z.infer<typeof Member>

/** Who joins the newsroom: under a name that cannot pass for another. */
export const MemberRequest = z.strictObject({ name: personName(), role: z.enum(roles) })

export const may = (role: Role, needed: Role): boolean => roles.indexOf(role) >= roles.indexOf(needed)

/** Refuses who may do less, in the same words at every door. */
export function requireMay(role: Role, needed: Role): void {
  if (!may(role, needed))
    throw new LedgerError('forbidden', `This needs the role ${needed}; yours is ${role}.`)
}

export const suspendedMember = (name: string): LedgerError =>
  new LedgerError('forbidden', `${name} is suspended.`)

/** What may change about a person after they were added, and why it did. */
export const MemberChange = z
  .strictObject({
    role: z.enum(roles).optional(),
    suspended: z.boolean().optional(),
    because: prose(2000),
  })
  .refine(({ role, suspended }) => role !== undefined || suspended !== undefined, {
    message: 'changes nothing: give a role, or suspended',
  })
  .register(jsonSchema, { anyOf: [{ required: ['role'] }, { required: ['suspended'] }] })
export type MemberChange = z.infer<typeof MemberChange>

type Standing = Pick<Member, 'role' | 'machine'> & { suspended: boolean }
/** Whether somebody is there to act in this role: a person who is not suspended. */
export const acts = ({ role, machine, suspended }: Standing, needed: Role): boolean =>
  machine !== true && !suspended && may(role, needed)

/**
 * What somebody acts with, and all that a verb sees of them. `role` and `expires_at` are those of the credential:
 * those of its member may be greater. A session lasts as long as its member goes on signing in, so it names no end.
 */
export type Credential = {
  member: string
  role: Role
  kind: 'session' | 'token' | 'command' | 'machine'
  /** Of the token or the session. */
  id: string | null
  expires_at: string | null
}

/** The file is the command line's: whoever runs it acts without an end. */
export const commandOf = (member: { id: string; role: Role }): Credential => ({
  member: member.id,
  role: member.role,
  kind: 'command',
  id: null,
  expires_at: null,
})

/** Whether a credential covers another: none may give, or take away, more than it is. */
export const covers = (
  held: Pick<Credential, 'role' | 'expires_at'>,
  other: { role: Role; expires_at: string | null },
): boolean =>
  may(held.role, other.role) &&
  (held.expires_at === null || (other.expires_at !== null && other.expires_at <= held.expires_at))

export const fourEyesPolicies = ['auto', 'on', 'off'] as const
export type FourEyes = (typeof fourEyesPolicies)[number]
