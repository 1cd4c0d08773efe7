import type { SentenceId } from './sentences.ts'

/** Which sentences stand in which part of a record, in their order: on the page and in the terminal. */
export const SECTIONS = {
  claims: ['claims_kindest', 'claims_usual', 'could_have_seen', 'claims_bounds'],
  claims_besides: [
    'low_information',
    'deadline_ours',
    'paraphrases',
    'rows_alone',
    'disputed',
    'not_final',
    'unmeasured',
    'too_vague',
    'undecided',
  ],
  score: [
    'score',
    'always_half',
    'concentrated',
    'bounds',
    'reference',
    'reference_missing',
    'easy_and_hard',
    'readings',
  ],
  other_types: ['multiple_choice', 'numeric', 'date'],
} as const satisfies Record<string, readonly SentenceId[]>
