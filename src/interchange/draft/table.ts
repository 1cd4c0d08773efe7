import { chanceIn, scaleOf } from './chance.ts'
import { type Chance, type ClaimList, type Fields, fieldOf, NO_PROBABILITY } from './claim.ts'

type Row = { line: number; cells: readonly string[]; remarks: readonly string[] }
type Table = { header: readonly string[]; rows: readonly Row[]; topics: readonly string[] }

const DECIMAL = /^\d{1,3}(?:[.,]\d+)?$/u
const numberOf = (cell: string): number | null =>
  DECIMAL.test(cell.trim()) ? Number(cell.trim().replace(',', '.')) : null

/** The claims of a table: one column holds them, one their probabilities, others what else is said of them. */
export function claimsOfTable({ header, rows, topics }: Table, list: ClaimList): void {
  const columns = header.map((name, i) => ({ name, i, field: fieldOf(name), cells: filled(rows, i) }))
  const isChance = (cells: readonly string[], named: boolean) =>
    cells.length > 0 && cells.every((cell) => chanceIn(cell) !== null || (named && numberOf(cell) !== null))
  const chances = columns.filter(({ cells, field }) => isChance(cells, field === 'probability'))
  const named = columns.filter(({ field }) => field === 'probability')
  const [chance, another] = named.length === 1 ? named : chances
  const others = columns.filter(({ i }) => i !== chance?.i)
  const texts = others.filter(({ cells }) => cells.some((cell) => /\p{L}/u.test(cell)))
  const claim =
    texts.find(({ field }) => field === 'words') ??
    texts.find(({ field }) => field === 'title') ??
    (texts.filter(({ field }) => field === undefined).length === 1
      ? texts.find(({ field }) => field === undefined)
      : undefined)
  const why =
    chance === undefined
      ? 'no column of the table is one of probabilities'
      : another !== undefined
        ? `several columns of the table are probabilities: ${chances.map(({ name }) => name).join(', ')}; leave one, and call it “probability”`
        : claim === undefined
          ? 'no column of the table is known to hold the claims; call it “claim”'
          : null
  if (why !== null) {
    const hasNumbers = rows.some(({ cells }) => cells.some((cell) => chanceIn(cell) !== null))
    const [first] = rows
    if (first !== undefined && (hasNumbers || chance !== undefined))
      list.unread.push({ line: first.line, text: header.join(' | '), why })
    return
  }
  const scale = scaleOf(chance?.cells.flatMap((cell) => numberOf(cell) ?? []) ?? [])
  for (const { line, cells, remarks } of rows) {
    const words = cells[claim?.i ?? 0]?.trim() ?? ''
    const cell = cells[chance?.i ?? 0]?.trim() ?? ''
    if (words === '' || cell === '') {
      const text = cells.join(' | ')
      if (/\p{L}/u.test(text)) list.unread.push({ line, text, why: NO_PROBABILITY })
      continue
    }
    const { fields, left } = besides(
      others.filter(({ i }) => i !== claim?.i).map(({ name, i }) => [name, cells[i] ?? '']),
    )
    const probability = chanceOf(cell, scale)
    list.claims.push({
      line,
      words,
      probability,
      topics,
      remarks: [...remarks, ...(probability === null ? [`${chance?.name}: ${cell}`] : []), ...left],
      ...fields,
    })
  }
}

const filled = (rows: readonly Row[], i: number): string[] =>
  rows.map(({ cells }) => cells[i]?.trim() ?? '').filter((cell) => cell !== '' && !/^[-–—]$/u.test(cell))

/** A probability as a field says it: a number of the scale of its list, per cent with their sign, or words. */
export function chanceOf(cell: string, scale: 1 | 100 | null): Chance | null {
  const number = numberOf(cell)
  if (number !== null) return scale === null ? null : Number((number / scale).toPrecision(12))
  return chanceIn(cell) ?? (/^\p{L}[\p{L} '’-]{1,80}$/u.test(cell) ? { words: cell } : null)
}

const KEPT = new Set<string | undefined>(['analyst', 'criteria', 'deadline', 'outcome', 'said_on', 'topic'])

/** What columns or keys beside a claim say: what is known, and the rest as remarks. */
export function besides(pairs: readonly (readonly [name: string, text: string])[]): {
  fields: Fields
  left: string[]
} {
  const fields: Fields = {}
  const left: string[] = []
  for (const [name, text] of pairs) {
    if (text.trim() === '') continue
    const field = fieldOf(name)
    if (KEPT.has(field) && fields[field as keyof Fields] === undefined)
      fields[field as keyof Fields] = text.trim()
    else left.push(`${name}: ${text.trim()}`)
  }
  return { fields, left }
}
