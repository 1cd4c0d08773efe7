import { canonicalJson } from '../log/canonical-json.ts'
import { common, insert, type Projector, RECORD, update } from './projection-sql.ts'

/** Rounds in which two code one text, what they found once both are in, and the codebooks they went by. */
export const codingProjectors: readonly Projector[] = [
  insert('codebook.published', 'codebook', ['version', 'stream', 'seq', 'at', 'by', 'record'], (event) => [
    { ...common(event), version: event.payload.version, record: canonicalJson(event.payload) },
  ]),
  insert('coding.opened', 'coding_round', [...RECORD, 'source', 'record'], (event) => [
    {
      ...common(event),
      id: event.payload.id,
      source: event.payload.source,
      record: canonicalJson(event.payload),
    },
  ]),
  insert('coding.submitted', 'coding_sent', ['round', 'by', 'seq', 'at', 'commitment'], (event) => [
    { ...common(event), round: event.payload.round, commitment: event.payload.commitment },
  ]),
  update(
    'coding.revealed',
    'coding_sent',
    ['coding'],
    ({ payload: { round, coder, coding } }) => [{ round, by: coder, coding: canonicalJson(coding) }],
    ['round', 'by'],
  ),
  update('coding.adjudicated', 'coding_round', ['joint', 'joint_at', 'joint_by'], ({ at, by, payload }) => [
    { id: payload.round, joint: canonicalJson(payload), joint_at: at, joint_by: by },
  ]),
  update(
    'coding.closed',
    'coding_round',
    ['closed_at', 'closed_by', 'closed_because'],
    ({ at, by, payload }) => [
      { id: payload.round, closed_at: at, closed_by: by, closed_because: payload.because },
    ],
  ),
]
