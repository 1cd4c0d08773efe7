import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { foldedText, foldedWords } from '../../src/core/folded-text.ts'
import { normalise, rawRange } from '../../src/core/normalised-text.ts'
import { locateQuote, sameWords } from '../../src/reading/quote.ts'
import { quoteProblem } from '../../src/reading/quote-problem.ts'
import { cutsWord } from '../../src/reading/word-boundary.ts'
import { QUOTE_CASES } from './quote-cases.ts'

for (const [kind, cases] of Object.entries(QUOTE_CASES))
  describe(`quotes: ${kind}`, () => {
    test.each(cases)('$quote in $text', ({ text, quote, at, says }) => {
      const within = normalise(text)
      const located = locateQuote(within, { exact: quote })
      const problem = quoteProblem(within, { exact: quote }, located)
      if (at === null) {
        expect(problem).toContain(says)
        return
      }
      expect(problem).toBeNull()
      expect(located).toMatchObject({ state: 'found', text: at })
      // What is recorded is found again where it was, and says the same.
      if (located.state !== 'found') return
      expect(locateQuote(within, { exact: located.exact })).toMatchObject({
        start: located.start,
        end: located.end,
        exact: located.exact,
      })
      expect(sameWords(located.exact, quote)).toBe(true)
      expect(within.text.slice(located.start, located.end)).toBe(located.text)
    })
  })

const WORDS =
  'There will be no war — “the well-known cease‑fire” won’t hold… 3.5 percent, 12 km and 2026–27 in Ծաղկաձոր և Գյումրի Войны не будет الحرب لن تكون 战争 café office'.split(
    ' ',
  )
const sentence = fc.array(fc.constantFrom(...WORDS), { minLength: 6, maxLength: 30 })

/** Ways to spell the same words; each changes what it can at the places that a number picks. */
const RESPELLED: Record<string, (text: string, picks: readonly boolean[]) => string> = {
  'soft hyphens': (text, picks) => sprinkled(text, picks, /(?<=\p{L})(?=\p{L})/gu, '\u00ad'),
  joiners: (text, picks) => sprinkled(text, picks, /(?<=\p{L})(?=\p{L})/gu, '\u200d'),
  'marks of direction': (text, picks) => sprinkled(text, picks, /(?<=\p{L})(?= )/gu, '\u200e'),
  spaces: (text, picks) => replaced(text, picks, / /gu, '\u00a0\n\u2009'),
  'lines and paragraphs': (text, picks) => replaced(text, picks, / /gu, '\r\n\r\n'),
  dashes: (text) => text.replaceAll('—', '–').replaceAll('‑', '-').replaceAll('2026–27', '2026-27'),
  'double hyphens': (text) => text.replaceAll(' — ', ' -- '),
  quotes: (text) => text.replaceAll(/[“”]/gu, '"').replaceAll('’', "'"),
  'low and angled quotes': (text) => text.replaceAll('“', '„').replaceAll('”', '»'),
  'letters for apostrophes': (text) => text.replaceAll('’', 'ʼ'),
  ellipses: (text) => text.replaceAll('…', '...'),
  'spaced ellipses': (text) => text.replaceAll('…', ' . . .'),
  ligatures: (text) => text.replaceAll('ffi', 'ﬃ').replaceAll('և', 'եւ'),
  'full width': (text) =>
    text.replaceAll(/[A-Za-z0-9]/gu, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0)),
  decomposed: (text) => text.normalize('NFD'),
  'vowel signs and tatweel': (text) => text.replaceAll('الحرب', 'الـحَـرْب').replaceAll('لن', 'لَن'),
  'presentation forms': (text) => text.replaceAll('لن', '\ufedf\ufee6'),
  'divided words': (text, picks) => sprinkled(text, picks, /(?<=\b[a-z]{2})(?=[a-z]{2})/gu, '-\n'),
}

function replaced(text: string, picks: readonly boolean[], what: RegExp, by: string): string {
  let n = 0
  return text.replaceAll(what, (old) => (picks[n++ % picks.length] === true ? by : old))
}
const sprinkled = replaced

describe('whatever the spelling', () => {
  test.each(Object.keys(RESPELLED))(
    'a quote cut at words and respelled is found at the same raw place: %s',
    (way) => {
      fc.assert(
        fc.property(
          sentence,
          fc.nat(),
          fc.nat(),
          fc.array(fc.boolean(), { minLength: 3, maxLength: 7 }),
          fc.boolean(),
          (words, a, b, picks, isText) => {
            const raw = words.join(' ')
            const from = a % words.length
            const to = from + 1 + (b % (words.length - from))
            const plain = words.slice(from, to).join(' ')
            fc.pre([words[from], words[to - 1]].every((word) => /[\p{L}\p{N}]/u.test(word ?? '')))
            fc.pre(!/^…|…$/u.test(plain))
            const respell = RESPELLED[way] as (text: string, picks: readonly boolean[]) => string
            // Either side may be the one that is spelled otherwise.
            const before = isText
              ? respell(`${words.slice(0, from).join(' ')} `, picks)
              : `${words.slice(0, from).join(' ')} `
            const said = isText ? respell(plain, picks) : plain
            const after = words.slice(to).join(' ')
            const text = `${from === 0 ? '' : before}${said} ${after}`
            const within = normalise(isText ? text : raw)
            const quote = { exact: isText ? plain : respell(plain, picks) }
            const start = isText
              ? from === 0
                ? 0
                : before.length
              : raw.length - [...words.slice(from)].join(' ').length
            const located = locateQuote(within, quote)
            if (located.state === 'ambiguous') {
              expect(
                located.places.length === 50 ||
                  located.places.some(({ raw: place }) => place.start === start),
              ).toBe(true)
              return
            }
            expect(located).toMatchObject({ state: 'found', raw: { start, end: start + said.length } })
            if (located.state !== 'found') return
            const source = (isText ? text : raw).slice(located.raw.start, located.raw.end)
            expect(source).toBe(said)
            expect(foldedWords(source)).toBe(foldedWords(located.exact))
          },
        ),
        { numRuns: 300 },
      )
    },
  )

  const awkward = fc
    .array(
      fc.constantFrom(
        ...[...'aA1 .,-\'"()[]/%'],
        ...[
          '…',
          '—',
          '’',
          '“',
          '\u00ad',
          '\u200d',
          '\n',
          'é',
          'e\u0301',
          'ﬁ',
          '½',
          '战',
          '，',
          '。',
          'َ',
          'ـ',
          'لَ',
          'ﻟ',
          '\ud800',
          '😀',
          'İ',
          'և',
          '...',
          ' - ',
          '-\n',
          '²',
          'ｶ',
          'ﾞ',
        ],
      ),
      { maxLength: 40 },
    )
    .map((pieces) => pieces.join(''))

  test('each folded character has its place, in order, and folding again changes nothing of words', () => {
    fc.assert(
      fc.property(awkward, (raw) => {
        const within = normalise(raw)
        const { text, starts, ends } = foldedText(within)
        expect([starts.length, ends.length]).toEqual([text.length, text.length])
        for (let at = 0; at < text.length; at++) {
          expect(ends[at]).toBeGreaterThanOrEqual(starts[at] ?? -1)
          if (at > 0) expect(starts[at]).toBeGreaterThanOrEqual(starts[at - 1] ?? 0)
        }
      }),
      { numRuns: 1_000 },
    )
  })

  test('no two strings are said to differ without what differs', () => {
    fc.assert(
      fc.property(awkward, awkward, (raw, exact) => {
        const within = normalise(raw)
        const located = locateQuote(within, { exact })
        const problem = quoteProblem(within, { exact }, located)
        expect(problem === null).toBe(located.state === 'found')
        if (located.state === 'missing' && located.why === 'text' && located.nearest !== null)
          expect(problem).toMatch(/The text (?:says|has|does not have|lacks) /u)
      }),
      { numRuns: 1_000 },
    )
  })

  test('what is found begins and ends where words do, and its raw range is what the source says', () => {
    fc.assert(
      fc.property(awkward, fc.nat(), fc.nat(), (raw, a, b) => {
        const within = normalise(raw)
        const start = a % (within.text.length + 1)
        const end = Math.min(within.text.length, start + 1 + (b % 9))
        const located = locateQuote(within, { exact: within.text.slice(start, end) })
        if (located.state !== 'found') return
        expect(cutsWord(within.text, located.start) || cutsWord(within.text, located.end)).toBe(false)
        expect(located.raw).toEqual(rawRange(within, located.start, located.end))
      }),
      { numRuns: 1_000 },
    )
  })
})

test('of plain words the folded text is known without folding them', () => {
  const plain = fc
    .tuple(
      fc.array(fc.stringMatching(/^[A-Za-z0-9_(),/]{1,6}$/), { minLength: 1, maxLength: 6 }),
      fc.constantFrom('', '.', '?', '!'),
    )
    .map(([words, end]) => words.join(' ') + end)
  fc.assert(
    fc.property(fc.oneof(plain, fc.string({ unit: fc.constantFrom(...'aB7_ ,.-?!\'"()/\n') })), (text) => {
      expect(foldedWords(text)).toBe(foldedText(normalise(text)).text)
    }),
  )
})
