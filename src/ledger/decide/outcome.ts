import type { Draft } from '../../core/entry.ts'
import type { FileResolution } from '../../core/resolution.ts'
import { canonicalJson } from '../../log/canonical-json.ts'
import type { QuestionRow } from '../../store/lookups.ts'
import { fileResolution } from '../../store/records.ts'
import { draft, nextOn } from '../draft.ts'
import { conditionEntry } from './condition.ts'
import { type Deciding, decide, frozen, put, standingOf, type WantedQuestion } from './deciding.ts'
import { isNews } from './news.ts'
import { proposalEntries } from './proposal.ts'

/** What happened: that a condition was met, and the outcome, which is confirmed by its proposer. */
export function decideOutcome(d: Deciding, { record, resolution, condition_met }: WantedQuestion): void {
  const question = d.questions.get(record.id)
  if (question === undefined) return
  decide(d, 'condition', record, [], () => {
    if (!isNews(condition_met, question.condition_met)) return
    put(d, 'condition', conditionEntry(d.unit, question, condition_met))
    question.rev++
    question.condition_met = { ...condition_met, at: '', by: '' }
  })
  if (resolution === null) return
  const standing = standingOf(d.held, record.id)
  if (standing === undefined) decide(d, 'resolution', record, [], () => resolve(d, question, resolution))
  else if (canonicalJson(fileResolution(standing)) === canonicalJson(resolution)) d.unchanged++
  else frozen(d, 'resolution', record.id, 'an outcome is corrected by a new resolution that supersedes it')
}

function resolve(d: Deciding, question: QuestionRow, resolution: FileResolution): void {
  const known = d.held.resolutions.get(question.record.id) ?? []
  const entries = proposalEntries(d.unit, question, known, asProposal(resolution))
  for (const entry of entries) put(d, 'resolution', entry)
  if (d.fourEyes) return
  const { id } = (entries[0] as Draft<'resolution.proposed'>).payload
  const at = nextOn(question, entries.length)
  const payload = { question: question.record.id, id, objection_hours: d.objectionHours }
  d.drafts.push(draft(d.unit, 'resolution.confirmed', at, payload))
}

function asProposal({ proposed_by, confirmed_by, ...fields }: FileResolution) {
  const claimed = {
    ...(proposed_by === undefined ? {} : { proposed_by }),
    ...(confirmed_by === undefined ? {} : { confirmed_by }),
  }
  return Object.keys(claimed).length === 0 ? fields : { ...fields, claimed }
}
