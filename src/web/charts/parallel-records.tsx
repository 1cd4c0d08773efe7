import type { ParallelRecords as Records } from '../../scoring/document.ts'
import { Axis, Chart, type Drawn, Mark, Upright } from './chart.tsx'
import { across, anchorAt, roundBetween, rounded } from './scale.ts'
import { textWidth } from './text-width.ts'

/** Three lines of labels, then the hills. */
const [HEAD, FLOOR] = [52, 176]
/** A count with less than this part of the highest bar is no bar that could be seen. */
const LEAST = 0.002
/** As wide as a drawing is in half a wide page, and on the narrowest screen, in px. */
const WIDTHS = { wide: 520, narrow: 326 } as const

type Bar = { count: number; x: number; width: number; y: number; height: number; chance: number }

/** Bars over the counts that could be, as tall as they are likely, and the count that was. */
export function recordsGeometry({ kindest, usual }: Records, cameTrue: number) {
  const tallest = Math.max(...kindest, ...usual)
  const seen = (count: number) =>
    Math.max(kindest[count] ?? 0, usual[count] ?? 0) >= tallest * LEAST || count === cameTrue
  const counts = Array.from({ length: kindest.length }, (_, count) => count).filter(seen)
  const [first, last] = [Math.min(...counts), Math.max(...counts)]
  const place = across([first - 0.5, last + 0.5])
  const width = rounded((place(last + 0.5) - place(first - 0.5)) / (last - first + 1))
  const bars = (chances: readonly number[]): Bar[] =>
    chances.flatMap((chance, count) => {
      if (chance < tallest * LEAST) return []
      const height = rounded((chance / tallest) * (FLOOR - HEAD))
      return [
        {
          count,
          chance,
          x: rounded(place(count - 0.5) + width * 0.06),
          width: rounded(width * 0.88),
          y: rounded(FLOOR - height),
          height,
        },
      ]
    })
  const mean = (chances: readonly number[]) =>
    place(chances.reduce((sum, chance, count) => sum + chance * count, 0))
  return {
    place,
    first,
    last,
    kindest: { bars: bars(kindest), top: mean(kindest) },
    usual: { bars: bars(usual), top: mean(usual) },
    actual: place(cameTrue),
  }
}

/** "3 in 100", "fewer than 1 in 1,000". */
export function oftenText(chance: number): string {
  if (chance <= 0 || chance >= 1) return chance <= 0 ? '—' : 'always'
  if (chance < 0.001) return 'fewer than 1 in 1,000'
  const isRare = Math.min(chance, 1 - chance) < 0.01
  return isRare
    ? `${Math.min(999, Math.round(chance * 1000))} in 1,000`
    : `${Math.round(chance * 100)} in 100`
}

/** How often so few come true, or so many: whichever it is on the side of the hill. */
export function tailText(chances: readonly number[], cameTrue: number): string {
  const mean = chances.reduce((sum, chance, count) => sum + chance * count, 0)
  const isFew = cameTrue < mean
  const tail = chances
    .filter((_, count) => (isFew ? count <= cameTrue : count >= cameTrue))
    .reduce((sum, chance) => sum + chance, 0)
  // Near the top of a hill there is nothing to wonder at.
  if (Math.abs(cameTrue - mean) < 0.5 || tail >= 0.5) return ''
  return `so ${isFew ? 'few' : 'many'} in ${tail < 0.001 ? 'under 1 in 1,000' : oftenText(tail)}`
}

type Props = Drawn & {
  records: Records
  came_true: number
  n: number
  /** What each hill is, in words; one name where there is one hill. */
  names: { kindest: string; usual: string }
}

/** How many could have come true, were the probabilities right: every way it could have gone, and how it went. */
export function ParallelRecords({ records, came_true, n, names, ...frame }: Props) {
  const { place, first, last, kindest, usual, actual } = recordsGeometry(records, came_true)
  const isOne = names.kindest === names.usual
  const labelOf = (name: 'kindest' | 'usual', width: number) => {
    const tail = tailText(records[name], came_true)
    const whole = tail === '' ? names[name] : `${names[name]}: ${tail}`
    // Of one hill the sentence above the picture says what it is.
    return isOne && tail !== '' && textWidth(whole, 13) > width ? tail : whole
  }
  const ticks = roundBetween(first, last).map((value) => ({ value, label: String(value) }))
  const hills = isOne
    ? [['kindest', kindest] as const]
    : [['usual', usual] as const, ['kindest', kindest] as const]
  return (
    <Chart
      name="records"
      height={FLOOR + 26}
      says={`${came_true} of ${n} came true. ${isOne ? '' : 'Two hills: '}${hills
        .map(([name, { bars }]) => `${names[name]}, most often ${likeliest(bars)}`)
        .join('; ')}.`}
      numbers={{
        head: isOne ? ['Come true', names.kindest] : ['Come true', names.kindest, names.usual],
        rows: tableRows(records, first, last, came_true, isOne),
      }}
      {...frame}
    >
      <Axis ticks={ticks} place={place} y={FLOOR} />
      {hills.map(([name, { bars }]) => (
        <g class={name}>
          {bars.map(({ count, chance, x, width, y, height }) => (
            <Mark
              says={`${count} of ${n}: ${oftenText(chance)} such records${isOne ? '' : `, ${names[name]}`}`}
            >
              <rect x={`${x}%`} width={`${width}%`} y={y} height={height} />
            </Mark>
          ))}
        </g>
      ))}
      <Upright class="actual" x={actual} y1={18} y2={FLOOR} />
      {(['wide', 'narrow'] as const).map((which) =>
        hills.map(([name, { top }], i) => {
          const label = labelOf(name, WIDTHS[which])
          return (
            <text
              class={`of-${name} ${which}-labels`}
              y={30 + 16 * (hills.length - 1 - i)}
              {...over(top, label, WIDTHS[which])}
            >
              {label}
            </text>
          )
        }),
      )}
      <line class="base" x1="0" x2="100%" y1={FLOOR} y2={FLOOR} />
      <text class="strong dark" x={`${actual}%`} y={12} text-anchor={anchorAt(actual)}>
        {came_true} of {n} came true
      </text>
    </Chart>
  )
}

/** Over the top of its hill, where there is room for it; else at the nearer edge. */
function over(top: number, text: string, width: number) {
  const half = (textWidth(text, 13) / 2 / width) * 100
  if (top + half > 100) return { x: '100%', 'text-anchor': 'end' as const }
  if (top - half < 0) return { x: '0', 'text-anchor': 'start' as const }
  return { x: `${top}%`, 'text-anchor': 'middle' as const }
}

const likeliest = (bars: readonly Bar[]) =>
  bars.reduce<Bar | null>((best, bar) => (best === null || bar.chance > best.chance ? bar : best), null)
    ?.count

function tableRows(
  { kindest, usual }: Records,
  first: number,
  last: number,
  cameTrue: number,
  isOne: boolean,
) {
  return Array.from({ length: last - first + 1 }, (_, i) => {
    const count = first + i
    const cells = [oftenText(kindest[count] ?? 0), ...(isOne ? [] : [oftenText(usual[count] ?? 0)])]
    return [count === cameTrue ? `${count}, as it was` : count, ...cells]
  })
}
