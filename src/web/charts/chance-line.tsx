import { Level } from './chart.tsx'
import { across, rounded } from './scale.ts'

export type Counted = {
  n: number
  cameTrue: number
  /** To be expected, from one reading to the other. */
  expected: readonly [number, number]
  /** Where nine of ten such records end. */
  chance: readonly [number, number]
}

const [GREY, BAND, DOT] = [20, 12, 5.5]
/** A band of nothing is still a mark. */
const LEAST = 1

/** In per cent of the width, which is all of the claims. */
export function chanceGeometry({ n, cameTrue, expected, chance }: Counted) {
  const place = across([0, n])
  const span = ([low, high]: readonly [number, number]) => {
    const [from, to] = [place(low), place(high)]
    const width = Math.max(LEAST, to - from)
    return { x: rounded((from + to - width) / 2), width: rounded(width) }
  }
  return { chance: span(chance), expected: span(expected), dot: place(cameTrue) }
}

/**
 * One record among others, around a line at that height: grey where chance alone may lead, a band of what was to be
 * expected, a dot of what came true.
 */
export function ChanceMarks({ y, ...counted }: Counted & { y: number }) {
  const { chance, expected, dot } = chanceGeometry(counted)
  const ends = across([0, 1])
  return (
    <g class="chance-line">
      <Level class="base" from={ends(0)} to={ends(1)} y={y} />
      <rect
        class="chance"
        x={`${chance.x}%`}
        width={`${chance.width}%`}
        y={y - GREY / 2}
        height={GREY}
        rx={3}
      />
      <rect
        class="band"
        x={`${expected.x}%`}
        width={`${expected.width}%`}
        y={y - BAND / 2}
        height={BAND}
        rx={2}
      />
      <circle class="dot" cx={`${dot}%`} cy={y} r={DOT} />
    </g>
  )
}

/** What the marks of such a line mean. */
export const ChanceKey = () => (
  <span class="small soft key chance-key">
    {(
      [
        ['dot', 'what came true'],
        ['band', 'what was to be expected'],
        ['chance', 'where 9 of 10 such records would end, if words and numbers are right'],
      ] as const
    ).map(([mark, meaning]) => (
      <span>
        <svg class="chance-line" width="18" height="14" aria-hidden="true">
          {mark === 'dot' ? (
            <circle class="dot" cx="9" cy="7" r={DOT} />
          ) : (
            <rect
              class={mark}
              x="1"
              y={mark === 'band' ? 2 : 0}
              width="16"
              height={mark === 'band' ? 10 : 14}
              rx={2}
            />
          )}
        </svg>{' '}
        {meaning}
      </span>
    ))}
  </span>
)
