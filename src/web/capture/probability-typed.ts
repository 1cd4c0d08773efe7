import { written } from '../../capture/draft.ts'
import type { Typed } from '../../http/form.ts'
import { boundOr, percent, share } from '../ui/typed.ts'

/** The probability of a request, as the form describes it. */
export function probabilityOf(typed: Typed): unknown {
  const field = (name: string) => typed.get(name)?.[0] ?? ''
  const words = field('/probability/words')
  switch (field('manner')) {
    case 'stated':
      return share(field('percent'))
    case 'range':
      return { low: share(field('low')), high: share(field('high')) }
    case 'yes':
    case 'no':
      return { words: words || field('/quote/exact').slice(0, 300), categorical: field('manner') }
    case 'leans-yes':
    case 'leans-no':
      return { words: words === '' ? undefined : words, leans: field('manner').slice('leans-'.length) }
    case 'options':
      return Object.fromEntries(
        field('shares')
          .split('\n')
          .filter((line) => line.includes(':'))
          .map((line) => [
            line.slice(0, line.lastIndexOf(':')).trim(),
            share(line.slice(line.lastIndexOf(':') + 1).trim()),
          ]),
      )
    case 'interval': {
      const level = share(field('level'))
      const interval = [boundOr(field('from')), boundOr(field('to'))]
      return level === undefined ? { interval } : { interval, level }
    }
    case 'worded': {
      const [low, mid, high] = ['band_low', 'band_mid', 'band_high'].map((name) => share(field(name)))
      const because = field('/probability/because')
      const band = low === undefined && mid === undefined && high === undefined ? {} : { low, mid, high }
      return { words: words === '' ? undefined : words, ...band, ...(because === '' ? {} : { because }) }
    }
    default:
      return undefined
  }
}

/** The field to which a refusal of the probability belongs, by the manner that was chosen. */
export function probabilityField(at: string, manner: string): string | null {
  if (at !== '/probability' && !at.startsWith('/probability/')) return null
  if (at === '/probability/because') return at
  const part = at.slice('/probability/'.length)
  if (manner === 'worded')
    return { low: 'band_low', mid: 'band_mid', high: 'band_high' }[part] ?? '/probability/words'
  if (manner === 'yes' || manner === 'no' || manner.startsWith('leans-')) return '/probability/words'
  if (manner === 'stated') return 'percent'
  if (manner === 'range') return part === 'high' ? 'high' : 'low'
  if (manner === 'options') return 'shares'
  if (manner === 'interval') return part === 'level' ? 'level' : 'from'
  return 'manner'
}

/** The fields that a probability fills in: what `probabilityOf` reads again. */
export function probabilityFields(given: unknown): [string, string][] {
  if (given === undefined || given === null) return []
  if (typeof given !== 'object')
    return [
      ['manner', 'stated'],
      ['percent', percent(given)],
    ]
  const held = given as Readonly<Record<string, unknown>>
  const words: [string, string] = ['/probability/words', written(held.words)]
  if ('leans' in held) return [['manner', `leans-${written(held.leans)}`], words]
  if ('categorical' in held) return [['manner', written(held.categorical)], words]
  if ('interval' in held) {
    const [from, to] = [held.interval].flat()
    return [
      ['manner', 'interval'],
      ['from', written(from)],
      ['to', written(to)],
      ['level', percent(held.level)],
    ]
  }
  if ('words' in held)
    return [
      ['manner', 'worded'],
      words,
      ['band_low', percent(held.low)],
      ['band_mid', percent(held.mid)],
      ['band_high', percent(held.high)],
      ['/probability/because', written(held.because)],
    ]
  if ('low' in held || 'high' in held)
    return [
      ['manner', 'range'],
      ['low', percent(held.low)],
      ['high', percent(held.high)],
    ]
  const shares = Object.entries(held).map(([option, share]) => `${option}: ${percent(share)}`)
  return shares.length === 0
    ? []
    : [
        ['manner', 'options'],
        ['shares', shares.join('\n')],
      ]
}
