import { Document, isMap, isScalar, isSeq, type Node, type YAMLMap, type YAMLSeq } from 'yaml'
import { sourcePath } from '../core/folder.ts'
import { AnalystsFile, type PredictionsFolder, QuestionsFile, SourceFile } from '../core/predictions-file.ts'
import { keysOf, type Schema, unwrapped, within } from '../core/schema-shape.ts'

const WIDTH = 100

/** What stands in braces or brackets on one line, where it is short and plain. */
const IN_BRACES = new Set(
  'published said_on deadline untestable probability range withdrawn retracted evidence interval quantiles aliases early options tags of'.split(
    ' ',
  ),
)
/** The lists whose items are set apart by an empty line. */
const SET_APART = new Set(['analysts', 'questions', 'statements'])

/** A probability may have options as keys; its own keys come first, options in alphabetical order. */
const PROBABILITY_KEYS = [
  'words',
  'categorical',
  'leans',
  'low',
  'mid',
  'high',
  'lexicon',
  'key',
  'interval',
  'level',
  'because',
]

export type TextFile = { path: string; text: string }

/**
 * The folder as canonical YAML, one text a file: keys in the order of the schemas, long texts as blocks, lines of at
 * most 100 columns where words allow it. Reading it gives the same folder, and formatting that the same bytes.
 */
export function formatFolder({ analysts, questions, sources }: PredictionsFolder): TextFile[] {
  return [
    ...(analysts.length === 0 ? [] : [fileOf('analysts.yaml', AnalystsFile, { analysts })]),
    ...(questions.length === 0 ? [] : [fileOf('questions.yaml', QuestionsFile, { questions })]),
    ...sources.map((file) => fileOf(sourcePath(file.source), SourceFile, file)),
  ]
}

function fileOf(path: string, schema: Schema, content: object): TextFile {
  const name = schema === SourceFile ? 'source-file' : path.replace('.yaml', '-file')
  const up = path.includes('/') ? '../..' : '..'
  const text = textOf(documentOf(schema, content))
  return { path, text: `# yaml-language-server: $schema=${up}/docs/schemas/${name}.json\n${text}` }
}

/** The content of a file as YAML that can still be given comments; null is a value that is not there yet. */
export function documentOf(schema: Schema, content: object): Document {
  const document = new Document(ordered(content, unwrapped(schema)), {
    version: '1.2',
    schema: 'core',
    aliasDuplicateObjects: false,
  })
  if (isMap(document.contents)) styleMap(document.contents as YAMLMap, 0)
  return document
}

export const textOf = (document: Document): string =>
  document.toString({
    lineWidth: WIDTH,
    minContentWidth: 0,
    singleQuote: false,
    flowCollectionPadding: false,
    nullStr: '',
  })

function ordered(value: unknown, schemas: readonly Schema[]): unknown {
  if (Array.isArray(value)) return value.map((item) => ordered(item, within(schemas, 0)))
  if (typeof value !== 'object' || value === null) return value
  const known = keysOf(schemas)
  const order = known.length === 0 ? PROBABILITY_KEYS : known
  const rank = (key: string) => (order.includes(key) ? order.indexOf(key) : order.length)
  const entries = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1))
  return new Map(entries.map(([key, field]) => [key, ordered(field, within(schemas, key))]))
}

function styleMap(map: YAMLMap, indent: number): void {
  for (const { key, value } of map.items) {
    const name = isScalar(key) ? String(key.value) : ''
    if (isScalar(key)) {
      key.type = styleOf(name, 0) === 'PLAIN' ? 'PLAIN' : 'QUOTE_DOUBLE'
      if (name === 'statements' && indent === 0) key.spaceBefore = true
    }
    style(value as Node, name, indent, indent + name.length + 2)
  }
}

function style(node: Node, name: string, indent: number, column: number): void {
  if (isScalar(node)) {
    if (typeof node.value === 'string') node.type = styleOf(node.value, column)
  } else if (isMap(node) || isSeq(node)) {
    const width = IN_BRACES.has(name) && !(name === 'evidence' && isSeq(node)) ? inlineWidth(node) : null
    if (width !== null && column + width <= WIDTH) {
      node.flow = true
      quoteTruths(node)
    } else if (isMap(node)) styleMap(node as YAMLMap, column === indent ? indent : indent + 2)
    else styleList(node as YAMLSeq, name, indent + 2)
  }
}

/** Items stand behind "- ", and a mapping in a list begins on the same line. */
function styleList(list: YAMLSeq, name: string, indent: number): void {
  for (const [index, item] of (list.items as Node[]).entries()) {
    if (SET_APART.has(name) && index > 0) item.spaceBefore = true
    style(item, name, indent + 2, indent + 2)
  }
}

// YAML 1.1 reads these as truth values; in quotes every reader agrees.
const TRUTH = /^(y|n|yes|no|on|off|true|false)$/iu

/** Plain or quoted by default; a block where the line would be too long. */
function styleOf(text: string, column: number): 'PLAIN' | 'QUOTE_DOUBLE' | 'BLOCK_FOLDED' | 'BLOCK_LITERAL' {
  if (TRUTH.test(text)) return 'QUOTE_DOUBLE'
  const lines = text.split('\n')
  const isEven =
    lines.every((line) => line === line.trim() && !/\s{2}|[\t\u00a0]/u.test(line)) && text === text.trim()
  if (!isEven) return 'QUOTE_DOUBLE'
  const longest = Math.max(...lines.map((line) => line.length))
  if (lines.length > 1) return longest > WIDTH - 12 ? 'BLOCK_FOLDED' : 'BLOCK_LITERAL'
  const isPlain = /^[\p{L}\p{N}]/u.test(text) && !/: | #|:$/u.test(text)
  if (column + text.length + (isPlain ? 0 : 2) > WIDTH && text.includes(' ')) return 'BLOCK_FOLDED'
  return isPlain ? 'PLAIN' : 'QUOTE_DOUBLE'
}

/** How wide a value is on one line, or null when it holds a text that is better set apart. */
function inlineWidth(node: unknown): number | null {
  if (isScalar(node)) {
    if (node.value === null) return null
    if (typeof node.value !== 'string') return String(node.value).length
    const isPlain = /^[\p{L}\p{N}](?:[^,[\]{}:#"&*!|>%@`\n\t]|:(?=[^\s,[\]{}]))*$/u.test(node.value)
    if (!isPlain || node.value !== node.value.trim()) return null
    const isQuoted = TRUTH.test(node.value) || node.value === 'null' || !Number.isNaN(Number(node.value))
    return node.value.length + (isQuoted ? 2 : 0)
  }
  if (!isMap(node) && !isSeq(node)) return null
  let width = 2 + 2 * Math.max(0, node.items.length - 1)
  for (const item of node.items) {
    const pair = item as { key?: unknown; value?: unknown }
    const key = isMap(node) ? inlineWidth(pair.key) : -2
    const value = inlineWidth(isMap(node) ? pair.value : item)
    if (key === null || value === null) return null
    width += key + 2 + value
  }
  return width
}

function quoteTruths(node: unknown): void {
  if (isScalar(node)) {
    if (typeof node.value === 'string' && TRUTH.test(node.value)) node.type = 'QUOTE_DOUBLE'
  } else if (isSeq(node)) node.items.forEach(quoteTruths)
  else if (isMap(node)) {
    for (const { key, value } of node.items) {
      quoteTruths(key)
      quoteTruths(value)
    }
  }
}
