import * as z from 'zod'
import { Day } from '../core/calendar.ts'
import { QuestionId, StatementId } from '../core/slug.ts'
import { Share } from './document.ts'
import type { ForecastUnit } from './forecast-unit.ts'
import { isWords } from './forecast-unit.ts'
import { decidedOn } from './monitor.ts'
import { rowsOf, type ScoredRow } from './scored-row.ts'
import { byText } from './summation.ts'
import { scoredRows, type TrackRecord } from './track-record.ts'

/** Everything that the figures of a record need to know of one forecast that is scored. */
export const ReceiptUnit = z.strictObject({
  id: StatementId,
  question: QuestionId,
  said_on: Day,
  decided_on: Day.describe('The day of the deadline, or the later one on which the outcome was known.'),
  logged: z.enum(['live', 'late', 'afterwards']),
  kind: z.enum(['stated', 'worded']).describe('A number in the words of the analyst, or anything else.'),
  source_group: z.string().describe('What is said in one source stands or falls together.'),
  family_group: z.string().describe('And so does what is said of one development.'),
  of_family: z.boolean(),
  phrase: z.string().nullable().describe('With its lexicon: one phrase means one thing.'),
  key: z.string().nullable().describe('Of the phrase in its lexicon.'),
  low: Share.nullable().describe('The band of yes; null where the question is not of yes or no.'),
  mid: Share.nullable(),
  high: Share.nullable(),
  outcome: z.literal([0, 1]).nullable(),
  score: z.number(),
})
export type ReceiptUnit = z.infer<typeof ReceiptUnit>

const Value = z.union([z.number(), z.string(), z.array(z.number())]).nullable()
export const ReceiptFigure = z.strictObject({
  figure: z.string().describe('Where it stands in the track record.'),
  value: Value.describe('In full; null where it is withheld.'),
  from: z.enum(['claims', 'stated', 'yes_no', 'scored', 'tests']).describe('The units that enter.'),
  formula: z.string(),
})
export type ReceiptFigure = z.infer<typeof ReceiptFigure>

const ReceiptTest = z.strictObject({
  kind: z.enum(['phrase', 'row', 'whole', 'tilt', 'monitor']),
  label: z.string(),
  n: z.int().min(0),
  p: Share.nullable(),
  p_holm: Share.nullable(),
})

/** How the headline figures of a record came about. */
export const receipt = {
  units: z.array(ReceiptUnit),
  figures: z.array(ReceiptFigure),
  tests: z.array(ReceiptTest).describe('All that the page tests, in the order of its rule.'),
}
export type Receipt = {
  units: ReceiptUnit[]
  figures: ReceiptFigure[]
  tests: TrackRecord['finding']['tests']
}

const unitOf = (row: ScoredRow): ReceiptUnit => {
  const { unit, said, kind, source_cluster, family_cluster, binary, score } = row
  return {
    id: unit.id,
    question: unit.question,
    said_on: said.said_on,
    decided_on: decidedOn(row),
    logged: said.logged,
    kind,
    source_group: source_cluster,
    family_group: family_cluster,
    of_family: unit.family !== null,
    phrase: binary?.phrase ?? null,
    key: isWords(said.probability) ? (said.probability.key ?? null) : null,
    low: binary?.low ?? null,
    mid: binary?.mid ?? null,
    high: binary?.high ?? null,
    outcome: binary?.outcome ?? null,
    score,
  }
}

/**
 * The receipt of a record: the units that enter its headline figures, each figure in full and its formula in words.
 * docs/recompute.py makes the figures again from the units alone.
 */
export function receiptOf(units: readonly ForecastUnit[], record: TrackRecord): Receipt {
  const { claims, headline, all, finding } = record
  const figures: ReceiptFigure[] = []
  const tell = (
    from: ReceiptFigure['from'],
    formula: string,
    values: Record<string, ReceiptFigure['value']>,
  ) => {
    for (const [figure, value] of Object.entries(values)) figures.push({ figure, value, from, formula })
  }
  tell('claims', 'Units of yes or no whose mid is not .5: each leans to the side of its mid.', {
    'claims.n': claims.n,
  })
  tell('claims', 'Those that went the way they leaned.', { 'claims.came_true': claims.came_true })
  tell('claims', 'The sums of low and of high of the side leaned to (1 − high and 1 − low where it is no).', {
    'claims.promised': claims.promised,
  })
  tell('claims', 'The sum of mid of the side leaned to.', { 'claims.usual': claims.usual })
  tell(
    'claims',
    'min(1, 2·min(P(S ≤ k) at low, P(S ≥ k) at high)), the larger of by source and by development; S adds up groups, of each of which j or more come true with the j-th largest probability in it.',
    { 'claims.p_value': claims.p_value },
  )
  tell('claims', 'The same with mid in place of low and of high.', { 'claims.p_usual': claims.p_usual })
  tell('stated', 'Units of yes or no of the kind stated.', { 'headline.n': headline?.n ?? null })
  tell('stated', 'The mean of (mid − outcome)².', { 'headline.brier': headline?.brier ?? null })
  tell(
    'stated',
    'Jackknife over groups with one group added whose outcomes went the other way, docs/scoring.md, section 6.',
    { 'headline.interval': headline?.interval ?? null },
  )
  tell(
    'yes_no',
    'The mean of (p − outcome)², each phrase at the reading in its band that makes the sum smallest, at its mid, and at the one that makes it largest.',
    { 'all.best': all?.best ?? null, 'all.mid': all?.mid ?? null, 'all.worst': all?.worst ?? null },
  )
  tell('yes_no', 'The lower end of the range at the best reading, the upper end at the worst.', {
    'all.interval': all?.interval ?? null,
  })
  tell('tests', 'The first rule that holds, docs/scoring.md, section 12.', { 'finding.rule': finding.rule })
  tell('tests', 'What leads, where a test does.', { 'finding.subject': finding.subject })
  tell('tests', 'p of what leads after Holm over all tests.', { 'finding.p_holm': finding.p_holm })
  const scored = scoredRows(rowsOf(units, new Date(record.as_of))).map(unitOf)
  scored.sort((a, b) => byText(a.said_on, b.said_on) || byText(a.id, b.id))
  return { units: scored, figures, tests: finding.tests }
}
