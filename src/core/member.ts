import * as z from 'zod'
import { LedgerError } from './error.ts'
import { jsonSchema } from './json-schema.ts'
import { line, personName, prose } from './text.ts'

/** What a member may do; each role may do what those before it may. */
export const roles = ['reader', 'recorder', 'resolver', 'admin'] as const
export type Role = (typeof roles)[number]

/** A random id of an envelope: 22 characters of base64url. */
export const RandomId = z.string().regex(/^[A-Za-z0-9_-]{22}$/u)

/** The public half of a token, a session or a way to sign in: it names them and opens nothing. */
export const SecretId = z.string().regex(/^[A-Za-z0-9]{12}$/u)

/** People of the newsroom; `machine` members (import, scheduler) cannot sign in. */
export const Member = z.strictObject({
  id: RandomId,
  name: line(200),
  role: z.enum(roles),
  machine: z.boolean().optional(),
})
export type Member = z.infer<typeof Member>

/** What a member is called whose name was taken out: by the beginning of their id, which stays. */
export const formerMember = (id: string): string => `a former member (${id.slice(0, 8)})`

/** Who joins the newsroom: under a name that cannot pass for another. */
export const MemberRequest = z.strictObject({ name: personName(), role: z.enum(roles) })

export const may = (role: Role, needed: Role): boolean => roles.indexOf(role) >= roles.indexOf(needed)

/** What a token is for, within its role: what each role adds to those before it. */
export const scopes = ['read', 'log', 'resolve', 'admin'] as const
export type Scope = (typeof scopes)[number]

export const scopeOf: Readonly<Record<Role, Scope>> = {
  reader: 'read',
  recorder: 'log',
  resolver: 'resolve',
  admin: 'admin',
}
export const scopesOf = (role: Role): readonly Scope[] => scopes.slice(0, roles.indexOf(role) + 1)

/** Some scopes, each once, in their order. */
export const Scopes = z
  .array(z.enum(scopes))
  .min(1, 'must name a scope')
  .max(scopes.length)
  .refine((named) => new Set(named).size === named.length, 'names a scope twice')
  .register(jsonSchema, { uniqueItems: true })

/** The scopes that a role does not have, of those that are asked for. */
export const beyondRole = (asked: readonly Scope[], role: Role): readonly Scope[] =>
  asked.filter((scope) => !scopesOf(role).includes(scope))

/** A role, and the scopes to which it is held; without any, all that the role has. */
export type Standing = { role: Role; scopes?: readonly Scope[] | null | undefined }

/** What somebody may do with it now, scope by scope. */
export const scopesHeld = ({ role, scopes: named }: Standing): readonly Scope[] =>
  scopesOf(role).filter((scope) => named?.includes(scope) ?? true)

/** Whether somebody may do what needs this role, and acts with something that is for it. */
export const grants = (standing: Standing, needed: Role): boolean =>
  scopesHeld(standing).includes(scopeOf[needed])

/** Refuses who may do less, in the same words at every door. */
export function requireMay(standing: Standing, needed: Role): void {
  if (!may(standing.role, needed))
    throw new LedgerError('forbidden', `This needs the role ${needed}; yours is ${standing.role}.`)
  if (!grants(standing, needed))
    throw new LedgerError(
      'forbidden',
      `This needs the scope ${scopeOf[needed]}; the token in use has ${scopesHeld(standing).join(', ') || 'none that its member still may use'}.`,
    )
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

type Person = Pick<Member, 'role' | 'machine'> & { suspended: boolean }
/** Whether somebody is there to act in this role: a person who is not suspended. */
export const acts = ({ role, machine, suspended }: Person, needed: Role): boolean =>
  machine !== true && !suspended && may(role, needed)

/**
 * What somebody acts with, and all that a verb sees of them. `role` and `expires_at` are those of the credential:
 * those of its member may be greater. A session lasts as long as its member goes on signing in, so it names no end.
 */
export type Credential = {
  member: string
  role: Role
  /** To what a token is held within its role; without any, to nothing. */
  scopes?: readonly Scope[]
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
  by: Standing & { expires_at: string | null },
  other: Standing & { expires_at: string | null },
): boolean =>
  may(by.role, other.role) &&
  scopesHeld(other).every((scope) => scopesHeld(by).includes(scope)) &&
  (by.expires_at === null || (other.expires_at !== null && other.expires_at <= by.expires_at))

export const fourEyesPolicies = ['auto', 'on', 'off'] as const
export type FourEyes = (typeof fourEyesPolicies)[number]

/**
 * A way to sign in besides a link that somebody hands over: a passkey of theirs, an account at the provider that the
 * ledger trusts, or links in letters to an address that they have confirmed.
 */
export const signInKinds = ['passkey', 'account', 'email'] as const
export type SignInKind = (typeof signInKinds)[number]

/** `name` is what its member calls a passkey, or where the account is; neither an address nor a key stands in it. */
export const SignInAdded = z.strictObject({
  id: RandomId,
  sign_in: SecretId,
  kind: z.enum(signInKinds),
  name: line(200),
})
export type SignInAdded = z.infer<typeof SignInAdded>
export const SignInRemoved = z.strictObject({ id: RandomId, sign_in: SecretId })
