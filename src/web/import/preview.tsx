import { counted } from '../ui/number.ts'

const SHOWN_ROWS = 5
const SHOWN_CELL = 60
const cut = (cell: string) => (cell.length > SHOWN_CELL ? `${cell.slice(0, SHOWN_CELL)}…` : cell)

/** The first rows of a table as they were read. */
export function Preview({
  rows,
  counted: each = 'Line',
}: {
  rows: readonly { line: number; cells: readonly string[] }[]
  /** What the number of a row counts. */
  counted?: string
}) {
  const [header, ...body] = rows
  return (
    <section class="scroll" aria-label="The first rows" tabindex={0}>
      <table class="preview">
        <caption>
          {counted(body.length, 'row')}
          {body.length > SHOWN_ROWS ? `, of which the first ${SHOWN_ROWS} are shown` : ''}
        </caption>
        <thead>
          <tr>
            <th scope="col">{each}</th>
            {header?.cells.map((name) => (
              <th scope="col">
                <bdi>{cut(name)}</bdi>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {body.slice(0, SHOWN_ROWS).map(({ line, cells }) => (
            <tr>
              <td class="num">{line.toLocaleString('en')}</td>
              {cells.map((cell) => (
                <td>
                  <bdi>{cut(cell)}</bdi>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
