import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatFinding } from '../../src/interchange/finding.ts'
import { readFolder } from '../../src/interchange/predictions-file.ts'
import { ANALYSTS, TALK } from './talk.ts'

const SCRAPS = [
  '', ' ', '  ', '\n', '\n  ', '\t', ':', ': ', '- ', '? ', '#', ' #', '{', '}', '[', ']', ',', '&a ', '*a', '!', '!!str ', '!<x> ',
  '|', '>-', '>9', '"', "'", '\\', '%', '@', '`', '<<', '---\n', '...\n', '%YAML 1.1\n', '~', 'null', 'true', '0o7', '.inf', '-0', '1e400',
  '\u0000', '\u0085', '\u2028', '\ufeff', '\ud800', '😀', '__proto__', 'constructor', 'toString', '2025-02-29', 'id', 'question', '[]', '{}',
] // biome-ignore format: a word list

test('whatever is done to a file, reading it gives findings that can be shown, and never throws', () => {
  const cut = fc.record({ at: fc.nat(TALK.length), length: fc.nat(30), put: fc.constantFrom(...SCRAPS) })
  fc.assert(
    fc.property(fc.array(cut, { minLength: 1, maxLength: 4 }), (cuts) => {
      const text = cuts.reduce(
        (all, { at, length, put }) => all.slice(0, at) + put + all.slice(at + length),
        TALK,
      )
      const { folder, findings } = readFolder([ANALYSTS, { path: '2024/talk.yaml', bytes: text }], {
        today: '2026-01-01',
        texts: new Map([['talk', 'by the end of next year there will be no war']]),
      })
      expect(folder === null).toBe(findings.some(({ level }) => level === 'error'))
      const lines = text.split('\n')
      for (const finding of findings) {
        expect(lines[finding.line - 1]).toBeDefined()
        expect(finding.column).toBeLessThanOrEqual([...(lines[finding.line - 1] ?? '')].length + 1)
        expect(finding.remedy).not.toBe('')
        const shown = formatFinding(finding)
        expect(shown.split('\n')).toHaveLength(5)
        expect(shown).not.toMatch(/[^\P{C}\n\t]/u)
      }
    }),
    { numRuns: 300 },
  )
})

test('a name of Object.prototype is no key that anybody knows', () => {
  for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
    const { findings } = readFolder([
      ANALYSTS,
      { path: '2024/talk.yaml', bytes: `${TALK}${name}: {id: x}\n` },
    ])
    expect(findings.map(({ code }) => code)).toEqual(['unknown_key'])
  }
})
