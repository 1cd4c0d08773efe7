/** A file as it is read: in pieces, from the beginning, as often as somebody asks. */
export type TableFile = {
  path: string
  size: number
  /** Each is good until the next is asked for. */
  pieces: () => Iterable<Uint8Array>
  /** A file that is held in memory has at most so many rows; one that stays on a disk any number. */
  mostRows?: number
}

/** A larger file is not held, and a table with more rows is not kept, in memory. */
export const MAX_BYTES = 64 * 1024 * 1024
export const MAX_ROWS = 100_000
/** Whoever mends that many of a table's problems sees the others next time. */
export const MAX_FINDINGS = 100

export const heldFile = (path: string, bytes: Uint8Array): TableFile => ({
  path,
  size: bytes.length,
  pieces: () => [bytes],
  mostRows: MAX_ROWS,
})

/** Bytes that are no text. */
export class NoText extends Error {}

/** What stands in a file of UTF-8 or UTF-16, without its mark, piece by piece. Throws `NoText`. */
export function* textsOf({ pieces }: Pick<TableFile, 'pieces'>): Generator<string> {
  let decoder: TextDecoder | null = null
  // The mark may lie on the border of the first two pieces.
  let start = new Uint8Array()
  const decoded = (bytes: Uint8Array | undefined) => {
    decoder ??= new TextDecoder(encodingOf(bytes ?? start), { fatal: true })
    try {
      const text = bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true })
      if (!text.includes('\u0000')) return text
    } catch {}
    throw new NoText()
  }
  for (const piece of pieces()) {
    if (decoder === null && start.length + piece.length < 2) start = piece.slice()
    else {
      yield decoded(start.length === 0 ? piece : Uint8Array.from([...start, ...piece]))
      start = new Uint8Array()
    }
  }
  if (start.length > 0) yield decoded(start)
  yield decoded(undefined)
}

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8'
}

/** The text of bytes; null where they are none. */
export function textOf(bytes: Uint8Array): string | null {
  try {
    return [...textsOf({ pieces: () => [bytes] })].join('')
  } catch (error) {
    if (error instanceof NoText) return null
    throw error
  }
}

/** The whole of a file; null where it is larger than what is held. */
export function bytesIn({ size, pieces }: TableFile): Uint8Array | null {
  if (size > MAX_BYTES) return null
  const bytes = new Uint8Array(size)
  let at = 0
  for (const piece of pieces()) {
    bytes.set(piece.subarray(0, size - at), at)
    at += piece.length
  }
  return bytes
}

/** The beginning of a text, at least so long where there is as much; null where it is none. */
export function beginningOf(file: TableFile, length: number): string | null {
  let text = ''
  try {
    for (const part of textsOf(file)) {
      text += part
      if (text.length >= length) break
    }
  } catch (error) {
    if (error instanceof NoText) return null
    throw error
  }
  return text
}

/** The lines of a file by their numbers, from 1. Asked for in their order, they are read once. */
export function lineReader(file: TableFile): (line: number) => string {
  let lines = linesOf(file)
  let [at, text] = [0, '']
  return (line) => {
    if (line < at) [lines, at, text] = [linesOf(file), 0, '']
    while (at < line) {
      const next = lines.next()
      if (next.done === true) return ''
      at++
      text = next.value
    }
    return text
  }
}

/** A line that is longer can be shown by its beginning. */
const LONGEST_LINE = 1_000_000

function* linesOf(file: TableFile): Generator<string> {
  let rest = ''
  let isCut = false
  const texts = textsOf(file)
  try {
    for (const text of texts) {
      const parts = (rest + text).split(/\r\n|\n|\r(?!$)/u)
      rest = parts.pop() as string
      for (const part of parts) {
        if (!isCut) yield part
        isCut = false
      }
      if (rest.length <= LONGEST_LINE) continue
      if (!isCut) yield rest
      isCut = true
      rest = ''
    }
  } catch (error) {
    if (!(error instanceof NoText)) throw error
  }
  if (!isCut) yield rest.replace(/\r$/u, '')
}
