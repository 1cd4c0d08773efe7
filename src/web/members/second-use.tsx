import type { SecondUse } from '../../store/second-readings.ts'
import { TableHead } from '../ui/table-head.tsx'

const COLUMNS = [
  'Asked',
  'Failed',
  'Proposed',
  'Dropped',
  'Taken over',
  'Changed',
  'Left',
  'Undecided',
] as const

type UseProps = {
  reader: { model: string; sent_to: string } | undefined
  use: readonly SecondUse[]
}

/** Which model members may ask, where their texts go, and what became of what it proposed. */
export const SecondUses = ({ reader, use }: UseProps) => (
  <>
    <h2 id="second-reader">A second reader</h2>
    <p>
      {reader === undefined ? (
        <>
          No language model is asked. The settings of the server can name one (RECKONING_MODEL_URL,
          RECKONING_MODEL_NAME).
        </>
      ) : (
        <>
          Members may send the text of a capture to <b>{reader.model}</b> at <b>{reader.sent_to}</b>.
        </>
      )}
    </p>
    {use.length === 0 ? null : (
      <>
        <div class="scroll">
          <table class="stacked">
            <caption class="unseen">What models proposed, and what became of it</caption>
            <TableHead columns={['Model', ...COLUMNS]} figures={COLUMNS} />
            <tbody>
              {use.map(({ model, asked, failed, proposed, dropped, accepted, changed, rejected }) => (
                <tr>
                  <th scope="row">
                    <bdi>{model}</bdi>
                  </th>
                  {[asked, failed, proposed + dropped, dropped, accepted, changed, rejected]
                    .concat(proposed - accepted - changed - rejected)
                    .map((n, i) => (
                      <td class="num" data-name={COLUMNS[i]}>
                        {n}
                      </td>
                    ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <p class="small soft">
          Dropped: passages that do not stand in the text, are incomplete, or came after the 60th. Undecided:
          of captures that are not logged, or were thrown away.
        </p>
      </>
    )}
  </>
)
