import * as z from 'zod'
import { line, personName } from './text.ts'

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

export const fourEyesPolicies = ['auto', 'on', 'off'] as const
export type FourEyes = (typeof fourEyesPolicies)[number]
