import type { Child } from 'hono/jsx'
import { type CodingKind, isClaim, type JointPassage, type Passage } from '../../core/coding.ts'
import { Day } from '../ui/date.tsx'
import { percent, percentRange } from '../ui/number.ts'
import { Original } from '../ui/original.tsx'

export const KINDS: Record<CodingKind, string> = {
  number: 'A forecast with a number',
  words: 'A forecast with words of probability',
  flat: 'A flat forecast',
  vague: 'Too vague to be decided',
  no_forecast: 'No forecast',
}

export const REASONS = {
  present_state: 'It tells a present state',
  motive: 'It tells a motive',
  rhetorical: 'It is asked for effect',
  normative: 'It says what should be',
  no_event: 'No event could show it right or wrong',
  no_deadline: 'No deadline could be set',
  too_wide: 'The band is too wide',
} as const

const bandText = ({ low, high }: { low: number; high: number }) =>
  low === high ? percent(low) : percentRange(low, high)

/** What was read of a passage: kind, event, deadline, band; the coder's own probability only where it is told. */
export function Read({ passage, own }: { passage: Passage | JointPassage; own?: boolean }) {
  const rows: (readonly [string, Child])[] = [['Kind', KINDS[passage.kind]]]
  if ('event' in passage) {
    rows.push(['Event', <bdi>{passage.event}</bdi>], ['Deadline', <Day day={passage.deadline} />])
    if (passage.words !== undefined) rows.push(['Words', <bdi>“{passage.words}”</bdi>])
    rows.push(['Band', bandText(passage.band)])
    if (own === true && 'own' in passage && isClaim(passage))
      rows.push(['Own probability', percent(passage.own)])
  } else rows.push(['Reason', REASONS[passage.reason]])
  if (passage.note !== undefined) rows.push(['Note', <bdi>{passage.note}</bdi>])
  return (
    <dl class="facts compact">
      {rows.map(([name, said]) => (
        <>
          <dt>{name}</dt>
          <dd>{said}</dd>
        </>
      ))}
    </dl>
  )
}

/** The words of a passage as they stand in the text. */
export const Words = ({
  passage,
  language,
}: {
  passage: { quote: string }
  language: string | undefined
}) => (
  <blockquote class="coded">
    <Original language={language}>{passage.quote}</Original>
  </blockquote>
)
