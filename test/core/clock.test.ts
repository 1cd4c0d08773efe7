import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { doubtOf, isAbout, type Reading, settles, shownTime, timeline } from '../../src/core/clock.ts'

const at = (text: string) => new Date(text)
const reading = (changes: Partial<Reading> = {}): Reading => ({
  wall: at('2026-11-22T10:00:00.000Z'),
  expected: null,
  head: null,
  built: null,
  ...changes,
})
const why = (changes: Partial<Reading>) => doubtOf(reading(changes))?.why ?? null

describe('the clock', () => {
  it('is believed where nothing contradicts it', () => {
    expect(why({})).toBeNull()
    expect(shownTime(reading())).toEqual(at('2026-11-22T10:00:00.000Z'))
  })

  it('is doubted before the day of the build, and not on that day', () => {
    expect(why({ built: '2026-11-22' })).toBeNull()
    expect(why({ built: '2026-11-23' })).toBe('before_build')
  })

  it('is doubted from more than five minutes behind the last entry on', () => {
    expect(why({ head: '2026-11-22T10:05:00.000Z' })).toBeNull()
    expect(why({ head: '2026-11-22T10:05:00.001Z' })).toBe('behind')
    expect(why({ head: '2020-01-01T00:00:00.000Z' })).toBeNull()
  })

  it('is doubted from more than an hour on either side of a clock that nobody sets', () => {
    expect(why({ expected: at('2026-11-22T11:00:00.000Z') })).toBeNull()
    expect(why({ expected: at('2026-11-22T11:00:00.001Z') })).toBe('jumped')
    expect(why({ expected: at('2026-11-22T08:59:59.999Z') })).toBe('jumped')
  })

  it('shows readers the time as it would have gone on', () => {
    const shown = (changes: Partial<Reading>) => shownTime(reading(changes)).toISOString()
    expect(shown({ expected: at('2026-11-22T06:00:00.000Z') })).toBe('2026-11-22T06:00:00.000Z')
    expect(shown({ expected: at('2026-11-22T09:30:00.000Z') })).toBe('2026-11-22T10:00:00.000Z')
    expect(shown({ head: '2027-01-01T00:00:00.000Z' })).toBe('2026-11-22T10:00:00.000Z')
    expect(shown({ built: '2027-02-01' })).toBe('2027-02-01T00:00:00.000Z')
  })

  it('is answered by the entry that its doubt asks for, and by no other', () => {
    const doubt = (changes: Partial<Reading>) =>
      doubtOf(reading(changes)) as { why: 'jumped'; message: string }
    const jumped = doubt({ expected: at('2020-01-01T00:00:00.000Z') })
    const behind = doubt({ head: '2031-01-01T00:00:00.000Z' })
    const early = doubt({ built: '2031-01-01' })
    const types = ['clock.accepted', 'clock.corrected', 'forecast.recorded', undefined] as const
    expect([jumped, behind, early].map((doubted) => types.map((type) => settles(type, doubted)))).toEqual([
      [true, true, false, false],
      [false, true, false, false],
      [false, false, false, false],
    ])
  })

  it('is spoken of by what was said of about the time that it shows', () => {
    const wall = at('2026-11-22T10:00:00.000Z')
    expect(isAbout('2026-11-22T09:50:00.000Z', wall)).toBe(true)
    expect(isAbout('2026-11-22T10:05:00.000Z', wall)).toBe(true)
    expect(isAbout('2026-11-22T09:49:59.999Z', wall)).toBe(false)
    expect(isAbout('2026-11-22T10:05:00.001Z', wall)).toBe(false)
  })
})

const stamp = (time: number) => new Date(Date.UTC(2026, 0, 1) + time * 1000).toISOString()

describe('the times of a log', () => {
  it('never run backwards but at a correction', () => {
    const times = timeline()
    expect(times.follow({ at: stamp(5), type: 'source.recorded' })).toBe(true)
    expect(times.follow({ at: stamp(5), type: 'source.recorded' })).toBe(true)
    expect(times.follow({ at: stamp(4), type: 'clock.accepted' })).toBe(false)
    expect(times.follow({ at: stamp(3), type: 'clock.corrected' })).toBe(true)
  })

  it('are corrected from the first entry that was stamped ahead on, and from no other', () => {
    const corrected = (from: number) => {
      const times = timeline()
      for (const time of [1, 2, 9, 9]) times.follow({ at: stamp(time), type: 'source.recorded' })
      times.follow({ at: stamp(3), type: 'clock.corrected' })
      return times.correct(from)
    }
    expect([1, 2, 3, 4].map(corrected)).toEqual([false, true, false, false])
  })

  it('hold no correction of nothing', () => {
    const times = timeline()
    expect(times.follow({ at: stamp(3), type: 'clock.corrected' })).toBe(true)
    expect(times.correct(0)).toBe(false)
    expect(timeline().correct(0)).toBe(false)
  })

  it('run forwards again behind every correction, however often a clock was wrong', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(50), fc.boolean()), { maxLength: 30 }), (steps) => {
        const times = timeline()
        const counts: number[] = []
        for (const [time, isCorrection] of steps) {
          const last = counts.at(-1) ?? 0
          const stamped = isCorrection ? time : Math.max(last, time)
          const type = isCorrection ? 'clock.corrected' : 'source.recorded'
          expect(times.follow({ at: stamp(stamped), type })).toBe(true)
          counts.push(stamped)
          if (!isCorrection) continue
          const first = counts.findIndex((count) => count > stamped)
          const expected = first === -1 ? null : first
          if (expected === null) expect(times.correct(counts.length - 1)).toBe(false)
          else expect(times.correct(expected)).toBe(true)
          for (let i = 0; i < counts.length; i++) counts[i] = Math.min(counts[i] as number, stamped)
        }
      }),
    )
  })
})
