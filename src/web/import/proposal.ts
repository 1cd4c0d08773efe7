import type { ColumnKey } from '../../core/table-mapping.ts'

/** What headers of tables are mostly called, in the order in which they are tried. */
const CALLED: readonly (readonly [ColumnKey | 'title', RegExp])[] = [
  ['title', /^(?:question[ _-]?)?title$|^(?:question|event|claim|prediction|statement|description)$/iu],
  ['id', /^(?:question[ _-]?)?(?:id|uuid)$/iu],
  ['deadline', /deadline|due|(?:resolve|close)s?[ _-]?(?:by|date|time)|closes/iu],
  ['known_on', /known|resolved[ _-]?(?:at|on)|(?:resolution|outcome)[ _-]?(?:date|known)/iu],
  ['said', /^said|(?:made|forecast(?:ed)?|predicted)[ _-]?(?:at|on|date|day)$/iu],
  ['created', /^created/iu],
  ['date', /^(?:date|day|when)$/iu],
  ['outcome', /outcome|result|resolution|^actual|happened|came[ _-]?true/iu],
  ['probability', /prob|chance|confidence|credence|forecast|estimate|percent|^p$/iu],
]

/** Which column is probably what, each once, from the names in the header. */
export function proposedColumns(
  header: readonly string[],
  isForecaster: (name: string) => boolean,
): Partial<Record<ColumnKey | 'title', string>> {
  const proposed: Partial<Record<ColumnKey | 'title', string>> = {}
  const left = new Set(header.filter((name) => name !== ''))
  const take = (key: ColumnKey | 'title', fits: (name: string) => boolean) => {
    const found = [...left].find(fits)
    if (found === undefined) return
    proposed[key] = found
    left.delete(found)
  }
  take('analyst', isForecaster)
  for (const [key, called] of CALLED) take(key, (name) => called.test(name))
  const { deadline, known_on, date } = proposed
  // One day alone is both: when the outcome was known, and the deadline.
  if (date === undefined && (deadline === undefined) !== (known_on === undefined)) {
    const { deadline: _, known_on: __, ...others } = proposed
    return { ...others, date: (deadline ?? known_on) as string }
  }
  return proposed
}
