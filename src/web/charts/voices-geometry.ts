import type { Tick } from './chart.tsx'
import { rounded } from './scale.ts'
import { fitted, textWidth } from './text-width.ts'
import { timeTicks } from './time-scale.ts'

/** What somebody said: when, and how high on the scale, all from 0 to 1. */
export type Voice = {
  href: string
  /** Whose it is, and what was given where that is a number or words, beside the mark. */
  name: string
  given: string | null
  says: string
  from: Date
  to: Date
  /** Until it was changed or taken back, or one could know. */
  until: Date
  low: number
  mid: number | null
  high: number
  /** Filled where the claim came true, hollow where it did not, else neither. */
  look: 'came-true' | 'did-not' | 'plain'
  /** What the same person said next. */
  next: number | null
}
/** One scale from bottom to top, with all that was said on it. */
export type Panel = {
  title: string | null
  voices: readonly Voice[]
  /** Where the outcome lies, and how it reads. */
  outcome: { at: number; text: string } | null
}

export type Line = { at: Date; text: string; kind: 'deadline' | 'today' | 'known' }

export type Shape = {
  panels: readonly Panel[]
  ticks: readonly Tick[]
  lines: readonly Line[]
  /** When one could know; before it the outcome is not drawn. */
  known: Date | null
}

export const [FIRST, LAST] = [12, 97]
export const [NARROW, WIDE] = [320, 700]
const DAY_MS = 86_400_000
const [TOP, GAP, PANEL, ONLY] = [38, 44, 84, 230]
/** Marks this far apart, in px, do not cover each other. */
const APART = 11
/** Of one time; more are counted. */
const MOST_NAMED = 5
const LINE = 15

/** Where all of it stands: x in per cent of the width, y in px. */
export function voicesGeometry({ panels, ticks, lines, known }: Shape) {
  const times = [
    ...panels.flatMap(({ voices }) => voices.flatMap(({ from, to }) => [from, to])),
    ...lines.map(({ at }) => at),
    ...(known === null ? [] : [known]),
  ].map(Number)
  const [first, last] = [Math.min(...times), Math.max(...times)]
  const room = Math.max(3 * DAY_MS, (last - first) * 0.04)
  const [start, end] = [first - room, last + 4 * room]
  const place = (at: Date | number) =>
    rounded(FIRST + ((Number(at) - start) / (end - start)) * (LAST - FIRST))
  const high = panels.length === 1 ? ONLY : PANEL
  const drawn = panels.map((panel, i) => {
    const top = TOP + i * (high + GAP)
    const level = (value: number) => rounded(top + (1 - value) * high)
    const marks = dodged(panel.voices, place, level)
    const edge = panel.outcome === null ? null : level(panel.outcome.at)
    const told = (width: number): Box[] =>
      edge === null || panel.outcome === null || known === null
        ? []
        : [
            outcomeBox(
              toldIn(panel.outcome.text, width),
              (place(known) * width) / 100,
              edge,
              edge > top + high / 2,
              width,
            ),
          ]
    return {
      ...panel,
      top,
      bottom: top + high,
      marks,
      grid: ticks.map(({ value, label }) => ({ y: level(value), label })),
      edge,
      labels: {
        wide: labelled(marks, WIDE, 330, told(WIDE)),
        narrow: labelled(marks, NARROW, 150, told(NARROW)),
      },
    }
  })
  const bottom = drawn.at(-1)?.bottom ?? TOP
  return { place, drawn, bottom, ticks: timeTicks(start, end, 6), end: LAST }
}

export type Drawing = {
  voice: Voice
  x: number
  span: number
  off: number
  top: number
  middle: number
  bottom: number
  next: number | null
}

/** Marks that would cover each other stand side by side, by whole widths of a mark. */
function dodged(
  voices: readonly Voice[],
  place: (at: Date) => number,
  level: (value: number) => number,
): Drawing[] {
  const made: Drawing[] = []
  for (const voice of [...voices].sort((a, b) => Number(a.to) - Number(b.to))) {
    const x = place(voice.to)
    const [top, bottom] = [level(voice.high) - 6, level(voice.low) + 6]
    const isFree = (off: number) =>
      made.every(
        (other) =>
          Math.abs(((other.x - x) * NARROW) / 100 + other.off - off) >= APART ||
          other.bottom <= top ||
          other.top >= bottom,
      )
    const off = [0, 1, -1, 2, -2, 3, -3].map((k) => k * APART).find(isFree) ?? 0
    made.push({
      voice,
      x,
      span: x - place(voice.from),
      off,
      top,
      middle: voice.mid === null ? (top + bottom) / 2 : level(voice.mid),
      bottom,
      next: voice.next === null ? null : level(voice.next),
    })
  }
  return made
}

export type Label = { text: string; x: number; off: number; y: number; anchor: 'start' | 'end'; long: number }
type Box = { left: number; right: number; top: number; bottom: number }

const meets = (a: Box, b: Box) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom

/** Lines of text under each other, each as near to where it belongs as the others allow. */
function stacked(wanted: readonly number[]): number[] {
  const at = wanted.map((y, i) =>
    Math.max(y, ...wanted.slice(0, i).map((other, k) => other + (i - k) * LINE)),
  )
  const shift = Math.max(0, ...at.map((y, i) => y - (wanted[i] as number))) / 2
  return at.map((y) => y - shift)
}

/** Beside the marks, or else by whole lines above them. */
const PLACES = [0, -1, -2, -3].flatMap((shift) => [['start', shift] as const, ['end', shift] as const])

/** Marks of one time. */
function timesOf(marks: readonly Drawing[], width: number): Drawing[][] {
  const times: Drawing[][] = []
  for (const mark of [...marks].sort((a, b) => a.x - b.x)) {
    const last = times.at(-1)
    if (last !== undefined && ((mark.x - (last[0] as Drawing).x) * width) / 100 < APART) last.push(mark)
    else times.push([mark])
  }
  return times
}

/** The lines that name the marks of one time, by height; of many only how many they are. */
function linesOf(time: readonly Drawing[], widest: number): { text: string; y: number }[] {
  const own = [...time].sort((a, b) => a.middle - b.middle)
  const middles = own.map(({ middle }) => middle)
  if (own.length > MOST_NAMED)
    return [{ text: `${own.length} forecasts`, y: middles.reduce((sum, y) => sum + y, 0) / own.length }]
  return stacked(middles).map((y, i) => ({ text: labelOf((own[i] as Drawing).voice, widest), y }))
}

/** "Cleo Marsh: almost no chance". What was given stays whole: a name is told again below. */
function labelOf({ name, given }: Voice, widest: number): string {
  const after = given === null ? '' : `: ${given}`
  return `${fitted(name, widest - textWidth(after))}${after}`
}

/** What happened is told in letters a little wider than those of names. */
const STRONG = 1.15
export const toldIn = (text: string, width: number): string =>
  fitted(text, ((100 - FIRST) * width) / 100 / STRONG)

/** Where it is told. */
function outcomeBox(text: string, from: number, edge: number, isLow: boolean, width: number): Box {
  const long = textWidth(text) * STRONG
  const [left, right] = from > width / 2 ? [width - long, width] : [from, from + long]
  const base = isLow ? edge - 5 : edge + 16
  return { left, right, top: base - 10, bottom: base + 2 }
}

/** Names stand in a column beside the marks of their time, as long as they cover no other name and no other mark. */
function labelled(marks: readonly Drawing[], width: number, widest: number, said: readonly Box[]): Label[] {
  const px = ({ x, off }: Drawing) => (x * width) / 100 + off
  const boxOf = (mark: Drawing): Box => ({
    left: px(mark) - 7,
    right: px(mark) + 7,
    top: mark.top,
    bottom: mark.bottom,
  })
  const taken: Box[] = [...said]
  return timesOf(marks, width).flatMap((time): Label[] => {
    const others = marks.filter((mark) => !time.includes(mark)).map(boxOf)
    const lines = linesOf(time, widest)
    for (const [anchor, shift] of PLACES) {
      const side = anchor === 'start' ? Math.max(...time.map(px)) + 11 : Math.min(...time.map(px)) - 11
      const boxes = lines.map(({ text, y }): Box => {
        const long = textWidth(text)
        const left = anchor === 'start' ? side : side - long
        const middle = y + shift * LINE
        return { left, right: left + long, top: middle - LINE / 2 + 0.5, bottom: middle + LINE / 2 - 0.5 }
      })
      const fits = boxes.every(
        (box) =>
          box.left >= (FIRST * width) / 100 - 8 &&
          box.right <= width &&
          ![...others, ...taken].some((other) => meets(box, other)),
      )
      if (!fits) continue
      taken.push(...boxes)
      const { x } = time[0] as Drawing
      return lines.map(({ text, y }) => ({
        text,
        x,
        off: side - (x * width) / 100,
        y: y + shift * LINE,
        anchor,
        long: textWidth(text),
      }))
    }
    return []
  })
}
