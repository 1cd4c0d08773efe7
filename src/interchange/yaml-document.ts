import { Composer, type CST, isAlias, isMap, isScalar, isSeq, Lexer, type Node, Parser } from 'yaml'
import { excerptOf, type Finding, type FindingCode, printable, shown } from './finding.ts'

const MAX_BYTES = 1_048_576
const MAX_DEPTH = 40
/** A file gets no more findings than this: nobody reads them, and a hostile file could ask for millions. */
export const MOST_FINDINGS = 1000
// Columns count characters; so far into a line, where no person works, they count UTF-16 code units.
const LONG_LINE = 10_000

export type Path = readonly (string | number)[]

/** Half-open range of UTF-16 code units of the text. */
type Extent = { start: number; end: number }
type Place = { key: Extent | null; value: Extent }

/** A file as it was read: plain data, and where each part of it stands. */
export type YamlDocument = {
  path: string
  value: unknown
  findings: Finding[]
  /** Texts out of quotation marks behind which a comment stands on their line. */
  commented: readonly { at: Path; value: string }[]
  /** A finding at a value (or at its key, or at the nearest parent that exists). */
  finding: (at: Path, what: What, on?: 'key' | 'value') => Finding
  has: (at: Path) => boolean
}
export type What = { code: FindingCode; message: string; remedy: string; level?: Finding['level'] }

/**
 * Reads one document of YAML 1.2 core, strictly: no tags, anchors, aliases, merge keys or directives, each key once,
 * plain decimal numbers only. `value` is undefined when there is nothing that could be checked further.
 */
export function readYaml(path: string, bytes: Uint8Array | string): YamlDocument {
  const { text, problem } = decode(bytes)
  const reader = readerOf(path, text)
  if (problem !== null) {
    reader.report({ start: problem.at, end: problem.at + 1 }, problem.what)
    return reader.document(undefined)
  }
  const tokens: CST.Token[] = []
  const parser = new Parser()
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) tokens.push(token)
    if (parser.stack.length > MAX_DEPTH) {
      reader.report(
        { start: parser.offset, end: parser.offset + 1 },
        {
          code: 'too_large',
          message: `the file is nested more than ${MAX_DEPTH} levels deep`,
          remedy: 'Predictions need a handful of levels; look for a bracket that is never closed.',
        },
      )
      return reader.document(undefined)
    }
  }
  for (const token of parser.end()) tokens.push(token)
  if (!reader.refuseDirectives(tokens)) return reader.document(undefined)

  const composer = new Composer({
    version: '1.2',
    schema: 'core',
    merge: false,
    uniqueKeys: false,
    stringKeys: true,
    prettyErrors: false,
  })
  const [document, ...others] = composer.compose(tokens, true, text.length)
  for (const other of others) {
    const start = other.contents?.range?.[0] ?? other.range[0]
    reader.report(
      { start, end: start + 3 },
      {
        code: 'yaml_feature',
        message: 'a second document begins here',
        remedy:
          'Keep one document a file: take out the line "---" or move what follows to a file of its own.',
      },
    )
  }
  const problems = [...(document?.errors ?? []), ...(document?.warnings ?? [])]
  for (const { code, message, pos } of problems) {
    // A tag is reported where its node is read, with its own remedy.
    if (code === 'TAG_RESOLVE_FAILED') continue
    const extent = { start: pos[0], end: pos[1] }
    reader.report(extent, { code: 'yaml_syntax', message: printable(message), remedy: syntaxRemedy(message) })
  }
  const value = reader.read((document?.contents as Node | null | undefined) ?? null, [])
  const unread = problems.find(({ code }) => code === 'TAG_RESOLVE_FAILED')
  if (unread !== undefined && !reader.findings.some(({ code }) => code === 'yaml_feature')) {
    const what = {
      code: 'yaml_feature' as const,
      message: 'tags are not allowed',
      remedy: 'Take the tag out.',
    }
    reader.report({ start: unread.pos[0], end: unread.pos[1] }, what)
  }
  return reader.document(reader.findings.some(({ code }) => FATAL.has(code)) ? undefined : value)
}

// After these the data is not what the author meant: checking it further would only add noise.
const FATAL = new Set<FindingCode>(['yaml_syntax', 'yaml_feature'])

const syntaxRemedy = (message: string): string =>
  /indent|column/iu.test(message)
    ? 'Align the line with its neighbours; use spaces, never tabs.'
    : /implicit|compact|plain|single line|Nested mappings/iu.test(message)
      ? 'Put the text in double quotes, or write it as a block after ">-".'
      : /flow|bracket|\]|\}/iu.test(message)
        ? 'Close every bracket and put a comma between the parts.'
        : /quote|escape/iu.test(message)
          ? 'Close the quotes; inside double quotes a backslash begins an escape.'
          : 'Compare the line with the example in docs/files.md.'

function decode(bytes: Uint8Array | string): { text: string; problem: { at: number; what: What } | null } {
  const size = typeof bytes === 'string' ? new TextEncoder().encode(bytes).length : bytes.length
  if (size > MAX_BYTES) {
    const what = {
      code: 'too_large' as const,
      message: `the file has ${size} bytes; the limit is ${MAX_BYTES}`,
      remedy: 'Split the file; one source a file.',
    }
    return { text: '', problem: { at: 0, what } }
  }
  let text: string
  if (typeof bytes === 'string') text = bytes.replace(/^\ufeff/u, '')
  else {
    try {
      text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    } catch {
      const readable = new TextDecoder('utf-8').decode(bytes)
      const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
      return {
        text: readable,
        problem: {
          at: Math.max(0, readable.indexOf('\ufffd')),
          what: {
            code: 'encoding',
            message: utf16 ? 'the file is UTF-16' : 'the file is not valid UTF-8',
            remedy: 'Save the file as UTF-8.',
          },
        },
      }
    }
  }
  text = text.replaceAll(/\r\n?/gu, '\n')
  const at = text.search(/[\u0000-\u0008\u000b-\u001f\u007f-\u0084\u0086-\u009f\ufeff]|\p{Cs}/u)
  if (at === -1) return { text, problem: null }
  const what = {
    code: 'encoding' as const,
    message: `the file contains the character U+${text.charCodeAt(at).toString(16).toUpperCase().padStart(4, '0')}`,
    remedy: 'Take the invisible character out; save the file as UTF-8.',
  }
  return { text, problem: { at, what } }
}

/** Finds the line of an extent, and what a finding says of it. */
function positioning(path: string, text: string): (extent: Extent, what: What) => Finding {
  const lineStarts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lineStarts.push(at + 1)

  return (extent, { level = 'error', ...what }) => {
    const start = Math.min(extent.start, text.length)
    let low = 0
    let high = lineStarts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >>> 1
      if ((lineStarts[middle] ?? 0) <= start) low = middle
      else high = middle - 1
    }
    const lineStart = lineStarts[low] ?? 0
    const lineEnd = (lineStarts[low + 1] ?? text.length + 1) - 1
    const line = text.slice(lineStart, lineEnd)
    const offset = start - lineStart
    const length = Math.min(extent.end - start, lineStart + line.length - start)
    return {
      path,
      line: low + 1,
      column: (offset > LONG_LINE ? offset : [...line.slice(0, offset)].length) + 1,
      level,
      ...what,
      excerpt: excerptOf(line, offset, length),
    }
  }
}

const isDecimal = (plain: string, value: number): boolean =>
  /^[-+]?(0|[1-9]\d*|(?=\.\d))(\.\d+)?([eE][-+]?\d+)?$/u.test(plain) && Number.isFinite(value)

const numberProblem = (plain: string): What => ({
  code: 'yaml_number',
  message: `${shown(plain)} is not a plain decimal number`,
  remedy: `Write the number in decimals, such as 0.7; if it is a text, put it in quotes: "${plain.slice(0, 40)}".`,
})

// Behind a comma, too: in brackets nobody sees whether that belongs to the text.
const COMMENT = /(?:[ \t]*,)?[ \t]+#/uy

function isCommented(text: string, end: number): boolean {
  COMMENT.lastIndex = end
  return COMMENT.test(text)
}

function readerOf(path: string, text: string) {
  const findings: Finding[] = []
  const commented: { at: Path; value: string }[] = []
  const places = new Map<string, Place>()
  const positioned = positioning(path, text)
  const report = (extent: Extent, what: What): void => {
    if (findings.length < MOST_FINDINGS) findings.push(positioned(extent, what))
  }
  const refuse = (extent: Extent, message: string, remedy: string): void =>
    report(extent, { code: 'yaml_feature', message, remedy })

  const read = (node: Node | null, at: Path, key: Extent | null = null): unknown => {
    const [start, end] = node?.range ?? [key?.end ?? 0, key?.end ?? 0]
    const extent = { start, end }
    places.set(JSON.stringify(at), { key, value: extent })
    if (node === null || findings.length >= MOST_FINDINGS) return null
    if (isAlias(node)) {
      refuse(extent, 'aliases are not allowed', 'Write the value out where it is used.')
      return null
    }
    if ('anchor' in node && node.anchor !== undefined) {
      refuse(
        { start: Math.max(0, text.lastIndexOf(`&${node.anchor}`, start)), end },
        `the anchor ${shown(node.anchor)} is not allowed`,
        'Take the anchor out and write the value where it is used.',
      )
    }
    if (node.tag !== undefined) {
      const before = Math.max(0, start - 200)
      const mark = text.slice(before, start).search(/!\S*(\s+&\S+)?\s*$/u)
      refuse(
        { start: mark === -1 ? start : before + mark, end },
        `the tag ${shown(node.tag)} is not allowed`,
        'Take the tag out; put texts in quotes where needed.',
      )
      return null
    }
    if (isSeq(node)) return node.items.map((item, index) => read(item as Node | null, [...at, index]))
    if (isMap(node)) return readMap(node.items as { key: unknown; value: unknown }[], at)
    if (!isScalar(node)) return null
    if (node.type === 'PLAIN' && typeof node.value === 'number') {
      const plain = node.source ?? ''
      if (!isDecimal(plain, node.value)) report(extent, numberProblem(plain))
      return Number.isFinite(node.value) ? node.value : 0
    }
    if (node.type === 'PLAIN' && typeof node.value === 'string' && isCommented(text, end))
      commented.push({ at, value: node.value })
    return node.value
  }

  const readMap = (pairs: { key: unknown; value: unknown }[], at: Path): Record<string, unknown> => {
    const map: Record<string, unknown> = {}
    const seen = new Set<string>()
    for (const pair of pairs) {
      const node = pair.key as Node
      const extent = { start: node.range?.[0] ?? 0, end: node.range?.[1] ?? 0 }
      if (
        !isScalar(node) ||
        typeof node.value !== 'string' ||
        node.tag !== undefined ||
        node.anchor !== undefined
      ) {
        if (isAlias(node) || isScalar(node))
          refuse(extent, 'this is no plain key', 'Write the key as a plain word.')
        continue
      }
      const name = node.value
      if (name === '<<' && node.type === 'PLAIN') {
        refuse(extent, 'merge keys are not allowed', 'Write the keys out where they belong.')
        continue
      }
      if (seen.has(name) || name === '__proto__') {
        report(extent, {
          code: seen.has(name) ? 'duplicate_key' : 'unknown_key',
          message: seen.has(name)
            ? `the key ${shown(name)} stands twice`
            : 'the key "__proto__" is not allowed',
          remedy: 'Keep one of the two.',
        })
        continue
      }
      seen.add(name)
      map[name] = read(pair.value as Node | null, [...at, name], extent)
    }
    return map
  }

  const refuseDirectives = (tokens: readonly CST.Token[]): boolean => {
    const directives = tokens.filter((token) => token.type === 'directive')
    for (const { offset, source } of directives) {
      refuse(
        { start: offset, end: offset + source.length },
        `the directive ${shown(source.trim())} is not allowed`,
        'Take the line out; files are YAML 1.2 without directives.',
      )
    }
    return directives.length === 0
  }

  const finding = (at: Path, what: What, on: 'key' | 'value' = 'value'): Finding => {
    for (let length = at.length; length >= 0; length--) {
      const place = places.get(JSON.stringify(at.slice(0, length)))
      if (place === undefined) continue
      const asKey = on === 'key' || length < at.length
      return positioned(asKey && place.key !== null ? place.key : place.value, what)
    }
    return positioned({ start: 0, end: 1 }, what)
  }
  const has = (at: Path): boolean => places.has(JSON.stringify(at))
  const document = (value: unknown): YamlDocument => ({ path, value, findings, commented, finding, has })

  return { findings, report, read, refuseDirectives, document }
}
