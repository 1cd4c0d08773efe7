import type { Child } from 'hono/jsx'
import type { Checkable } from '../../scoring/document.ts'
import { unbroken } from '../ui/number.ts'
import { Chart, type Drawn, Mark } from './chart.tsx'
import { rounded } from './scale.ts'

/** What became of some of the statements; `kind` names its look. */
export type Share = {
  kind: 'came-true' | 'did-not' | 'neither' | 'vague' | 'rest'
  label: string
  n: number
  /** Where they are listed. */
  href?: string | undefined
}

const HEIGHT = 40
/** Up to so many, each statement is a mark of its own. */
const MOST_MARKS = 60
/** The share of the bar that a figure needs to stand in it, in per cent. */
const ROOM = 7

/** Pieces of a bar of 100 %, and the cells in each where they can be counted. */
export function checkableGeometry(shares: readonly Share[]) {
  const n = shares.reduce((sum, share) => sum + share.n, 0)
  let before = 0
  return shares
    .filter((share) => share.n > 0)
    .map((share) => {
      const x = (before / n) * 100
      before += share.n
      const cells = n <= MOST_MARKS ? share.n : 1
      const width = (share.n / n) * 100
      return {
        ...share,
        middle: rounded(x + width / 2),
        // Marks that can be counted say themselves how many they are.
        isTold: width >= ROOM && n > MOST_MARKS,
        cells: Array.from({ length: cells }, (_, i) => ({
          x: rounded(x + (i * width) / cells),
          width: rounded(width / cells),
        })),
      }
    })
}

/** All that somebody said where all of it was written down: what came true, what did not, what cannot be checked. */
export function CheckableBar({ shares, ...frame }: Drawn & { shares: readonly Share[] }) {
  const pieces = checkableGeometry(shares)
  const stop = pieces.findIndex(({ href }) => href !== undefined)
  return (
    <Chart
      name="checkable"
      height={HEIGHT}
      linked={pieces.some(({ href }) => href !== undefined)}
      says={`${pieces.map(({ n, label }) => `${n} ${label}`).join(', ')}.`}
      numbers={{ head: ['What became of it', 'Statements'], rows: shares.map(({ label, n }) => [label, n]) }}
      {...frame}
      caption={
        <span class="key">
          {pieces.map(({ kind, label, n }) => (
            <span class="nowrap">
              <svg width="12" height="12" aria-hidden="true">
                <rect class={kind} x="1" y="1" width="10" height="10" />
              </svg>{' '}
              {n} {label}
            </span>
          ))}
        </span>
      }
    >
      {pieces.map(({ kind, label, n, href, middle, isTold, cells }, i) => (
        <Mark href={href} says={`${n} ${label}`} first={i === stop}>
          {cells.map(({ x, width }) => (
            <rect class={kind} x={`${x}%`} width={`${width}%`} y="1" height={HEIGHT - 2} />
          ))}
          {isTold ? (
            <text class={`in-${kind} strong`} x={`${middle}%`} y="25" text-anchor="middle">
              {n}
            </text>
          ) : null}
        </Mark>
      ))}
    </Chart>
  )
}

const SMALL = 18

/** The same without words, one of several. */
const CheckableLine = ({ shares }: { shares: readonly Share[] }) => {
  const pieces = checkableGeometry(shares)
  return (
    <svg
      class="checkable-line"
      role="img"
      aria-label={pieces.map(({ n, label }) => `${n} ${label}`).join(', ')}
      width="100%"
      height={SMALL}
    >
      {pieces.map(({ kind, label, n, cells }) => (
        <Mark says={`${n} ${label}`}>
          {cells.map(({ x, width }) => (
            <rect class={kind} x={`${x}%`} width={`${width}%`} y="1" height={SMALL - 2} />
          ))}
        </Mark>
      ))}
    </svg>
  )
}

type Multiple = { name: Child; says: string; checkable: Checkable }

/** A small bar each, with its name and what it says in words. */
export const Multiples = ({ of }: { of: readonly Multiple[] }) => (
  <div class="multiples">
    {of.map(({ name, says, checkable }) => (
      <div>
        <p class="tight">
          {name} <span class="small soft">{unbroken(says)}</span>
        </p>
        <CheckableLine shares={sharesOf(checkable)} />
      </div>
    ))}
  </div>
)

/** What became of it, from what can be checked to what cannot. */
export const sharesOf = (of: Checkable): Share[] => [
  { kind: 'came-true', label: 'came true', n: of.came_true },
  { kind: 'did-not', label: 'did not', n: of.did_not },
  { kind: 'neither', label: 'decided, but no claim of yes or no', n: of.neither },
  { kind: 'rest', label: 'not decided yet', n: of.open },
  { kind: 'vague', label: 'too vague to be wrong', n: of.too_vague },
  { kind: 'vague', label: 'not testable', n: of.untestable },
  { kind: 'rest', label: 'no result', n: of.no_result },
  { kind: 'rest', label: 'said twice', n: of.repeated },
]
