import * as z from 'zod'
import { administrative } from '../core/author.ts'
import { Instant } from '../core/calendar.ts'
import {
  MemberChange,
  RandomId,
  roles,
  Scopes,
  SecretId,
  SignInAdded,
  SignInRemoved,
  scopes,
  signInKinds,
} from '../core/member.ts'
import { HistoryItem } from './answers.ts'
import { Count } from './recorded.ts'

export const MemberAnswer = z.strictObject({
  id: RandomId,
  name: z.string(),
  role: z.enum(roles),
  machine: z.boolean(),
  suspended: z.boolean(),
  added_at: Instant,
})
export const MemberChangeRecord = z.strictObject({ id: RandomId, ...MemberChange.shape })
export const SignedOut = z.strictObject({ id: RandomId, ended: Count })
export const TokenAnswer = z.strictObject({
  id: z.string(),
  member: RandomId,
  name: z.string(),
  role: z.enum(roles),
  scopes: Scopes.nullable().describe('To what it is held within its role; null for all that the role has.'),
  issued_at: Instant,
  expires_at: Instant.nullable(),
  revoked_at: Instant.nullable(),
})
export const TokenIssued = z.strictObject({
  id: z.string(),
  member: RandomId,
  name: z.string(),
  role: z.enum(roles),
  scopes: Scopes.optional(),
  expires_at: Instant.optional(),
  token: z.string().describe('Shown this once: the ledger keeps only its hash.'),
})

/** Who a token is, and what it may do at present. */
export const MeAnswer = z.strictObject({
  member: RandomId,
  name: z.string(),
  role: z.enum(roles).describe('The lesser of what the token says and what its member may do now.'),
  scopes: z.array(z.enum(scopes)).describe('What it may be used for now.'),
  token: SecretId,
  expires_at: Instant.nullable(),
})
export const SessionAnswer = z.strictObject({
  id: SecretId,
  member: RandomId,
  begun_at: Instant.nullable(),
  seen_on: z.iso.date().nullable().describe('The day on which it was used last, by UTC.'),
  browser: z.string().nullable().describe('What the browser said it was; anybody can say anything.'),
  expires_at: Instant,
})
export const SessionEnded = z.strictObject({ id: SecretId, member: RandomId })
export const SignInAnswer = z.strictObject({
  id: SecretId,
  member: RandomId,
  kind: z.enum(signInKinds),
  name: z.string().describe('What a passkey is called, where the account is, or `links by e-mail`.'),
  email: z
    .string()
    .nullable()
    .describe('Of an account: the address by which it was named; of letters: where they go.'),
  added_at: Instant,
})
export const SignInAddedRecord = z.strictObject(SignInAdded.shape)
export const SignInRemovedRecord = z.strictObject(SignInRemoved.shape)
export const AdministrationItem = z.strictObject({
  ...HistoryItem.shape,
  type: z.enum(administrative),
  at: Instant,
  says: z.string(),
  seq: Count,
})
