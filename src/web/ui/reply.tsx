import type { Reply } from '../../store/replies.ts'
import { Day, Instant } from './date.tsx'
import { ExternalLink } from './link.tsx'
import { Original } from './original.tsx'

type ReplyViewProps = { reply: Reply; analyst: string; nameOf: (member: string) => string }

/** What the person concerned replied, word for word, with who published it here and when. */
export const ReplyView = ({ reply: { record, at, by, seq }, analyst, nameOf }: ReplyViewProps) => (
  <div class="proposal reply" id={`reply-${seq}`}>
    <p class="tight">
      <b>
        {record.link === undefined ? 'Reply by' : 'Reply in the name of'} <Original>{analyst}</Original>
      </b>
      , <Day day={record.replied_on} />
      {record.url === undefined ? null : (
        <>
          , <ExternalLink href={record.url} />
        </>
      )}
    </p>
    <p class="prose">
      <bdi dir="auto">{record.text}</bdi>
    </p>
    <p class="small soft">
      {record.heard_by === undefined ? null : (
        <>
          Heard by <bdi>{nameOf(record.heard_by)}</bdi>.{' '}
        </>
      )}
      {record.link === undefined ? null : (
        <>
          Sent on <Instant at={record.link.used_at} /> through a link that{' '}
          <bdi>{nameOf(record.link.made_by)}</bdi> made for the person concerned; who used the link is not
          known.{' '}
        </>
      )}
      Published here by <bdi>{nameOf(by)}</bdi> on <Instant at={at} />, entry {seq}.
    </p>
  </div>
)
