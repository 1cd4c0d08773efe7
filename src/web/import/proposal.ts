import type { ColumnKey } from '../../core/table-mapping.ts'

type Proposed = Partial<Record<ColumnKey | 'title', string>>
type Looks = Readonly<Record<'isForecaster' | 'isOption', (name: string) => boolean>>

/** What headers of tables are mostly called, in the order in which they are tried. */
const CALLED: readonly (readonly [ColumnKey | 'title', RegExp])[] = [
  ['title', /^(?:question[ _-]?)?title$|^(?:question|event|claim|prediction|statement|description)$/iu],
  ['id', /^(?:question[ _-]?)?(?:id|uuid)$/iu],
  ['criteria', /criteria/iu],
  ['unit', /^units?$/iu],
  ['deadline', /deadline|due|(?:resolve|close)s?[ _-]?(?:by|date|time)|closes/iu],
  ['known_on', /known|resolved[ _-]?(?:at|on)|(?:resolution|outcome)[ _-]?(?:date|known)/iu],
  ['said', /^said|(?:made|forecast(?:ed)?|predicted)[ _-]?(?:at|on|date|day)$/iu],
  ['created', /^created/iu],
  ['date', /^(?:date|day|when)$/iu],
  ['outcome', /outcome|result|resolution|^actual|happened|came[ _-]?true/iu],
  ['probability', /prob|chance|confidence|credence|forecast|estimate|percent|^p$/iu],
]

/** Which column is probably what, each once, from the names in the header. */
export function proposedColumns(header: readonly string[], { isForecaster, isOption }: Looks): Proposed {
  const proposed: Proposed = {}
  const left = new Set(header.filter((name) => name !== ''))
  const take = (key: ColumnKey | 'title', fits: (name: string) => boolean) => {
    const found = [...left].find(fits)
    if (found === undefined) return
    proposed[key] = found
    left.delete(found)
  }
  take('analyst', isForecaster)
  take('option', isOption)
  for (const [key, called] of CALLED) take(key, (name) => called.test(name))
  const { deadline, known_on, date } = proposed
  // One day alone is both: when the outcome was known, and the deadline.
  if (date === undefined && (deadline === undefined) !== (known_on === undefined)) {
    const { deadline: _, known_on: __, ...others } = proposed
    return { ...others, date: (deadline ?? known_on) as string }
  }
  return proposed
}

const PERCENT = /^(?:p|percentile)[ _-]?(\d{1,2})$|^(\d{1,2})(?:st|nd|rd|th)[ _-]?(?:percentile|%(?:ile)?)$/iu
const LEVEL = /^(?:q|quantile)[ _-]?0?\.(\d{1,4})$/iu

/** The level of which a column is probably the quantile, or null. */
function levelOf(name: string): string | null {
  if (/^median$/iu.test(name)) return '0.5'
  const decimals = LEVEL.exec(name)?.[1]
  const [, p, th] = PERCENT.exec(name) ?? []
  const level = decimals === undefined ? Number(p ?? th ?? 0) / 100 : Number(`0.${decimals}`)
  return level > 0 && level < 1 ? String(level) : null
}

/** Which columns are probably quantiles, with their levels, in their order. */
export const proposedQuantiles = (header: readonly string[]): [level: string, column: string][] =>
  header
    .flatMap((name): [string, string][] => {
      const level = levelOf(name)
      return level === null ? [] : [[level, name]]
    })
    .sort(([a], [b]) => Number(a) - Number(b))
    .filter(([level], i, all) => all[i - 1]?.[0] !== level)
