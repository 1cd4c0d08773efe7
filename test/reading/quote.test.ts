import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { normalise, normalisedRange, normalisedText, rawRange } from '../../src/core/normalised-text.ts'
import { MOST_PARTS } from '../../src/reading/located-quote.ts'
import { locateQuote, quoteOf } from '../../src/reading/quote.ts'
import { contextOf } from '../../src/reading/quote-context.ts'
import { LONGEST_OMISSION } from '../../src/reading/quote-part.ts'
import { cutsWord } from '../../src/reading/word-boundary.ts'

// Letters that repeat, every kind of space and quote mark, and characters NFC changes.
const awkward = fc
  .array(
    fc.constantFrom(
      ...['a', 'b', 'A', ' ', '  ', '\u00a0', '\n', '\t', '\u0085', '“', '”', '’', '«', '"', "'", '.', '-'],
      ...[
        'e\u0301',
        'é',
        '\u0301',
        '\u0958',
        '\u1112\u1161\u11ab',
        '\ud83d\ude00',
        '\ud800',
        '\ufeff',
        '[…]',
      ],
      ...['q\u0323\u0307', 'q\u0307\u0323', '\u212b', '\u037e', '\u2001', '\ufb01'],
    ),
    { maxLength: 60 },
  )
  .map((pieces) => pieces.join(''))

const ARTICLE = [
  'Ruritania is by no means ready to leave the customs union, much less the single market, the expert thinks.',
  '',
  '“But for all that, I believe that Ruritania is by no means ready to leave the customs union, much less the ' +
    'single market. However, the haggling will continue. I can assume that Strelsau, knowing full well that ' +
    'neither Grustark nor the League—and Grustark stands behind the League—will step in, is testing its luck,” ' +
    'she said.',
].join('\n')

describe('normalising', () => {
  test('composes, straightens quotes and makes each run of white space one space', () => {
    expect(normalisedText(' \u00a0“Cafe\u0301”\n\n ‘it’s’ «x»\u2028')).toBe('"Café" \'it\'s\' "x"')
  })

  test('is idempotent and is itself NFC', () => {
    fc.assert(
      fc.property(fc.oneof(awkward, fc.string({ unit: 'binary' })), (raw) => {
        const once = normalisedText(raw)
        expect(normalisedText(once)).toBe(once)
        expect(once.normalize('NFC')).toBe(once)
      }),
    )
  })

  test('the offset map round-trips: normalising the raw range of a passage gives the passage', () => {
    fc.assert(
      fc.property(awkward, fc.nat(), fc.nat(), (raw, a, b) => {
        const text = normalise(raw)
        const start = a % (text.text.length + 1)
        const end = start + (b % (text.text.length + 1 - start))
        fc.pre(end > start)
        const range = rawRange(text, start, end)
        const again = normalisedRange(text, range.start, range.end)
        // A range that begins or ends inside one composed character widens to the whole of it, never narrows.
        expect(again.start).toBeLessThanOrEqual(start)
        expect(again.end).toBeGreaterThanOrEqual(end)
        expect(rawRange(text, again.start, again.end)).toEqual(range)
        const passage = text.text.slice(again.start, again.end)
        if (passage.trim() === passage) {
          expect(normalisedText(raw.slice(range.start, range.end))).toBe(passage)
        }
      }),
      { numRuns: 500 },
    )
  })

  test('every normalised character maps to raw characters in their order', () => {
    fc.assert(
      fc.property(awkward, (raw) => {
        const text = normalise(raw)
        expect(text.starts.length).toBe(text.text.length)
        for (let at = 0; at < text.text.length; at++) {
          expect(text.ends[at]).toBeGreaterThan(text.starts[at] ?? -1)
          if (at > 0) expect(text.starts[at]).toBeGreaterThanOrEqual(text.starts[at - 1] ?? 0)
        }
      }),
    )
  })
})

describe('locating a quote', () => {
  test('a quote cut from a text with its whole context is always found where it was cut', () => {
    fc.assert(
      fc.property(awkward, fc.nat(), fc.nat(), (raw, a, b) => {
        const text = normalise(raw)
        const start = a % (text.text.length + 1)
        const end = start + (b % (text.text.length + 1 - start))
        const quote = quoteOf(text, start, end)
        fc.pre(/[\p{L}\p{N}\p{S}]/u.test(quote.exact) && !quote.exact.includes('[…]'))
        fc.pre(!cutsWord(text.text, quote.start) && !cutsWord(text.text, quote.end))
        // What is one sign or one divided word is not cut either.
        fc.pre(!/\.{2}|'{2}|[^ ]- /u.test(text.text) && !/^-|-$/u.test(quote.exact))
        expect(locateQuote(raw, quote)).toMatchObject({
          state: 'found',
          start: quote.start,
          end: quote.end,
          text: quote.exact,
        })
      }),
      { numRuns: 500 },
    )
  })

  test('curly quotes, NBSP and line breaks in the quote or the text make no difference', () => {
    const raw = 'He said: “The bank’s\u00a0rate\nwill  fall.” Then he left.'
    const located = locateQuote(raw, { exact: "the bank's rate will fall".replace('the', 'The') })
    expect(located).toMatchObject({ state: 'found', text: "The bank's rate will fall" })
    if (located.state !== 'found') return
    expect(raw.slice(located.raw.start, located.raw.end)).toBe('The bank’s\u00a0rate\nwill  fall')
  })

  test('the same words twice are ambiguous until prefix or suffix tells them apart', () => {
    const exact = 'Ruritania is by no means ready to leave the customs union, much less the single market'
    const twice = locateQuote(ARTICLE, { exact })
    expect(twice).toMatchObject({ state: 'ambiguous', count: 2 })
    if (twice.state !== 'ambiguous') return
    expect(twice.places.map((place) => place.prefix)).toEqual(['', '"But for all that, I believe that'])
    expect(twice.places.map((place) => place.suffix)).toEqual([
      ', the expert thinks. "But for all that,',
      '. However, the haggling will continue. I',
    ])
    expect(locateQuote(ARTICLE, { exact, prefix: 'I believe  that' })).toMatchObject({
      state: 'found',
      start: twice.places[1]?.start,
    })
    expect(locateQuote(ARTICLE, { exact, suffix: ', the expert' })).toMatchObject({
      state: 'found',
      start: 0,
    })
  })

  test.each(['[…]', ' […] ', '[...]'])('an omission written %j joins parts that follow in order', (mark) => {
    const exact = `neither Grustark nor the League${mark}will step in`
    const located = locateQuote(ARTICLE, { exact })
    expect(located).toMatchObject({ state: 'found' })
    if (located.state !== 'found') return
    expect(located.text).toBe(
      'neither Grustark nor the League—and Grustark stands behind the League—will step in',
    )
    expect(located.parts).toHaveLength(2)
  })

  test('parts in the wrong order, or further apart than one omission may skip, are not a quote', () => {
    expect(locateQuote('first then second', { exact: 'second […] first' })).toMatchObject({
      state: 'missing',
      why: 'order',
    })
    const apart = (n: number) => `first ${'x'.repeat(n - 2)} second`
    expect(locateQuote(apart(LONGEST_OMISSION), { exact: 'first […] second' }).state).toBe('found')
    expect(locateQuote(apart(LONGEST_OMISSION + 1), { exact: 'first […] second' }).state).toBe('missing')
  })

  test('an omission that can be read in two ways is ambiguous, and context settles it', () => {
    const text = 'We will win. We will not rest. Nothing will change by May.'
    expect(locateQuote(text, { exact: 'We will […] by May' })).toMatchObject({ state: 'ambiguous', count: 2 })
    expect(locateQuote(text, { exact: 'We will […] by May', prefix: 'win.' })).toMatchObject({
      state: 'found',
    })
  })

  test('a text that itself prints an omission mark is quoted literally', () => {
    const text = 'As printed: "we shall […] prevail". We shall, in the end, prevail.'
    expect(locateQuote(text, { exact: 'we shall […] prevail' })).toMatchObject({
      state: 'found',
      parts: [{ start: 13, end: 33 }],
    })
  })

  test('a misremembered quote is missing, and the nearest passage is shown with its place', () => {
    const located = locateQuote(ARTICLE, { exact: 'However the haggling would surely continue' })
    expect(located).toMatchObject({ state: 'missing', why: 'text' })
    if (located.state !== 'missing') return
    expect(located.nearest?.text).toBe('However, the haggling will continue')
    expect(located.nearest?.similarity).toBeGreaterThan(0.6)
    expect(normalisedText(ARTICLE).slice(located.nearest?.start, located.nearest?.end)).toBe(
      located.nearest?.text,
    )
  })

  test('the nearest passage of a text with one word changed anywhere is that passage', () => {
    const text = normalisedText(ARTICLE.slice(ARTICLE.indexOf('“')))
    const words = text.split(' ')
    fc.assert(
      fc.property(fc.nat(words.length - 12), fc.nat(11), (from, which) => {
        const cut = words.slice(from, from + 12)
        const exact = cut.with(which, 'zzz').join(' ')
        const located = locateQuote(text, { exact })
        expect(located.state).toBe('missing')
        if (located.state !== 'missing') return
        const at = text.indexOf(cut.join(' '))
        expect(Math.abs((located.nearest?.start ?? -99) - at)).toBeLessThan(25)
      }),
    )
  })

  test('words that are there but not in the given context are missing for that reason', () => {
    expect(locateQuote(ARTICLE, { exact: 'the haggling will continue', prefix: 'Perhaps' })).toMatchObject({
      state: 'missing',
      why: 'context',
      nearest: { text: 'the haggling will continue' },
    })
  })

  test('nothing to look for, or nothing like it, has no nearest match', () => {
    for (const exact of ['', ' \u00a0', '[…]']) {
      expect(locateQuote(ARTICLE, { exact })).toMatchObject({ state: 'missing', why: 'empty', nearest: null })
    }
    expect(locateQuote(ARTICLE, { exact: 'zqxj vvkw qqpp zzzz' })).toMatchObject({
      why: 'text',
      nearest: null,
    })
  })

  test('overlapping repeats are counted, and a long list of places is cut but its count is not', () => {
    expect(locateQuote('a a a', { exact: 'a a' })).toMatchObject({ state: 'ambiguous', count: 2 })
    const many = locateQuote('no '.repeat(500), { exact: 'no' })
    expect(many).toMatchObject({ state: 'ambiguous', count: 500 })
    expect(many.state === 'ambiguous' && many.places.length).toBe(50)
  })

  test('a quote of more parts than anybody leaves is not looked for', () => {
    const exact = Array(MOST_PARTS + 1)
      .fill('a')
      .join(' […] ')
    expect(locateQuote('a '.repeat(100), { exact })).toMatchObject({ state: 'missing', why: 'parts' })
    expect(locateQuote('a '.repeat(100), { exact: exact.slice(6) })).toMatchObject({ state: 'ambiguous' })
  })

  test('a text of a megabyte is searched in well under a second, found or not, repetitive or not', () => {
    const sentence = 'The minister said on Tuesday that the talks had gone as well as could be expected. '
    const big = `${sentence.repeat(12_500)}Then the needle fell.`
    const started = performance.now()
    expect(locateQuote(big, { exact: 'Then the needle fell' }).state).toBe('found')
    expect(performance.now() - started).toBeLessThan(1_500)
    const again = performance.now()
    expect(locateQuote(big, { exact: 'Then a needle falls down' })).toMatchObject({
      nearest: { text: 'Then the needle fell' },
    })
    expect(locateQuote('ab '.repeat(330_000), { exact: `${'ab […] '.repeat(12)}c` }).state).toBe('missing')
    expect(locateQuote('ab '.repeat(330_000), { exact: `${'ab […] '.repeat(12)}ab` }).state).toBe('ambiguous')
    expect(performance.now() - again).toBeLessThan(6_000)
  })
})

describe('context', () => {
  test('is cut at word boundaries and never longer than asked', () => {
    fc.assert(
      fc.property(fc.nat(300), fc.nat(40), fc.nat(60), (a, length, n) => {
        const text = normalisedText(ARTICLE)
        const start = Math.min(a, text.length)
        const end = Math.min(start + length, text.length)
        const { prefix, suffix } = contextOf(ARTICLE, start, end, n)
        expect(prefix.length).toBeLessThanOrEqual(n)
        expect(suffix.length).toBeLessThanOrEqual(n)
        expect(text.slice(0, start).trimEnd().endsWith(prefix)).toBe(true)
        expect(text.slice(end).trimStart().startsWith(suffix)).toBe(true)
      }),
    )
  })
})
