import { answerBy, answerText } from '../../core/objection.ts'
import * as paths from '../../http/paths.ts'
import type { WaitingReply } from '../../store/reply-links.ts'
import { Titled } from '../ui/link.tsx'
import type { NameOf } from '../ui/member-names.ts'

type Props = { replies: readonly WaitingReply[]; answerDays: number; nameOf: NameOf; now: Date }

/** For members: replies of persons concerned that wait for a second member, the longest first. */
export const WaitingReplies = ({ replies, answerDays, nameOf, now }: Props) =>
  replies.length === 0 ? null : (
    <section id="replies">
      <h2>
        Replies that wait <span class="soft">{replies.length}</span>
      </h2>
      <p class="soft tight">Of the persons concerned. Nothing of them is published yet.</p>
      {replies.map(({ forecast, title, link, by, at }) => (
        <p class="tight">
          <Titled href={`${paths.forecast(forecast)}#reply`}>{title}</Titled>{' '}
          <span class="small">
            {link === null ? 'heard by' : 'sent through a link made by'} <bdi>{nameOf(by)}</bdi> ·{' '}
            <b>{answerText(answerBy(at, answerDays), now)}</b>
          </span>
        </p>
      ))}
    </section>
  )
