import { archivedQuote } from '../../core/archive.ts'
import type { ArchivedRow } from '../../store/archives.ts'
import { Day, Instant } from './date.tsx'
import { ExternalLink } from './link.tsx'
import { counted } from './number.ts'

const Taken = ({ archived }: { archived: ArchivedRow }) => (
  <>
    <ExternalLink href={archived.archive_url}>Archived</ExternalLink>
    {archived.archived_at === undefined ? null : (
      <>
        {' '}
        on <Day day={archived.archived_at.slice(0, 10)} />
      </>
    )}
  </>
)

/** Where an archive keeps the source of a claim, and whether the words stand there. */
export function ArchivedQuote({ archived, statement }: { archived: ArchivedRow; statement: string }) {
  const looked = <Instant at={archived.at} />
  const told = {
    holds: <>holds the quote, as looked for on {looked}</>,
    lacks: <>does not hold the quote, as looked for on {looked}</>,
    unreadable: (
      <>
        could not be read on {looked}: it <bdi>{archived.unreadable}</bdi>
      </>
    ),
    not_yet: <>has not been searched for this quote</>,
  }[archivedQuote(archived, statement)]
  return (
    <>
      <Taken archived={archived} />; the copy {told}
    </>
  )
}

/** The same of all the quotes that were taken from a source. */
export function ArchivedSource({ archived }: { archived: ArchivedRow }) {
  const { unreadable, holds, lacks } = archived
  const all = holds.length + lacks.length
  return (
    <>
      <Taken archived={archived} />; the copy{' '}
      {unreadable !== undefined ? (
        <>
          could not be read: it <bdi>{unreadable}</bdi>
        </>
      ) : lacks.length === 0 ? (
        `holds ${all === 1 ? 'the one quote that was' : `all ${counted(all, 'quote')} that were`} looked for`
      ) : (
        `holds ${holds.length} of ${counted(all, 'quote')} that were looked for`
      )}
      , <Instant at={archived.at} />
    </>
  )
}
