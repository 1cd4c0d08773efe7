import type { Token } from './words/token.ts'

const isPercent = (tokens: readonly Token[], at: number): number => {
  const word = tokens[at]?.word
  if (word === '%' || word === 'percent' || word === 'pct' || word === 'percentage') return 1
  return word === 'per' && tokens[at + 1]?.word === 'cent' ? 2 : 0
}

/** A percentage, a range, a fraction or odds, 0 to 1, up to token `last`. */
export type Share = {
  readonly low: number
  readonly high: number
  readonly last: number
  readonly share?: boolean
  readonly odds?: boolean
  readonly unsure?: true
}

const FRACTIONS: Readonly<Record<string, number>> = {
  third: 1 / 3,
  thirds: 1 / 3,
  quarter: 1 / 4,
  quarters: 1 / 4,
  fifth: 1 / 5,
  fifths: 1 / 5,
  tenth: 1 / 10,
  tenths: 1 / 10,
}

const value = (token: Token | undefined): number | undefined => (token?.ordinal ? undefined : token?.value)

/** A percentage, a range of them, a fraction or odds that begins at a token, whatever it measures. */
export function shareAt(tokens: readonly Token[], at: number): Share | null {
  const first = value(tokens[at])
  if (first === undefined) return null
  const next = (offset: number) => tokens[at + offset]?.word ?? ''
  const [one, two] = [next(1), value(tokens[at + 2])]
  if (first === 50 && two === 50 && /^[/:-]$/u.test(one))
    return { low: 0.5, high: 0.5, last: at + 2, share: true }
  if (two !== undefined && first + two === 100 && /^[/:-]$/u.test(one)) return split(tokens, at + 2, first)
  const part = FRACTIONS[one]
  if (part !== undefined && first * part <= 1) return { ...same(first * part), last: at + 1 }
  const beside = value(tokens[at + 1])
  if (first === 50 && beside === 50) return { low: 0.5, high: 0.5, last: at + 1, share: true }
  // "Sixty-forty that …"
  if (beside !== undefined && first + beside === 100) return split(tokens, at + 1, first)
  // 60–70 %, 60 % to 70 %, between 60 and 70 percent.
  const sign = isPercent(tokens, at + 1)
  const link = at + 1 + sign
  const second = value(tokens[link + 1])
  if (second !== undefined && /^(?:-|—|to|and|or)$/u.test(tokens[link]?.word ?? '')) {
    const signed = isPercent(tokens, link + 2)
    const joins = tokens[link]?.word !== 'and' || tokens[at - 1]?.word === 'between'
    if (signed > 0 && joins && second > first && second <= 100)
      return { low: first / 100, high: second / 100, last: link + 1 + signed }
    const plain = sign === 0 && signed === 0 && joins && first < second && second <= 1
    if (plain) return { low: first, high: second, last: link + 1 }
  }
  if (sign > 0) return first <= 100 ? { low: first / 100, high: first / 100, last: at + sign } : null
  // Seven in ten, two out of three, one chance in five, nine times out of ten.
  const noun = /^(?:chances?|times|shot)$/u.test(one) ? 1 : 0
  const linked =
    next(1 + noun) === 'in' || next(1 + noun) === 'of'
      ? 1
      : next(1 + noun) === 'out' && next(2 + noun) === 'of'
        ? 2
        : 0
  const of =
    linked === 0 || (linked === 1 && next(1 + noun) === 'of' && noun === 0)
      ? undefined
      : value(tokens[at + 1 + noun + linked])
  if (of !== undefined && of > 0 && first <= of && of <= 1e9 && Number.isInteger(first))
    return {
      ...same(first / of),
      last: at + 1 + noun + linked,
      share: noun === 1,
      odds: noun === 1 && one !== 'times',
    }
  return oddsAt(tokens, at, first) ?? (first > 0 && first < 1 ? { low: first, high: first, last: at } : null)
}

/** "60-40 that he wins", "60/40 against a deal"; without either it is not said which way. */
function split(tokens: readonly Token[], last: number, first: number): Share {
  const next = tokens[last + 1]?.word
  const share = first / 100
  if (next === 'that') return { ...same(share), last, odds: true }
  if (next === 'against') return { ...same(1 - share), last: last + 1, odds: true }
  if (next === 'in' && /^favou?r$/u.test(tokens[last + 2]?.word ?? ''))
    return { ...same(share), last: last + 2, odds: true }
  return { low: 0, high: 1, last, unsure: true }
}

/** "3 to 1 against", "three to one on"; without either it is not said which way. */
function oddsAt(tokens: readonly Token[], at: number, first: number): Share | null {
  const second = value(tokens[at + 2])
  const between = tokens[at + 1]?.word ?? ''
  if (second === undefined || !/^(?:to|-|:|\/)$/u.test(between) || first <= 0 || second <= 0) return null
  const scored =
    between !== 'to' && !tokens.slice(Math.max(0, at - 6), at).some(({ word }) => word === 'odds')
  if (scored) return null
  const way = tokens[at + 3]?.word
  if (way === 'against') return { ...same(second / (first + second)), last: at + 3, odds: true }
  if (way === 'on') return { ...same(first / (first + second)), last: at + 3, odds: true }
  if (way === 'favourite' || way === 'favorite' || way === 'favourites')
    return { low: 0, high: 1, last: at + 3, unsure: true }
  const named = tokens.slice(Math.max(0, at - 6), at).some(({ word }) => word === 'odds' || word === 'bet')
  if (/^(?:shot|chance|outsider|longshot|underdog)$/u.test(way ?? ''))
    return { ...same(second / (first + second)), last: at + 3, odds: true }
  const bets = tokens
    .slice(Math.max(0, at - 3), at)
    .some(({ word }) => /^(?:bet|lay|offer|wager)$/u.test(word))
  if (bets && way === 'that') return { ...same(first / (first + second)), last: at + 2, odds: true }
  const follows = /^(?:odds|shot|chance|outsider|underdog|that)$/u.test(way ?? '')
  return named || follows ? { low: 0, high: 1, last: at + 2, unsure: true } : null
}

const same = (p: number) => ({ low: p, high: p })
