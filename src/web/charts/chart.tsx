import type { Child } from 'hono/jsx'
import { unbroken } from '../ui/number.ts'
import { anchorAt } from './scale.ts'

/** The numbers of a drawing as a table: the first cell of each row is its name. */
export type Numbers = { head: readonly string[]; rows: readonly (readonly (string | number)[])[] }

export type Frame = {
  /** Unique on the page. */
  id: string
  title: string
  /** What the drawing shows, in a sentence, for who cannot see it. */
  says: string
  numbers: Numbers
  /** Beneath the drawing; how to read it. */
  caption?: Child
  /** The table stands open where it says more than the drawing. */
  open?: boolean
}

/** One that says itself what it shows, and in which numbers. */
export type Drawn = Omit<Frame, 'numbers' | 'says'>

type FigureProps = Omit<Frame, 'says'> & { name: string; children?: Child }

/** What every chart is: a figure that can be named in an address, how to read it, and a table of the same numbers. */
export function Figure({ id, title, numbers, caption, open, name, children }: FigureProps) {
  return (
    <figure class={`chart ${name}`} id={id}>
      {children}
      {caption === undefined ? null : (
        <figcaption>{typeof caption === 'string' ? unbroken(caption) : caption}</figcaption>
      )}
      {open ? (
        <NumbersTable title={title} numbers={numbers} />
      ) : (
        <details class="behind">
          <summary>The numbers behind the picture</summary>
          <NumbersTable title={title} numbers={numbers} />
        </details>
      )}
    </figure>
  )
}

type ChartProps = Frame & {
  name: string
  /** Fluid: x in per cent of the width, y in pixels, so that letters keep their size at any width. */
  height?: number
  /** Fixed proportions instead. */
  box?: readonly [width: number, height: number]
  children?: Child
}

/** A figure that is one drawing, with title and description. */
export function Chart({ says, height, box, children, ...figure }: ChartProps) {
  const { id, title } = figure
  const size = box ? { viewBox: `0 0 ${box[0]} ${box[1]}` } : { width: '100%', height }
  return (
    <Figure {...figure}>
      <svg class="drawing" role="img" aria-labelledby={`${id}-title ${id}-says`} {...size}>
        <title id={`${id}-title`}>{title}</title>
        <desc id={`${id}-says`}>{says}</desc>
        {children}
      </svg>
    </Figure>
  )
}

/** With more columns, a row becomes a block on a narrow screen. */
const MOST_COLUMNS = 4

export function NumbersTable({ title, numbers }: { title: string; numbers: Numbers }) {
  const [first, ...others] = numbers.head
  // Words stand to the left, figures to the right: as the first row of the column has it.
  const align = (column: number) => (/[a-z]{4}/u.test(String(numbers.rows[0]?.[column + 1])) ? 'text' : 'num')
  return (
    <section class="scroll" tabindex={0} aria-label={`${title}: the numbers`}>
      <table class={numbers.head.length <= MOST_COLUMNS ? 'numbers' : 'numbers stacked'}>
        <thead>
          <tr>
            <th scope="col">{first}</th>
            {others.map((head, i) => (
              <th scope="col" class={align(i)}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {numbers.rows.map(([head, ...cells]) => (
            <tr>
              <th scope="row">
                <bdi dir="auto">{head}</bdi>
              </th>
              {cells.map((cell, i) => (
                <td class={align(i)} data-name={others[i]}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

export type Tick = { value: number; label: string }

type AxisProps = { ticks: readonly Tick[]; place: (value: number) => number; y: number; from?: number }

/** Grid lines from `from` down to `y`, and their labels beneath. */
export function Axis({ ticks, place, y, from = y }: AxisProps) {
  return (
    <g class="grid">
      {ticks.map(({ value, label }) => (
        <>
          {from < y ? <Upright x={place(value)} y1={from} y2={y} /> : null}
          <text
            x={`${place(value)}%`}
            y={y + 18}
            text-anchor={label.length > 5 ? anchorAt(place(value)) : 'middle'}
          >
            {label}
          </text>
        </>
      ))}
    </g>
  )
}

type LineProps = { class?: string; x: number; y1: number; y2: number; width?: number }

/** A line straight down, at so many per cent of the width. */
export const Upright = ({ class: name, x, y1, y2, width }: LineProps) => (
  <line class={name} x1={`${x}%`} x2={`${x}%`} y1={y1} y2={y2} stroke-width={width} />
)

type LevelProps = { class: string; from: number; to: number; y: number }

/** A line across, from and to so many per cent of the width. */
export const Level = ({ class: name, from, to, y }: LevelProps) => (
  <line class={name} x1={`${from}%`} x2={`${to}%`} y1={y} y2={y} />
)
