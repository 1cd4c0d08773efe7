import { utcTicks } from 'd3-time'
import { MONTHS } from '../ui/date.tsx'
import type { Tick } from './chart.tsx'
import { anchorAt } from './scale.ts'
import { textWidth } from './text-width.ts'

const DAY_MS = 86_400_000

/** Round days between two instants, each as short as its distance to the next allows. */
export function timeTicks(from: Date | number, to: Date | number, about: number): Tick[] {
  const ticks = utcTicks(new Date(from), new Date(to), about)
  const step = ticks.length < 2 ? 0 : (ticks[1] as Date).getTime() - (ticks[0] as Date).getTime()
  return ticks.map((tick, i) => {
    const [year, month, day] = [tick.getUTCFullYear(), MONTHS[tick.getUTCMonth()], tick.getUTCDate()]
    const isNewYear = i === 0 || year !== ticks[i - 1]?.getUTCFullYear()
    const dayAndMonth = step > 27 * DAY_MS ? `${month}` : `${day} ${month}`
    const label = step > 300 * DAY_MS ? String(year) : isNewYear ? `${dayAndMonth} ${year}` : dayAndMonth
    return { value: tick.getTime(), label }
  })
}

/** Of some ticks those whose labels do not touch in a drawing so wide, the last of which ends inside it. */
export function spaced(ticks: readonly Tick[], place: (value: number) => number, width: number): Tick[] {
  let free = Number.NEGATIVE_INFINITY
  return ticks.filter(({ value, label }) => {
    const [at, long] = [(place(value) * width) / 100, textWidth(label)]
    const anchor = label.length > 6 ? anchorAt(place(value)) : 'middle'
    const left = at - (anchor === 'start' ? 0 : anchor === 'end' ? long : long / 2)
    const fits = left >= free && left + long <= width
    if (fits) free = left + long + 10
    return fits
  })
}
