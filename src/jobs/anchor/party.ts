import type { Certificate } from '../../log/anchor/certificate.ts'
import type { NoteKey } from '../../log/note.ts'
import type { SignedCheckpoint } from '../../store/anchors.ts'

/** Who outside is asked about checkpoints. */
export type Parties = {
  timestamps: readonly { url: string; trusted: readonly Certificate[] }[]
  calendars: readonly string[]
  /** Where block headers are read (an Esplora API), or null: then a proof in a block has no date here. */
  blocks: string | null
  /** `party` is the text of the key. */
  witnesses: readonly { url: string; key: NoteKey; party: string }[]
}

export const isNobody = ({ timestamps, calendars, witnesses }: Parties): boolean =>
  timestamps.length + calendars.length + witnesses.length === 0

export type Request = {
  url: string
  method: 'GET' | 'POST'
  headers?: Record<string, string>
  body?: Uint8Array
  /** An operator wrote this address: where it is one of a private network, that is meant. */
  isOurs: boolean
}
export type Answered = { status: number; type: string; body: Uint8Array }
/** One request over the network, through the guard. Throws `Unreachable` with a sentence. */
export type Send = (request: Request) => Promise<Answered>

/** Why somebody could not be asked, or gave no answer that counts: "did not answer within 10 seconds". */
export class Unreachable extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'Unreachable'
  }
}

/** What all of them are asked about. */
export type Checkpoint = SignedCheckpoint

/** The body of an answer of status 200. */
export async function answerTo(send: Send, request: Request): Promise<Uint8Array> {
  const { status, body } = await send(request)
  if (status !== 200) throw new Unreachable(`answers with status ${status}`)
  return body
}

/** An address below another, whether or not that ends with a slash. */
export const below = (url: string, path: string): string => `${url.replace(/\/+$/u, '')}/${path}`
