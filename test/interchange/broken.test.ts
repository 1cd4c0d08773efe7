import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { findingCodes, formatFinding } from '../../src/interchange/finding.ts'
import { readFolder } from '../../src/interchange/predictions-file.ts'

const ROOT = join(import.meta.dirname, '../fixtures/broken')
const analysts = { path: 'analysts.yaml', bytes: readFileSync(join(ROOT, 'analysts.yaml')) }
const talk = readFileSync(join(ROOT, 'talk.txt'), 'utf8')

const folders = readdirSync(ROOT, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)

const filesOf = (folder: string) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.yaml'))
    .map((path) => ({ path: path.replaceAll('\\', '/'), bytes: readFileSync(join(ROOT, folder, path)) }))

function check(folder: string) {
  const texts = folder.startsWith('quote_') ? new Map([['talk', talk]]) : undefined
  return readFolder([analysts, ...filesOf(folder)], { today: '2026-01-01', ...(texts && { texts }) })
}

/** `# expect path:line:column level code; …` in the first line of a file, read as Latin-1 whatever it is. */
const expectedOf = (folder: string) =>
  filesOf(folder).flatMap(({ bytes }) => {
    const [first = ''] = bytes.toString('latin1').split('\n')
    return first.replace(/^# expect ?/u, '').split('; ')
  })

describe('reckon check', () => {
  test('has a broken example for every kind of finding, and no other', () => {
    expect(folders.toSorted()).toEqual(Object.keys(findingCodes).toSorted())
  })

  test.each(folders)('finds in %s exactly what its first line says, and where', (folder) => {
    const { folder: read, findings } = check(folder)
    const found = findings.map(
      ({ path, line, column, level, code }) => `${path}:${line}:${column} ${level} ${code}`,
    )
    expect(found).toEqual(expectedOf(folder))
    expect(findings.map(({ code }) => code)).toContain(folder)
    expect(read === null).toBe(findings.some(({ level }) => level === 'error'))
  })

  test.each(folders)('says for %s what is wrong and how to mend it, in lines that fit a screen', (folder) => {
    for (const finding of check(folder).findings) {
      expect(finding.message).toMatch(/^\S.*\S$/u)
      expect(finding.remedy).toMatch(/^[A-Z].*[.?]$/u)
      const lines = formatFinding(finding).split('\n')
      expect(lines).toHaveLength(5)
      expect(lines[0]).toMatch(/^\S+:\d+:\d+: (error|warning)\[[a-z_]+\]: /u)
      expect(lines[2]?.length).toBeLessThan(110)
      expect(lines[3]).toMatch(/^ +\| *\^+$/u)
    }
  })
})
