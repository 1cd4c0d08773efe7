import type { ColumnNames } from '../core/table-mapping.ts'
import { nearest, shown } from './finding.ts'
import type { Report, TableRow } from './table-rows.ts'

/** A cell that a row must have to be read. */
export type Wanted = { column: string; value: string }

const IN_TITLE = /\{([^{}]+)\}/gu
/** The columns of which the title is made. */
export const columnsInTitle = (title: string): string[] =>
  [...title.matchAll(IN_TITLE)].map((match) => match[1] as string)
export const titleFrom = (title: string, cell: (column: string) => string): string =>
  title.replace(IN_TITLE, (_, name: string) => cell(name))

/** Headers under which tables name who made a forecast. */
export const FORECASTER =
  /^(?:(?:(?:forecast|prediction|estimate)s?|made|said|given)[ _-]?(?:created[ _-]?|made[ _-]?)?by|who|forecaster|predictor|analyst|expert|pundit|person|author|speaker|participant|respondent|rater|judge|name|creator|user|member|model)s?(?:[ _-]?(?:name|id|label|username|login|handle|email|\(anonymi[sz]ed\)))?$/iu

/** Headers under which tables name an option: one row of several is no event of its own. */
export const OPTION =
  /^(?:(?:multiple[ _-]?choice|answer|forecast|response)[ _-]?)?(?:option|choice)(?:[ _-]?(?:name|text|label))?$/iu

type Told = {
  columns: ColumnNames
  quantiles?: ReadonlyMap<string, string>
  title: string
  cluster: string | undefined
  where: readonly Wanted[]
  /** Columns that name something else than who made the forecast. */
  not_analyst: readonly string[]
}

/** The place of every column by its name, or null where one that is named is missing or the header is unclear. */
export function placesOf(header: TableRow, told: Told, report: Report): Map<string, number> | null {
  const at = new Map<string, number>()
  let isGood = true
  const fail = (message: string, remedy: string, cell?: number) => {
    isGood = false
    report({ line: header.line, cell }, 'table_column', message, remedy)
  }
  const names = header.cells.map((name) => name.trim())
  names.forEach((name, i) => {
    if (at.has(name))
      fail(`the column ${shown(name)} stands twice in the header`, 'Give each column its own name.', i)
    else at.set(name, i)
  })
  const known = new Set([...used(told), ...told.not_analyst])
  for (const name of known) {
    if (at.has(name)) continue
    const meant = nearest(name, names)
    fail(
      `there is no column ${shown(name)}`,
      meant === null ? `The columns are ${names.slice(0, 20).join(', ')}.` : `Did you mean ${shown(meant)}?`,
    )
  }
  for (const [name, cell] of at)
    if (FORECASTER.test(name) && !known.has(name))
      fail(
        `the column ${shown(name)} looks as if it named who made each forecast`,
        `Say what it is: --map analyst=${name}, one person’s rows with --where ${name}=VALUE, or --not-analyst ${name}.`,
        cell,
      )
  for (const [name, cell] of at)
    if (OPTION.test(name) && !known.has(name))
      fail(
        `the column ${shown(name)} looks as if it named one of several options`,
        `Say what it is: --map ${shown(`option=${name}`)}; events of their own with {${name}} in --title; or leave rows out with --where.`,
        cell,
      )
  return isGood ? at : null
}

const used = ({ columns, quantiles = new Map(), title, cluster, where }: Told): string[] =>
  [
    ...Object.values(columns),
    ...quantiles.values(),
    cluster,
    ...columnsInTitle(title),
    ...where.map(({ column }) => column),
  ].filter((name) => name !== undefined)
