import { type Checkpoint, parseCheckpoint } from './checkpoint.ts'
import { type NoteKey, parseVerifierKey, verifierKey } from './note.ts'
import { parseReceipt } from './receipt.ts'

const HEADER = 'reckoning pin v1'

/** A checkpoint that somebody kept: what an older visit saw. The key is known where a visit kept it, too. */
export type Pin = { checkpoint: Checkpoint; note: string; key: NoteKey | null }

/** What a visit keeps: the key that it trusted, and the checkpoint that it found true. */
export const pinText = (note: string, key: NoteKey): string => `${HEADER}\n${verifierKey(key)}\n\n${note}`

/** A pin, or anything else that holds a checkpoint: the signed note itself, or the receipt of an entry. */
export function parsePin(text: string): Pin | null {
  const [head = '', ...rest] = text.split('\n\n')
  const [header, line = '', ...others] = head.split('\n')
  if (header === HEADER) {
    const key = parseVerifierKey(line)
    return key === null || others.length > 0 ? null : pinOf(rest.join('\n\n'), key)
  }
  return pinOf(parseReceipt(text)?.checkpoint ?? text, null) ?? pinOf(pasted(text), null)
}

/** A note as it comes out of a page or a reader of feeds: with other ends of lines, or without the last of them. */
const pasted = (text: string): string => {
  const lines = text.split(/\r\n?|\n/u).map((line) => line.trim())
  return `${lines.join('\n').trim()}\n`
}

function pinOf(note: string, key: NoteKey | null): Pin | null {
  const checkpoint = parseCheckpoint(note)
  return checkpoint === null ? null : { checkpoint, note, key }
}
