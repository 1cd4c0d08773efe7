import { cut, harmless, padEnd, padStart, styled, type Terminal, widthOf } from './terminal.ts'

export type Column<T> = {
  title: string
  of: (row: T) => string
  align?: 'right'
  /** Gives way first where the terminal is narrow. */
  gives?: boolean
}

const GAP = 2
const LEAST = 8

/** A table that fits the terminal: the columns that give way are cut, and nothing wraps. */
export function table<T>(terminal: Terminal, columns: readonly Column<T>[], rows: readonly T[]): string {
  const cells = rows.map((row) => columns.map((column) => harmless(column.of(row))))
  const widths = columns.map(({ title }, i) =>
    Math.max(widthOf(title), ...cells.map((row) => widthOf(row[i] ?? ''))),
  )
  shrink(terminal.width, columns, widths)
  const lineOf = (texts: readonly string[]) =>
    columns
      .map(({ align }, i) => {
        const width = widths[i] ?? 0
        const text = cut(texts[i] ?? '', width)
        return align === 'right' ? padStart(text, width) : padEnd(text, width)
      })
      .join(' '.repeat(GAP))
      .trimEnd()
  const head = lineOf(columns.map(({ title }) => title))
  return [styled(terminal, 'dim', head), ...cells.map(lineOf)].join('\n')
}

/** Takes columns from the widest that may give way, then from the widest of all. */
function shrink<T>(room: number, columns: readonly Column<T>[], widths: number[]): void {
  const total = () => widths.reduce((sum, width) => sum + width, 0) + GAP * (widths.length - 1)
  for (const mayGive of [(i: number) => columns[i]?.gives === true, () => true]) {
    while (total() > room) {
      const candidates = widths
        .map((width, i) => ({ width, i }))
        .filter(({ width, i }) => mayGive(i) && width > LEAST)
      const widest = candidates.sort((a, b) => b.width - a.width)[0]
      if (widest === undefined) break
      widths[widest.i] = widest.width - 1
    }
  }
}

/** "1 file", "3 files". */
export const plural = (n: number, noun: string, many = `${noun}s`): string => `${n} ${n === 1 ? noun : many}`
