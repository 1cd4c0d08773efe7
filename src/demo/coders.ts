import { addDays } from '../core/calendar.ts'
import { type JointPassage, jointOf, type PassageRequest } from '../core/coding.ts'
import type { QuestionRequest } from '../core/question.ts'
import type { Claim, Joined } from './calendar.ts'

/** What the words of the invented interviews are taken for. */
const BANDS: Readonly<Record<string, readonly [low: number, high: number]>> = {
  likely: [0.6, 0.85],
  unlikely: [0.1, 0.3],
  'almost no chance': [0, 0.1],
  might: [0.2, 0.6],
  'very likely': [0.8, 0.95],
}
const two = (value: number) => Number(Math.min(1, Math.max(0, value)).toFixed(2))

type Asked = (claim: Claim & { probability: unknown }) => Pick<QuestionRequest, 'title' | 'deadline'>
type Said = { words?: string; categorical?: string }

/** A forecast as a careful reader takes it. */
function forecast(claim: Claim & { probability: unknown }, asked: Asked): PassageRequest {
  const { title, deadline } = asked(claim)
  const common = { quote: claim.quote, event: title, deadline: deadline.date }
  if (typeof claim.probability === 'number') {
    const at = claim.probability
    return { ...common, kind: 'number', band: { low: at, high: at }, own: two(at - 0.05) }
  }
  const { words = '', categorical } = claim.probability as Said
  if (categorical !== undefined) {
    const [low, high] = categorical === 'no' ? [0, 0.1] : [0.9, 1]
    return { ...common, kind: 'flat', band: { low, high }, own: categorical === 'no' ? 0.2 : 0.75 }
  }
  const [low, high] = BANDS[words] ?? [0.3, 0.7]
  return { ...common, kind: 'words', words, band: { low, high }, own: two((low + high) / 2 + 0.05) }
}

function careful(claims: readonly Claim[], asked: Asked): PassageRequest[] {
  const original = (key: string) => claims.find((claim) => claim.key === key)
  return claims.map((claim): PassageRequest => {
    if ('reason' in claim) {
      const reason = claim.reason ?? 'no_event'
      return { quote: claim.quote, kind: reason === 'no_event' ? 'vague' : 'no_forecast', reason }
    }
    const said = 'duplicate_of' in claim ? original(claim.duplicate_of) : claim
    if (said === undefined || !('probability' in said)) throw new Error(`${claim.quote}: of what?`)
    return { ...forecast(said, asked), quote: claim.quote }
  })
}

const withoutFirst = (quote: string) => quote.slice(quote.indexOf(' ') + 1)

/** Another reader: marks a little less, reads some words more boldly, and now and then something else. */
const hasty = (passages: readonly PassageRequest[]): PassageRequest[] =>
  passages.flatMap((passage, i): PassageRequest[] => {
    if (!('event' in passage)) {
      if (i % 4 === 2) return []
      return [i % 7 === 4 ? { ...passage, kind: 'no_forecast', reason: 'present_state' } : passage]
    }
    const { quote, band, own, words } = passage
    if (words === 'might') return [{ quote, kind: 'vague', reason: 'too_wide' }]
    const read = {
      ...passage,
      quote: i % 5 === 0 ? withoutFirst(quote) : quote,
      deadline: i % 9 === 4 ? addDays(passage.deadline, -1) : passage.deadline,
      own: two(own + (i % 2 === 0 ? 0.1 : -0.1)),
    }
    if (passage.kind !== 'words') return [read]
    return [{ ...read, band: { low: band.low, high: two(band.high + (i % 3 === 0 ? 0.15 : 0)) } }]
  })

/** What two made of the claims of an interview. */
export function twoCodings(claims: readonly Claim[], asked: Asked): [PassageRequest[], PassageRequest[]] {
  const first = careful(claims, asked)
  return [first, hasty(first)]
}

/** In words rather than by place: which of two is first follows from a hash. */
const better = (a: JointPassage, b: JointPassage): number =>
  b.quote.length - a.quote.length ||
  ('event' in a ? a.deadline : '').localeCompare('event' in b ? b.deadline : '')

/** The longer quote of two, as wide as either band; of what one marked alone, whatever is a forecast or too vague. */
export const joined: Joined = (pairs) => {
  const own: JointPassage[] = []
  const takes = pairs.map(({ first, second }) => {
    if (first === null || second === null) {
      const alone = first ?? second
      const take = first === null ? 'second' : 'first'
      return alone?.kind === 'no_forecast' ? 'neither' : take
    }
    const [a, b] = [jointOf(first), jointOf(second)]
    if ('event' in a && 'event' in b && a.band.high !== b.band.high) {
      const [read] = [a, b].sort(better) as [typeof a]
      const band = { low: Math.min(a.band.low, b.band.low), high: Math.max(a.band.high, b.band.high) }
      const middle = { low: band.low, high: two(band.high - 0.05) }
      own.push({ ...read, band: middle })
      return 'own'
    }
    if ('event' in a !== 'event' in b) return 'event' in a ? 'first' : 'second'
    return better(a, b) <= 0 ? 'first' : 'second'
  })
  return {
    takes,
    own: own.map(({ start: _, end: __, origin: ___, ...read }) => read),
    because: 'By the codebook; where two bands differ, one between them.',
  }
}
