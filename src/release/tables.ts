import type { Dataset } from '../store/documents/dataset.ts'
import { agreementRows, agreementTable } from './agreement-table.ts'
import { distributionOf, distributionTable, forecastTable, replyTable } from './forecast-tables.ts'
import { outcomeAgreementRows, outcomeAgreementTable } from './outcome-agreement-table.ts'
import { questionTable } from './question-table.ts'
import { referenceTable } from './reference-table.ts'
import { evidenceTable, resolutionTable } from './resolution-tables.ts'
import { scoreTable, trackRecordTable } from './score-tables.ts'
import { analystTable, sourceTable } from './source-tables.ts'
import { statementTable } from './statement-table.ts'
import { type Table, tableOf } from './table.ts'

/** The tables of a data set; those of replies, agreement, distributions and references only where there are any. */
export function tablesOf(data: Dataset, quotes: boolean): Table[] {
  const evidence = data.resolutions.flatMap(({ record: { id, question, evidence } }) =>
    evidence.map((one, i) => ({ ...one, question, resolution: id, position: i + 1 })),
  )
  const distributions = data.forecasts.flatMap(({ record: { id, probability } }) =>
    distributionOf(id, probability),
  )
  const scores = data.records
    .filter(({ view }) => view === 'all')
    .flatMap(({ analyst, forecasts }) => forecasts.map((line) => ({ ...line, analyst: analyst?.id ?? '' })))
  const all = [
    tableOf(analystTable, data.analysts, quotes),
    tableOf(sourceTable, data.sources, quotes),
    tableOf(statementTable, data.statements, quotes),
    tableOf(questionTable, data.questions, quotes),
    tableOf(forecastTable, data.forecasts, quotes),
    tableOf(distributionTable, distributions, quotes),
    tableOf(resolutionTable, data.resolutions, quotes),
    tableOf(evidenceTable, evidence, quotes),
    tableOf(referenceTable, data.references, quotes),
    tableOf(replyTable, data.replies, quotes),
    tableOf(scoreTable, scores, quotes),
    tableOf(trackRecordTable, data.records, quotes),
    tableOf(agreementTable, agreementRows(data.rounds, data.agreement), quotes),
    tableOf(outcomeAgreementTable, outcomeAgreementRows(data.outcome_agreement), quotes),
  ]
  return all.filter(({ name, rows }) => rows > 0 || ALWAYS.includes(name))
}

const ALWAYS = [
  'analysts',
  'sources',
  'statements',
  'questions',
  'forecasts',
  'resolutions',
  'scores',
  'track_records',
]
