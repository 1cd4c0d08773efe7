import { Chart, type Drawn, Level, Mark, type Numbers, type Tick, Upright } from './chart.tsx'
import { anchorAt, rounded } from './scale.ts'
import { fitted, textWidth } from './text-width.ts'
import { spaced, timeTicks } from './time-scale.ts'

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

type Line = { at: Date; text: string; kind: 'deadline' | 'today' | 'known' }

type Shape = {
  panels: readonly Panel[]
  ticks: readonly Tick[]
  lines: readonly Line[]
  /** When one could know; before it the outcome is not drawn. */
  known: Date | null
}

const [FIRST, LAST] = [12, 97]
const [NARROW, WIDE] = [320, 700]
const DAY_MS = 86_400_000
const [TOP, GAP, PANEL, ONLY] = [38, 44, 84, 230]
/** Marks this far apart, in px, do not cover each other. */
const APART = 11
/** With more voices their lines would hide each other. */
const MOST_LINES = 14
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

type Drawing = {
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

type Label = { text: string; x: number; off: number; y: number; anchor: 'start' | 'end'; long: number }
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
const toldIn = (text: string, width: number): string => fitted(text, ((100 - FIRST) * width) / 100 / STRONG)

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

type Props = Drawn & Shape & { says: string; numbers: Numbers }

/** What everybody said about one question over time, the deadline, and what happened. */
export function Voices({ panels, ticks, lines, known, ...figure }: Props) {
  const at = voicesGeometry({ panels, ticks, lines, known })
  const { place, drawn, bottom } = at
  const all = drawn.reduce((n, { marks }) => n + marks.length, 0)
  const first = drawn.flatMap(({ marks }) => marks)[0]
  return (
    <Chart name="voices" linked height={bottom + 26} {...figure}>
      <TimeAxis at={at} />
      {lines.map((line, i) => (
        <Vertical line={line} x={place(line.at)} bottom={bottom} row={i} />
      ))}
      {drawn.map(({ title, top, grid, marks, edge, outcome, labels, bottom: foot }) => (
        <g>
          {title === null ? null : (
            <text class="row-label dark strong" x="0" y={top - 16}>
              {title}
            </text>
          )}
          {grid.map(({ y, label }) => (
            <g class="grid">
              <line x1={`${FIRST - 2}%`} x2="100%" y1={y} y2={y} />
              <text x="0" y={y + 4}>
                {label}
              </text>
            </g>
          ))}
          {all > MOST_LINES ? null : marks.map((mark) => <Step mark={mark} end={place(mark.voice.until)} />)}
          {edge === null || outcome === null || known === null ? null : (
            <Outcome from={place(known)} y={edge} text={outcome.text} isLow={edge > (top + foot) / 2} />
          )}
          {marks.map((mark) => (
            <Mark
              href={mark.voice.href}
              says={mark.voice.says}
              first={mark === first}
              class={`mark-of ${mark.voice.look}`}
            >
              <Said mark={mark} />
            </Mark>
          ))}
          {(['wide', 'narrow'] as const).map((which) => (
            <g class={`${which}-labels`}>
              {labels[which].map((label) => (
                <Name {...label} />
              ))}
            </g>
          ))}
        </g>
      ))}
    </Chart>
  )
}

/** A name, and paper under it so that no line goes through. */
const Name = ({ text, x, off, y, anchor, long }: Label) => (
  <>
    <rect
      class="paper"
      x={`${x}%`}
      transform={`translate(${rounded(anchor === 'start' ? off - 2 : off - long - 2)} 0)`}
      y={rounded(y - 7)}
      width={rounded(long + 4)}
      height={14}
    />
    <text class="dark" x={`${x}%`} dx={rounded(off)} y={rounded(y + 4)} text-anchor={anchor}>
      {text}
    </text>
  </>
)

const TimeAxis = ({ at: { ticks, place, bottom } }: { at: ReturnType<typeof voicesGeometry> }) => (
  <>
    {(['wide', 'narrow'] as const).map((which) => (
      <g class={`${which}-labels grid`}>
        {spaced(ticks, place, which === 'wide' ? WIDE : NARROW).map(({ value, label }) => (
          <text
            x={`${place(value)}%`}
            y={bottom + 22}
            text-anchor={label.length > 6 ? anchorAt(place(value)) : 'middle'}
          >
            {label}
          </text>
        ))}
      </g>
    ))}
  </>
)

/** The deadline or today, through all panels; their names one above the other. */
const Vertical = ({ line, x, bottom, row }: { line: Line; x: number; bottom: number; row: number }) => (
  <g class={`upright ${line.kind}`}>
    <Upright x={x} y1={row * 14 + 4} y2={bottom} />
    <text
      class="dark"
      x={`${x}%`}
      dx={x > 50 ? -5 : 5}
      y={row * 14 + 10}
      text-anchor={x > 50 ? 'end' : 'start'}
    >
      {line.text}
    </text>
  </g>
)

/** As long as it stood, and where it went then. */
const Step = ({ mark, end }: { mark: Drawing; end: number }) => (
  <g class={`step ${mark.voice.look}`}>
    {end <= mark.x ? null : <Level class="stood" from={mark.x} to={end} y={mark.middle} />}
    {mark.next === null ? null : <Upright class="stood" x={end} y1={mark.middle} y2={mark.next} />}
  </g>
)

/** From when one could know, the end of the scale at which it lies. */
const Outcome = ({ from, y, text, isLow }: { from: number; y: number; text: string; isLow: boolean }) => (
  <g class="outcome">
    <line x1={`${from}%`} x2="100%" y1={y} y2={y} />
    {(['wide', 'narrow'] as const).map((which) => (
      <text
        class={`dark strong ${which}-labels`}
        x={from > 50 ? '100%' : `${from}%`}
        y={isLow ? y - 5 : y + 16}
        text-anchor={from > 50 ? 'end' : 'start'}
      >
        {toldIn(text, which === 'wide' ? WIDE : NARROW)}
      </text>
    ))}
  </g>
)

/** A number is a dot; words are a bar as far as readers hear them, with a line in the middle. */
function Said({ mark: { voice, x, off, span, top, middle, bottom } }: { mark: Drawing }) {
  const aside = (by: number) => `translate(${by} 0)`
  return (
    <>
      {span < 0.8 ? null : <Level class="said-between" from={x - span} to={x} y={middle} />}
      {voice.low === voice.high ? (
        <circle cx={`${x}%`} transform={aside(off)} cy={middle} r={5.5} />
      ) : (
        <>
          <rect
            class="said-bar"
            x={`${x}%`}
            transform={aside(off - 4.5)}
            y={top + 6}
            width={9}
            height={Math.max(2, bottom - top - 12)}
            rx={3}
          />
          {voice.mid === null ? null : (
            <rect
              class="said-mid"
              x={`${x}%`}
              transform={aside(off - 7)}
              y={middle - 1}
              width={14}
              height={2}
            />
          )}
        </>
      )}
    </>
  )
}
