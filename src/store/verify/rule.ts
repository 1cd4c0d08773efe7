import { dueAt } from '../../core/calendar.ts'
import { isCorrection } from '../../core/corrected.ts'
import type { Event } from '../../core/entry.ts'
import { OBJECTION_HOURS } from '../../core/objection.ts'
import type { Question } from '../../core/question.ts'
import { isRedaction } from '../../core/redaction.ts'
import { NOTHING, TAKE_BACK_MS } from '../../core/resolution.ts'
import { rosterOf } from '../../core/roster.ts'
import { codingCheck } from './coding-rule.ts'
import { outcomeCheck } from './outcome-rule.ts'
import { referenceCheck } from './reference-rule.ts'

/** The rules that bind entries to each other: four eyes, frozen criteria, the minute in which an act is taken back. */
export function ruleCheck(refuse: (seq: number, code: string, message: string) => void) {
  const proposers = new Map<string, string>()
  const deadlines = new Map<string, Date>()
  const standing = new Map<string, Map<string, { by: string; at: string }>>()
  /** When each entry was recorded that amends the record. */
  const corrections = new Map<number, string>()
  /** When words were taken out, and which outcomes were confirmed. */
  const [requests, confirmed] = [new Set<string>(), new Set<string>()]
  const roster = rosterOf()
  const reference = referenceCheck(refuse)
  const coding = codingCheck(refuse, () => roster.count('recorder'))
  const outcome = outcomeCheck(refuse)
  let samePerson = 0
  let fourEyes = false
  let isAuto = false
  let hours: number | undefined

  /** Who last proposed or confirmed each resolution that stands. */
  function act(event: Event<'resolution.proposed' | 'resolution.confirmed'>): void {
    const ofQuestion = standing.get(event.stream) ?? new Map<string, { by: string; at: string }>()
    standing.set(event.stream, ofQuestion.set(event.payload.id, { by: event.by, at: event.at }))
  }

  /** Whether it stands under Corrections: of what one request took out its first entry, of outcomes those that were in force. */
  function isListed(event: Event): boolean {
    if (!isCorrection(event)) return false
    if (event.type === 'resolution.superseded')
      return confirmed.has(`${event.payload.question} ${event.payload.id}`)
    if (!isRedaction(event.type)) return true
    const isFirst = !requests.has(event.at)
    requests.add(event.at)
    return isFirst
  }

  /** `whole` where no words were taken out of it: what is left of it hashes to something else. */
  function check(event: Event, whole: boolean): void {
    if (isListed(event)) corrections.set(event.seq, event.at)
    coding(event, whole)
    reference(event)
    outcome(event, whole)
    switch (event.type) {
      case 'clock.corrected':
        for (const [seq, at] of corrections) if (at > event.at) corrections.set(seq, event.at)
        for (const ofQuestion of standing.values())
          for (const act of ofQuestion.values()) if (act.at > event.at) act.at = event.at
        break
      case 'policy.changed':
        fourEyes = event.payload.four_eyes_in_force
        hours = event.payload.objection_hours ?? hours
        isAuto = event.payload.four_eyes === 'auto'
        break
      case 'member.added':
      case 'member.changed':
        if (!roster.take(event)) refuse(event.seq, 'member', 'It changes nobody who can be changed.')
        else if (event.type === 'member.changed' && roster.count('admin') === 0)
          refuse(event.seq, 'member', 'No admin was left after it.')
        break
      case 'forecast.withdrawn':
      case 'reply.published':
        if (event.payload.heard_by === event.by)
          refuse(event.seq, 'four_eyes', 'One member stands for both who heard it and who recorded it.')
        if (fourEyes && 'link' in event.payload && event.payload.link?.made_by === event.by)
          refuse(
            event.seq,
            'four_eyes',
            'Who made a link published what came through it, with four eyes in force.',
          )
        break
      case 'question.recorded':
        deadlines.set(event.stream, dueAt(event.payload.deadline))
        break
      case 'question.amended':
        if (new Date(event.at) >= (deadlines.get(event.stream) ?? new Date(0)))
          refuse(event.seq, 'criteria', 'The question was amended after its deadline.')
        if ((standing.get(event.stream)?.size ?? 0) > 0)
          refuse(event.seq, 'criteria', 'The question was amended after an outcome was proposed.')
        deadlines.set(event.stream, dueAt((event.payload.record as Question).deadline))
        break
      case 'resolution.proposed':
        act(event)
        proposers.set(`${event.payload.question} ${event.payload.id}`, event.by)
        break
      case 'resolution.confirmed': {
        act(event)
        confirmed.add(`${event.payload.question} ${event.payload.id}`)
        const proposer = proposers.get(`${event.payload.question} ${event.payload.id}`)
        if (proposer === undefined)
          refuse(event.seq, 'proposal', 'An outcome was confirmed that nobody proposed.')
        const open = event.payload.objection_hours
        if (open !== hours && !(hours === undefined && open === OBJECTION_HOURS))
          refuse(event.seq, 'objection', 'The time for objections is not that of the policy.')
        if (proposer !== event.by) break
        samePerson++
        if (fourEyes || (isAuto && roster.count('resolver') > 1))
          refuse(event.seq, 'four_eyes', 'The proposer confirmed an outcome while four eyes were in force.')
        break
      }
      case 'report.closed': {
        const { mended_by, received_at } = event.payload
        const mended = mended_by === undefined ? event.at : corrections.get(mended_by)
        if (mended === undefined)
          refuse(event.seq, 'report', 'It says that an entry mends it which amends nothing.')
        else if (mended < received_at || event.at < received_at)
          refuse(event.seq, 'report', 'It was mended or closed before it came.')
        break
      }
      case 'resolution.superseded': {
        const last = standing.get(event.stream)?.get(event.payload.id)
        const inTime = last?.by === event.by && Date.parse(event.at) - Date.parse(last.at) <= TAKE_BACK_MS
        if (event.payload.superseded_by === NOTHING && !inTime)
          refuse(event.seq, 'taken_back', 'An outcome was taken back by somebody else, or after its minute.')
        standing.get(event.stream)?.delete(event.payload.id)
        break
      }
    }
  }

  return { check, samePerson: () => samePerson }
}
