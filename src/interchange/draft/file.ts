import { isMap, isSeq } from 'yaml'
import { Dated } from '../../core/calendar.ts'
import { SourceFile } from '../../core/predictions-file.ts'
import { slugCandidates } from '../../core/slug.ts'
import type { sourceTypes } from '../../core/source.ts'
import { atOnce } from '../../core/steps.ts'
import { line as lineOf } from '../../core/text.ts'
import { readingAnswerSteps } from '../../reading/reading-answer.ts'
import { printable } from '../finding.ts'
import { documentOf, textOf } from '../predictions-text.ts'
import { momentIn, outcomeIn } from '../table-cells.ts'
import type { Claim, ClaimList, Unread } from './claim.ts'

/** What whoever drafts a file knows of the source, over what the list says itself. */
export type Told = {
  /** The list's file, without its folders. */
  file: string
  title?: string | undefined
  type?: (typeof sourceTypes)[number] | undefined
  url?: string | undefined
  published?: string | undefined
  analyst?: string | undefined
  deadline?: string | undefined
  time_zone?: string | undefined
}

const MOST_STATEMENTS = 1000
const MOST_UNREAD = 200
const LONGEST_TITLE = 300

/**
 * A list of claims as the text of a predictions file. What neither the list nor `told` says is a key without a value,
 * which `reckon check` finds; null where the list holds more claims than a file can.
 */
export function draftOf(list: ClaimList, told: Told): string | null {
  if (list.claims.length > MOST_STATEMENTS) return null
  const title = told.title ?? list.title ?? null
  const published = dayIn(told.published ?? list.published)
  const name = told.analyst ?? list.analyst
  const id = idOf(title ?? told.file.replace(/\.[^.]*$/u, ''), 'source', 0, new Set())
  const taken = new Set<string>()
  const statements = list.claims.map((claim, i) => statementOf(claim, i, { taken, told }))
  const people = new Map(
    [name, ...list.claims.map(({ analyst }) => analyst)].flatMap((one) =>
      one === undefined ? [] : [[one, analystId(one)] as const],
    ),
  )
  const document = documentOf(SourceFile, {
    source: {
      id,
      type: told.type ?? null,
      title: title === null ? null : fitting(title),
      url: told.url ?? list.url ?? null,
      published: published ?? null,
    },
    ...(name !== undefined || list.claims.some(({ analyst }) => analyst === undefined)
      ? { analyst: name === undefined ? null : analystId(name) }
      : {}),
    statements: statements.map(({ statement }) => statement),
  })
  const items = isMap(document.contents) ? document.contents.get('statements') : undefined
  if (isSeq(items))
    for (const [i, { remarks }] of statements.entries()) {
      const item = items.items[i]
      if (isMap(item))
        item.commentBefore = [`line ${list.claims[i]?.line}`, ...remarks].map(comment).join('\n')
    }
  const undated =
    published === undefined && list.published !== undefined
      ? [`Published, as the list says it: ${list.published}`]
      : []
  return `${headOf(told.file, list.unread, people, undated)}${textOf(document)}`
}

const comment = (text: string): string => ` ${printable(text.replace(/\s+/gu, ' ').trim())}`

function headOf(
  file: string,
  unread: readonly Unread[],
  people: ReadonlyMap<string, string | null>,
  said: readonly string[],
): string {
  const lines = [
    `Drafted from ${file} by reckon draft. What it could not know has no value; reckon check says where.`,
    'Each title is the claim as it was written: where it denies something, word it positively and turn the number.',
    ...[...people].map(([name, id]) =>
      id === null
        ? `No id can be made of the name ${name}: choose one.`
        : `analysts.yaml: {id: ${id}, name: ${JSON.stringify(name)}}`,
    ),
    ...said,
    ...unread
      .slice(0, MOST_UNREAD)
      .map(({ line, text, why }) => `Not taken, line ${line}, as ${why}: ${text.slice(0, 200)}`),
    ...(unread.length > MOST_UNREAD ? [`Not taken: ${unread.length - MOST_UNREAD} more.`] : []),
  ]
  return `${lines.map((text) => `#${comment(text)}`).join('\n')}\n`
}

function idOf(text: string, noun: string, index: number, taken: Set<string>): string {
  const candidates = slugCandidates(noun, text, String(index + 1))
  const found = candidates.find((one) => !taken.has(one)) ?? `${noun}-${index + 1}`
  taken.add(found)
  return found
}

/** A name as an id, as the ledger makes them; null where its letters are not known. */
function analystId(name: string): string | null {
  const [first = ''] = slugCandidates('analyst', name, 'x')
  return first === 'analyst-x' ? null : first
}

const dayIn = (text: string | undefined, zone = 'UTC'): string | undefined => {
  if (text === undefined) return undefined
  if (Dated.safeParse(text).success) return text
  const moment = momentIn(text, zone, undefined)
  return 'day' in moment ? moment.day : undefined
}

const fitting = (text: string): string | null => (lineOf(LONGEST_TITLE).safeParse(text).success ? text : null)

type Held = { taken: Set<string>; told: Told }

function statementOf(claim: Claim, index: number, { taken, told }: Held) {
  const { words, probability, analyst, criteria } = claim
  const remarks = [...claim.remarks]
  const dayOf = (name: 'deadline' | 'said_on'): string | null => {
    const text = claim[name]
    const day = dayIn(text, told.time_zone)
    if (text !== undefined && day === undefined) remarks.push(`${name}: ${text}`)
    return day ?? null
  }
  const outcome = claim.outcome === undefined ? null : outcomeIn(claim.outcome, new Map())
  if (outcome === undefined) remarks.push(`outcome: ${claim.outcome}`)
  const said_on = dayOf('said_on')
  const named = claim.deadline === undefined ? null : dayOf('deadline')
  const heard = named !== null || told.deadline !== undefined ? null : horizonOf(words)
  if (heard !== null) remarks.push(`deadline: from “${heard.phrase}”, ${heard.rule}`)
  const topics = [...claim.topics, ...(claim.topic === undefined ? [] : [claim.topic])]
  const tags = [...new Set(topics.map(tagOf).filter((tag) => tag !== null))]
  const isDecided = outcome !== null && outcome !== undefined
  return {
    remarks,
    statement: {
      id: idOf(words, 'claim', index, taken),
      ...(analyst === undefined ? {} : { analyst: analystId(analyst) }),
      quote: words,
      ...(said_on === null ? {} : { said_on }),
      question: {
        title: fitting(words.replace(/[.;]$/u, '')),
        criteria: criteria ?? null,
        deadline: {
          date: named ?? told.deadline ?? heard?.date ?? null,
          time_zone: told.time_zone ?? null,
        },
        ...(tags.length === 0 ? {} : { tags: tags.slice(0, 20) }),
      },
      probability,
      ...(isDecided ? { resolution: { outcome, known_on: null, evidence: null, rationale: null } } : {}),
    },
  }
}

function tagOf(topic: string): string | null {
  const [slug = ''] = slugCandidates('tag', topic, 'x')
  return slug === 'tag-x' ? null : slug
}

// Long before any list, and in different seasons: what is read the same from both hangs on no day of publication.
const BEFORE = ['1950-03-07', '1961-10-23']

/** The day that the words of a claim name, whenever they were written; null where the reader of texts is not sure. */
function horizonOf(words: string) {
  const [one = null, other = null] = BEFORE.map((day) => {
    const { items } = atOnce(readingAnswerSteps(words, day))
    const [horizon, ...more] = items.flatMap((item) =>
      item.horizon === null || item.horizon.kind === 'none' ? [] : [item.horizon],
    )
    const isSure = horizon?.kind === 'date' && horizon.vague === undefined && horizon.why === undefined
    return isSure && more.length === 0 ? horizon : null
  })
  return one?.date === other?.date ? one : null
}
