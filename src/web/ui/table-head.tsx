type TableHeadProps = { columns: readonly string[]; figures?: readonly string[] }

/** The head of a table: its columns by name, of which some hold figures and stand to the right. */
export const TableHead = ({ columns, figures = [] }: TableHeadProps) => (
  <thead>
    <tr>
      {columns.map((name) => (
        <th scope="col" class={figures.includes(name) ? 'num' : undefined}>
          {name}
        </th>
      ))}
    </tr>
  </thead>
)
