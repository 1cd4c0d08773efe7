import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { Misuse } from '../config.ts'
import { Dated, Day, TimeZone } from '../core/calendar.ts'
import { LedgerError } from '../core/error.ts'
import { sourceTypes } from '../core/source.ts'
import { evenLines, webAddress } from '../core/text.ts'
import type { ClaimList } from '../interchange/draft/claim.ts'
import type { Told } from '../interchange/draft/file.ts'
import { readYaml } from '../interchange/yaml-document.ts'
import { requireList } from '../node/predictions.ts'
import type { Command, Context, Given } from './command.ts'
import { countOf, formatFindings } from './findings.ts'
import { plural } from './table.ts'
import { harmless } from './terminal.ts'

export const draft: Command = {
  name: 'draft',
  summary: 'make a predictions file, to be completed, of a list of claims with probabilities',
  operands: { shown: 'FILE', least: 1, most: 1 },
  about: [
    'Reads a list of “claim: 85 %” in Markdown or plain text (lists, tables, lines; headings become tags), or YAML or JSON of any simple shape, and writes a predictions file. It reads no ledger and changes nothing.',
    'What neither the list nor an option says, such as criteria, is a key without a value, and `reckon check` finds each. Nothing is guessed: a number that may mean something else is not taken, and the head of the draft names its line.',
  ].join('\n'),
  options: {
    analyst: { value: 'NAME', about: 'who made the claims' },
    title: { value: 'TEXT', about: 'the title of the source, over that in the list' },
    type: { value: 'TYPE', about: 'what the source is', choices: sourceTypes },
    url: { value: 'ADDRESS', about: 'where it was published' },
    published: { value: 'DATE', about: 'when: days that claims name are reckoned from it' },
    deadline: { value: 'DATE', about: 'the day by which all are meant, where the text says one for all' },
    zone: { value: 'ZONE', about: 'the time zone of the deadlines, such as Europe/London' },
    to: { value: 'PATH', about: 'a new file to write; without it, the draft is printed' },
  },
  examples: [
    ['reckon draft list.txt --to draft.yaml', 'A draft, whose gaps `reckon check draft.yaml` names.'],
    [
      "reckon draft list.txt --analyst 'Ada Lark' --published 2025-12-31 --deadline 2026-12-31 --zone UTC --to predictions/2025/predictions-for-2026.yaml",
      'With what holds for all of them.',
    ],
  ],
  problems: 'no claim with a probability was found, or the file cannot be read',
  run: async (context, given) => {
    const path = given.positionals[0] as string
    const told = toldOf(given, basename(path))
    const to = given.text('to')
    if (to !== undefined && existsSync(to))
      throw new Misuse(`There is a file ${harmless(to)} already.`, 'A draft overwrites none.')
    const list = await claimsIn(path, context)
    const { draftOf } = await import('../interchange/draft/file.ts')
    const { claims, unread } = list
    if (claims.length === 0) {
      for (const { line, text, why } of unread.slice(0, MOST_NAMED))
        context.note(`Line ${line}, not taken as ${why}: ${harmless(text.slice(0, 100))}`)
      throw new LedgerError(
        'invalid',
        `No claim with a probability, such as “claim: 85 %”, was found in ${harmless(path)}.`,
      )
    }
    const text = draftOf(list, told)
    if (text === null)
      throw new LedgerError(
        'invalid',
        `${plural(claims.length, 'claim')} are more than one file holds (1,000): split the list.`,
      )
    if (to !== undefined) writeFileSync(to, text, { flag: 'wx' })
    const left =
      unread.length === 0
        ? ''
        : `; ${plural(unread.length, 'place')} not taken, each named at the head of the draft`
    context.note(
      `${plural(claims.length, 'claim')} drafted${left}. What is to be filled in: reckon check ${harmless(to ?? 'FILE')}`,
    )
    return {
      text:
        to === undefined ? text.trimEnd().split('\n').map(harmless).join('\n') : `Written: ${harmless(to)}`,
      json: { text, claims: claims.length, not_taken: unread },
    }
  },
}

function toldOf(given: Given, file: string): Told {
  const checked = (option: string, holds: (text: string) => boolean, such: string): string | undefined => {
    const text = given.text(option)
    if (text === undefined || holds(text)) return text
    throw new Misuse(`--${option} ${harmless(text)} is none.`, `Write it as ${such}.`)
  }
  return {
    file: harmless(file),
    title: given.text('title'),
    type: given.text('type') as Told['type'],
    analyst: given.text('analyst'),
    url: checked('url', (text) => webAddress().safeParse(text).success, 'https://example.org/list'),
    published: checked('published', (text) => Dated.safeParse(text).success, '2025-12-31 or 2025-12'),
    deadline: checked('deadline', (text) => Day.safeParse(text).success, '2026-12-31'),
    time_zone: checked('zone', (text) => TimeZone.safeParse(text).success, 'Europe/London or UTC'),
  }
}

const MOST_NAMED = 20
const DATA = /\.(?:ya?ml|jsonl?|ndjson)$/iu

async function claimsIn(path: string, { note }: Pick<Context, 'note'>): Promise<ClaimList> {
  if (!existsSync(path) || !statSync(path).isFile()) throw new Misuse(`There is no file ${harmless(path)}.`)
  requireList(path)
  const text = decoded(path)
  if (!DATA.test(path)) return (await import('../interchange/draft/markdown.ts')).claimsInText(text)
  const document = readYaml(path, asYaml(path, text))
  const cut = document.commented.map(({ at, value }) =>
    document.finding(at, {
      code: 'yaml_comment',
      message: `the text ends with ${JSON.stringify(value.slice(-40))}: from " #" on it is a comment`,
      remedy: 'Put the whole text in quotation marks; or give the comment a line of its own.',
    }),
  )
  const findings = [...document.findings, ...cut]
  if (document.value === undefined || findings.length > 0) {
    for (const line of formatFindings(findings).flatMap((finding) => finding.split('\n'))) note(line)
    throw new LedgerError('invalid', `${countOf(findings)} in ${harmless(path)}; nothing is drafted.`)
  }
  const { value } = document
  if (isPredictions(value))
    throw new Misuse(
      `${harmless(path)} is a predictions file already.`,
      `Check it: reckon check ${harmless(path)}`,
    )
  const what = { code: 'invalid' as const, message: '', remedy: '' }
  const { claimsInData } = await import('../interchange/draft/data.ts')
  return claimsInData(value, (at) => document.finding(at, what).line)
}

const isPredictions = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'source' in value && 'statements' in value

/** JSON is YAML but for tabs; lines of JSON are the items of a list. */
function asYaml(path: string, text: string): string {
  if (/\.ya?ml$/iu.test(path)) return text
  const even = text.replace(/^[\t ]+/gmu, (blanks) => blanks.replaceAll('\t', '  '))
  if (/\.json$/iu.test(path)) return even
  const rows = even.split('\n')
  const last = rows.findLastIndex((row) => row.trim() !== '')
  return `[${rows.map((row, i) => (row.trim() === '' || i === last ? row : `${row},`)).join('\n')}]`
}

function decoded(path: string): string {
  if (statSync(path).size > 1_048_576)
    throw new Misuse(`${harmless(path)} is larger than a mebibyte.`, 'Split the list.')
  try {
    return evenLines(new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path)))
  } catch {
    throw new Misuse(`${harmless(path)} is not UTF-8.`, 'Save it as UTF-8 text and try again.')
  }
}
