import { canonicalJson } from './canonical-json.ts'
import { parseCheckpoint } from './checkpoint.ts'
import { base64url, fromBase64url, fromUtf8, utf8 } from './encoding.ts'
import { entryBundle, parseTilePath, TILE_WIDTH } from './tile.ts'

/**
 * A log in lines of JSON: first the checkpoint and the keys that signed it, then a line for each entry that it holds, with
 * what opens it: `{"seq", "entry", "opening": [salt, "record", payload] | null}`. What is hashed is canonical JSON, and so
 * is what is sealed: both can be made again from what is read, to the byte.
 */
export const LINES_FORMAT = 'reckoning-log/v1'

/** How every such file begins. */
export const LINES_BEGINNING = `{"format":${JSON.stringify(LINES_FORMAT)},`

export const headLine = (checkpoint: string, keys: readonly string[]): string =>
  `${JSON.stringify({ format: LINES_FORMAT, checkpoint, keys })}\n`

/** The line of an entry; null where its bytes are not what a line can hold, which no entry of ours is. */
export function entryLine(seq: number, bytes: string, disclosure: string): string | null {
  const opened = disclosure === '' ? 'null' : (fromUtf8(fromBase64url(disclosure) ?? new Uint8Array()) ?? '')
  const line = `{"seq":${seq},"entry":${bytes},"opening":${opened}}`
  const read = readLine(line, seq)
  return read?.bytes === bytes && read.disclosure === disclosure ? `${line}\n` : null
}

type Line = { bytes: string; disclosure: string }
const MEMBERS = ['entry', 'opening', 'seq']

/** What a line says, made canonical; null where it is no line of this entry. Nothing in it goes unread. */
function readLine(line: string, seq: number): Line | null {
  try {
    const read = JSON.parse(line) as { seq: unknown; entry: unknown; opening: unknown }
    if (read.seq !== seq || Object.keys(read).sort().join() !== MEMBERS.join()) return null
    return {
      bytes: canonicalJson(read.entry),
      disclosure: read.opening === null ? '' : base64url(utf8(canonicalJson(read.opening))),
    }
  } catch {
    return null
  }
}

type Head = { checkpoint: string; keys: string[] }

function readHead(line: string): Head | null {
  try {
    const { format, checkpoint, keys } = JSON.parse(line)
    const isHead = format === LINES_FORMAT && typeof checkpoint === 'string' && Array.isArray(keys)
    return isHead ? { checkpoint, keys: keys.map(String) } : null
  } catch {
    return null
  }
}

/** What a log in lines publishes, by the paths of tlog-tiles but for the hashes; or why it is none. */
export function publishedIn(text: string): ((path: string) => Uint8Array | null) | string {
  const [first = '', ...lines] = text.split('\n')
  const head = readHead(first)
  if (head === null) return `Its first line is not that of ${LINES_FORMAT}.`
  if (lines.pop() !== '') return 'It does not end with the end of a line: it was cut off.'
  const size = parseCheckpoint(head.checkpoint)?.size
  if (size !== undefined && size !== lines.length)
    return `Its checkpoint holds ${size} entries, and it has ${lines.length}: it was cut off, or lines were put in.`
  const { checkpoint, keys } = head
  return (path) => {
    if (path === 'checkpoint') return utf8(checkpoint)
    if (path === 'key') return utf8(keys.map((key) => `${key}\n`).join(''))
    const isOpenings = path.startsWith('openings/')
    const tile = parseTilePath(isOpenings ? path.replace('openings/', 'tile/entries/') : path)
    if (tile?.level !== 'entries') return null
    const from = tile.index * TILE_WIDTH
    const read = lines.slice(from, from + tile.width).map((line, i) => readLine(line, from + i))
    return isOpenings
      ? utf8(read.map((one) => `${one?.disclosure ?? ''}\n`).join(''))
      : entryBundle(read.map((one) => utf8(one?.bytes ?? '')))
  }
}
