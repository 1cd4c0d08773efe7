import { describe, expect, test } from 'vitest'
import { readYaml } from '../../src/interchange/yaml-document.ts'

const read = (text: Uint8Array | string) => {
  const { value, findings } = readYaml('x.yaml', text)
  return { value, codes: findings.map(({ line, column, code }) => `${line}:${column} ${code}`) }
}

describe('YAML 1.2 core', () => {
  test('reads texts, numbers, truth values and nulls, and nothing else, from plain scalars', () => {
    expect(read('a: no\nb: 1:30\nc: 2024-04-08\nd: true\ne: null\nf: -0.5e-3\ng: 1_000\nh: 0.2.1\n')).toEqual(
      {
        value: { a: 'no', b: '1:30', c: '2024-04-08', d: true, e: null, f: -0.0005, g: '1_000', h: '0.2.1' },
        codes: [],
      },
    )
  })

  test('keeps numeric keys as they are written', () => {
    expect(read('{0.05: 1, 007: 2, null: 3}').value).toEqual({ '0.05': 1, '007': 2, null: 3 })
  })

  test('reads an empty file as nothing', () => {
    expect(read('')).toEqual({ value: null, codes: [] })
    expect(read('# only a comment\n')).toEqual({ value: null, codes: [] })
  })

  test('accepts one document between its markers, a byte order mark and line ends of Windows', () => {
    expect(read('\ufeff---\r\na: x\r\nb: |\r\n  y\r\n...\r\n')).toEqual({
      value: { a: 'x', b: 'y\n' },
      codes: [],
    })
    expect(read(new Uint8Array([0xef, 0xbb, 0xbf, 0x61, 0x3a, 0x20, 0x62]))).toEqual({
      value: { a: 'b' },
      codes: [],
    })
  })

  test.each([
    ['a tag of another language', '!!python/object/apply:os.system ["id"]', ['1:1 yaml_feature']],
    ['a tag directive', '%TAG ! tag:evil.example,2000:\n---\n!x y', ['1:1 yaml_feature']],
    ['a version directive', '%YAML 1.1\n---\na: no\n', ['1:1 yaml_feature']],
    ['a tag of YAML itself', 'a: !!str 3\n', ['1:4 yaml_feature']],
    ['the non-specific tag', 'a: ! 3\n', ['1:4 yaml_feature']],
    ['a tag on a key', '!!str a: 3\n', ['1:7 yaml_feature']],
    ['a merge key', '<<: {title: x}\n', ['1:1 yaml_feature']],
    ['an anchor', 'a: &x 1\n', ['1:4 yaml_feature']],
    ['a cycle', 'a: &x [*x]\n', ['1:4 yaml_feature', '1:8 yaml_feature']],
    ['an alias without an anchor', 'a: *x\n', ['1:4 yaml_feature']],
    ['a second document', 'a: 1\n---\nb: 2\n', ['3:1 yaml_feature']],
    ['a list as a key', '[a, b]: 1\n', ['1:1 yaml_syntax']],
  ])('refuses %s', (_, text, codes) => {
    const { value, ...found } = read(text)
    expect(found.codes).toEqual(codes)
    expect(value).toBeUndefined()
  })

  test.each(['0o7', '0x1F', '007', '.inf', '-.Inf', '.nan', '+.5e', '1.', '1e999'])(
    'never takes %s for a number',
    (text) => {
      const { value, codes } = read(`a: ${text}\n`)
      if (codes.length > 0) expect(codes).toEqual(['1:4 yaml_number'])
      else expect(value).toEqual({ a: text })
    },
  )

  test('finds every key that stands twice, and reads the rest', () => {
    expect(read('a: 1\nb: {c: 1, c: 2}\na: 3\n')).toEqual({
      value: { a: 1, b: { c: 1 } },
      codes: ['2:11 duplicate_key', '3:1 duplicate_key'],
    })
  })

  test('does not let a key reach the prototype', () => {
    const { value, codes } = read('{__proto__: {polluted: true}, constructor: x}')
    expect(codes).toEqual(['1:2 unknown_key'])
    expect(value).toEqual({ constructor: 'x' })
    expect((value as { polluted?: unknown }).polluted).toBeUndefined()
  })

  test('answers an alias bomb without expanding it', () => {
    const bomb = 'a: &a ["x","x"]\nb: &b [*a,*a,*a]\nc: &c [*b,*b,*b]\n'
    expect(read(bomb).value).toBeUndefined()
    expect(read(bomb).codes).toHaveLength(9)
  })
})

describe('the size of a file', () => {
  test('is limited to 1 MiB of UTF-8', () => {
    expect(read(`# ${'é'.repeat(524_287)}`).codes).toEqual([])
    expect(read(`# ${'é'.repeat(524_288)}`).codes).toEqual(['1:1 too_large'])
    expect(read(new Uint8Array(1_048_577)).codes).toEqual(['1:1 too_large'])
  })

  test.each([
    ['brackets', '['.repeat(1_000_000)],
    ['braces', '{a: '.repeat(250_000)],
    ['dashes', '- '.repeat(500_000)],
    ['question marks', '? '.repeat(500_000)],
    ['indentation', Array.from({ length: 1000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
  ])('does not let %s nest without end', (_, text) => {
    expect(read(text).codes.map((code) => code.split(' ')[1])).toEqual(['too_large'])
  })

  test('does not make a hostile line slow to report', () => {
    const { findings } = readYaml('x.yaml', `a: [${'!x *a, '.repeat(140_000)}]`)
    expect(findings).toHaveLength(1000)
    expect(findings.every(({ excerpt }) => excerpt.text.length < 100)).toBe(true)
  })

  test('allows many keys in one mapping', () => {
    const text = Array.from({ length: 30_000 }, (_, index) => `k${index}: 1`).join('\n')
    expect(Object.keys(read(text).value as object)).toHaveLength(30_000)
  })
})

describe('the characters of a file', () => {
  test.each([
    ['bytes that are not UTF-8', new Uint8Array([0x61, 0x3a, 0x20, 0xff]), '1:4'],
    ['an overlong encoding', new Uint8Array([0x61, 0xc0, 0xaf]), '1:2'],
    ['an encoded surrogate', new Uint8Array([0xed, 0xa0, 0x80]), '1:1'],
    ['UTF-16 with its mark', new Uint8Array([0xff, 0xfe, 0x61, 0x00]), '1:1'],
    ['UTF-16 without its mark', new Uint8Array([0x61, 0x00, 0x3a, 0x00]), '1:2'],
    ['half of a surrogate pair', 'a: \ud800', '1:4'],
    ['a control character', 'a: \u001b[2J', '1:4'],
    ['a byte order mark inside', 'a: \ufeffx', '1:4'],
  ])('refuses %s', (_, bytes, place) => {
    expect(read(bytes)).toEqual({ value: undefined, codes: [`${place} encoding`] })
  })

  test('ends lines as any system does', () => {
    const text = ['a: |', '  x', '  y', 'b: *z', ''].join('\n')
    const { value, codes } = read(text)
    for (const end of ['\r\n', '\r']) expect(read(text.replaceAll('\n', end))).toEqual({ value, codes })
    expect(codes).toEqual(['4:4 yaml_feature'])
  })

  test('counts columns in characters, not in code units', () => {
    expect(read('"👩‍👩‍👧": 1\nb: "😀 é" x\n').codes).toEqual(['2:10 yaml_syntax'])
    expect(read('{"😀": 1, b: *x}\n').codes.at(-1)).toBe('1:13 yaml_feature')
  })
})

test('a finding stands at the value, at its key, or at the nearest parent that is there', () => {
  const document = readYaml('x.yaml', 'a:\n  b: [1, 22]\n')
  const what = { code: 'invalid', message: '', remedy: '' } as const
  const place = (
    ...[at, on]: Parameters<typeof document.finding> extends [infer A, unknown, (infer O)?] ? [A, O?] : never
  ) => {
    const { line, column, excerpt } = document.finding(at, what, on)
    return `${line}:${column} ${excerpt.length}`
  }
  expect(place(['a', 'b', 1])).toBe('2:10 2')
  expect(place(['a', 'b'])).toBe('2:6 7')
  expect(place(['a', 'b'], 'key')).toBe('2:3 1')
  expect(place(['a', 'c'])).toBe('1:1 1')
  expect(place(['z'])).toBe('1:1 2')
})
