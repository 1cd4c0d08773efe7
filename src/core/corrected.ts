import type { CorrectionClass } from './correction.ts'
import type { EntryType, Event, Payload } from './entry.ts'
import { NOTHING } from './resolution.ts'

/** The types of entries that amend what stood in the record, as a reader calls them. */
export const CORRECTIONS = {
  'question.amended': 'Question amended',
  'resolution.superseded': 'Outcome superseded',
  'forecast.withdrawn': 'Forecast withdrawn by who said it',
  retracted: 'Forecast retracted',
  'source.recorded': 'Source amended',
  'analyst.recorded': 'Person amended',
  // Of the many entries that one request writes, the first stands for it.
  redacted: 'Words taken out',
  'member.redacted': 'Name of a member taken out',
} as const satisfies Partial<Record<EntryType, string>>
export type CorrectionType = keyof typeof CORRECTIONS
export const correctionTypes = Object.keys(CORRECTIONS) as CorrectionType[]

/** Of these the type says the class: whoever spoke took it back, and we logged what we should not have. */
const BY_TYPE: Partial<Record<CorrectionType, CorrectionClass>> = {
  'forecast.withdrawn': 'update',
  retracted: 'correction',
}

/** Whether an entry amends the record: a source or a person does from its second entry on. */
export const isCorrection = (event: Pick<Event, 'type' | 'rev'>): boolean =>
  event.type in CORRECTIONS &&
  ((event.type !== 'source.recorded' && event.type !== 'analyst.recorded') || event.rev > 0)

/** The class of an amendment; null where it was recorded before entries said one. */
export function classOf({
  type,
  payload,
}: {
  type: CorrectionType
  payload: Payload<CorrectionType>
}): CorrectionClass | null {
  const said = 'class' in payload ? payload.class : undefined
  // What was taken back within its minute was confirmed by mistake.
  const isTakenBack = 'superseded_by' in payload && payload.superseded_by === NOTHING
  return said ?? (isTakenBack ? 'correction' : (BY_TYPE[type] ?? null))
}

/** A field of a record that an amendment changed; null where it was not there. */
export type ChangedField = { field: string; from: string | null; to: string | null }

/** What an amendment changed, field by field, in words. */
export function changedFields(before: object, after: object): ChangedField[] {
  const [held, now] = [before as Record<string, unknown>, after as Record<string, unknown>]
  const keys = [...new Set([...Object.keys(held), ...Object.keys(now)])]
  return keys
    .map((key) => ({
      field: FIELDS[key] ?? key.replaceAll('_', ' '),
      from: fieldText(held[key]),
      to: fieldText(now[key]),
    }))
    .filter(({ from, to }) => from !== to)
}

const FIELDS: Readonly<Record<string, string>> = {
  title: 'Event',
  criteria: 'Resolves as',
  fine_print: 'Fine print',
  resolution_sources: 'Decided from',
  deadline: 'Deadline',
  condition: 'Condition',
  low_information: 'Hard to get wrong',
  if_yes: 'What happened, if yes',
  if_no: 'What happened, if no',
}

function fieldText(value: unknown): string | null {
  if (value === undefined) return null
  if (Array.isArray(value)) return value.map(fieldText).join('; ')
  if (typeof value === 'object' && value !== null)
    return Object.entries(value)
      .map(([key, part]) => `${key.replaceAll('_', ' ')}: ${fieldText(part)}`)
      .join('; ')
  return String(value)
}
