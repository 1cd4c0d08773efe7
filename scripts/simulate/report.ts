/** What a bound allows beside itself for the chance of the run: standard errors of the figure, were it at the bound. */
const ERRORS = 3

export type Bound = { most: number } | { least: number }
/** One figure of one case. `error`: its standard error at the bound. */
export type Line = {
  of: readonly string[]
  records: number
  figure: string
  measured: number
  error: number
  bound: Bound
}
export type Scenario = {
  id: string
  title: string
  columns: readonly string[]
  run: (extent: Extent) => Line[]
}
/** How much is simulated: the first of two in a full run, the second in a short one. */
export type Extent = { of: <T>(full: T, short: T) => T }

const boundary = (bound: Bound): number => ('most' in bound ? bound.most : bound.least)

/** The share of `records` in which something was so. */
export function shareLine(
  of: readonly string[],
  figure: string,
  { hits, records }: { hits: number; records: number },
  bound: Bound,
): Line {
  const at = boundary(bound)
  const error = Math.sqrt((at * (1 - at)) / records)
  return { of, records, figure, measured: hits / records, error, bound }
}

/** A mean of `records`, with its standard error. */
export function meanLine(
  of: readonly string[],
  figure: string,
  { mean, error, records }: { mean: number; error: number; records: number },
  bound: Bound,
): Line {
  return { of, records, figure, measured: mean, error, bound }
}

/** Where the bound ends, with the error of the run. */
export function limitOf({ bound, error }: Line): number {
  return 'most' in bound ? bound.most + ERRORS * error : bound.least - ERRORS * error
}

export function held(line: Line): boolean {
  return 'most' in line.bound ? line.measured <= limitOf(line) : line.measured >= limitOf(line)
}

const short = (value: number): string => value.toFixed(3).replace(/^(-?)0\./u, '$1.')

/** One row a case, one column a figure. */
export function tableOf({ title, columns }: Scenario, lines: readonly Line[]): string {
  const figures = [...new Set(lines.map(({ figure }) => figure))]
  const cases = new Map<string, Line[]>()
  for (const line of lines) {
    const key = JSON.stringify(line.of)
    cases.set(key, [...(cases.get(key) ?? []), line])
  }
  const cell = (line: Line | undefined): string => {
    if (line === undefined) return '–'
    const sign = 'most' in line.bound ? '≤' : '≥'
    return `${short(line.measured)} ${sign} ${short(limitOf(line))}${held(line) ? '' : ' BROKEN'}`
  }
  const rows = [
    [...columns, 'records', ...figures],
    ...[...cases.values()].map((ofCase) => [
      ...(ofCase[0] as Line).of,
      String((ofCase[0] as Line).records),
      ...figures.map((figure) => cell(ofCase.find((line) => line.figure === figure))),
    ]),
  ]
  const widths = (rows[0] as string[]).map((_, i) =>
    Math.max(...rows.map((row) => (row[i] as string).length)),
  )
  const text = rows.map((row) =>
    row
      .map((value, i) => value.padEnd(widths[i] as number))
      .join('  ')
      .trimEnd(),
  )
  return [`\n${title}`, ...text].join('\n')
}
