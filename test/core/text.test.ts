import { describe, expect, it } from 'vitest'
import { nameKey } from '../../src/core/name.ts'
import {
  addressKey,
  evenLines,
  line,
  normalForm,
  personName,
  prose,
  webAddress,
} from '../../src/core/text.ts'
import { hostile } from '../support/bad-inputs.ts'

type Schema = { safeParse: (value: unknown) => { success: boolean; data?: unknown } }
const accepts = (schema: Schema, value: unknown) => schema.safeParse(value).success

describe.each([
  ['a title', line(), hostile('question.title')],
  ['a quote', prose(5000), hostile('forecast.quote', 'resolution.comment')],
  ['the name of an analyst', personName(), hostile('analyst.name', 'analyst.name/handle')],
  ['an address', webAddress(), hostile('source.url')],
] as [string, Schema, ReturnType<typeof hostile>][])('%s', (_, schema, inputs) => {
  it('is tried with a whole row of hostile texts', () => {
    expect(inputs.length).toBeGreaterThanOrEqual(11)
  })

  it.each(inputs.filter(({ stored }) => stored))('is kept to the letter: $id, $why', ({ value }) => {
    expect(schema.safeParse(value)).toEqual({ success: true, data: evenLines(String(value)) })
  })

  it.each(inputs.filter(({ stored }) => !stored))('is refused: $id, $why', ({ value }) => {
    expect(accepts(schema, value)).toBe(false)
  })
})

describe('a line', () => {
  it('holds at most as many characters as it may', () => {
    expect(accepts(line(3), 'abc')).toBe(true)
    expect(line(3).safeParse('abcd').error?.issues[0]?.message).toBe('must be at most 3 characters')
  })

  it.each(['\n', '\t', '\r', '\u007f', '\u0085', '\u2028', '\u2029', '\ufeff', '\u2060', '\u202d'])(
    'cannot contain %j',
    (character) => {
      expect(accepts(line(), `a${character}b`)).toBe(false)
    },
  )

  it.each(['\u200e', '\u200f', '\u2067', '\u2069', '\u200d', '\u00ad', '\ud83d\ude00', '\u00a0'])(
    'can contain %j',
    (character) => {
      expect(accepts(line(), `a${character}b`)).toBe(true)
    },
  )

  it('may put eight marks on a letter, not nine', () => {
    expect(accepts(line(), `a${'\u0301'.repeat(8)}`)).toBe(true)
    expect(accepts(line(), `a${'\u0301'.repeat(9)}`)).toBe(false)
  })

  it.each(['', ' ', '\u00a0', '\u200b', '\u0301'])('is blank when it is %j', (text) => {
    expect(
      line()
        .safeParse(text)
        .error?.issues.map(({ message }) => message),
    ).toContain('must not be blank')
  })
})

// One of each kind: joiners, selectors, fillers and blanks of scripts, tags, marks without a letter.
const NOTHING = [
  ...[
    '\u00ad',
    '\u034f',
    '\u061c',
    '\u115f',
    '\u1160',
    '\u17b4',
    '\u17b5',
    '\u180b',
    '\u180e',
    '\u200b',
    '\u200c',
    '\u200d',
  ],
  ...[
    '\u200e',
    '\u2028',
    '\u2063',
    '\u2800',
    '\u3000',
    '\u3164',
    '\ufe0f',
    '\ufeff',
    '\uffa0',
    '\ufffc',
    '\u{13441}',
    '\u{1bca0}',
  ],
  ...[
    '\u{1d159}',
    '\u{1d173}',
    '\u{e0041}',
    '\u{e0100}',
    '\u0301',
    '\u20dd',
    '\u0903',
    '\u1680',
    '\u00a0',
    '\u{e0001}',
    '\ufff9',
  ],
]

describe('a text that shows nothing', () => {
  it.each(NOTHING)('is none: %j', (character) => {
    for (const text of [character, character.repeat(5), ` ${character} `, `\u3164${character}\u2800`])
      for (const schema of [line(), prose(), personName()])
        expect(
          schema.safeParse(text).error?.issues.map(({ message }) => message),
          JSON.stringify(text),
        ).toContain('must not be blank')
  })

  it('is one as soon as anything shows, whatever the script', () => {
    for (const text of ['…', '?', '0', 'ㅤa', '한', '\u2801', '👩‍👩‍👧', 'می‌خواهم', 'ក', '𝅗', 'x\u0301'])
      expect(accepts(line(), text), text).toBe(true)
  })
})

describe('prose', () => {
  it.each(['\n', '\t', '\u2028', '\u2029'])('can contain %j', (character) => {
    expect(accepts(prose(), `a${character}b`)).toBe(true)
  })

  it.each(['\n', '\r\n', '\r', '\u000b', '\u000c', '\u0085', '\u2028', '\u2029'])(
    'ends its lines in one way: %j',
    (end) => {
      expect(prose().parse(`a${end}b`)).toBe('a\nb')
    },
  )

  it.each(['\0', '\u000e', '\u001b', '\u009b', '\udc00'])('cannot contain %j', (character) => {
    expect(accepts(prose(), `a${character}b`)).toBe(false)
  })
})

describe('the name of a person', () => {
  it.each([
    'Åsa Öberg',
    'Ὀδυσσεύς',
    'Գոռ Մարտիրոսյան',
    '李明',
    'Анна-Maria',
    'O’Neill',
    'Jean Paul 2',
    'Null',
    'Undefined',
    'NaN',
    'None',
    'True',
    'New',
    'constructor',
    'toString',
    'Zoë Null',
    'ﷺ'.normalize('NFKC'),
  ])('can be %s', (name) => {
    expect(accepts(personName(), name)).toBe(true)
  })

  it.each([
    'anonymous',
    '...',
    '42',
    '!?',
    'Ada ',
    'Ada\u00a0\u00a0B',
    'Ada\u00adB',
    'Ada\ufe0f',
    'Ada\u2800B',
    'Ada\u180eB',
    'ﬁona',
    'Adа',
  ])('cannot be %j', (name) => {
    expect(accepts(personName(), name)).toBe(false)
  })
})

describe('two names are one person', () => {
  it.each([
    ['Konstantin Kalachev', 'KONSTANTIN KALACHEV'],
    ['José', 'Jose\u0301'],
    ['Weiß', 'WEISS'],
    ['ΟΔΥΣΣΕΥΣ', 'Οδυσσευσ'],
    ['Ａｄａ', 'ada'],
    ['ﬁona', 'Fiona'],
    ['Jose', 'José'],
    ['Isil', 'Işıl'],
  ])('when they are written %s and %s', (one, other) => {
    expect(nameKey(one)).toBe(nameKey(other))
  })

  it.each([
    ['Ada', 'Adam'],
    ['Əlizadə', 'Alizade'],
    ['かわ', 'がわ'],
  ])('but not when they are written %s and %s', (one, other) => {
    expect(nameKey(one)).not.toBe(nameKey(other))
  })

  it('whatever the language of the machine', () => {
    expect(nameKey('ISIL')).toBe('isil')
  })
})

it('is normal up to where nobody puts so many marks on one letter', () => {
  const marked = (times: number) => `e${'\u0307\u0323'.repeat(times)} e\u0301`
  expect(normalForm(marked(32), 'NFC')).toBe(marked(32).normalize('NFC'))
  expect(normalForm(marked(33), 'NFC')).toBe(marked(33).replace('e\u0301', 'é'))
  expect(normalForm(normalForm(marked(33), 'NFC'), 'NFC')).toBe(normalForm(marked(33), 'NFC'))
})

describe('an address', () => {
  it.each([
    'http://example.com',
    'HTTPS://EXAMPLE.com/a?b=c',
    'https://[2001:db8::1]/',
    'http://localhost:8787/x',
  ])('can be %s', (address) => {
    expect(accepts(webAddress(), address)).toBe(true)
  })

  it.each([
    'https:/example.com',
    'https:\\\\example.com',
    'https:///x',
    'https://a\u202eb.example',
    'https://a\ufeffb.example',
    'https://example.com/a b',
    'https://user@example.com',
    'https://:pass@example.com',
    'https://\ud800.example',
    'https://%',
    'data:text/html,x',
    `https://example.com/${'a'.repeat(2048)}`,
  ])('cannot be %j', (address) => {
    expect(accepts(webAddress(), address)).toBe(false)
  })

  it('is one source under the spellings of one address', () => {
    const key = addressKey('https://example.com/a')
    for (const same of [
      'https://EXAMPLE.com/a',
      'https://example.com:443/a',
      'https://example.com/a/',
      'https://example.com/a#part',
    ])
      expect(addressKey(same)).toBe(key)
    for (const other of [
      'http://example.com/a',
      'https://example.com/A',
      'https://example.com/a?b',
      'https://example.com/a/b',
    ])
      expect(addressKey(other)).not.toBe(key)
  })
})
