import type { Frame } from '../../scoring/document.ts'
import { counted } from '../ui/number.ts'
import { Figure, type Frame as FigureFrame, Mark } from './chart.tsx'
import { rounded } from './scale.ts'

/** One decided claim: where it stands, and what it says when it is pointed at. */
export type CountedClaim = { href: string; says: string; happened: boolean }

export type CountedRow = {
  label: string
  /** How it ended, in words. */
  note: string
  n: number
  happened: number
  frame: Frame
  /** Differs from what was to be expected, allowing for all that was looked at. */
  differs: boolean
  /** As many as there are, or none where they cannot be named. */
  claims: readonly CountedClaim[]
}

/** From one square to the next, a square, and the height of a row with its frame. */
const [STEP, SQUARE, HEIGHT] = [16, 14, 24]
const TOP = (HEIGHT - SQUARE) / 2
/** A frame of nothing is still a mark. */
const LEAST = 5
/** So many squares a row at least, that one of few is not drawn large. */
const FEWEST = 20
/** Phrases used less often are folded. */
const FEW_USES = 3

type Counted = Pick<CountedRow, 'n' | 'happened' | 'frame'>

/** The squares of a row, filled first, and the frame in which the filling should end; all in px of the drawing. */
export function countedGeometry({ n, happened, frame }: Counted) {
  const { per_square, squares } = frame
  const count = Math.ceil(n / per_square)
  const edge = (claims: number) => (claims / per_square) * STEP - 1
  const [from, to] = [edge(squares[0]), edge(squares[1])]
  const width = Math.max(LEAST, to - from)
  return {
    width: count * STEP,
    squares: Array.from({ length: count }, (_, i) => ({
      x: i * STEP,
      // Of a whole square, from 0 to 1: where it stands for several, the last one may be for fewer, or filled in part.
      size: Math.min(1, n / per_square - i),
      filled: Math.min(1, Math.max(0, happened / per_square - i)),
    })),
    frame: { x: rounded((from + to - width) / 2), width: rounded(width) },
  }
}

/** How wide the drawings of some rows are, so that a square is one size in all of them. */
const widthOf = (rows: readonly CountedRow[]) =>
  Math.max(FEWEST * STEP, ...rows.map((row) => countedGeometry(row).width)) + 4

type RowsProps = Omit<FigureFrame, 'says'> & {
  rows: readonly CountedRow[]
  /** "phrase", "range of numbers": what a row is. */
  what: readonly [one: string, many: string]
}

/** One square a decided claim, filled when the event happened, and a frame where the filling should end. */
export function CountedRows({ rows, what, ...figure }: RowsProps) {
  const width = widthOf(rows)
  const often = rows.filter((row) => row.n >= FEW_USES)
  // A record of few words is told word by word.
  const seldom = often.length === 0 ? [] : rows.filter((row) => row.n < FEW_USES)
  const shown = often.length === 0 ? rows : often
  const stop = shown.find(isLinked)
  const draw = (some: readonly CountedRow[]) =>
    some.map((row) => <Row row={row} width={width} first={row === stop} />)
  return (
    <Figure name="counted" {...figure}>
      {draw(shown)}
      {seldom.length === 0 ? null : (
        <details class="behind">
          <summary>and {counted(seldom.length, ...what)} used once or twice</summary>
          {draw(seldom)}
        </details>
      )}
    </Figure>
  )
}

const isLinked = ({ claims, n, frame }: CountedRow): boolean => claims.length === n && frame.per_square === 1

/** `first` is the row at which the tab key stops. */
function Row({ row, width, first }: { row: CountedRow; width: number; first: boolean }) {
  const { squares, frame } = countedGeometry(row)
  const linked = isLinked(row)
  // Filled first; among themselves in the order in which they come.
  const claims = [...row.claims].sort((a, b) => Number(b.happened) - Number(a.happened))
  return (
    <div class={row.differs ? 'counted-row differs' : 'counted-row'}>
      <p class="tight">
        <b>{row.label}</b> <span class="soft">{row.note}</span>
      </p>
      <svg
        class="squares"
        role={linked ? 'group' : 'img'}
        aria-label={`${row.label}: ${row.note}`}
        width={width}
        height={HEIGHT}
        viewBox={`-2 0 ${width} ${HEIGHT}`}
      >
        {squares.map((at, i) => {
          const claim = linked ? claims[i] : undefined
          const square = <Square {...at} />
          return claim === undefined ? (
            square
          ) : (
            <Mark href={claim.href} says={claim.says} first={first && i === 0}>
              {square}
            </Mark>
          )
        })}
        <rect class="frame" x={frame.x} y={1} width={frame.width} height={HEIGHT - 2} rx={3} />
      </svg>
    </div>
  )
}

const Square = ({ x, size, filled }: { x: number; size: number; filled: number }) => (
  <>
    {filled === size ? null : (
      <rect
        class="empty"
        x={x + 0.6}
        y={TOP + 0.6}
        width={rounded(SQUARE * size - 1.2)}
        height={SQUARE - 1.2}
        rx={2}
      />
    )}
    {filled === 0 ? null : (
      <rect class="filled" x={x} y={TOP} width={rounded(SQUARE * filled)} height={SQUARE} rx={2} />
    )}
  </>
)
