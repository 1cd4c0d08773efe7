import { likeness, nameKeysOf, nearKeysOf } from '../core/analyst.ts'
import { spanOf } from '../core/calendar.ts'
import { sourcePath } from '../core/folder.ts'
import type { PredictionsFolder } from '../core/predictions-file.ts'
import { type Finding, hasErrors, inOrder, shown } from './finding.ts'
import { type FolderFiles, type InputFile, readFiles, type SourceItem } from './folder-files.ts'
import {
  type Check,
  duplicateIds,
  futureDays,
  indexOf,
  type KnownIds,
  repeatedForecasts,
  unknownReference,
} from './folder-index.ts'
import { checkLadders } from './ladder-check.ts'
import { checkQuestion } from './question-check.ts'
import { checkQuotes } from './quote-check.ts'
import { checkStatement } from './statement-check.ts'
import type { Path } from './yaml-document.ts'

export type ReadOptions = {
  /** The latest calendar date on earth (`latestDate(now)`); without it nothing counts as dated in the future. */
  today?: string
  /** The text of a source by its id: each of its quotes must stand there exactly once. */
  texts?: ReadonlyMap<string, string>
  /** What the ledger holds that the folder may refer to. */
  known?: KnownIds
  /** An import leaves to the ledger what it may hold already, and takes deadlines off the house rule: warnings. */
  importing?: boolean
  /** False where files come alone, without the folders in which they stand. */
  placed?: boolean
}

/**
 * Reads a predictions folder as one unit. All findings are reported, in the order of path and line; `folder` is null
 * when one of them is an error. A path ends in `analysts.yaml`, `questions.yaml` or `<year>/<source id>.yaml`; what
 * stands before (such as `predictions/`) is only shown.
 */
export function readFolder(
  files: readonly InputFile[],
  options: ReadOptions = {},
): { folder: PredictionsFolder | null; findings: Finding[] } {
  const read = readFiles(files)
  const check: Check = { index: indexOf(read, options.known ?? {}), today: options.today }
  const found = [
    ...read.findings,
    ...duplicateIds(read),
    ...repeatedForecasts(read),
    ...sharedNames(read),
    ...(options.placed === false ? [] : misplacedFiles(read)),
    ...read.questions.flatMap((item) =>
      checkQuestion(
        {
          document: item.document,
          at: item.at,
          beside: item.at,
          question: item.value,
          resolution: item.value.resolution,
          condition_met: item.value.condition_met,
          references: item.value.references,
        },
        check,
      ),
    ),
    ...checkLadders(read, check.index),
    ...read.sources.flatMap((source) => checkSource(source, check, options.texts)),
  ]
  const findings = options.importing === true ? found.map(lenient) : found
  return { folder: hasErrors(findings) ? null : read.folder, findings: inOrder(findings) }
}

const DECIDED_BY_THE_LEDGER = new Set([
  'house_rule',
  'repeated_forecast',
  'flat_words',
  'open_condition',
  'too_early',
  'ladder',
])
const lenient = (finding: Finding): Finding =>
  DECIDED_BY_THE_LEDGER.has(finding.code) ? { ...finding, level: 'warning' } : finding

function checkSource(source: SourceItem, check: Check, texts: ReadOptions['texts']): Finding[] {
  const { document, analyst, statements } = source
  const findings: Finding[] = []
  if (analyst !== undefined && !check.index.analysts.has(analyst)) {
    findings.push(document.finding(['analyst'], unknownReference('analyst', analyst, check.index)))
  }
  if (source.value !== null) {
    const { published, accessed } = source.value
    const days: [Path, string | undefined][] = [
      [['source', 'published'], spanOf(published).from],
      [['source', 'accessed'], accessed],
    ]
    findings.push(...futureDays(source, days, check.today))
  }
  const text = texts?.get(source.id ?? '')
  return [
    ...findings,
    ...statements.flatMap((statement) => checkStatement(source, statement, check)),
    ...(text === undefined ? [] : checkQuotes(statements, text)),
  ]
}

/** An alias never makes a second person; names that are only alike may be those of two. */
function sharedNames(read: FolderFiles): Finding[] {
  const held = new Map<string, AnalystItem[]>()
  return read.analysts.flatMap((item) => {
    const { document, at, value } = item
    const keys = [...nameKeysOf(value), ...nearKeysOf(value)]
    const before = [...new Set(keys.flatMap((key) => held.get(key) ?? []))].filter(
      (other) => other.value.id !== value.id,
    )
    for (const key of keys) {
      const those = held.get(key) ?? []
      if (those.length < MOST_ALIKE) held.set(key, [...those, item])
    }
    const same = before.find((other) => likeness(value, other.value) === 'spelling')
    if (same !== undefined)
      return [
        document.finding([...at, 'name'], {
          code: 'duplicate_id',
          message: `${shown(value.name)} shares a name or an alias with the analyst ${shown(same.value.id)}`,
          remedy: 'Keep one record for one person; tell namesakes apart by a fuller name.',
        }),
      ]
    const near = before.find((other) => likeness(value, other.value) !== null && !toldApart(item, other))
    if (near === undefined) return []
    return [
      document.finding([...at, 'name'], {
        code: 'similar_name',
        level: 'warning',
        message: `${shown(value.name)} may be the analyst ${shown(near.value.id)}, ${shown(near.value.name)}`,
        remedy: `Keep one record for one person; for two people say "distinct_from: [${near.value.id}]".`,
      }),
    ]
  })
}

type AnalystItem = FolderFiles['analysts'][number]
// Two names that are alike share several keys, and seldom only those of many.
const MOST_ALIKE = 3

const toldApart = (one: AnalystItem, other: AnalystItem): boolean =>
  one.value.distinct_from?.includes(other.value.id) === true ||
  other.value.distinct_from?.includes(one.value.id) === true

function misplacedFiles(read: FolderFiles): Finding[] {
  const lists = read.documents.flatMap(({ document, kind }) =>
    kind === 'source' || document.path.split('/').at(-1) === `${kind}.yaml`
      ? []
      : [
          document.finding([], {
            code: 'misplaced_file',
            message: `the file of the ${kind} cannot be ${shown(document.path)}`,
            remedy: `Move it to ${kind}.yaml.`,
          }),
        ],
  )
  return [...lists, ...read.sources.flatMap(misplacedSource)]
}

function misplacedSource({ document, id, value }: SourceItem): Finding[] {
  const [folder = '', name = ''] = ['', ...document.path.split('/')].slice(-2)
  if (!/^\d{4}$/u.test(folder) || !name.endsWith('.yaml') || (id !== undefined && name !== `${id}.yaml`)) {
    return [
      document.finding(['source', 'id'], {
        code: 'misplaced_file',
        message: `the file of the source ${shown(id ?? '?')} cannot be ${shown(document.path)}`,
        remedy: `Move it to ${value === null ? `<year>/${id ?? '<source id>'}.yaml` : sourcePath(value)}.`,
      }),
    ]
  }
  if (value === null || sourcePath(value).startsWith(`${folder}/`)) return []
  return [
    document.finding(['source', 'published'], {
      code: 'year',
      level: 'warning',
      message: `the file lies in ${folder}, the source is of ${spanOf(value.published).to.slice(0, 4)}`,
      remedy: `Move it to ${sourcePath(value)}.`,
    }),
  ]
}
