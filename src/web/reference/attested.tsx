import type { AnchorKind } from '../../core/anchor.ts'
import * as paths from '../../http/paths.ts'
import type { Attested as Read } from '../../store/documents/anchors.ts'
import { Instant } from '../ui/date.tsx'
import { counted } from '../ui/number.ts'

/** What the word of each kind is worth, and what was checked of it. */
const SHOWS: Record<AnchorKind, string> = {
  timestamp:
    'signed its fingerprint together with the time (a time stamp of RFC 3161). We verified the signature, and that it leads to the authority whose certificate lies in the proof.',
  opentimestamps:
    'holds its fingerprint under a block of Bitcoin. We verified the path to the Merkle root of that block, which you can compare with the block itself; where the header of the block lies in the proof, also that its work was done.',
  witness:
    'signed it as a witness, which by the rules of its protocol signs only what leads on from the last checkpoint that it signed, and so never two histories. We verified its signature.',
}

type Party = Read['parties'][number]

/** A witness is called by its name, a calendar by its address. */
const nameOf = ({ kind, party, by_whom }: Party): string => (kind === 'opentimestamps' ? party : by_whom)

/** Who outside attests the log, and what that shows. */
export function Attested({ read: { parties, forecasts, proven } }: { read: Read }) {
  if (parties.length === 0) return <p>Nobody outside has told us that they hold a copy.</p>
  return (
    <>
      <h3>Who attests it from outside</h3>
      <ul>
        {parties.map((party) => (
          <li>
            <b>
              <bdi>{nameOf(party)}</bdi>
            </b>{' '}
            {SHOWS[party.kind]} Last:{' '}
            <a href={paths.api.anchor(party.latest.seq)}>
              the first {party.latest.size.toLocaleString('en')} entries
            </a>
            {party.latest.at === null ? (
              ', without a date'
            ) : (
              <>
                , <Instant at={party.latest.at} />
              </>
            )}
            ; {counted(party.anchors, 'checkpoint')} in all.
          </li>
        ))}
      </ul>
      <p>
        {proven === forecasts && forecasts > 0
          ? 'Every forecast'
          : `${proven.toLocaleString('en')} of ${counted(forecasts, 'forecast')}`}{' '}
        {proven === 1 || (proven === forecasts && forecasts > 0) ? 'is' : 'are'} proven by it: logged before
        the outcome was known, and not by our word alone. Whether you believe those who are named is yours to
        say. <a href={paths.api.anchors()}>All of it with the proofs</a>.
      </p>
    </>
  )
}
