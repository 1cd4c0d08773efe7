import type { ComparedSide, Difference, PairRuling } from './analysts-document.ts'
import { type Answer, answerOf, byQuestion, commonOf } from './answer.ts'
import { claimFigures } from './claims.ts'
import type { Reason, Withheld } from './document.ts'
import { liveOnly } from './eligibility.ts'
import { type BinaryRow, isBinary } from './figures.ts'
import { type ForecastLine, forecastLine } from './forecast-lines.ts'
import type { ForecastUnit } from './forecast-unit.ts'
import { countNearer, type Nearer, type NearerCounts, nearerOf, nearerSentence } from './nearer.ts'
import { groupsOfCommon, type PairFigures, pairDifference, turned } from './pair-difference.ts'
import { type Ruling, type Rulings, rulingOn } from './pair-rulings.ts'
import { earlierSentence, rulingSentence, untestedSentence } from './pair-sentences.ts'
import { rowsOf } from './scored-row.ts'
import { byText, quantileOfSorted, sum } from './summation.ts'
import { scoredRows } from './track-record.ts'

export type Side = { id: string; name: string; units: readonly ForecastUnit[] }
type Said = Pick<ForecastLine, 'probability' | 'brier' | 'verdict'>
export type Comparison = {
  as_of: string
  common: number
  clusters: number
  a: ComparedSide
  b: ComparedSide
  difference: Difference | null
  ruling: PairRuling
  /** Days by which a spoke later than b, as a rule: below 0, a was earlier; null without common questions. */
  later_by: number | null
  verdict: string
  earlier: string | null
  /** On how many questions each was nearer to what happened. */
  nearer: NearerCounts
  nearest: string | null
  questions: {
    nearer: Nearer
    question: string
    title: string
    outcome: ForecastUnit['outcome']
    a: Said
    b: Said
  }[]
  withheld: Withheld
}

const rowsByQuestion = ({ units }: Side, asOf: Date) =>
  new Map(
    scoredRows(rowsOf(liveOnly(units), asOf))
      .filter(isBinary)
      .map((row) => [row.unit.question, row]),
  )

const answersIn = (rows: ReadonlyMap<string, BinaryRow>): Answer[] => [...rows.values()].map(answerOf)

/**
 * Two analysts on their common yes/no questions, live only. Whether they are told apart is no finding of this page:
 * it is what the ledger's pairs say of them.
 */
export function compare(a: Side, b: Side, asOf: Date, rulings: Rulings): Comparison {
  const [ofA, ofB] = [rowsByQuestion(a, asOf), rowsByQuestion(b, asOf)]
  const common = commonOf(answersIn(ofA), byQuestion(answersIn(ofB)))
  const pairs = common.map(({ a: { question } }) => ({
    a: ofA.get(question) as BinaryRow,
    b: ofB.get(question) as BinaryRow,
  }))
  const ruling = rulingOn(rulings, a.id, b.id)
  const seen = ruling && (byText(a.id, b.id) < 0 ? ruling : { ...ruling, ...turned(ruling) })
  const numbers =
    seen?.basis === 'numbers' ? pairs.filter((p) => p.a.kind === 'stated' && p.b.kind === 'stated') : []
  const side = ({ id, name }: Side, of: 'a' | 'b') => ({
    id,
    name,
    brier: numbers.length === 0 ? null : sum(numbers.map((pair) => pair[of].score)) / numbers.length,
    claims: claimFigures(pairs.map((pair) => pair[of])),
  })
  const names = (id: string) => (id === a.id ? a.name : b.name)
  const later_by = laterBy(numbers.length === 0 ? pairs : numbers)
  const reason = seen === null ? (pairDifference(common) as Reason) : null
  const questions = pairs.map((pair) => {
    const [ofA, ofB] = [shown(pair.a), shown(pair.b)]
    return {
      question: pair.a.unit.question,
      title: pair.a.unit.title,
      outcome: pair.a.unit.outcome,
      nearer: nearerOf(ofA.brier, ofB.brier),
      a: ofA,
      b: ofB,
    }
  })
  const nearer = countNearer(questions.map((line) => line.nearer))
  return {
    as_of: asOf.toISOString(),
    common: pairs.length,
    clusters: groupsOfCommon(common),
    a: side(a, 'a'),
    b: side(b, 'b'),
    difference: seen && differenceOf(seen),
    ruling: {
      pairs: rulings.tested,
      p: ruling?.p ?? null,
      p_holm: ruling?.p_holm ?? null,
      told_apart: ruling?.told_apart ?? false,
      points_to: ruling?.points_to ?? false,
    },
    later_by,
    verdict:
      reason === null
        ? rulingSentence(ruling as Ruling, rulings.tested, names)
        : untestedSentence([a.name, b.name], pairs.length, reason),
    earlier: later_by === null ? null : earlierSentence(later_by, [a.name, b.name]),
    nearer,
    nearest: nearerSentence(nearer, [a.name, b.name]),
    questions,
    withheld: reason === null ? {} : { difference: reason },
  }
}

function shown(row: BinaryRow): Said {
  const { probability, brier, verdict } = forecastLine(row, row)
  return { probability, brier, verdict }
}

const differenceOf = ({ basis, n, clusters, mean, interval }: PairFigures): Difference => ({
  basis,
  n,
  clusters,
  mean,
  interval,
})

const DAY = 86_400_000

function laterBy(pairs: readonly { a: BinaryRow; b: BinaryRow }[]): number | null {
  if (pairs.length === 0) return null
  const day = ({ said }: BinaryRow) => Date.parse(said.said_on) / DAY
  const days = pairs.map(({ a, b }) => day(a) - day(b)).sort((x, y) => x - y)
  return quantileOfSorted(days, 0.5)
}
