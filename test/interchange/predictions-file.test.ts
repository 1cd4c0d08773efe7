import { describe, expect, test } from 'vitest'
import { recordsOf } from '../../src/core/folder.ts'
import { readFolder } from '../../src/interchange/predictions-file.ts'
import { ANALYSTS, codes, read, TALK, talk } from './talk.ts'

describe('a folder', () => {
  test('without a fault reads without a finding', () => {
    const { folder, findings } = read(TALK, { today: '2026-01-01' })
    expect(findings).toEqual([])
    expect(folder?.sources[0]?.statements).toHaveLength(1)
  })

  test('is read in the order of paths, whatever the order of files, and under any parent folder', () => {
    const files = [
      { path: 'predictions/2024/talk.yaml', bytes: TALK },
      { ...ANALYSTS, path: 'predictions/analysts.yaml' },
    ]
    expect(readFolder(files)).toEqual(readFolder(files.toReversed()))
    expect(readFolder(files).findings).toEqual([])
    expect(readFolder(files).folder).toEqual(read(TALK).folder)
  })

  test('may be empty', () => {
    expect(readFolder([])).toEqual({ folder: { analysts: [], questions: [], sources: [] }, findings: [] })
  })

  test('reports every fault of every file, in reading order, and is then not there', () => {
    const broken = talk(
      ['type: interview', 'type: gossip'],
      ['Asia/Yerevan', 'Asia/Atlantis'],
      ['2025-04-09', '2025-02-30'],
      ['https://example.org/peace', 'javascript:alert(1)'],
    )
    const { folder, findings } = read(broken, {}, [
      { path: 'analysts.yaml', bytes: 'analysts:\n  - {id: Jane, name: 7}\n' },
    ])
    expect(folder).toBeNull()
    expect(findings.map(({ path, line, code }) => `${path}:${line} ${code}`)).toEqual([
      '2024/talk.yaml:3 invalid',
      '2024/talk.yaml:7 unknown_reference',
      '2024/talk.yaml:15 unknown_zone',
      '2024/talk.yaml:19 no_such_day',
      '2024/talk.yaml:21 invalid',
      'analysts.yaml:2 invalid',
      'analysts.yaml:2 invalid',
    ])
  })

  test('does not blame a reference for a fault in what it names', () => {
    const statements = `  - {id: again, quote: no war, duplicate_of: war}\n`
    expect(codes(talk(['criteria: Yes', 'criterium: Yes']) + statements)).toEqual([
      '12:5 error missing_key',
      '14:7 error unknown_key',
    ])
  })

  test('may refer to what the ledger holds', () => {
    const text = `${talk(['analyst: jane-roe', 'analyst: john-doe'])}  - {id: b, quote: x, question: ladder, probability: 0.1}
  - {id: c, quote: y, duplicate_of: other_war}\n`
    expect(codes(text)).toEqual([
      '7:10 error unknown_reference',
      '23:33 error unknown_reference',
      '24:37 error unknown_reference',
    ])
    const known = {
      analysts: new Set(['john-doe']),
      questions: new Set(['ladder']),
      statements: new Set(['other_war']),
    }
    expect(codes(text, { known })).toEqual([])
  })

  test('with two analysts of one name is refused', () => {
    const analysts = { path: 'analysts.yaml', bytes: `${ANALYSTS.bytes}  - {id: j-roe, name: j. roe}\n` }
    expect(codes(TALK, {}, [analysts])).toEqual(['3:23 error duplicate_id'])
  })

  test('with one source in two files is refused', () => {
    expect(codes(TALK, {}, [ANALYSTS, { path: '2024/again.yaml', bytes: TALK }])).toEqual([
      '2:7 error misplaced_file',
      '2:7 error duplicate_id',
      '10:9 error duplicate_id',
    ])
  })

  test('tells a misplaced file by what it holds', () => {
    const at = (path: string, bytes: string) => readFolder([{ path, bytes }]).findings.map(({ code }) => code)
    expect(at('people.yaml', ANALYSTS.bytes)).toEqual(['misplaced_file'])
    expect(at('2024/others.yaml', 'questions: []\n')).toEqual(['missing_key', 'missing_key', 'unknown_key'])
    expect(at('ladder.yaml', 'questions: []\n')).toEqual(['misplaced_file'])
    expect(at('talk.yml', TALK)).toEqual(['misplaced_file', 'unknown_reference'])
    expect(at('readme.yaml', 'hello')).toEqual(['invalid', 'misplaced_file'])
  })
})

describe('hostile YAML', () => {
  const bomb = `a: &a ["x","x"]\n${['b', 'c', 'd', 'e', 'f'].map((key, i) => `${key}: &${key} [${Array(9).fill(`*${'abcde'[i]}`).join(',')}]\n`).join('')}`

  test.each([
    ['an alias bomb', bomb, 'yaml_feature'],
    ['a tag that calls Python', '!!python/object/apply:os.system ["id"]', 'yaml_feature'],
    ['an octal number', 'probability: 0o7\n', 'yaml_number'],
    ['a sexagesimal number', 'probability: 1:30\n', 'unknown_key'],
    ['a merge key', '<<: {title: x}\n', 'yaml_feature'],
    ['a cycle', 'a: &x [*x]\n', 'yaml_feature'],
    ['a tag directive', '%TAG ! tag:evil.example,2000:\n---\n!x y', 'yaml_feature'],
  ])('%s is refused', (_, payload, code) => {
    const { folder, findings } = read(payload)
    expect(folder).toBeNull()
    expect(findings.map((finding) => finding.code)).toContain(code)
  })

  test('the text no stays the text no', () => {
    const { folder, findings } = read(talk(['title: A talk', 'title: no']))
    expect(findings).toEqual([])
    expect(folder?.sources[0]?.source.title).toBe('no')
  })

  test.each([
    '0o7',
    '1:30',
    '1.2',
    '"0.7"',
    '70%',
    'NaN',
    '.nan',
    '-0.1',
    'true',
    'null',
    '[0.7]',
    '1e-7',
    '{}',
  ])('the probability %s is refused where it stands', (text) => {
    const { folder, findings } = read(talk(['{words: there will be no war, categorical: "no"}', text]))
    expect(folder).toBeNull()
    expect(findings.map(({ line, column }) => `${line}:${column}`)).toEqual(['16:18'])
  })
})

describe('what files may write loosely', () => {
  test('truth values stand for yes and no, and a year needs no quotes', () => {
    const text = talk(
      ['outcome: "no"', 'outcome: false'],
      ['categorical: "no"', 'categorical: false'],
      ['published: 2024-04-08', 'published: 2023'],
      ['date: 2025-04-08', 'date: 2024-12-31'],
    )
    const { folder, findings } = readFolder([ANALYSTS, { path: '2023/talk.yaml', bytes: text }])
    expect(findings).toEqual([])
    const { sources, questions, forecasts } = recordsOf(folder as NonNullable<typeof folder>)
    expect(sources[0]?.record.published).toBe('2023')
    expect(questions[0]?.resolution?.outcome).toBe('no')
    expect(forecasts[0]?.record.probability).toEqual({ words: 'there will be no war', categorical: 'no' })
  })

  test('anything else is named by its type, with the way to mend it', () => {
    const [finding] = read(talk(['title: A talk', 'title: 2024'])).findings
    expect(finding).toMatchObject({
      code: 'invalid',
      message: '"title" must be a text, not 2024',
      remedy: 'Put it in quotes: "2024".',
    })
    const messages = (...changes: [string, string][]) =>
      read(talk(...changes)).findings.map(({ message }) => message)
    expect(messages(['title: A talk', 'title:'])).toEqual(['"title" has no value'])
    expect(messages(['tags: [caucasus]', 'tags: caucasus'])).toEqual([
      '"tags" must be a list, not the text "caucasus"',
    ])
    expect(messages(['tags: [caucasus]', 'tags: [Caucasus]'])).toEqual([
      'an item of "tags" must be lower-case words joined by single hyphens',
    ])
    expect(messages(['type: interview', 'type: gossip'])[0]).toMatch(
      /^"type" must be one of "interview", "article"/u,
    )
    expect(messages(['coverage: complete', 'coverage: selected'])).toEqual([
      '"selected_because" is given exactly when coverage is "selected"',
    ])
    expect(messages(['because: House rule.', `because: ${'x'.repeat(2001)}`])).toEqual([
      '"because" must be at most 2000 characters',
    ])
    expect(
      messages([
        '    quote: by the end of next year there will be no war',
        '    quote: {exact: war, prefx: no}',
      ]),
    ).toEqual(['"prefx" is no key of "quote"'])
    expect(messages(['    quote: by the end of next year there will be no war', '    quote: [war]'])).toEqual(
      ['"quote" must be the words said, or {exact, prefix, suffix}'],
    )
  })
})
