import { Lexer, type Token, type Tokens } from 'marked'
import { readYaml } from '../yaml-document.ts'
import { chanceIn, claimIn } from './chance.ts'
import { type Chance, type ClaimList, fieldOf, NO_PROBABILITY } from './claim.ts'
import { claimsOfTable } from './table.ts'

/** The lists, tables and lines of a text in Markdown, or plain, that are claims with a probability. */
export function claimsInText(text: string): ClaimList {
  const list: ClaimList = { claims: [], unread: [] }
  const front = /^---\n(?:[^\n]*\n){0,200}?---\n/u.exec(text)?.[0] ?? ''
  const written = readYaml('', front.slice(4, -4)).value
  const isFront = typeof written === 'object' && written !== null && !Array.isArray(written)
  if (isFront) headed(list, written as Record<string, unknown>)
  const skipped = isFront ? front : ''
  walk(Lexer.lex(text.slice(skipped.length)), newlines(skipped) + 1, { list, path: [], soft: null })
  return list
}

/** What a file says of itself: its title, who wrote it, where and when it appeared. */
export function headed(list: ClaimList, fields: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value !== 'string' || value.trim() === '') continue
    const field = fieldOf(name)
    if (field === 'title' || field === 'analyst' || field === 'published') list[field] ??= value.trim()
    if (field === 'url' && /^https?:\/\/\S+$/u.test(value)) list.url ??= value
  }
}

type Heading = { depth: number; text: string; chance: Chance | null }
/** Where the walk is: under which headings, and which line in bold or before a colon came last. */
type Place = { list: ClaimList; path: Heading[]; soft: Heading | null }

const newlines = (text: string): number => text.split('\n').length - 1

const headingsOf = ({ path, soft }: Place): Heading[] => (soft === null ? path : [...path, soft])
const topicsOf = (place: Place): string[] =>
  headingsOf(place).flatMap(({ text, chance }) => (chance === null ? [text] : []))
/** What a heading such as "90 %" says of what stands under it. */
const sharedBy = (place: Place): Chance | null =>
  headingsOf(place).findLast(({ chance }) => chance !== null)?.chance ?? null

function walk(tokens: readonly Token[], from: number, place: Place): void {
  let line = from
  for (const [i, token] of tokens.entries()) {
    const next = tokens.slice(i + 1, i + 3).find(({ type }) => type !== 'space')
    const isAbove = next !== undefined && ['list', 'table'].includes(next.type)
    take(token, line, place, isAbove)
    line += newlines(token.raw)
  }
}

function take(token: Token, line: number, place: Place, isAbove: boolean): void {
  const { list } = place
  if (token.type === 'heading') {
    const text = plain(token.tokens ?? []).text.trim()
    const chance = chanceIn(text)
    place.soft = null
    if (token.depth === 1 && list.title === undefined && list.claims.length === 0 && chance === null) {
      list.title = text
      return
    }
    place.path = [
      ...place.path.filter(({ depth }) => depth < token.depth),
      { depth: token.depth, text, chance },
    ]
  } else if (token.type === 'list')
    walkItems((token as Tokens.List).items, line, { ...place, path: headingsOf(place), soft: null })
  else if (token.type === 'blockquote') walk(token.tokens ?? [], line, place)
  else if (token.type === 'table') table(token as Tokens.Table, line, place)
  else if (token.type === 'paragraph' || token.type === 'text')
    paragraph(token.tokens ?? [token], line, place, isAbove)
  else if (token.type === 'code') lines(token.text.split('\n'), line, place)
  else if (token.type === 'html' && /\d\s?%/u.test(token.raw))
    list.unread.push({ line, text: token.raw.trim(), why: 'it is HTML' })
}

function walkItems(items: readonly Tokens.ListItem[], from: number, place: Place): void {
  let line = from
  for (const item of items) {
    const nested = item.tokens.findIndex(({ type }) => type === 'list' || type === 'blockquote')
    const own = nested === -1 ? item.tokens : item.tokens.slice(0, nested)
    const inner = nested === -1 ? [] : item.tokens.slice(nested)
    const at = line + newlines(own.map(({ raw }) => raw).join(''))
    const { text, struck } = plain(own)
    const marks = item.task ? [item.checked === true ? 'ticked in the list' : 'not ticked in the list'] : []
    const before = place.list.claims.length
    const isTopic = claimIn(joined(text)) === null && inner.length > 0
    if (!isTopic) takeItem(text, line, place, [...struck, ...marks])
    if (isTopic || place.list.claims.length > before || inner.length > 0) {
      const heading = { depth: 7, text: joined(text).replace(/:$/u, ''), chance: chanceIn(joined(text)) }
      walk(inner, at, { ...place, path: isTopic ? [...place.path, heading] : place.path, soft: null })
    }
    line += newlines(item.raw)
  }
}

const joined = (text: string): string => text.replace(/\s+/gu, ' ').trim()

/** One item of a list: a claim, or where each of its lines is one, those. */
function takeItem(text: string, line: number, place: Place, remarks: readonly string[]): void {
  const { list } = place
  const rows = text.split('\n').filter((row) => row.trim() !== '')
  const each = rows.filter((row) => isClaim(joined(row))).length
  if (rows.length > 1 && each > 1) {
    lines(text.split('\n'), line, place)
    return
  }
  const whole = joined(text)
  if (whole === '') return
  const found = claimIn(unmarked(whole).text)
  const topics = topicsOf(place)
  const shared = sharedBy(place)
  const noted = [...remarks, ...unmarked(whole).marks]
  if (found !== null && 'words' in found) list.claims.push({ line, ...found, topics, remarks: noted })
  else if (found === null && shared !== null)
    list.claims.push({ line, words: unmarked(whole).text, probability: shared, topics, remarks: noted })
  else list.unread.push({ line, text: whole, why: found?.why ?? NO_PROBABILITY })
}

const isClaim = (text: string): boolean => {
  const found = claimIn(unmarked(text).text)
  return found !== null && 'words' in found
}

const MARK = String.raw`(?:[✓✔☑✅❌✗✘❎]\ufe0f?|^\[[ xX]\])`
/** Signs of right and wrong, which say nothing of what happened until somebody says what they stand for. */
function unmarked(text: string): { text: string; marks: string[] } {
  const found = new RegExp(`^((?:${MARK}\\s*)*)(.*?)((?:\\s*${MARK})*)$`, 'su').exec(text)
  const marks = `${found?.[1] ?? ''}${found?.[3] ?? ''}`.trim()
  return { text: found?.[2]?.trim() ?? text, marks: marks === '' ? [] : [`marked ${marks}`] }
}

const LONGEST_TOPIC = 80

function paragraph(tokens: readonly Token[], line: number, place: Place, isAbove: boolean): void {
  const { text, struck } = plain(tokens)
  const whole = joined(text)
  const chance = chanceIn(whole)
  const isBold = tokens.filter(({ raw }) => raw.trim() !== '').every(({ type }) => type === 'strong')
  if (chance !== null || ((isBold || whole.endsWith(':') || (isAbove && isName(whole))) && isTopic(text))) {
    place.soft = { depth: 7, text: whole.replace(/:$/u, ''), chance }
    return
  }
  lines(text.split('\n'), line, place, struck)
}

const isTopic = (text: string): boolean =>
  !text.trim().includes('\n') && text.length <= LONGEST_TOPIC && !/\d\s?%/u.test(text)

/** A few words without an end of a sentence. */
const isName = (text: string): boolean => /^\S+(?: \S+){0,4}$/u.test(text) && !/[.!?…]$/u.test(text)

/** Lines of which each is a claim; one above a claim names a topic, or is the beginning of the claim itself. */
function lines(rows: readonly string[], from: number, place: Place, remarks: readonly string[] = []): void {
  const { list } = place
  for (const [i, row] of rows.entries()) {
    const text = joined(row)
    if (text === '') continue
    const before = joined(rows[i - 1] ?? '')
    const line = from + i
    const found = claimIn(unmarked(text).text)
    if (found === null) {
      if (isClaim(joined(rows[i + 1] ?? '')) && isTopic(text) && startsAnew(joined(rows[i + 1] ?? '')))
        place.soft = { depth: 7, text: text.replace(/:$/u, ''), chance: chanceIn(text) }
      continue
    }
    const isCut = before !== '' && claimIn(unmarked(before).text) === null && !startsAnew(text)
    if ('words' in found && !isCut)
      list.claims.push({
        line,
        ...found,
        topics: topicsOf(place),
        remarks: [...remarks, ...unmarked(text).marks],
      })
    else
      list.unread.push({
        line,
        text,
        why: 'why' in found ? found.why : 'the claim may begin on the line before',
      })
  }
}

const startsAnew = (text: string): boolean => /^[^\p{L}]*(?:\p{Lu}|\p{Lo})|^\d/u.test(text)

function table({ header, rows }: Tokens.Table, line: number, place: Place): void {
  claimsOfTable(
    {
      header: header.map(({ tokens }) => joined(plain(tokens).text)),
      rows: rows.map((cells, i) => ({
        line: line + 2 + i,
        cells: cells.map(({ tokens }) => joined(plain(tokens).text)),
        remarks: cells.flatMap(({ tokens }) => plain(tokens).struck),
      })),
      topics: topicsOf(place),
    },
    place.list,
  )
}

const LETTERS: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }
const unescaped = (text: string): string =>
  text.replace(/&(?:#(\d{1,6})|(\w{2,5}));/gu, (whole, code?: string, name = '') =>
    code === undefined ? (LETTERS[name] ?? whole) : String.fromCodePoint(Math.min(Number(code), 0x10ffff)),
  )

/** The words of inline Markdown as a reader sees them, and what was struck through. */
function plain(tokens: readonly Token[]): { text: string; struck: string[] } {
  const struck: string[] = []
  const textOf = (all: readonly Token[]): string =>
    all
      .map((token): string => {
        if (token.type === 'br') return '\n'
        if (token.type === 'html') return /^<br\b/iu.test(token.raw) ? '\n' : ''
        if (token.type === 'checkbox') return ''
        if (token.type === 'space') return '\n'
        if (token.type === 'list' || token.type === 'table') return ''
        const inner = 'tokens' in token && token.tokens !== undefined ? textOf(token.tokens) : undefined
        const text = inner ?? unescaped('text' in token ? String(token.text) : token.raw)
        if (token.type === 'del') struck.push(`struck through: “${joined(text)}”`)
        return token.type === 'paragraph' ? `${text}\n` : text
      })
      .join('')
  return { text: textOf(tokens), struck }
}
