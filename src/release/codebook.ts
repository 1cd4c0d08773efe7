import { csvHeader, csvLines } from '../http/csv.ts'
import { type About, fileOf, RIGHTS } from './about.ts'
import type { Table } from './table.ts'

type Line = { table: Table; column: Table['columns'][number]; level: readonly [string, string] | null }

const lines = (tables: readonly Table[]): Line[] =>
  tables.flatMap((table) =>
    table.columns.flatMap((column): Line[] => [
      { table, column, level: null },
      ...Object.entries(column.levels ?? {}).map((level): Line => ({ table, column, level })),
    ]),
  )

/** The codebook for programs: a row a column, and one for each of its levels. */
export function codebookCsv(tables: readonly Table[], about: About): string {
  const columns = [
    ['table', ({ table }: Line) => table.name],
    ['column', ({ column }: Line) => column.name],
    ['level', ({ level }: Line) => level?.[0]],
    ['meaning', ({ column, level }: Line) => level?.[1] ?? column.meaning],
    ['type', ({ column, level }: Line) => (level === null ? column.type : null)],
    ['unit', ({ column, level }: Line) => (level === null ? column.unit : null)],
    ['rule', ({ column, level }: Line) => (level === null ? column.rule : null)],
    ['may_be_empty', ({ column, level }: Line) => (level === null ? column.required !== true : null)],
    ['licence', ({ column, level }: Line) => (level === null ? licenceOf(column, about) : null)],
  ] as const
  return csvHeader(columns) + csvLines(columns, lines(tables))
}

export const licenceOf = ({ rights = 'ledger' }: Table['columns'][number], about: About): string =>
  RIGHTS[rights](about)

/** The codebook for people. */
export function codebookText(tables: readonly Table[], about: About): string {
  const parts = tables.map((table) =>
    [
      `## ${fileOf(table)}`,
      '',
      `${table.row} ${plural(table.rows)}. Key: ${table.key.join(', ')}.`,
      '',
      ...table.references.map(
        ({ fields, table: to, of }) => `- ${fields.join(', ')} → ${to}.csv: ${of.join(', ')}`,
      ),
      ...(table.references.length > 0 ? [''] : []),
      ...table.columns.flatMap((column) => columnText(column, about)),
    ].join('\n'),
  )
  return `${[`# Codebook of ${about.title}, version ${about.version}`, '', LEGEND, '', ...parts].join('\n')}`
}

const LEGEND = `Tables are CSV as RFC 4180 has it: UTF-8, a comma between cells, a line of names first. An empty cell says that there is nothing. Days are YYYY-MM-DD, instants RFC 3339 in UTC, lists and objects JSON, truth is true or false. Before a text that begins with = + - @ or a tab stands an apostrophe, which is not part of it: a spreadsheet would take it for a formula. "Required" columns are never empty.
`

function columnText(column: Table['columns'][number], about: About): string[] {
  const { name, type, meaning, unit, rule, levels, required } = column
  const facts = [type, ...(unit === undefined ? [] : [`in ${unit}`]), ...(required ? ['required'] : [])]
  return [
    `### ${name}`,
    '',
    `${meaning} (${facts.join('; ')})`,
    ...(rule === undefined ? [] : ['', `Rule: ${rule}`]),
    ...(levels === undefined
      ? []
      : ['', ...Object.entries(levels).map(([level, what]) => `- \`${level}\`: ${what}`)]),
    '',
    `Licence: ${licenceOf(column, about)}`,
    '',
  ]
}

const plural = (rows: number) => `${rows} ${rows === 1 ? 'row' : 'rows'}`
