import { statSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FLATLY, TOO_VAGUE, tooVague } from '../../src/core/probability.ts'
import { LEXICON, lexiconRow } from '../../src/reading/english/lexicon.ts'
import { readWords } from '../../src/reading/wording.ts'

const bandOf = (phrase: string): [number, number, number] | null => {
  const words = readWords(phrase)
  return words && [words.low, words.mid, words.high]
}

describe('the lexicon file', () => {
  test('is version 0.3, below 40 kB, and every row is an ordered band with its source', () => {
    expect(LEXICON.version).toBe('0.3')
    expect(statSync('src/reading/english/lexicon.json').size).toBeLessThan(40_000)
    expect(LEXICON.defaults).toHaveLength(32)
    for (const row of LEXICON.defaults) {
      expect(0 <= row.low && row.low <= row.mid && row.mid <= row.high && row.high <= 1, row.key).toBe(true)
      if (row.source) expect(Object.keys(LEXICON.sources)).toContain(row.source)
      else expect(row.measured).toBe(false)
    }
    expect(new Set(LEXICON.defaults.map((row) => row.key)).size).toBe(32)
  })

  test('names each survey with its licence, and draws every measured band from a survey it holds', () => {
    for (const { source } of LEXICON.surveys) {
      expect(LEXICON.sources).toHaveProperty([source, 'licence'])
    }
    expect(LEXICON.sources.capphrase2026.licence).toBe('CC-BY 4.0')
    const at = (level: number) => LEXICON.levels.indexOf(level)
    for (const row of LEXICON.defaults) {
      if (!row.measured) continue
      const named = /^(.*?): q10/.exec(row.basis)?.[1]
      const survey = LEXICON.surveys.find((held) => held.phrase === named && held.source === row.source)
      expect(survey, row.key).toBeDefined()
      expect(survey?.quantiles[at(0.1)]).toBeCloseTo(row.low * 100, -0.5)
      expect(survey?.quantiles[at(0.9)]).toBeCloseTo(row.high * 100, -0.5)
    }
  })
})

describe('reading words', () => {
  test('every alias of every row reads as that row', () => {
    for (const row of LEXICON.defaults) {
      for (const alias of row.aliases) expect(readWords(alias)?.key, alias).toBe(row.key)
    }
  })

  test.each([
    ['a deal is very likely', 'highly_likely', 'very likely'],
    ['a deal is not likely', 'unlikely', 'not likely'],
    ['a deal is likely', 'likely', 'is likely'],
    ['almost no chance of a deal', 'almost_no_chance', 'almost no chance'],
    ['it will probably pass', 'probable', 'probably'],
    ['it will almost certainly pass', 'almost_certain', 'almost certainly'],
    ['prices are expected to fall', 'likely', 'are expected to'],
    ['they’re going to lose', 'will', 'they’re going to'],
    ['a toss-up, in the end', 'even', 'toss-up'],
  ])('%j reads as %s', (phrase, key, matched) => {
    const words = readWords(phrase)
    expect(words?.key).toBe(key)
    expect(words?.matched.endsWith(matched) || matched.endsWith(words?.matched ?? '?')).toBe(true)
    expect(words?.lexicon).toBe('0.3')
  })

  test('"by no means" is .01 / .05 / .20, assumed, and says so', () => {
    const words = readWords('Baku is by no means ready to start a serious escalation, much less a new war')
    expect(words).toMatchObject({ key: 'by_no_means', low: 0.01, mid: 0.05, high: 0.2, measured: false })
    expect(words?.matched).toBe('by no means ready to')
    expect(words?.note).toContain('assumed')
    expect(words).not.toHaveProperty('categorical')
  })

  test.each([
    'there will be no war',
    'If escalation means a new war, then no, there will be no war',
    'neither Russia nor the CSTO […] will interfere',
    'neither Grustark nor the League—and Grustark stands behind the League—will step in',
    'nobody will sign it',
    'no new talks will begin',
    'the treaty won’t be signed',
    'she will never resign',
    'they are not going to sign',
    'it will bring no peace',
    'it will definitely not pass',
    'nor will it pass',
    'the bridge will no longer be needed',
  ])('%j is a categorical no', (phrase) => {
    expect(readWords(phrase)).toMatchObject({ ...FLATLY.no, categorical: 'no', measured: false })
  })

  test.each([
    'the pressure will continue',
    'If escalation is a continuation of Baku’s pressure, then yes, Baku will continue to press',
    'he’ll resign',
    'No, the talks will go on',
    'no matter who wins, taxes will rise',
    'no fewer than five members will leave',
    'there is no reason to wait: prices will rise',
  ])('%j is a categorical yes', (phrase) => {
    expect(readWords(phrase)).toMatchObject({ ...FLATLY.yes, categorical: 'yes', measured: true })
  })

  test('a flat statement is never silently 0 or 1', () => {
    expect(FLATLY).toEqual({
      yes: { low: 0.91, mid: 0.98, high: 1 },
      no: { low: 0, mid: 0.02, high: 0.09 },
    })
  })

  test.each([
    ['an attack is not very likely', 'unlikely'],
    ['it will very likely not happen', 'highly_unlikely'],
    ['it will probably not happen', 'probably_not'],
    ['it is not probable', 'improbable'],
    ['it will almost certainly not happen', 'almost_no_chance'],
    ['I do not think it will happen', 'doubt'],
    ['I don’t think it is very likely', 'doubt'],
    ['I think there will be no war', 'doubt'],
    ['talks are not expected to resume', 'unlikely'],
  ])('the negative in %j is looked up as %s, not mirrored', (phrase, key) => {
    const words = readWords(phrase)
    const row = lexiconRow(key)
    expect(words).toMatchObject({ key, low: row?.low, mid: row?.mid, high: row?.high })
  })

  test('a negative that nobody measured is mirrored, wider, and says so', () => {
    expect(readWords('they may not agree')).toMatchObject({ key: 'not_may', low: 0.4, mid: 0.6, high: 0.8 })
    expect(readWords('little chance that he won’t run')).toMatchObject({ low: 0.725, mid: 0.9, high: 0.95 })
    expect(readWords('they may not agree')?.note).toContain('widened by a quarter')
  })

  test('no negated row is the mirror of its positive', () => {
    for (const positive of ['likely', 'highly likely', 'probable', 'certain', 'more likely than not']) {
      const plain = bandOf(`it is ${positive}`)
      const denied = bandOf(`it is not ${positive}`)
      expect(denied, positive).not.toBeNull()
      expect(denied?.[1], positive).not.toBeCloseTo(1 - (plain?.[1] ?? 0), 6)
    }
  })

  test.each([
    'it is not certain that they will agree',
    'we cannot rule out a strike',
    'a strike can’t be ruled out',
    'a strike is not impossible',
    'it is far from certain that he wins',
    'it is by no means certain that he wins',
    'it is not unlikely',
    'there is no guarantee that it will hold',
    'he is not bound to win',
  ])('the outer negation in %j is read as possibly: wide, assumed, too vague', (phrase) => {
    const words = readWords(phrase)
    expect(words).toMatchObject({ key: 'possibly', low: 0.15, mid: 0.45, high: 0.6, measured: false })
    expect(words && tooVague(words)).toBe(true)
  })

  test('a hedge over a strong marker keeps the marker and moves its inner end towards one half', () => {
    const hedged = readWords('I believe that Baku is by no means ready')
    expect(hedged).toMatchObject({ key: 'by_no_means', low: 0.01, mid: 0.05, high: 0.275 })
    expect(hedged?.note).toContain('hedged by "I believe"')
    expect(readWords('I think it is very likely')).toMatchObject({ low: 0.6875, mid: 0.9, high: 0.95 })
  })

  test('a hedge over a plain "will" is the surveyed hedge, and no longer categorical', () => {
    const words = readWords('I believe the talks will resume')
    expect(words).toMatchObject({ key: 'we_believe', low: 0.6, mid: 0.75, high: 0.95, measured: true })
    expect(words).not.toHaveProperty('categorical')
  })

  test('widening never leaves 0 to 1, never narrows a band and never crosses one half', () => {
    for (const row of LEXICON.defaults) {
      const words = readWords(`I believe, ${row.aliases[0]}`)
      const wide = bandOf(`I believe, ${row.aliases[0]}`)
      expect(wide, row.key).not.toBeNull()
      if (!wide || words?.key !== row.key) continue
      expect(wide[0]).toBeLessThanOrEqual(row.low)
      expect(wide[2]).toBeGreaterThanOrEqual(row.high)
      expect(wide[1]).toBe(row.mid)
    }
  })

  test.each([
    'definitely does not need a war',
    'elections in May 2025',
    'the political will of the people',
    'the military might of Ruritania',
    'in every possible way',
    'certain countries object',
    'the report was published on Monday',
    '',
  ])('%j holds no words of probability', (phrase) => {
    expect(readWords(phrase)).toBeNull()
  })

  test('phrases 40 points wide or wider are too vague, and no others', () => {
    const vague = LEXICON.defaults.filter(tooVague).map((row) => row.key)
    expect(vague).toEqual(['serious_possibility', 'possibly', 'may', 'might', 'could'])
    expect(tooVague({ low: 0.2, high: 0.2 + TOO_VAGUE })).toBe(true)
    expect(tooVague({ low: 0.2, high: 0.6 })).toBe(true)
    expect(tooVague({ low: 0.51, high: 0.9 })).toBe(false)
  })

  test('the words matched stand in the phrase where it says, and every band is ordered', () => {
    const word = fc.constantFrom(
      ...[
        'I',
        'believe',
        'do',
        'not',
        'no',
        'will',
        'very',
        'likely',
        'unlikely',
        'may',
        'never',
        'by',
        'means',
      ],
      ...[
        'certain',
        'probably',
        ',',
        '.',
        'war',
        'there',
        'be',
        'neither',
        'won’t',
        'rule',
        'out',
        'cannot',
        'is',
      ],
    )
    fc.assert(
      fc.property(fc.array(word, { maxLength: 14 }), (words) => {
        const phrase = words.join(' ')
        const match = readWords(phrase)
        if (!match) return
        expect(phrase.slice(match.start, match.end)).toBe(match.matched)
        expect(match.low <= match.mid && match.mid <= match.high).toBe(true)
        expect(lexiconRow(match.key.replace(/^not_/u, ''))).not.toBeNull()
      }),
      { numRuns: 500 },
    )
  })
})
