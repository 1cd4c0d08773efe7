import * as paths from '../../http/paths.ts'
import type { HorizonItem, Horizon as Kept } from '../../store/horizon.ts'
import { dayText } from '../ui/date.tsx'
import { counted } from '../ui/number.ts'
import { Axis, Chart, type Drawn, Mark, Upright } from './chart.tsx'
import { anchorAt, rounded } from './scale.ts'
import { fitted, textWidth } from './text-width.ts'
import { spaced, timeTicks } from './time-scale.ts'

const DAY_MS = 86_400_000
/** Room at both ends, in per cent of the width. */
const [FIRST, LAST] = [3, 97]
/** The widths for which marks and labels are laid out; wider, they stand farther apart. */
const [NARROW, WIDE] = [320, 820]
const [LEAST, MOST] = [5, 13]
const GAP = 2
/** A heap that would be higher is cut off; the table has all. */
const MOST_HIGH = 190
const LINE = 16

/** One voice is a small mark, and the area grows with the voices. */
const radiusOf = (voices: number) => Math.min(MOST, LEAST * Math.sqrt(Math.max(1, voices)))

/** What lies much farther ahead than most, or behind, stands at the end of the axis. */
function endOf(distances: readonly number[]): number {
  const sorted = [...distances].sort((a, b) => a - b)
  const [last = 0, most = 0] = [sorted.at(-1), sorted[Math.floor((sorted.length - 1) * 0.8)]]
  return last > 5 * most && most > 0 ? 1.5 * most : last
}

function scaleOf(items: readonly HorizonItem[], now: Date) {
  const away = items.map(({ at }) => at.getTime() - now.getTime())
  const before = endOf(away.filter((ms) => ms < 0).map((ms) => -ms))
  const after = endOf(away.filter((ms) => ms >= 0))
  const room = Math.max(7 * DAY_MS, (before + after) * 0.03)
  const [from, to] = [now.getTime() - before - room, now.getTime() + after + room]
  const place = (at: number) =>
    rounded(FIRST + (LAST - FIRST) * Math.min(1, Math.max(0, (at - from) / (to - from))))
  return {
    place,
    ticks: timeTicks(from, to, 7),
    isBeyond: (ms: number) => ms < from || ms > to,
  }
}

type Placed = { item: HorizonItem; x: number; y: number; r: number }

/** Marks that would cover each other stand upon each other: `y` is the height above the axis. */
function heaped(items: readonly HorizonItem[], place: (at: number) => number): Placed[] {
  const placed: Placed[] = []
  const byVoices = [...items].sort((a, b) => b.voices - a.voices || a.at.getTime() - b.at.getTime())
  for (const item of byVoices) {
    const [x, r] = [place(item.at.getTime()), radiusOf(item.voices)]
    const near = placed.filter((other) => Math.abs(other.x - x) * (NARROW / 100) < other.r + r + GAP)
    const free = (y: number) =>
      near.every(
        (other) => Math.hypot((other.x - x) * (NARROW / 100), other.y - y) >= other.r + r + GAP - 1e-6,
      )
    const tops = near.map((other) => other.y + other.r + r + GAP)
    const y = [r + GAP, ...tops].sort((a, b) => a - b).find(free) ?? r + GAP
    if (y + r <= MOST_HIGH) placed.push({ item, x, y, r })
  }
  return placed.sort((a, b) => a.item.at.getTime() - b.item.at.getTime() || a.y - b.y)
}

/** The day stands on the axis. */
const undated = (title: string): string =>
  title.replace(/^By \d{1,2} \p{L}+ \d{4}, (.)/u, (_, first: string) => first.toUpperCase())

type Label = { text: string; x: number; y: number; anchor: 'start' | 'middle' | 'end'; foot: number }
type Box = { left: number; right: number; low: number; high: number }

const meets = (a: Box, b: Box) => a.left < b.right && b.left < a.right && a.low < b.high && b.low < a.high

/** The heaps with most voices are named, as long as no name covers another or a mark. */
function labelled(placed: readonly Placed[], width: number, widest: number): Label[] {
  const px = (x: number) => (x * width) / 100
  const heaps = new Map<number, Placed[]>()
  for (const mark of placed) heaps.set(mark.x, [...(heaps.get(mark.x) ?? []), mark])
  const marks = placed.map(
    ({ x, y, r }): Box => ({ left: px(x) - r, right: px(x) + r, low: y - r, high: y + r }),
  )
  const taken: Box[] = []
  const labels: Label[] = []
  const voices = (heap: readonly Placed[]) => heap.reduce((sum, { item }) => sum + item.voices, 0)
  for (const heap of [...heaps.values()].sort((a, b) => voices(b) - voices(a))) {
    const [{ x }, most] = [heap[0] as Placed, [...heap].sort((a, b) => b.r - a.r)[0] as Placed]
    const foot = Math.max(...heap.map(({ y, r }) => y + r))
    const rest =
      heap.length > 1
        ? ` and ${heap.length - 1} more`
        : most.item.voices > 1
          ? `: ${most.item.voices} voices`
          : ''
    const text = `${fitted(undated(most.item.title), widest)}${rest}`
    const anchor = anchorAt(x)
    const long = textWidth(text)
    const left = px(x) - (anchor === 'middle' ? long / 2 : anchor === 'end' ? long : 0)
    const place = [0, 1, 2, 3]
      .map((k) => foot + 5 + k * LINE)
      .find((y) => {
        const box = { left: left - 4, right: left + long + 4, low: y, high: y + LINE - 2 }
        const isInside = box.left > -8 && box.right < width + 8
        return isInside && ![...marks, ...taken].some((other) => meets(box, other))
      })
    if (place === undefined) continue
    taken.push({ left: left - 4, right: left + long + 4, low: place, high: place + LINE - 2 })
    taken.push({ left: px(x) - 1, right: px(x) + 1, low: foot, high: place })
    labels.push({ text, x, y: place, anchor, foot })
  }
  return labels
}

/** Where everything stands: x in per cent of the width, y in pixels above the axis. */
export function horizonGeometry(items: readonly HorizonItem[], now: Date) {
  const { place, ticks, isBeyond } = scaleOf(items, now)
  const placed = heaped(items, place)
  const labels = { wide: labelled(placed, WIDE, 250), narrow: labelled(placed, NARROW, 130) }
  const tops = [
    ...placed.map(({ y, r }) => y + r),
    ...[labels.wide, labels.narrow].flat().map(({ y }) => y + LINE),
  ]
  return {
    today: place(now.getTime()),
    placed,
    ticks,
    labels,
    height: Math.max(40, ...tops) + 22,
    beyond: items.filter(({ at }) => isBeyond(at.getTime())).length,
    hidden: items.length - placed.length,
    place,
  }
}

const WAITS: Partial<Record<HorizonItem['state'], string>> = {
  due: 'needs a decision',
  proposed: 'an outcome is proposed',
}

/** "14 Dec 2026: Valdora raises a tariff (4 voices)". */
const saysOf = ({ day, title, voices, state }: HorizonItem): string =>
  `${[dayText(day), ...(WAITS[state] === undefined ? [] : [WAITS[state]])].join(', ')}: ${title} (${
    voices === 0 ? 'nobody spoke yet' : counted(voices, 'voice')
  })`

type Props = Drawn & { horizon: Kept; now: Date }

/** Every open question at its deadline on one axis with today: the more voices the larger, red where it has passed. */
export function Horizon({ horizon: { items, all }, now, ...figure }: Props) {
  if (items.length === 0) return null
  const { placed, ticks, today, labels, height, beyond, hidden, place } = horizonGeometry(items, now)
  const missing = hidden + all - items.length
  return (
    <Chart
      name="horizon"
      linked
      height={height + 26}
      says={`${counted(items.length, 'open question')}, at their deadlines.`}
      numbers={{
        head: ['Question', 'Deadline', 'Voices', 'State'],
        rows: items.map(({ title, day, voices, state }) => [
          title,
          dayText(day),
          voices,
          WAITS[state] ?? 'open',
        ]),
      }}
      caption={
        beyond + missing === 0
          ? undefined
          : [
              beyond === 0
                ? ''
                : `${counted(beyond, 'mark')} at an end of the axis ${beyond === 1 ? 'lies' : 'lie'} farther away.`,
              missing === 0
                ? ''
                : `${counted(missing, 'question')} more ${missing === 1 ? 'is' : 'are'} not drawn.`,
            ]
              .filter((part) => part !== '')
              .join(' ')
      }
      {...figure}
    >
      {(['wide', 'narrow'] as const).map((which) => (
        <g class={`${which}-labels`}>
          <Axis ticks={spaced(ticks, place, which === 'wide' ? WIDE : NARROW)} place={place} y={height} />
        </g>
      ))}
      <line class="base" x1="0" x2="100%" y1={height} y2={height} />
      <g class="today">
        <Upright x={today} y1={16} y2={height} />
        <text class="dark" x={`${today}%`} y="11" text-anchor={anchorAt(today)}>
          today
        </text>
      </g>
      {(['wide', 'narrow'] as const).map((which) => (
        <g class={`${which}-labels`}>
          {labels[which].map(({ text, x, y, anchor, foot }) => (
            <>
              {y - foot > LINE ? <Upright class="leader" x={x} y1={height - y} y2={height - foot} /> : null}
              <text class="dark" x={`${x}%`} y={height - y - 3} text-anchor={anchor}>
                {text}
              </text>
            </>
          ))}
        </g>
      ))}
      {placed.map((mark, i) => (
        <Mark
          href={paths.question(mark.item.question)}
          says={saysOf(mark.item)}
          first={i === 0}
          class={mark.item.at < now ? 'mark-of passed' : 'mark-of'}
        >
          <Sign mark={mark} bottom={height} />
        </Mark>
      ))}
    </Chart>
  )
}

/** Round where the day lies ahead, square where it has passed: not by colour alone; hollow where an outcome is proposed. */
function Sign({ mark: { item, x, y, r }, bottom }: { mark: Placed; bottom: number }) {
  return item.state === 'due' ? (
    <rect
      x={`${x}%`}
      y={rounded(bottom - y - r * 0.85)}
      transform={`translate(${rounded(-r * 0.85)} 0)`}
      width={rounded(r * 1.7)}
      height={rounded(r * 1.7)}
      rx={1.5}
    />
  ) : (
    <circle
      class={item.state === 'proposed' ? 'hollow' : undefined}
      cx={`${x}%`}
      cy={rounded(bottom - y)}
      r={rounded(r)}
    />
  )
}
