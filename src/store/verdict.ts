/**
 * What became of a claim, as `verdictOn` of core/verdict.ts says it, for lists and counts: one of its kinds.
 * `forecast.lean` is the side leaned to, `vague` for words that can mean almost anything, else null.
 */
export const VERDICT_SQL = `CASE
    WHEN forecast.retraction IS NOT NULL THEN 'no_result'
    WHEN forecast.lean = 'vague' THEN 'too_vague'
    WHEN question.outcome IS NULL THEN 'open'
    WHEN question.outcome IN ('"annulled"', '"ambiguous"') THEN 'no_result'
    WHEN forecast.said_to > question.record ->> '$.deadline.date' OR forecast.said_to >= question.known_on
      THEN 'no_result'
    WHEN forecast.lean IS NULL THEN 'said'
    WHEN question.outcome = '"' || forecast.lean || '"' THEN 'came_true'
    ELSE 'did_not'
  END`
