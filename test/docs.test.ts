import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { commands } from '../src/cli/commands.ts'
import { Config } from '../src/config.ts'
import { findingCodes, tableFindingCodes } from '../src/interchange/finding.ts'

const ROOT = join(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')
const documents = [
  'README.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  ...readdirSync(join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
]

describe('the documents', () => {
  it('list every setting, with its default, and no other', () => {
    const rows = new Map(
      [...read('README.md').matchAll(/^\| `([A-Z_]+)` \| (?:`([^`]*)`)? ?\|/gmu)].map((match) => [
        match[1],
        match[2],
      ]),
    )
    const defaults = Config.parse({}) as Record<string, unknown>
    expect([...rows.keys()].sort()).toEqual(Object.keys(Config.shape).sort())
    for (const [name, documented] of rows)
      expect(documented ?? '', name).toBe(
        defaults[name as string] === undefined || defaults[name as string] === null
          ? ''
          : String(defaults[name as string]),
      )
  })

  it('explain every finding of a check', () => {
    const table = new Map(
      [...read('docs/files.md').matchAll(/^\| `(\w+)` \| (.+) \|$/gmu)].map((match) => [match[1], match[2]]),
    )
    expect(Object.fromEntries(table)).toEqual({ ...findingCodes, ...tableFindingCodes })
  })

  it('name only commands that exist', () => {
    const names = commands.map(({ name }) => name)
    const mentioned = documents.flatMap((path) =>
      [...read(path).matchAll(/(?:npx |`)reckon ([a-z][a-z-]*)/gu)].map((match) => `${path}: ${match[1]}`),
    )
    expect(mentioned.length).toBeGreaterThan(15)
    expect(
      mentioned.filter((line) => !names.some((name) => name.split(' ')[0] === line.split(': ')[1])),
    ).toEqual([])
  })

  it('link only to what is there', () => {
    const links = documents.flatMap((path) =>
      [...read(path).matchAll(/\]\((?!https?:|#)([^)#]+)\)/gu)].map((match) =>
        join(dirname(path), match[1] as string),
      ),
    )
    expect(links.length).toBeGreaterThan(5)
    expect(links.filter((path) => !existsSync(join(ROOT, path)))).toEqual([])
  })

  it('name every run-time dependency with its reason, at most twelve', () => {
    const names = Object.keys(
      (JSON.parse(read('package.json')) as { dependencies: Record<string, string> }).dependencies,
    )
    expect(names.length).toBeLessThanOrEqual(12)
    const decisions = read('docs/decisions.md')
    expect(names.filter((name) => !decisions.includes(`\`${name}\``))).toEqual([])
  })
})
