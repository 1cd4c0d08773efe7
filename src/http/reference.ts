import type { ErrorCode } from '../core/error.ts'
import type { Role } from '../core/member.ts'

/** One route of the API as the page of the API shows it; `body` is a JSON Schema as text. */
export type ReferenceRoute = {
  method: string
  path: string
  summary: string
  role: Role | null
  query: readonly { name: string; description: string }[]
  body?: string
  problems: readonly ErrorCode[]
}
