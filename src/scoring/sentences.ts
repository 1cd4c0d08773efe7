import type { TrackRecord } from './track-record.ts'

/** STUB until branch rec is merged. */
export type SentenceId =
  | 'finding' | 'how_sure' | 'claims_kindest' | 'claims_usual' | 'could_have_seen' | 'no_claims' | 'undecided'
  | 'illustration' | 'score' | 'always_half' | 'concentrated' | 'bounds' | 'claims_bounds' | 'reference'
  | 'reference_missing' | 'easy_and_hard' | 'revisions' | 'monitor' | 'monitor_always' | 'refuted' | 'tilt'
  | 'numeric' | 'date' | 'multiple_choice' | 'readings' | 'paraphrases' | 'unmeasured' | 'envelope' | 'checkable'
  | 'low_information' | 'deadline_ours'
export type Sentences = Partial<Record<SentenceId, string>>
export const sentencesOf = (record: TrackRecord, _: { name: string | null }): Sentences => ({
  finding: record.finding.sentence,
  claims_kindest: 'STUB kindest.',
})
