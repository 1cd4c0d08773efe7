import fc from 'fast-check'

/** Values that hardly any field means, by what is wrong with them. */
export const wrong: Readonly<Record<string, readonly string[]>> = {
  nothing: ['', ' '],
  'a word': [
    'no',
    'NaN',
    'Infinity',
    'null',
    'undefined',
    'true',
    'Asia/Nowhere',
    'm1',
    'm1:at',
    '5-0',
    '1e3-2',
  ],
  'too large a number': ['9'.repeat(400), '1e999', '99999999999'],
  'no whole number': ['-1.5', '1.5', '-1', '-0', '0x10'],
  'no day': ['2026-02-30', '0000-00-00', '99999-12-31'],
  'what every object has': ['constructor', 'toString', 'hasOwnProperty'],
  'what an object is made of': ['__proto__', '[object Object]'],
  'what nobody types': ['\u0000', 'a\u0000b', '\u202etxt', '\u200b', '\ufeff', '\u0301'.repeat(20)],
}

/** Texts that something somewhere may take for more than a text. */
export const nasty = fc.oneof(
  fc.constantFrom(
    ...Object.values(wrong).flat(),
    '<script>alert(1)</script>',
    "' OR 1=1 --",
    '"; DROP TABLE entry; --',
    '%00',
    '../../etc/passwd',
    'javascript:alert(1)',
    'https://[::1/',
    '{"$gt":""}',
    '\r\nSet-Cookie: a=b',
    '2026-11-22',
    '0-5',
    'x'.repeat(20_000),
    '\u{1f4a9}',
    'e\u0301'.repeat(50),
    '%',
    'http://user:pass@example.com/',
  ),
  fc.string({ unit: 'binary', maxLength: 30 }).map((text) => text.toWellFormed()),
  fc.integer().map(String),
  fc.double().map(String),
)

export const anyJson = fc.oneof(fc.jsonValue({ maxDepth: 3 }), nasty, fc.double({ noNaN: true }))

/** One value nine times of ten, otherwise one of the others. */
export const mostly = <T>(usual: T, others: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof({ weight: 9, arbitrary: fc.constant(usual) }, fc.constantFrom(...others))

/** One of the credentials that a request can come with, good and bad. */
export const credential = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom('admin', 'admin', 'resolver', 'recorder') },
  { weight: 2, arbitrary: fc.constantFrom('reader', 'none', 'revoked', 'unknown', 'garbage', 'basic') },
)

export function authorizationOf(tokens: Record<string, string>, who: string): Record<string, string> {
  if (who === 'none') return {}
  if (who === 'basic') return { authorization: 'Basic YTpi' }
  if (who === 'garbage') return { authorization: `Bearer ${'x'.repeat(300)} y` }
  return {
    authorization: `Bearer ${tokens[who] ?? 'rk_pat_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'}`,
  }
}
