import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import type * as z from 'zod'
import { TrackRecordAnswer } from '../src/api/answers.ts'
import { commands } from '../src/cli/commands.ts'
import { Config } from '../src/config.ts'
import { Analyst } from '../src/core/analyst.ts'
import { entryTypes } from '../src/core/entry.ts'
import { Forecast } from '../src/core/forecast.ts'
import { QuestionFields } from '../src/core/question.ts'
import { Reference } from '../src/core/reference.ts'
import { Resolution } from '../src/core/resolution.ts'
import { SourceFields } from '../src/core/source.ts'
import { Statement } from '../src/core/statement.ts'
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

/** Every file in which a document may be cited; vectors cite documents of where they come from. */
const citing = [
  ...documents,
  ...['src', 'test', 'scripts', 'docs', 'predictions'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
      .filter((path) => /\.(tsx?|js|json|ya?ml|md|css)$/u.test(path) && !documents.includes(path))
      .filter((path) => !path.startsWith('test/vectors/')),
  ),
]

type Citation = { from: string; name: string; path: string | null; section: string | undefined }
const told = ({ from, name, section }: Citation) =>
  `${from}: ${name}${section === undefined ? '' : `, ${section}`}`

/** `docs/scoring.md, section 4`, `docs/scoring.md#4-the-score`; what is elsewhere in the web does not count. */
function citations(): Citation[] {
  const pattern = /(?<![\w./-])([\w./-]*[\w-]\.md)\b(?:#([\w-]+)|[`)]*, section ([0-9]+))?|\]\(#([\w-]+)\)/gu
  return citing.flatMap((from) =>
    [
      ...read(from)
        .replaceAll(/https?:\/\/\S+/gu, '')
        .matchAll(pattern),
    ].map(([, name = from, anchor, number, own]) => {
      const places = [name, join(dirname(from), name)].map((path) => relative(ROOT, join(ROOT, path)))
      const path = places.find((place) => existsSync(join(ROOT, place))) ?? null
      return { from, name, path, section: anchor ?? number ?? own }
    }),
  )
}

/** The anchors of the headings of a document as GitHub makes them, and the numbers before them. */
function sectionsOf(path: string): Set<string> {
  const headings = [...read(path).matchAll(/^#+ (.+)$/gmu)].map((match) => match[1] as string)
  return new Set(
    headings.flatMap((heading) => [
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
      ...(/^[0-9]+(?=\. )/u.exec(heading) ?? []),
    ]),
  )
}

describe('the documents', () => {
  it('list every setting, with its default, and no other', () => {
    const rows = new Map(
      [...read('docs/settings.md').matchAll(/^\| `([A-Z_]+)` \| (?:`([^`]*)`)? ?\|/gmu)].map((match) => [
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

  it('list every field of every record, and which may be absent', () => {
    const lists = [...read('docs/model.md').matchAll(/`(id[^`]*, [^`]*)`/gu)].map((match) =>
      (match[1] as string)
        .replaceAll(/ \([^)]*\)/gu, '')
        .split(', ')
        .sort(),
    )
    const fieldsOf = ({ shape }: { shape: Record<string, z.ZodType> }) =>
      Object.entries(shape)
        .map(([name, field]) => (field.safeParse(undefined).success ? `${name}?` : name))
        .sort()
    expect(lists).toEqual(
      [SourceFields, Analyst, Statement, QuestionFields, Reference, Forecast, Resolution].map(fieldsOf),
    )
  })

  it('list every type of entry, and every part of a scorecard', () => {
    const [, types = ''] = /^The types: (.+?)\. /mu.exec(read('docs/ledger.md')) ?? []
    expect([...types.matchAll(/`([^`]+)`/gu)].map((match) => match[1])).toEqual(entryTypes)
    const [, section = ''] = read('docs/api.md').split('## 7. The track record document')
    const parts = [...section.matchAll(/^\| (`[^|]+) \|/gmu)].flatMap((match) =>
      [...(match[1] as string).matchAll(/`([^`]+)`/gu)].map((name) => name[1]),
    )
    expect(parts.toSorted()).toEqual(Object.keys(TrackRecordAnswer.shape).sort())
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

  it('are there where they are cited, with the section that is meant', () => {
    const found = citations()
    expect(found.length).toBeGreaterThan(60)
    expect(found.filter(({ path }) => path === null).map(told)).toEqual([])
    const sections = found.filter(({ section }) => section !== undefined)
    expect(sections.length).toBeGreaterThan(25)
    expect(
      sections.filter(({ path, section }) => !sectionsOf(path as string).has(section as string)).map(told),
    ).toEqual([])
  })

  it('are all linked from the first of them', () => {
    const linked = [...read('docs/README.md').matchAll(/\]\(([\w-]+\.md)/gu)].map(
      ([, name]) => `docs/${name}`,
    )
    const all = documents.filter((path) => path.startsWith('docs/') && path !== 'docs/README.md')
    expect(all.filter((path) => !linked.includes(path))).toEqual([])
  })

  it('tell every command as the command itself does', () => {
    expect(() =>
      execFileSync('node', ['scripts/manual.js', '--check'], { cwd: ROOT, stdio: 'pipe' }),
    ).not.toThrow()
  })

  it('name only files that are there', () => {
    const named = documents
      .filter((path) => !/CHANGELOG|decisions/u.test(path))
      .flatMap((path) =>
        [...read(path).matchAll(/`((?:src|test|scripts|docs|predictions)\/[\w./-]+)`/gu)].map(
          (match) => `${path}: ${match[1]}`,
        ),
      )
    expect(named.length).toBeGreaterThan(150)
    expect(named.filter((line) => !existsSync(join(ROOT, line.split(': ')[1] as string)))).toEqual([])
  })

  it('say of 25 everyday tasks in which file they are done', () => {
    const [, list = ''] = read('CONTRIBUTING.md').split('## Where things are')
    const files = [...list.matchAll(/^\| .+ \| `(src\/[^`]+)` \|$/gmu)].map((match) => match[1])
    expect(new Set(files).size).toBe(25)
  })

  it('name every run-time dependency with its reason, at most sixteen beside the letters of pictures', () => {
    const names = Object.keys(
      (JSON.parse(read('package.json')) as { dependencies: Record<string, string> }).dependencies,
    )
    expect(names.filter((name) => !name.startsWith('@fontsource/')).length).toBeLessThanOrEqual(16)
    const decisions = read('docs/decisions.md')
    expect(names.filter((name) => !decisions.includes(`\`${name}\``))).toEqual([])
  })
})
