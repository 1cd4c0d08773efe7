import { addDays, type Deadline } from '../../core/calendar.ts'
import * as paths from '../../http/paths.ts'
import { DEADLINES, type DeadlineRow, readDeadlines } from '../../store/documents/feeds.ts'
import type { PageHandler } from '../ui/page.ts'
import { calendarAnswer, calendarDay, calendarInstant, calendarText } from './icalendar.ts'
import { type Asked, askedOf } from './narrowed.ts'
import { deadlineText, outcomeTold } from './told.tsx'

type Happening = {
  uid: string
  summary: string
  about: string
  deadline: Deadline
  isOff: boolean
}

/** `/feeds/due.ics`: the days on which questions become due, of all or of those that a filter of the ledger leaves. */
export const deadlineCalendar: PageHandler = async (context) => {
  const asked = askedOf(context)
  const { filter, titled, outside } = asked
  const { undecided, decided, analyst } = await readDeadlines(context.host.ledger.db, filter, context.now)
  return calendarAnswer(
    {
      name: `${titled('Deadlines', analyst?.record.name)} · Reckoning`,
      about: `The last days of questions, each a whole day of its own time zone: the next ${DEADLINES} that wait for a decision, and the last ${DEADLINES} that were decided.`,
      url: outside(paths.due()),
    },
    [...undecided, ...decided].flatMap((row) =>
      happeningsOf(row).map((happening) => eventOf(row, happening, asked)),
    ),
  )
}

/** The deadline of a question and, where it has a condition, the day by which that is to be met. */
function happeningsOf({ question, stands }: DeadlineRow): Happening[] {
  const { record, stream, outcome, annulled_because, known_on, condition_met } = question
  const { title, criteria, deadline, condition } = record
  const became = outcome === null ? '' : `\nDecided: ${outcomeTold(record, { outcome, annulled_because })}.`
  // What was known before its day is not waited for any more.
  const isOver = (day: string) => outcome !== null && known_on !== null && known_on < day
  const own: Happening = {
    uid: stream,
    summary: `${outcome === null ? 'To decide' : 'Decided'}: ${title}`,
    about: `Deadline: ${deadlineText(deadline)}.\nResolves as: ${criteria}${became}`,
    deadline,
    isOff: !stands || isOver(deadline.date),
  }
  if (condition === undefined) return [own]
  const conditional: Happening = {
    uid: `${stream}-condition`,
    summary: `Condition to be met: ${condition.text}`,
    about: `By ${deadlineText(condition.deadline)}. The condition of: ${title}${became}`,
    deadline: condition.deadline,
    isOff: !stands || condition_met !== null || isOver(condition.deadline.date),
  }
  return [conditional, own]
}

function eventOf(
  { question, sequence, changed }: DeadlineRow,
  { uid, summary, about, deadline, isOff }: Happening,
  { outside, notAhead }: Asked,
) {
  const { record, at } = question
  const { date } = deadline
  const tags = record.tags ?? []
  return [
    ['UID', `${uid}@reckoning`],
    // Of the log, not of the clock: the same record gives the same bytes.
    ['DTSTAMP', calendarInstant(notAhead(changed))],
    ['CREATED', calendarInstant(notAhead(at))],
    ['LAST-MODIFIED', calendarInstant(notAhead(changed))],
    ['SEQUENCE', String(sequence)],
    ['DTSTART;VALUE=DATE', calendarDay(date)],
    ['DTEND;VALUE=DATE', calendarDay(addDays(date, 1))],
    ['SUMMARY', calendarText(summary)],
    ['DESCRIPTION', calendarText(about)],
    ['URL', outside(paths.question(record.id))],
    ...(tags.length === 0 ? [] : [['CATEGORIES', tags.map(calendarText).join(',')] as const]),
    ['STATUS', isOff ? 'CANCELLED' : 'CONFIRMED'],
    ['TRANSP', 'TRANSPARENT'],
  ] as const
}
