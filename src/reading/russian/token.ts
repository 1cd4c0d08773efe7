import { normalForm } from '../../core/text.ts'

import { joined, type NumberRead, type Token } from '../grammar/token.ts'

export type { Token } from '../grammar/token.ts'

const TOKEN =
  /\d+(?:[.,]\d+)*(?:-?(?:го|й|м|му|е|х|ых|ый|ая|ое|ом))?(?![\p{L}\p{M}\p{N}])|\d+(?:[.,]\d+)*|[\p{L}\p{M}][\p{L}\p{M}\p{N}]*(?:-[\p{L}\p{M}]+)*|[^\s\p{L}\p{M}\p{N}]/gu

/** Letters as they are compared: small, е for ё, no stress. */
export const folded = (text: string): string =>
  normalForm(text.toLowerCase().replaceAll('\u0301', ''), 'NFC').replaceAll('ё', 'е')

const CARDINALS = new Map<string, number>(
  [
    '1 один одного одному одним одном одна одной одну одно',
    '2 два две двух двум двумя',
    '3 три трех трем тремя',
    '4 четыре четырех четырем четырьмя',
    '5 пять пяти пятью',
    '6 шесть шести шестью',
    '7 семь семи семью',
    '8 восемь восьми восемью',
    '9 девять девяти девятью',
    '10 десять десяти десятью десяток десятка',
    '11 одиннадцать одиннадцати',
    '12 двенадцать двенадцати дюжина дюжину',
    '13 тринадцать тринадцати',
    '14 четырнадцать четырнадцати',
    '15 пятнадцать пятнадцати',
    '16 шестнадцать шестнадцати',
    '17 семнадцать семнадцати',
    '18 восемнадцать восемнадцати',
    '19 девятнадцать девятнадцати',
    '20 двадцать двадцати двадцатью',
    '30 тридцать тридцати тридцатью',
    '40 сорок сорока',
    '50 пятьдесят пятидесяти',
    '60 шестьдесят шестидесяти',
    '70 семьдесят семидесяти',
    '80 восемьдесят восьмидесяти',
    '90 девяносто девяноста',
    '100 сто ста сотня сотню',
    '200 двести двухсот',
    '300 триста трехсот',
    '500 пятьсот пятисот',
    '1.5 полтора полторы полутора',
    '2 двое двоих',
    '3 трое троих',
  ].flatMap((row) => {
    const [value, ...words] = row.split(' ')
    return words.map((word) => [word, Number(value)] as const)
  }),
)
const THOUSAND = /^тысяч[аиуей]?$/u

const ORDINALS = new Map<string, number>(
  [
    'перв втор трет четверт пят шест седьм восьм девят десят одиннадцат двенадцат тринадцат четырнадцат пятнадцат шестнадцат семнадцат восемнадцат девятнадцат двадцат'
      .split(' ')
      .map((stem, i) => [stem, i + 1] as const),
    [
      ['тридцат', 30],
      ['сороков', 40],
      ['пятидесят', 50],
    ] as const,
  ].flat(),
)
const ORDINAL =
  /^(\p{L}+?)(?:ого|его|ьего|ому|ему|ьему|ый|ой|ий|ом|ем|ьем|ым|им|ая|ую|ью|ья|ьей|ое|ее|ье|ые|ых|ых)$/u

const ordinalOf = (word: string): number | undefined => {
  const stem = ORDINAL.exec(word)?.[1]
  return stem === undefined ? undefined : ORDINALS.get(stem)
}

const numeral = (digits: string): number => Number(digits.replace(',', '.'))

/**
 * The tokens of Russian in order: words in small letters with е for ё and without stress marks. Number words stand
 * together: "двадцать пять" is 25.
 */
export function tokensOf(text: string): Token[] {
  const simple: Token[] = []
  for (const found of text.matchAll(TOKEN)) simple.push(...simpleTokens(found[0], found.index))
  return joined(simple, numberFrom)
}

function simpleTokens(raw: string, start: number): Token[] {
  const place = { raw, start, end: start + raw.length }
  const word = folded(raw)
  if (/^\d/u.test(raw)) {
    const digits = /^[\d.,]+/u.exec(raw)?.[0] ?? raw
    const ending = raw.length > digits.length ? { ordinal: true as const } : {}
    return [{ ...place, word, kind: 'number', value: numeral(digits), ...ending }]
  }
  if (!/^\p{L}/u.test(word)) return [{ ...place, word: markOf(raw), kind: 'mark' }]
  const parts = word.split('-')
  // "Два-три" are two numbers; "из-за" is one word.
  if (parts.length > 1 && parts.every((part) => CARDINALS.has(part) || ordinalOf(part) !== undefined)) {
    let at = start
    return parts.flatMap((part, i): Token[] => {
      const own: Token = { word: part, raw: part, start: at, end: at + part.length, kind: 'word' }
      at += part.length + 1
      const dash: Token = { word: '-', raw: '-', start: at - 1, end: at, kind: 'mark' }
      return i < parts.length - 1 ? [own, dash] : [own]
    })
  }
  return [{ ...place, word, kind: 'word' }]
}

const DASHES = new Set(['‐', '‑', '‒', '–', '−'])
const QUOTES = new Set(['“', '”', '„', '«', '»', '‟'])
const markOf = (raw: string): string => (DASHES.has(raw) ? '-' : QUOTES.has(raw) ? '"' : raw)

function numberFrom(tokens: readonly Token[], at: number): NumberRead | null {
  if (tokens[at]?.kind !== 'word') return null
  let total = 0
  let part: number | null = null
  for (let next = at; ; next++) {
    const word = tokens[next]?.word ?? ''
    const cardinal = CARDINALS.get(word)
    const ordinal = cardinal === undefined ? ordinalOf(word) : undefined
    if (cardinal !== undefined && fits(part, cardinal)) part = (part ?? 0) + cardinal
    else if (ordinal !== undefined && fits(part, ordinal))
      return { value: total + (part ?? 0) + ordinal, next: next + 1, ordinal: true }
    else if (THOUSAND.test(word) && (next > at || THOUSAND.test(tokens[at]?.word ?? '')) && total === 0) {
      total = (part ?? 1) * 1_000
      part = null
    } else return next === at ? null : { value: total + (part ?? 0), next, ordinal: false }
  }
}

/** "Двадцать пять" is one number and "пять десять" two. */
const fits = (part: number | null, unit: number): boolean =>
  part === null ||
  (part >= 100 && part % 100 === 0 && unit < 100) ||
  (part >= 20 && part % 10 === 0 && unit < 10 && Number.isInteger(unit))

/** The words at tokens first..last as they are written. */
export const wordsAt = (text: string, tokens: readonly Token[], first: number, last: number): string =>
  text.slice(tokens[first]?.start ?? 0, tokens[last]?.end ?? 0)
