import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { workplace } from './workplace.ts'

// Of each test its own: the folder goes with the test.
let place: ReturnType<typeof workplace>
beforeEach(() => {
  place = workplace()
})
const run = (...args: string[]) => place.run(...args)
const at = (...names: string[]) => place.at(...names)

/** The statements of a draft, and what it says at its head. */
async function drafted(name: string, text: string, ...options: string[]) {
  writeFileSync(at(name), text)
  const { code, stdout, stderr } = await run('draft', at(name), ...options)
  expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('drafted') })
  const file = parse(stdout)
  const head = stdout.split('\n').filter((line) => line.startsWith('# '))
  return { stdout, stderr, head, file, statements: file.statements as Statement[] }
}
type Statement = {
  id: string
  analyst?: string
  quote: string
  said_on?: string
  question: { title: string; criteria: string | null; deadline: Record<string, unknown>; tags?: string[] }
  probability: unknown
  resolution?: Record<string, unknown>
}

const claims = async (name: string, text: string) =>
  (await drafted(name, text)).statements.map(({ quote, probability }) => [quote, probability])

const YEARLY = `---
title: Predictions for 2026
author: Ada Lark
date: 2025-12-31
url: https://blog.example.org/2026
---

Last year, 70% of mine came true.

## US politics

1. The government shuts down before July 2026: 35%
2. ~~Unemployment exceeds 4.5% all year: 40%~~
3. *The Senate* confirms [a new chair](https://x.example): 90 %

**Technology**

- [x] A model wins gold at the Olympiad (85%)
- 95% – no paper of mine is retracted
- Nothing of note

## World

| Prediction | Probability | Resolves by | Outcome | Who pays |
|---|---|---|---|---|
| Bitcoin above $100k | 55% | 2026-12-31 | | Bob |
| Gold above $5k | 30% | 30 June 2026 | No | |
`

describe('a list of claims in Markdown', () => {
  it('becomes a predictions file: words, numbers, topics and what stood beside them', async () => {
    const { file, statements, head, stdout } = await drafted('yearly.markdown', YEARLY)
    expect(file.source).toEqual({
      id: 'predictions-for-2026',
      type: null,
      title: 'Predictions for 2026',
      url: 'https://blog.example.org/2026',
      published: '2025-12-31',
    })
    expect(file.analyst).toBe('ada-lark')
    expect(head).toContain('# analysts.yaml: {id: ada-lark, name: "Ada Lark"}')
    expect(statements.map(({ quote, probability, question }) => [quote, probability, question.tags])).toEqual(
      [
        ['The government shuts down before July 2026', 0.35, ['us-politics']],
        ['Unemployment exceeds 4.5% all year', 0.4, ['us-politics']],
        ['The Senate confirms a new chair', 0.9, ['us-politics']],
        ['A model wins gold at the Olympiad', 0.85, ['us-politics', 'technology']],
        ['no paper of mine is retracted', 0.95, ['us-politics', 'technology']],
        ['Bitcoin above $100k', 0.55, ['world']],
        ['Gold above $5k', 0.3, ['world']],
      ],
    )
    for (const said of ['struck through: “Unemployment', 'ticked in the list', 'Who pays: Bob'])
      expect(stdout).toContain(`# ${said}`)
  })

  it('has no value for what nobody said, and guesses no day', async () => {
    const { statements } = await drafted('yearly.markdown', YEARLY)
    const dates = statements.map(({ question }) => question.deadline.date)
    expect(dates).toEqual(['2026-06-30', null, null, null, null, '2026-12-31', '2026-06-30'])
    expect(statements.every(({ question }) => question.criteria === null)).toBe(true)
    expect(statements.every(({ question }) => question.deadline.time_zone === null)).toBe(true)
    expect(statements.map(({ resolution }) => resolution)).toEqual([
      ...Array(6).fill(undefined),
      { outcome: 'no', known_on: null, evidence: null, rationale: null },
    ])
  })

  it('names at its head a day of publication that is no day', async () => {
    const { file, head } = await drafted('yearly.markdown', YEARLY.replace('2025-12-31', 'at new year'))
    expect(file.source.published).toBe(null)
    expect(head).toContain('# Published, as the list says it: at new year')
  })

  it('names at its head, with the line, whatever was not taken, and why', async () => {
    const { head, stderr } = await drafted('yearly.markdown', YEARLY)
    const left = head.filter((line) => line.startsWith('# Not taken'))
    expect(left).toEqual([
      expect.stringMatching(/line 8, as the number in it .*: Last year, 70% of mine came true\.$/u),
      expect.stringMatching(/line 20, as it holds no probability: Nothing of note$/u),
    ])
    expect(stderr).toContain('7 claims drafted; 2 places not taken')
  })

  it.each<[string, string, unknown[]]>([
    [
      'under a heading that is one',
      '## 80% confidence\n- My book is out\n- I move\n',
      [
        ['My book is out', 0.8],
        ['I move', 0.8],
      ],
    ],
    [
      'in brackets, in words and with a comma',
      '- [60%] It snows\n- It rains, 85,5 percent\n',
      [
        ['It snows', 0.6],
        ['It rains', 0.855],
      ],
    ],
    [
      'as a range or a bound',
      '- It snows: 60-70%\n- It hails: <5%\n',
      [
        ['It snows', { low: 0.6, high: 0.7 }],
        ['It hails', { low: 0, high: 0.05 }],
      ],
    ],
    ['as a decimal that is called one', '- It snows (p = 0.85)\n', [['It snows', 0.85]]],
    ['after an entity and a break', '- Rock &amp; roll\n  lives on: 50%\n', [['Rock & roll lives on', 0.5]]],
    [
      'in lines without a bullet',
      'Weather\nIt snows: 10%\nIt hails: 20%\n',
      [
        ['It snows', 0.1],
        ['It hails', 0.2],
      ],
    ],
  ])('reads a probability %s', async (_, text, expected) => {
    expect(await claims('forms.markdown', text)).toEqual(expected)
  })

  it.each([
    ['a number that may be the forecast itself', 'Inflation in 2026: 3%'],
    ['two numbers', 'It snows: 70%, 85%'],
    ['a number that is part of the claim', 'Growth will exceed 3%'],
    ['more than certainty', 'It snows: 120%'],
  ])('takes no probability from %s', async (_, text) => {
    const { stdout } = await drafted('unclear.markdown', `- It hails: 20%\n- ${text}\n`)
    expect(stdout).toMatch(/# Not taken, line 2, as /u)
    expect(parse(stdout).statements).toHaveLength(1)
  })

  it('asks which column counts where a table has several, and cuts no claim that began a line above', async () => {
    const table =
      '| Claim | Ann | Bob |\n|---|---|---|\n| It snows | 10% | 20% |\n\nA claim that is long\nand ends here: 30%\n\n- It hails: 40%\n'
    const { head, statements } = await drafted('several.markdown', table)
    expect(statements.map(({ quote }) => quote)).toEqual(['It hails'])
    expect(head.join('\n')).toMatch(
      /line 3, as several columns .*: Ann, Bob; .*\n.*line 6, as the claim may begin on the line before/u,
    )
  })

  it('keeps every claim and every number, whatever the words', async () => {
    const words = fc
      .array(fc.stringMatching(/^[a-zA-Zа-яé0-9"'#$&]{1,9}$/u), { minLength: 2, maxLength: 8 })
      .map((all) => `It ${all.join(' ')}`)
      .filter((text) => !/&\w+;|\d$/u.test(text))
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.tuple(words, fc.integer({ min: 0, max: 100 })), { minLength: 1, maxLength: 5 }),
        async (list) => {
          const text = list
            .map(([claim, percent]) => `* ${claim.replace(/[#$&"']/gu, '\\$&')}: ${percent} %`)
            .join('\n')
          expect(await claims('any.markdown', text)).toEqual(
            list.map(([claim, percent]) => [claim, percent / 100]),
          )
        },
      ),
      { numRuns: 60 },
    )
  })
})

describe('YAML and JSON of other shapes', () => {
  it.each<[string, string, string, unknown[]]>([
    [
      'a list of lines',
      'a.yaml',
      '- The war ends: 85%\n- "It snows (20 %)"\n',
      [
        ['The war ends', 0.85],
        ['It snows', 0.2],
      ],
    ],
    [
      'a mapping of claims',
      'a.yml',
      'The war ends: 0.7\nIt will snow: 0.25\n',
      [
        ['The war ends', 0.7],
        ['It will snow', 0.25],
      ],
    ],
    ['a mapping by topic', 'a.json', '{\n\t"world": {"The war ends": "85 %"}}', [['The war ends', 0.85]]],
    [
      'mappings by probability',
      'a.yaml',
      '90%:\n  - The sun rises\n  - The moon sets\n',
      [
        ['The sun rises', 0.9],
        ['The moon sets', 0.9],
      ],
    ],
    [
      'records of whole per cents',
      'a.json',
      '[{"prediction": "It snows", "confidence": 85}, {"prediction": "It hails", "confidence": 1}]',
      [
        ['It snows', 0.85],
        ['It hails', 0.01],
      ],
    ],
    [
      'lines of JSON',
      'a.jsonl',
      '{"claim": "It snows", "p": 0.5}\n{"claim": "It hails", "p": "likely"}\n',
      [
        ['It snows', 0.5],
        ['It hails', { words: 'likely' }],
      ],
    ],
    [
      'pairs',
      'a.json',
      '[["The war ends", 0.7], ["It snows again", 0.2]]',
      [
        ['The war ends', 0.7],
        ['It snows again', 0.2],
      ],
    ],
    [
      'numbers that can be shares or per cents',
      'a.json',
      '[{"claim": "It snows", "p": 1}, {"claim": "It hails", "p": 0}]',
      [
        ['It snows', null],
        ['It hails', null],
      ],
    ],
  ])('are read: %s', async (_, name, text, expected) => {
    expect(await claims(name, text)).toEqual(expected)
  })

  it('give what they name: who, when said, by when, the outcome, criteria, and the rest as a remark', async () => {
    const record = {
      claim: 'It snows',
      probability: '30%',
      forecaster: 'Bob Finch',
      made_on: '2025-11-02',
      resolve_by: '1 May 2026',
      resolution_criteria: 'Snow lies in town.',
      stake: 10,
    }
    const { statements, stdout } = await drafted('named.json', JSON.stringify([record]))
    expect(stdout).toContain('# stake: 10')
    expect(statements).toEqual([
      {
        id: 'it-snows',
        analyst: 'bob-finch',
        quote: 'It snows',
        said_on: '2025-11-02',
        question: {
          title: 'It snows',
          criteria: 'Snow lies in town.',
          deadline: { date: '2026-05-01', time_zone: null },
        },
        probability: 0.3,
      },
    ])
  })

  it('are refused with their place where a comment cuts a claim, and where they are not YAML', async () => {
    writeFileSync(at('cut.yaml'), '- It snows: 20%\n- It rains in May # at all\n')
    expect(await run('draft', at('cut.yaml'))).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/cut\.yaml:2:3: error\[yaml_comment\][\s\S]*nothing is drafted/u),
    })
    writeFileSync(at('bad.json'), '[{"claim": "It snows"')
    expect(await run('draft', at('bad.json'))).toMatchObject({ code: 1, stdout: '' })
  })
})

describe('a draft', () => {
  it('is found wanting by reckon check at each gap and nowhere else, and passes once they are filled', async () => {
    mkdirSync(at('filled', '2025'), { recursive: true })
    const file = at('filled', '2025', 'my-list.yaml')
    writeFileSync(at('list.markdown'), '# My list\n\n- It snows in town: 20%\n- It hails in town: 30%\n')
    const options = ['--published', '2025-12-31', '--analyst', 'Ada Lark', '--to', file]
    expect(await run('draft', at('list.markdown'), ...options)).toMatchObject({
      code: 0,
      stdout: `Written: ${file}\n`,
    })
    const text = readFileSync(file, 'utf8')
    const { value } = await place.json('check', at('filled'))
    const gaps = text
      .split('\n')
      .flatMap((line, i) => (/^ *(?:type|url|criteria|date|time_zone):$/u.test(line) ? [i + 1] : []))
    const found = value.findings.map(({ line, code }: { line: number; code: string }) => [line, code])
    expect(gaps).toHaveLength(8)
    expect(found).toEqual([
      ...gaps.slice(0, 2).map((line) => [line, 'invalid']),
      [expect.any(Number), 'unknown_reference'],
      ...gaps.slice(2).map((line) => [line, 'invalid']),
    ])
    writeFileSync(at('filled', 'analysts.yaml'), 'analysts:\n  - {id: ada-lark, name: Ada Lark}\n')
    const full = text
      .replace('type:', 'type: post')
      .replace('url:', 'url: https://blog.example.org/list')
      .replaceAll('criteria:', 'criteria: Yes if the town says so.')
      .replaceAll('date:', 'date: 2026-12-31')
      .replaceAll('time_zone:', 'time_zone: UTC')
    writeFileSync(file, full)
    expect(await run('check', at('filled'), '--strict')).toMatchObject({ code: 0 })
    expect(await run('import', at('filled'))).toMatchObject({ code: 0 })
  })

  it('takes from options what holds for all of it', async () => {
    const { file, statements } = await drafted(
      'told.txt',
      'It snows: 20%\n',
      ...['--type', 'post', '--title', 'A list', '--url', 'https://a.example/l', '--published', '2025-12'],
      ...['--deadline', '2026-12-31', '--zone', 'Europe/London'],
    )
    expect(file.source).toMatchObject({ title: 'A list', type: 'post', published: '2025-12' })
    expect(statements[0]?.question.deadline).toEqual({ date: '2026-12-31', time_zone: 'Europe/London' })
  })

  it('overwrites no file, and says what else a file is', async () => {
    writeFileSync(at('there.yaml'), 'mine')
    writeFileSync(at('l.markdown'), '- It snows: 20%\n')
    expect(await run('draft', at('l.markdown'), '--to', at('there.yaml'))).toMatchObject({
      code: 2,
      stdout: '',
    })
    expect(readFileSync(at('there.yaml'), 'utf8')).toBe('mine')
    expect(await run('draft', at('l.markdown'), '--deadline', 'soon')).toMatchObject({ code: 2 })
    expect(await run('draft', at('none.markdown'))).toMatchObject({ code: 2 })
    for (const [name, says] of [
      ['t.csv', 'reckon import'],
      ['t.pdf', '/capture'],
      ['own.yaml', 'reckon check'],
    ] as const) {
      writeFileSync(at(name), name === 'own.yaml' ? 'source: {}\nstatements: []\n' : 'x')
      expect(await run('draft', at(name))).toMatchObject({ code: 2, stderr: expect.stringContaining(says) })
    }
    writeFileSync(at('prose.markdown'), 'Nothing is said here.\n\n- 20% of all\n')
    expect(await run('draft', at('prose.markdown'), '--to', at('new.yaml'))).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/Line 3, not taken[\s\S]*No claim with a probability/u),
    })
    expect(existsSync(at('new.yaml'))).toBe(false)
  })

  it('is where the import and the check of other files lead', async () => {
    writeFileSync(at('l.markdown'), '- It snows: 20%\n')
    writeFileSync(at('l.yaml'), '- It snows: 20%\n')
    for (const [command, name] of [
      ['import', 'l.markdown'],
      ['check', 'l.markdown'],
      ['check', 'l.yaml'],
    ] as const) {
      const { code, stdout, stderr } = await run(command, at(name))
      expect(code).toBeGreaterThan(0)
      expect(stdout + stderr).toContain('reckon draft')
    }
  })
})
