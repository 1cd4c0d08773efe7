import { type Drawn, Figure, GROUP, Mark } from './chart.tsx'

/** What became of a passage, and how that looks; in this order in the key. */
export const FATES = {
  came_true: ['came-true', 'came true'],
  came_true_anyway: ['came-true anyway', 'came true, and was hard to get wrong'],
  did_not: ['did-not', 'did not come true'],
  said: ['neither', 'decided, but no claim of yes or no'],
  open: ['rest', 'not decided yet'],
  too_vague: ['vague', 'too vague to be wrong'],
  no_result: ['none', 'no result'],
  repeated: ['again', 'said twice'],
  untestable: ['nothing', 'nothing to check'],
} as const satisfies Record<string, readonly [look: string, words: string]>
export type Fate = keyof typeof FATES

export type Passage = { href: string; fate: Fate; says: string }

/** Up to so many passages are numbered squares; more are smaller, sixteen in a row. */
const MOST_NUMBERED = 64
/** So many in a row, the first of these that leaves the fewest rows. */
const COLUMNS = [8, 9, 10]
const GAP = 3
const WIDTH = 8 * 36

/** Where each square stands, in px of the drawing. */
export function passagesGeometry(n: number) {
  const rows = (columns: number) => Math.ceil(n / columns)
  const fewest = Math.min(...COLUMNS.map(rows))
  const columns = n > MOST_NUMBERED ? 16 : (COLUMNS.find((some) => rows(some) === fewest) ?? 8)
  const step = WIDTH / columns
  return {
    step,
    isNumbered: n <= MOST_NUMBERED,
    size: step - GAP,
    height: Math.ceil(n / columns) * step - GAP,
    squares: Array.from({ length: n }, (_, i) => ({
      x: (i % columns) * step,
      y: Math.floor(i / columns) * step,
    })),
  }
}

const countsOf = (passages: readonly Passage[]) =>
  (Object.keys(FATES) as Fate[]).flatMap((fate) => {
    const n = passages.filter((passage) => passage.fate === fate).length
    return n === 0 ? [] : [{ fate, n, look: FATES[fate][0], words: FATES[fate][1] }]
  })

/** "2 came true, 9 nothing to check". */
export const fatesText = (passages: readonly Passage[]): string =>
  countsOf(passages)
    .map(({ n, words }) => `${n} ${words}`)
    .join(', ')

/** All that was said in one source, in reading order: one square a passage, by what became of it. */
export function Passages({ passages, ...figure }: Drawn & { passages: readonly Passage[] }) {
  const { size, height, isNumbered, squares } = passagesGeometry(passages.length)
  return (
    <Figure
      name="passages"
      numbers={{
        head: ['Passage', 'What became of it'],
        rows: passages.map(({ fate }, i) => [i + 1, FATES[fate][1]]),
      }}
      {...figure}
    >
      <div class="passages-and-key">
        <svg
          role={GROUP}
          aria-label={`${figure.title}: ${fatesText(passages)}`}
          width={WIDTH - GAP}
          height={height}
          viewBox={`0 0 ${WIDTH - GAP} ${height}`}
        >
          {passages.map(({ href, fate, says }, i) => {
            const { x, y } = squares[i] as { x: number; y: number }
            return (
              <Mark href={href} says={`${i + 1}. ${says}`} first={i === 0} class="mark-of">
                <Square fate={fate} x={x} y={y} size={size} />
                {isNumbered ? (
                  <text
                    class={fate === 'came_true' ? 'on-came-true' : undefined}
                    x={x + size / 2}
                    y={y + size / 2 + 4.5}
                    text-anchor="middle"
                  >
                    {i + 1}
                  </text>
                ) : null}
              </Mark>
            )
          })}
        </svg>
        <ul class="fates">
          {countsOf(passages).map(({ fate, n, words }) => (
            <li>
              <svg width="14" height="14" aria-hidden="true">
                <Square fate={fate} x={0} y={0} size={14} />
              </svg>{' '}
              <b>{n}</b> {words}
            </li>
          ))}
        </ul>
      </div>
    </Figure>
  )
}

/** Not by colour alone: filled, lined, hollow, dashed, crossed. */
const Square = ({ fate, x, y, size }: { fate: Fate; x: number; y: number; size: number }) => (
  <>
    <rect class={FATES[fate][0]} x={x + 1} y={y + 1} width={size - 2} height={size - 2} rx={2} />
    {fate === 'no_result' ? (
      <path class="crossed" d={`M${x + 4} ${y + 4}L${x + size - 4} ${y + size - 4}`} />
    ) : null}
  </>
)
