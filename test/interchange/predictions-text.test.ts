import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { folderOf, recordsOf } from '../../src/core/folder.ts'
import type { PredictionsFolder } from '../../src/core/predictions-file.ts'
import { readFiles } from '../../src/interchange/folder-files.ts'
import { readFolder } from '../../src/interchange/predictions-file.ts'
import { formatFolder, type TextFile } from '../../src/interchange/predictions-text.ts'
import { records, sorted } from './records.ts'

const filesOf = (texts: TextFile[]) => texts.map(({ path, text }) => ({ path, bytes: text }))

const folder: PredictionsFolder = {
  analysts: [
    { id: 'jane-roe', name: 'Jane Roe', aliases: ['J. Roe', 'Jane Roe-Doe'] },
    { id: 'john-doe', name: 'John Doe' },
  ],
  questions: [],
  sources: [
    {
      statements: [
        {
          quote: 'there will be no war',
          id: 'war',
          resolution: {
            outcome: 'no',
            rationale:
              'One report says that nothing was declared, and another one, of a later date, says the same thing.',
            evidence: [
              { url: 'https://example.org/peace', says: 'Peace was signed.', accessed: '2025-05-01' },
            ],
            known_on: '2025-04-09',
          },
          question: {
            title: 'War: a new one begins',
            criteria: 'Yes if war is declared.\n\nOtherwise no.',
            deadline: { date: '2025-04-08', time_zone: 'Asia/Yerevan', because: 'House rule of 12 months.' },
          },
          probability: { categorical: 'no', words: 'there will be no war' },
        },
        {
          id: 'must',
          quote: 'Armenia must',
          untestable: { reason: 'normative', because: 'A wish, no more.' },
        },
        { id: 'odds', quote: 'one in ten', question: 'talk_war', probability: 0.1, said_on: '2024-04-02' },
        {
          id: 'who',
          quote: 'who wins?',
          question: 'talk_war',
          probability: { No: 0.5, '2024': 0.25, Baku: 0.25 },
        },
      ],
      analyst: 'jane-roe',
      source: {
        id: 'talk',
        title: 'A talk',
        type: 'interview',
        published: '2024',
        url: 'https://example.org/a',
      },
    },
  ],
}

describe('the text of a folder', () => {
  test('is what a careful person would have typed', () => {
    expect(formatFolder(folder)).toEqual([
      {
        path: 'analysts.yaml',
        text: `# yaml-language-server: $schema=../docs/schemas/analysts-file.json
analysts:
  - id: jane-roe
    name: Jane Roe
    aliases: [J. Roe, Jane Roe-Doe]

  - id: john-doe
    name: John Doe
`,
      },
      {
        path: '2024/talk.yaml',
        text: `# yaml-language-server: $schema=../../docs/schemas/source-file.json
source:
  id: talk
  type: interview
  title: A talk
  url: https://example.org/a
  published: "2024"
analyst: jane-roe

statements:
  - id: war
    quote: there will be no war
    question:
      title: "War: a new one begins"
      criteria: |-
        Yes if war is declared.

        Otherwise no.
      deadline: {date: 2025-04-08, time_zone: Asia/Yerevan, because: House rule of 12 months.}
    probability: {words: there will be no war, categorical: "no"}
    resolution:
      outcome: "no"
      known_on: 2025-04-09
      evidence:
        - {url: https://example.org/peace, says: Peace was signed., accessed: 2025-05-01}
      rationale: >-
        One report says that nothing was declared, and another one, of a later date, says the same
        thing.

  - id: must
    quote: Armenia must
    untestable:
      reason: normative
      because: A wish, no more.

  - id: odds
    quote: one in ten
    said_on: 2024-04-02
    question: talk_war
    probability: 0.1

  - id: who
    quote: who wins?
    question: talk_war
    probability: {"2024": 0.25, Baku: 0.25, "No": 0.5}
`,
      },
    ])
  })

  test('reads back as the same folder, and formatting that gives the same bytes', () => {
    fc.assert(
      fc.property(records, (given) => {
        const folder = folderOf(given)
        const texts = formatFolder(folder)
        const read = readFiles(filesOf(texts))
        expect(read.findings).toEqual([])
        expect(read.folder).toEqual(folder)
        expect(formatFolder(read.folder as PredictionsFolder)).toEqual(texts)
        expect(sorted(recordsOf(read.folder as PredictionsFolder))).toEqual(given)
      }),
      { numRuns: 60 },
    )
  })

  test('does not depend on the order of keys, or on keys that hold nothing', () => {
    const turned = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(turned)
        : typeof value === 'object' && value !== null
          ? Object.fromEntries([
              ...Object.entries(value)
                .toReversed()
                .map(([key, field]) => [key, turned(field)]),
              ['note', undefined],
            ])
          : value
    expect(formatFolder(turned(folder) as PredictionsFolder)).toEqual(formatFolder(folder))
  })

  test('breaks lines at 100 columns wherever words allow it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('war', 'no', 'a', 'escalation', 'é'), { minLength: 1, maxLength: 80 }),
        (words) => {
          const text = words.join(' ')
          const [file] = formatFolder({
            ...folder,
            analysts: [
              { id: 'jane-roe', name: 'Jane Roe', affiliation: text.slice(0, 290).trim(), note: text },
            ],
            sources: [],
          })
          for (const line of (file?.text ?? '').split('\n')) expect(line.length).toBeLessThanOrEqual(100)
        },
      ),
    )
  })
})

describe('the worked example', () => {
  const root = join(import.meta.dirname, '../../predictions')
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.yaml'))
    .map((path) => ({ path: path.replaceAll('\\', '/'), bytes: readFileSync(join(root, path)) }))

  test('reads without a finding', () => {
    expect(readFolder(files, { today: '2026-11-23' }).findings).toEqual([])
  })

  test('is written so that exporting it changes nothing but comments and the width of a line or two', () => {
    const { folder } = readFolder(files)
    const written = folderOf(recordsOf(folder as PredictionsFolder))
    expect(written).toEqual(folder)
    expect(readFolder(filesOf(formatFolder(written))).folder).toEqual(folder)
    expect(formatFolder(written).map(({ path }) => path)).toEqual([
      'analysts.yaml',
      'questions.yaml',
      '2024/2024-04-alphanews-kalachev.yaml',
    ])
  })
})
