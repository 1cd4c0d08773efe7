import * as z from 'zod'
import { CoarseDate, spanOf } from '../../core/calendar.ts'
import { typedDay } from '../../core/typed-date.ts'
import { words } from '../../http/search-params.ts'

/** A day as people write it; of a month or a year its first or its last. */
export const DayTyped = (end: 'from' | 'to') =>
  words(100).transform((typed, context) => {
    const coarse = CoarseDate.safeParse(typed.trim())
    if (coarse.success) return spanOf(coarse.data)[end]
    const read = typedDay(typed)
    if ('day' in read) return read.day
    context.addIssue({ code: 'custom', message: `“${typed.slice(0, 40)}” ${read.problem}` })
    return z.NEVER
  })
