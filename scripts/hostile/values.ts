import fc from 'fast-check'

/** Texts that something somewhere may take for more than a text. */
export const nasty = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    'no',
    'NaN',
    'Infinity',
    '1e999',
    '-1',
    '-0',
    '0x10',
    '1.5',
    '99999999999',
    '9'.repeat(400),
    '2026-02-30',
    '0000-00-00',
    '99999-12-31',
    '2026-11-22',
    'null',
    'undefined',
    'true',
    '__proto__',
    'constructor',
    'toString',
    'x'.repeat(20_000),
    '\u0000',
    'a\u0000b',
    '\u202etxt',
    '\u200b',
    '\ufeff',
    '\u{1f4a9}',
    'e\u0301'.repeat(50),
    '\u0301'.repeat(20),
    '<script>alert(1)</script>',
    "' OR 1=1 --",
    '"; DROP TABLE entry; --',
    '%',
    '%00',
    '../../etc/passwd',
    'javascript:alert(1)',
    'http://user:pass@example.com/',
    'https://[::1/',
    'm1',
    'm1:at',
    '0-5',
    '5-0',
    '1e3-2',
    '[object Object]',
    '{"$gt":""}',
    '\r\nSet-Cookie: a=b',
    'Asia/Nowhere',
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
