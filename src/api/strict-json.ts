import { LedgerError, pointer } from '../core/error.ts'

const MAX_DEPTH = 64

const refuse = (
  detail: string,
  path: readonly PropertyKey[] = [],
  code: 'malformed' | 'invalid' = 'malformed',
) =>
  new LedgerError(
    code,
    `The body ${detail}.`,
    path.length === 0 ? [] : [{ pointer: pointer(path), message: detail }],
  )

/**
 * The value of a JSON text, read strictly: UTF-8 without a byte order mark, names that differ, at most 64 levels,
 * numbers that a double holds, text without U+0000 and without half a surrogate pair. Throws `malformed`, or
 * `invalid` for a number that would silently become 0 and for the name `__proto__`.
 */
export function parseStrictJson(bytes: Uint8Array): unknown {
  const text = decoded(bytes)
  if (text.trim() === '') throw refuse('is empty')
  const problem = firstProblem(text)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw refuse('is not valid JSON')
  }
  if (problem !== null) throw problem
  return value
}

function decoded(bytes: Uint8Array): string {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw refuse('is not valid UTF-8')
  }
  if (text.startsWith('\ufeff')) throw refuse('begins with a byte order mark')
  return text
}

type Frame = { names: Set<string> | null; at: string | number; awaitsName: boolean }

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|-?\d[\d.eE+-]*/gsu

/**
 * The first thing that JSON.parse would let pass. Reads tokens only: whether they make JSON is for JSON.parse to
 * say, except for the depth, which is refused at once.
 */
function firstProblem(text: string): LedgerError | null {
  const frames: Frame[] = []
  let problem: LedgerError | null = null
  const path = () => frames.map((frame) => frame.at)
  const note = (found: LedgerError | null) => {
    problem ??= found
  }
  for (const [token] of text.matchAll(TOKEN)) {
    const top = frames.at(-1)
    if (token === '{' || token === '[') {
      if (frames.length === MAX_DEPTH) throw refuse(`is nested deeper than ${MAX_DEPTH} levels`)
      frames.push(
        token === '{'
          ? { names: new Set(), at: '', awaitsName: true }
          : { names: null, at: 0, awaitsName: false },
      )
    } else if (token === '}' || token === ']') frames.pop()
    else if (token === ',') advance(top)
    else if (token === ':') continue
    else if (token.startsWith('"')) {
      const string = stringOf(token)
      if (top?.awaitsName === true) {
        top.at = string
        top.awaitsName = false
        note(nameProblem(string, top, path()))
      }
      note(textProblem(string, path()))
    } else note(numberProblem(token, path()))
  }
  return problem
}

function advance(frame: Frame | undefined): void {
  if (frame === undefined) return
  if (typeof frame.at === 'number') frame.at++
  else frame.awaitsName = true
}

function stringOf(token: string): string {
  if (!token.includes('\\')) return token.slice(1, -1)
  try {
    return JSON.parse(token) as string
  } catch {
    return ''
  }
}

function nameProblem(name: string, frame: Frame, path: PropertyKey[]): LedgerError | null {
  if (name === '__proto__') return refuse('holds the name __proto__', path, 'invalid')
  if (frame.names?.has(name))
    return refuse(`holds the name ${JSON.stringify(name.slice(0, 100))} twice`, path)
  frame.names?.add(name)
  return null
}

function textProblem(text: string, path: PropertyKey[]): LedgerError | null {
  if (!text.isWellFormed()) return refuse('holds half of a surrogate pair', wellFormed(path))
  return text.includes('\0') ? refuse('holds the character U+0000', path) : null
}

const wellFormed = (path: PropertyKey[]) =>
  path.map((part) => (typeof part === 'string' ? part.toWellFormed() : part))

function numberProblem(token: string, path: PropertyKey[]): LedgerError | null {
  const value = Number(token)
  if (Number.isNaN(value)) return null
  if (!Number.isFinite(value)) return refuse('holds a number that is too large', path)
  if (/^-?\d+$/u.test(token) && !Number.isSafeInteger(value))
    return refuse('holds an integer beyond 9007199254740991, which would be rounded', path)
  if (value === 0 && /[1-9]/u.test(token.replace(/e.*$/iu, '')))
    return refuse('holds a number so small that it would become 0', path, 'invalid')
  return null
}
