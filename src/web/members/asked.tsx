import type { AnchorKind } from '../../core/anchor.ts'
import * as paths from '../../http/paths.ts'
import type { Party } from '../../store/anchors.ts'
import { Instant } from '../ui/date.tsx'
import { TableHead } from '../ui/table-head.tsx'

const KINDS: Record<AnchorKind, string> = {
  timestamp: 'Time-stamping authority',
  opentimestamps: 'OpenTimestamps calendar',
  witness: 'Witness',
}

/** A witness by its name, the others by their address. */
const nameOf = ({ kind, party }: Party): string =>
  kind === 'witness' ? (party.split('+')[0] ?? party) : party

/** Who outside is asked to attest the log, and what became of it the last time. */
export const Asked = ({ parties }: { parties: readonly Party[] }) => (
  <>
    <h2 id="anchors">Who attests the log</h2>
    {parties.length === 0 ? (
      <p>
        Nobody outside has been asked to attest the log: when a forecast was written down goes by our own
        clock. Time-stamping authorities, OpenTimestamps calendars and witnesses are named in the settings of
        the server (RECKONING_TSA, RECKONING_CALENDARS, RECKONING_WITNESSES), or to <code>reckon anchor</code>
        .
      </p>
    ) : (
      <>
        <div class="scroll">
          <table class="stacked">
            <caption class="unseen">Who is asked to attest the log</caption>
            <TableHead columns={['Who', 'What', 'Asked', 'Answer']} />
            <tbody>
              {parties.map((party) => (
                <tr>
                  <th scope="row">
                    <bdi>{nameOf(party)}</bdi>
                  </th>
                  <td data-name="What">{KINDS[party.kind]}</td>
                  <td class="small wide-cell" data-name="Asked">
                    <Instant at={party.asked_at} />
                  </td>
                  <td class="wide-cell" data-name="Answer">
                    <Answer party={party} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <p>
          <a href={paths.api.anchors()}>What they attested</a>, each with its proof.
        </p>
      </>
    )}
  </>
)

function Answer({ party: { failure, size, kind } }: { party: Party }) {
  if (failure !== null) return <b>It {failure}.</b>
  const said = kind === 'opentimestamps' ? 'Promised for the first' : 'Attested the first'
  return (
    <>
      {said} {size.toLocaleString('en')} entries.
    </>
  )
}
