import type { Child } from 'hono/jsx'
import { unbroken } from '../ui/number.ts'
import { Original } from '../ui/original.tsx'
import { anchorAt } from './scale.ts'

/** The numbers of a drawing as a table: the first cell of each row is its name. */
export type Numbers = { head: readonly string[]; rows: readonly (readonly (string | number)[])[] }

/** Where the same chart is found otherwise; what has no address is not offered. */
export type Elsewhere = { image?: string | undefined; data?: string | undefined; embed?: string | undefined }

export type Frame = {
  /** Unique on the page. */
  id: string
  title: string
  /** What the drawing shows, in a sentence, for who cannot see it. */
  says: string
  numbers: Numbers
  /** What was found, as the heading; where there is none, what stands around the chart has one. */
  heading?: Child
  /** Of which order the heading is. */
  level?: 2 | 3
  /** What is measured, of how many, and how to read it; under the heading. */
  how?: Child
  elsewhere?: Elsewhere
  /** Beneath the drawing. */
  caption?: Child
  /** The table stands open where it says more than the drawing. */
  open?: boolean
}

/** One that says itself what it shows, and in which numbers. */
export type Drawn = Omit<Frame, 'numbers' | 'says'>

type FigureProps = Omit<Frame, 'says'> & { name: string; children?: Child }

/** What every chart is: a finding, how to read it, the drawing, where else it is found, and a table of the same numbers. */
export function Figure({ caption, numbers, open, name, children, ...frame }: FigureProps) {
  const { id, title, heading, level = 2, how, elsewhere } = frame
  const isHeaded = heading !== undefined || how !== undefined
  const Heading = level === 2 ? 'h2' : 'h3'
  const Caption = isHeaded ? 'p' : 'figcaption'
  return (
    <figure class={`chart ${name}`} id={id}>
      {isHeaded ? (
        <figcaption class="finding">
          {heading === undefined ? null : <Heading>{heading}</Heading>}
          {how === undefined ? null : <p>{typeof how === 'string' ? unbroken(how) : how}</p>}
        </figcaption>
      ) : null}
      {children}
      {caption === undefined ? null : (
        <Caption class="caption">{typeof caption === 'string' ? unbroken(caption) : caption}</Caption>
      )}
      <div class="beneath">
        {isHeaded ? <Tools id={id} title={title} {...elsewhere} /> : null}
        {open ? (
          <NumbersTable title={title} numbers={numbers} />
        ) : (
          <details class="behind">
            <summary>{isHeaded ? 'Table' : 'The numbers behind the picture'}</summary>
            <NumbersTable title={title} numbers={numbers} />
          </details>
        )}
      </div>
    </figure>
  )
}

/** Image · Data · Embed · Link. */
function Tools({ id, title, image, data, embed }: Elsewhere & Pick<Frame, 'id' | 'title'>) {
  const tools = [
    ['Image', image],
    ['Data', data],
    ['Embed', embed],
    ['Link', `#${id}`],
  ] as const
  return (
    <p class="chart-tools">
      {tools.map(([what, href]) =>
        href === undefined ? null : (
          <a href={href} aria-label={`${what}: ${title}`}>
            {what}
          </a>
        ),
      )}
    </p>
  )
}

type MarkProps = {
  href?: string | undefined
  says: string
  first?: boolean
  class?: string
  children?: Child
}

/** A part of a drawing that says its value when pointed at, reached or touched; one stop of the tab key a chart. */
export const Mark = ({ href, says, first = false, class: name, children }: MarkProps) =>
  href === undefined ? (
    <g class={name}>
      <title>{says}</title>
      {children}
    </g>
  ) : (
    <a class={name} href={href} tabindex={first ? 0 : -1}>
      <title>{says}</title>
      {children}
    </a>
  )

type ChartProps = Frame & {
  name: string
  /** Fluid: x in per cent of the width, y in pixels, so that letters keep their size at any width. */
  height?: number
  /** Fixed proportions instead. */
  box?: readonly [width: number, height: number]
  /** Whether marks in it are links; a picture holds none. */
  linked?: boolean
  children?: Child
}

/** The role of a drawing that holds links: a picture would hide them. */
export const GROUP = 'group'

/** A figure that is one drawing, with title and description. */
export function Chart({ says, height, box, linked = false, children, ...figure }: ChartProps) {
  const { id, title } = figure
  const size = box ? { viewBox: `0 0 ${box[0]} ${box[1]}` } : { width: '100%', height }
  return (
    <Figure {...figure}>
      <svg class="drawing" role={linked ? GROUP : 'img'} aria-labelledby={`${id}-title ${id}-says`} {...size}>
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
                <Original>{String(head)}</Original>
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
            text-anchor={label.length > 6 ? anchorAt(place(value)) : 'middle'}
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
