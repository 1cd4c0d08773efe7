import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { progressOn } from '../../src/cli/progress.ts'
import { table } from '../../src/cli/table.ts'
import { cut, harmless, styled, terminalOf, widthOf, wrapped } from '../../src/cli/terminal.ts'

const terminal = (width: number) => ({ width, colour: false })

describe('text for a terminal', () => {
  it('shows control characters as escapes, so that nothing in a record steers the terminal', () => {
    expect(harmless('a\u001b[31mred\u0007\n\u009b2J\u202e')).toBe('a\\x1b[31mred\\x07\\x0a\\x9b2J\\u{202e}')
    expect(harmless('Գյումրի, Şuşa and 東京 – “quoted”')).toBe('Գյումրի, Şuşa and 東京 – “quoted”')
  })

  it.each([
    ['Ada', 3],
    ['東京', 4],
    ['ｗｉｄｅ', 8],
    ['e\u0301', 1],
    ['👩‍👩‍👧', 2],
    ['🇦🇲', 2],
    ['❤️', 2],
    ['–…“”', 4],
    ['Գյումրի', 7],
    ['', 0],
  ])('counts the columns of %j as %d', (text, width) => {
    expect(widthOf(text)).toBe(width)
  })

  it('cuts between letters, never wider than asked', () => {
    expect(cut('東京都', 5)).toBe('東京…')
    expect(cut('東京都', 4)).toBe('東…')
    expect(cut('abc', 3)).toBe('abc')
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.integer({ min: 1, max: 30 }),
        (text, width) => widthOf(cut(text, width)) <= width,
      ),
    )
  })

  it('wraps without losing a letter, and never wider than asked', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme', minLength: 1 })),
        fc.integer({ min: 4, max: 60 }),
        (words, width) => {
          const text = words.join(' ')
          const lines = wrapped(text, width)
          expect(lines.join('').replace(/\s/gu, '')).toBe(text.replace(/\s/gu, ''))
          for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width)
        },
      ),
    )
  })

  it('is in colour only on a terminal, and not with NO_COLOR', () => {
    const coloured = (isTTY: boolean, environment: Record<string, string>) =>
      terminalOf({ isTTY, columns: 100 }, environment).colour
    expect([
      coloured(true, {}),
      coloured(false, {}),
      coloured(true, { NO_COLOR: '1' }),
      coloured(true, { TERM: 'dumb' }),
      coloured(true, { NO_COLOR: '' }),
    ]).toEqual([true, false, false, false, true])
    expect(styled({ width: 80, colour: false }, 'red', 'x')).toBe('x')
    expect(styled({ width: 80, colour: true }, 'red', 'x')).toBe('\u001b[31mx\u001b[39m')
    expect(terminalOf({}, {}).width).toBe(80)
  })
})

describe('a table', () => {
  type Row = { id: string; title: string; n: string }
  const columns = [
    { title: 'ID', of: ({ id }: Row) => id },
    { title: 'TITLE', of: ({ title }: Row) => title, gives: true },
    { title: 'N', of: ({ n }: Row) => n, align: 'right' as const },
  ]

  it('fits the terminal, whatever it shows, and keeps each row on one line', () => {
    const row = fc.record({
      id: fc.string({ unit: 'binary' }),
      title: fc.string({ unit: 'grapheme' }),
      n: fc.string({ unit: 'binary-ascii' }),
    })
    fc.assert(
      fc.property(fc.array(row), fc.integer({ min: 40, max: 120 }), (rows, width) => {
        const lines = table(terminal(width), columns, rows).split('\n')
        expect(lines).toHaveLength(rows.length + 1)
        for (const line of lines) {
          expect(widthOf(line)).toBeLessThanOrEqual(width)
          expect(harmless(line)).toBe(line)
        }
      }),
    )
  })

  it('cuts first what may give way', () => {
    const text = table(terminal(40), columns, [
      { id: 'an-id-that-stays-whole', title: 'a title that is far too long for this', n: '7' },
    ])
    expect(text).toBe('ID                      TITLE          N\nan-id-that-stays-whole  a title that…  7')
  })
})

describe('progress', () => {
  const shown = (isTTY: boolean, times: number[]) => {
    let now = 0
    let text = ''
    const report = progressOn({ isTTY, write: (part) => (text += part) }, () => now)('Counting')
    times.forEach((at, i) => {
      now = at
      report(i + 1, times.length)
    })
    return text
  }

  it('says nothing within the first second', () => {
    expect(shown(true, [0, 300, 999])).toBe('')
  })

  it('keeps to one line on a terminal and ends it', () => {
    expect(shown(true, [0, 1_000, 1_100, 1_300])).toBe(
      `\rCounting: 2 of 4 (50 %), 2.0/s, 1 s left\rCounting: 4 of 4 (100 %), 3.1/s${' '.repeat(9)}\n`,
    )
  })

  it('is a line now and then elsewhere', () => {
    expect(shown(false, [0, 1_000, 9_000])).toBe('')
    expect(shown(false, [0, 10_000, 11_000, 250_000])).toBe(
      'Counting: 2 of 4 (50 %), 0.2/s, 10 s left\nCounting: 4 of 4 (100 %), 0.0/s\n',
    )
  })
})
