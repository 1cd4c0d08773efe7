import { type Deadline, dayText } from '../../core/calendar.ts'
import { may } from '../../core/member.ts'
import { type EventName, events } from '../../core/reminder.ts'
import { counted } from '../../core/text.ts'
import * as paths from '../../http/paths.ts'
import type { Notice } from '../../store/notices.ts'
import type { Target } from '../../store/targets.ts'
import type { Told } from '../../store/told.ts'

/** What is told of one notice, in words and for programs. */
export type Item = {
  seq: number
  event: EventName
  at: string
  title: string
  /** What goes behind the title; empty where nothing does. */
  detail: string
  path: string
  data: Record<string, unknown>
}

const until = ({ date, time_zone }: Deadline) => `Deadline ${dayText(date)} (${time_zone}).`
const names = (analysts: readonly string[]) =>
  analysts.length === 0 ? '' : ` Forecasts of ${analysts.join(', ')}.`

/** What a notice says now; null where what it names is gone. */
export function itemOf({ seq, event, subject, at }: Notice, told: Told): Item | null {
  const item = (title: string, detail: string, path: string, data: object): Item => ({
    ...{ seq, event, at, title, detail, path },
    data: { ...data, title },
  })
  if (event === 'forecast.recorded') {
    const forecast = told.forecasts.get(subject)
    if (forecast === undefined) return null
    const { id, analyst, quote, title } = forecast
    const data = { forecast: id, question: forecast.question, analyst, quote }
    return item(title, `${analyst}: “${quote}”`, paths.forecast(id), data)
  }
  if (event === 'quote.changed') {
    const source = told.sources.get(subject)
    if (source === undefined) return null
    const { id, title, state } = source
    return item(title, `A quote has ${state} there.`, paths.source(id), { source: id, state })
  }
  if (event === 'report.received') {
    const report = told.reports.get(subject)
    if (report === undefined) return null
    return item(report.title, '', paths.reports(), { about: report.subject })
  }
  if (event === 'checkpoint.signed') {
    const checkpoint = told.checkpoints.get(subject)
    if (checkpoint === undefined) return null
    const { size, note } = checkpoint
    return item(`${counted(size, 'entry', 'entries')}`, '', paths.log(), { size, checkpoint: note })
  }
  const question = told.questions.get(subject)
  if (question === undefined) return null
  const { id, title, deadline, analysts, outcome } = question
  const decided =
    event === 'resolution.confirmed' && outcome !== null ? { outcome: JSON.parse(outcome) as unknown } : {}
  const data = { question: id, deadline, analysts, ...decided }
  return item(title, until(deadline) + names(analysts), paths.question(id), data)
}

/** Whether a member is still to be reminded of it: it is theirs to do, and nobody did it meanwhile. */
export function concerns({ event, subject }: Notice, told: Told, { member, role }: Target): boolean {
  const needed = events[event].role
  if (needed === null || !may(role, needed)) return false
  if (event === 'quote.changed')
    return ['changed', 'vanished'].includes(told.sources.get(subject)?.state ?? '')
  if (event === 'report.received') return told.reports.has(subject)
  const question = told.questions.get(subject)
  if (question === undefined) return false
  if (event === 'resolution.disputed') return question.disputed && question.disputed_by !== member
  if (event === 'resolution.proposed')
    return question.pending && !question.disputed && !(told.four_eyes && question.proposed_by === member)
  return !question.decided && !question.pending
}
