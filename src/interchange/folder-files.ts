import type * as z from 'zod'
import {
  AnalystsFile,
  type FileStatement,
  type PredictionsFolder,
  QuestionsFile,
  SourceFile,
} from '../core/predictions-file.ts'
import { cutTexts } from './cut-text.ts'
import { type Finding, nearest } from './finding.ts'
import { refusals, tolerated } from './schema-findings.ts'
import { MOST_FINDINGS, type Path, readYaml, type YamlDocument } from './yaml-document.ts'

export type InputFile = { path: string; bytes: Uint8Array | string }

/** A part of a file that passed its schema, and where it stands. */
export type Item<T> = { document: YamlDocument; at: Path; value: T }

type Kind = 'analysts' | 'questions' | 'source'
type AnalystItem = Item<PredictionsFolder['analysts'][number]>
type QuestionItem = Item<PredictionsFolder['questions'][number]>
type StatementItem = Item<FileStatement>

/** A source's file: the parts that passed, whatever is wrong with the others. */
export type SourceItem = Item<SourceFile['source'] | null> & {
  id: string | undefined
  analyst: string | undefined
  tags: string[] | undefined
  statements: StatementItem[]
}

/** Ids as they were written, whether or not the rest of their record is right. */
export type WrittenId = {
  noun: 'analyst' | 'source' | 'statement' | 'question'
  id: string
  at: Path
  document: YamlDocument
}

export type FolderFiles = {
  /** Every file that could be read as YAML, and what it holds. */
  documents: { document: YamlDocument; kind: Kind }[]
  findings: Finding[]
  analysts: AnalystItem[]
  questions: QuestionItem[]
  sources: SourceItem[]
  ids: WrittenId[]
  /** The folder, when every file passed its schema. */
  folder: PredictionsFolder | null
}

const SCHEMAS = { analysts: AnalystsFile, questions: QuestionsFile, source: SourceFile }

/** Reads every file against its schema, in the order of their paths. */
export function readFiles(files: readonly InputFile[]): FolderFiles {
  const read: FolderFiles = {
    documents: [],
    findings: [],
    analysts: [],
    questions: [],
    sources: [],
    ids: [],
    folder: null,
  }
  const folder: PredictionsFolder = { analysts: [], questions: [], sources: [] }
  let whole = true
  for (const { path, bytes } of files.toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
    const document = readYaml(path, bytes)
    read.findings.push(...document.findings)
    if (document.value === undefined) {
      whole = false
      continue
    }
    const value = tolerated(document.value)
    const kind = kindOfFile(path, value)
    read.documents.push({ document, kind })
    read.findings.push(...cutTexts(document, SCHEMAS[kind]).slice(0, MOST_FINDINGS))
    const parsed = SCHEMAS[kind].safeParse(value)
    const refused = parsed.success
      ? []
      : isOfOurs(path, value)
        ? refusals(document, SCHEMAS[kind], value, parsed.error.issues)
        : [OTHER]
    const placeOf = ({ line, column }: Finding) => `${line}:${column}`
    const reported = new Set(document.findings.map(placeOf))
    read.findings.push(
      ...refused
        .slice(0, MOST_FINDINGS)
        .map(({ at, on, what }) => document.finding(at, what, on))
        .filter((finding) => !reported.has(placeOf(finding))),
    )
    const faulty = new Set(refused.flatMap(({ at }) => at.map((_, i) => JSON.stringify(at.slice(0, i + 1)))))
    const passed = (at: Path) => !faulty.has(JSON.stringify(at))
    readParts(read, kind, document, value, passed)
    if (!parsed.success) whole = false
    else if (kind === 'source') folder.sources.push(parsed.data as SourceFile)
    else if (kind === 'analysts') folder.analysts.push(...(parsed.data as AnalystsFile).analysts)
    else folder.questions.push(...(parsed.data as QuestionsFile).questions)
  }
  return { ...read, folder: whole ? folder : null }
}

function readParts(
  read: FolderFiles,
  kind: Kind,
  document: YamlDocument,
  value: unknown,
  passed: (at: Path) => boolean,
): void {
  const written = (noun: WrittenId['noun'], id: unknown, at: Path) => {
    if (typeof id === 'string') read.ids.push({ noun, id, at, document })
  }
  const items = <T>(list: 'analysts' | 'questions' | 'statements', schema: z.ZodType<T>): Item<T>[] =>
    listOf(value, list).flatMap((item, index) => {
      const at = [list, index]
      if (!passed(at)) return []
      const parsed = schema.safeParse(item)
      return parsed.success ? [{ document, at, value: parsed.data }] : []
    })

  if (kind !== 'source') {
    const noun = kind === 'analysts' ? 'analyst' : 'question'
    for (const [index, item] of listOf(value, kind).entries())
      written(noun, field(item, 'id'), [kind, index, 'id'])
    if (kind === 'analysts') read.analysts.push(...items(kind, AnalystsFile.shape.analysts.element))
    else read.questions.push(...items(kind, QuestionsFile.shape.questions.element))
    return
  }
  const source = field(value, 'source')
  const id = field(source, 'id')
  written('source', id, ['source', 'id'])
  for (const [index, item] of listOf(value, 'statements').entries()) {
    const at = ['statements', index]
    const statement = `${String(id)}_${String(field(item, 'id'))}`
    written('statement', statement, [...at, 'id'])
    const question = field(item, 'question')
    if (typeof question !== 'object') continue
    const own = field(question, 'id')
    written('question', own ?? statement, own === undefined ? [...at, 'id'] : [...at, 'question', 'id'])
  }
  const { analyst, tags } = SourceFile.partial().shape
  read.sources.push({
    document,
    at: ['source'],
    id: typeof id === 'string' ? id : undefined,
    value: passed(['source']) ? (SourceFile.shape.source.safeParse(source).data ?? null) : null,
    analyst: analyst.safeParse(field(value, 'analyst')).data,
    tags: tags.safeParse(field(value, 'tags')).data,
    statements: items('statements', SourceFile.shape.statements.element),
  })
}

const OURS = ['source', 'statements', 'analysts', 'questions']
/** Whether somebody meant this as a predictions file: it holds a key of one, a slip of one, or stands where they do. */
const isOfOurs = (path: string, value: unknown): boolean =>
  IN_YEAR.test(path) ||
  (typeof value === 'object' && value !== null
    ? Object.keys(value).some((key) => nearest(key, OURS) !== null)
    : value === null)
const OTHER = {
  at: [],
  on: 'value' as const,
  what: {
    code: 'invalid' as const,
    message: 'the file holds no source with its statements, no analysts and no questions',
    remedy:
      'Write it as docs/files.md says; of a list of claims with probabilities "reckon draft" makes such a file.',
  },
}

const IN_YEAR = /(^|\/)\d{4}\/[^/]+$/u

/** By its name; a file that stands elsewhere is told by what it holds. */
function kindOfFile(path: string, value: unknown): Kind {
  const name = path.split('/').at(-1)
  if (name === 'analysts.yaml') return 'analysts'
  if (name === 'questions.yaml') return 'questions'
  if (field(value, 'source') !== undefined || IN_YEAR.test(path)) return 'source'
  if (field(value, 'analysts') !== undefined) return 'analysts'
  return field(value, 'questions') === undefined ? 'source' : 'questions'
}

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined

function listOf(value: unknown, name: string): unknown[] {
  const list = field(value, name)
  return Array.isArray(list) ? list : []
}
