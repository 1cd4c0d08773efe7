import type { NamedHorizon } from '../grammar/horizon.ts'
import type { Quantity, Reading, Sentence, Told, Voice } from '../grammar/language.ts'
import { type Claim, claimsIn } from './claim.ts'
import { reasonsOf, scoreOf, THRESHOLD } from './cue.ts'
import { datesOf } from './date.ts'
import { eventOf } from './event.ts'
import { frameOf } from './frame.ts'
import { horizonsIn } from './horizon.ts'
import { measuresIn, subjectOf } from './quantity.ts'

// Before every time that anybody speaks of: without a date of publication nothing lies in the past.
const ANY_TIME = '1900-01-01'
const ASKS = /\?["'”’»)\s]*$/u

/** What a sentence tells: one entry for each forecast in it, and one where there is none. */
export function read({ text, voice, published }: Sentence): readonly [Told, ...Told[]] {
  const times = horizonsIn(text, published ?? ANY_TIME)
  const said = { voice, ahead: times.length > 0 }
  const whole: Claim = { frame: frameOf(text, said), start: 0, end: text.length }
  if (ASKS.test(text))
    return [{ ...tellingOf(whole, voice, times, true), reading: { kind: 'none' }, suggested: false }]
  const claims = claimsIn(whole, said)
  const each = claims.map((claim, i) => ({
    claim,
    told: under(claims.slice(0, i), tellingOf(claim, voice, within(times, claim), false)),
  }))
  const suggested = each.filter(({ told }) => told.suggested)
  const [first, ...more] =
    suggested.length > 1 ? suggested : [{ claim: whole, told: tellingOf(whole, voice, times, false) }]
  if (first === undefined) return [tellingOf(whole, voice, times, false)]
  const isOne = more.length === 0
  const [told, ...others] = [first, ...more].flatMap((one) => counted(one.told, one.claim, text, isOne))
  return told === undefined ? [first.told] : [told, ...others]
}

const within = (times: readonly NamedHorizon[], { start, end }: Claim): NamedHorizon[] =>
  times.filter((time) => start <= time.start && time.end <= end)

function tellingOf(
  { frame, start }: Claim,
  voice: Voice,
  times: readonly NamedHorizon[],
  asks: boolean,
): Told {
  const reasons = reasonsOf(frame, voice, times, asks)
  const score = scoreOf(reasons)
  const date = datesOf(frame, times)
  const reading = moved(frame.reading, start)
  return {
    suggested: score >= THRESHOLD && reading.kind !== 'none',
    score,
    reasons,
    reading: date === null ? reading : asking(reading, WHEN),
    event: eventOf(
      frame,
      times.map((time) => ({ ...time, start: time.start - start, end: time.end - start })),
    ),
    quantity: null,
    date,
  }
}

const WHEN = 'a forecast of a date: how sure was it, and which days count as right?'
const HOW_MUCH = 'a forecast of a number: what counts as right, which interval around it?'
const INTERVAL = 'a forecast of a number: an interval was named, and not how sure it is'

/** What was said flatly of a number or of a date is no yes or no. */
const asking = (reading: Reading, why: string): Reading =>
  reading.kind === 'flat'
    ? { kind: 'asks', why, words: reading.words, start: reading.start, end: reading.end }
    : reading

const moved = (reading: Reading, by: number): Reading =>
  reading.start === undefined || reading.end === undefined
    ? reading
    : { ...reading, start: reading.start + by, end: reading.end + by }

/** "Думаю, рубль ослабнет, а цены вырастут": what stands above the first clause may stand above the next. */
function under(before: readonly Claim[], told: Told): Told {
  if (told.reading.kind !== 'flat') return told
  for (const { frame, start } of before) {
    const above = frame.phrases.find(({ layer }) => ABOVE.has(layer))
    const words =
      above === undefined
        ? null
        : frame.text.slice(frame.tokens[above.first]?.start, frame.tokens[above.last]?.end)
    const condition = frame.parts.find(({ kind }) => kind === 'condition')
    if (words === null && condition === undefined) continue
    const why =
      words === null
        ? 'a condition stands before it: does it hold here, too, as a part of the event?'
        : `“${words}” stands before it: does it weigh this, too?`
    const reading: Reading = {
      ...asking(told.reading, why),
      ...(words === null ? { open: 'condition' as const } : {}),
    }
    return start >= 0 ? { ...told, reading } : told
  }
  return told
}
const ABOVE = new Set(['attitude', 'hedge', 'unknown', 'others', 'forecast'])

/** A forecast of several numbers is as many forecasts. */
function counted(told: Told, { frame, start, end }: Claim, text: string, isOne: boolean): Told[] {
  const measures = told.suggested ? measuresIn(frame) : []
  const place = { start, end: start + text.slice(start, end).trimEnd().replace(/[,;]$/u, '').length }
  if (measures.length === 0) return [isOne ? told : { ...told, part: place }]
  const what = subjectOf(frame)
  return measures.map(({ first, last, ...measure }, i): Told => {
    const next = measures[i + 1]
    const begins = i === 0 ? place.start : start + (frame.tokens[first]?.start ?? 0)
    const ends =
      next === undefined
        ? place.end
        : start + (frame.tokens[before(frame.tokens, next.first, last)]?.end ?? 0)
    const quantity: Quantity = { what, ...measure }
    const why = measure.value === undefined ? INTERVAL : HOW_MUCH
    const only = isOne && measures.length === 1
    return {
      ...told,
      reading: asking(told.reading, why),
      quantity,
      ...(only ? {} : { part: { start: begins, end: ends } }),
    }
  })
}

/** The last token before what joins the next number. */
function before(tokens: Claim['frame']['tokens'], next: number, last: number): number {
  for (let at = next - 1; at > last; at--) if (/^(?:и|а|,|—)$/u.test(tokens[at]?.word ?? '')) return at - 1
  return Math.max(last, next - 1)
}
