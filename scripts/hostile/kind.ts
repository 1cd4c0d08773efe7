import type fc from 'fast-check'
import type { World } from './world.ts'

export type Answer = {
  status: number
  type: string | null
  text: string
  /** What came behind it on the same connection. */
  more?: string
}

/** How much of everything is sent, and from which seed. */
export type Extent = { short: boolean; seed: number }

/** One kind of request: what is sent, how it is answered, and what no answer to it may be. */
export type Kind<T = unknown> = {
  name: string
  /** What is sent once each, before anything is drawn. */
  every?: (world: World, extent: Extent) => readonly T[] | Promise<readonly T[]>
  /** How many are drawn in a full run, and in a short one. */
  full: number
  short: number
  /** How many are under way at a time; one, where nothing else is said. */
  together?: number
  requests: (world: World) => fc.Arbitrary<T>
  send: (world: World, request: T) => Promise<Answer>
  /** What is wrong with an answer besides its status and its time, or null. */
  wrong: (world: World, request: T, answer: Answer) => string | null
}

/** A kind among others: what it sends is only its own business. */
export const kind = <T>(own: Kind<T>): Kind => own as unknown as Kind

export async function answerOf(response: Response): Promise<Answer> {
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() }
}

/** Why a refusal is no problem document, or null. */
export function noProblem({ status, type, text }: Answer): string | null {
  if (status < 400) return null
  if (type !== 'application/problem+json') return `${status} as ${type}`
  if (text === '') return null
  const document = parsed(text)
  if (document === null) return `${status} with what is no JSON: ${text.slice(0, 300)}`
  const { status: said, code } = document as { status?: unknown; code?: unknown }
  return said === status && typeof code === 'string'
    ? null
    : `${status} whose document says ${said} and ${code}`
}

function parsed(text: string): object | null {
  try {
    return JSON.parse(text) as object
  } catch {
    return null
  }
}
