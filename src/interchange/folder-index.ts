import { futureProblem } from '../core/calendar.ts'
import { inlineQuestion, kindOfStatement } from '../core/folder.ts'
import { claimKey } from '../core/forecast.ts'
import type { Question } from '../core/question.ts'
import { statementId } from '../core/slug.ts'
import type { Statement } from '../core/statement.ts'
import { about, type Finding, nearest, shown } from './finding.ts'
import type { FolderFiles, SourceItem, WrittenId } from './folder-files.ts'
import type { Path, What } from './yaml-document.ts'

/** Ids that a folder may refer to although it does not define them: those of the ledger it is imported into. */
export type KnownIds = Partial<Record<'analysts' | 'statements' | 'questions', ReadonlySet<string>>>

/** Which ids there are, and what stands behind those whose record is right. */
export type FolderIndex = {
  analysts: ReadonlySet<string>
  statements: ReadonlySet<string>
  questions: ReadonlySet<string>
  question: ReadonlyMap<string, Question>
  statementKind: ReadonlyMap<string, Statement['kind']>
  /** How many unknown ids may still be compared with all the others. */
  looks: { left: number }
}

export function indexOf(files: FolderFiles, known: KnownIds): FolderIndex {
  const written = (noun: WrittenId['noun']) => files.ids.filter((id) => id.noun === noun).map(({ id }) => id)
  const question = new Map<string, Question>()
  const statementKind = new Map<string, Statement['kind']>()
  for (const { value } of files.questions) {
    const { resolution: _, condition_met: __, references: ___, amends: ____, ...record } = value
    question.set(value.id, record)
  }
  for (const source of files.sources) {
    for (const { value } of source.statements) {
      const id = `${source.id}_${value.id}`
      if (!statementKind.has(id)) statementKind.set(id, kindOfStatement(value))
      const inline = questionIn(source, value)
      if (inline !== null) question.set(inline.id, inline)
    }
  }
  return {
    analysts: new Set([...written('analyst'), ...(known.analysts ?? [])]),
    statements: new Set([...written('statement'), ...(known.statements ?? [])]),
    questions: new Set([...written('question'), ...(known.questions ?? [])]),
    question,
    statementKind,
    looks: { left: MOST_LOOKS },
  }
}

/** The whole question written in a statement, with the tags of its file. */
export const questionIn = (source: SourceItem, statement: SourceItem['statements'][number]['value']) =>
  inlineQuestion({ source: { id: source.id ?? '' }, tags: source.tags }, statement)

// Looking for the nearest id takes a while in a large folder.
const MOST_COMPARED = 3000
/** Whoever mends that many sees the others next time. */
const MOST_LOOKS = 100

/** An id that nothing bears, with the nearest one that something does; those that begin with `own` may go without. */
export function unknownReference(
  noun: 'analyst' | 'statement' | 'question',
  id: string,
  index: Pick<FolderIndex, 'analysts' | 'statements' | 'questions' | 'looks'>,
  own = '',
): What {
  const ids = index[`${noun}s`]
  const isLooked = ids.size <= MOST_COMPARED && index.looks.left-- > 0
  const meant = isLooked ? nearestOf(id, ids, own) : null
  return {
    code: 'unknown_reference',
    message: `there is no ${noun} ${shown(id)}`,
    remedy:
      meant === null
        ? `Add the ${noun} to the folder, or name one that is in it.`
        : `Did you mean ${shown(meant)}?`,
  }
}

function nearestOf(id: string, ids: ReadonlySet<string>, own: string): string | null {
  const all = [...ids].map((other) => (other.startsWith(own) ? other.slice(own.length) : other))
  return nearest(id, all) ?? all.find((other) => other.endsWith(`_${id}`)) ?? null
}

/** What the check of one part may look at. */
export type Check = { index: FolderIndex; today: string | undefined }

/** What is wrong with days on which something happened; without a present nothing lies in the future. */
export const futureDays = (
  { document }: Pick<SourceItem, 'document'>,
  days: [Path, string | undefined][],
  today = '9999',
) =>
  days.flatMap(([at, day]) => {
    const problem = day === undefined ? null : futureProblem(day, today)
    const what = (message: string): What => ({
      code: 'future_date',
      message: about(shown(at.at(-1)), message),
      remedy: 'Write the day on which it happened.',
    })
    return problem === null ? [] : [document.finding(at, what(problem))]
  })

/** Every id that stands twice, at its second place; a statement and the question in it count once. */
export function duplicateIds(files: FolderFiles): Finding[] {
  const first = new Map<string, WrittenId>()
  const second = new Map<string, Finding>()
  for (const written of files.ids) {
    const key = `${written.noun} ${written.id}`
    const before = first.get(key)
    if (before === undefined) {
      first.set(key, written)
      continue
    }
    const place = before.document.finding(before.at, { code: 'duplicate_id', message: '', remedy: '' })
    const finding = written.document.finding(written.at, {
      code: 'duplicate_id',
      message: `the ${written.noun} ${shown(written.id)} is already at ${place.path}:${place.line}:${place.column}`,
      remedy: 'Give one of the two another id, or take it out.',
    })
    const at = `${finding.path}:${finding.line}:${finding.column}`
    if (!second.has(at)) second.set(at, finding)
  }
  return [...second.values()]
}

/** Every forecast that says again what another of its source says: the same analyst, the same question. */
export const repeatedForecasts = (files: FolderFiles): Finding[] =>
  files.sources.flatMap((source) => {
    const first = new Map<string, Finding & { id: string }>()
    return source.statements.flatMap(({ document, at, value }) => {
      const { id, retracted } = value
      const question = typeof value.question === 'string' ? value.question : questionIn(source, value)?.id
      if (question === undefined || retracted !== undefined || kindOfStatement(value) !== 'forecast')
        return []
      const claim = claimKey(
        {
          analyst: value.analyst ?? source.analyst ?? '',
          question,
          statement: statementId(source.id ?? '', id),
        },
        source.value?.type,
      )
      const before = first.get(claim)
      const finding = document.finding(
        [...at, 'question'],
        {
          code: 'repeated_forecast',
          message: `the same analyst answers this question at ${before?.path}:${before?.line}:${before?.column} already`,
          remedy: `Write "duplicate_of: ${before?.id}" in place of question and probability: only another source makes it a forecast again.`,
        },
        typeof value.question === 'string' ? 'value' : 'key',
      )
      if (before !== undefined) return [finding]
      first.set(claim, { ...finding, id })
      return []
    })
  })
