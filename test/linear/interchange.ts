import { expect } from 'vitest'
import { type PredictionsFolder, SourceFile } from '../../src/core/predictions-file.ts'
import { atOnce } from '../../src/core/steps.ts'
import * as article from '../../src/interchange/article.ts'
import * as facts from '../../src/interchange/article-facts.ts'
import * as articleText from '../../src/interchange/article-text.ts'
import * as cutText from '../../src/interchange/cut-text.ts'
import * as finding from '../../src/interchange/finding.ts'
import * as files from '../../src/interchange/folder-files.ts'
import * as index from '../../src/interchange/folder-index.ts'
import { type ForecastRow, readRow, type TableMapping } from '../../src/interchange/forecast-row.ts'
import * as table from '../../src/interchange/forecast-table.ts'
import * as html from '../../src/interchange/html.ts'
import * as ladder from '../../src/interchange/ladder-check.ts'
import { joined } from '../../src/interchange/option-rows.ts'
import { pageText } from '../../src/interchange/page-text.ts'
import * as folder from '../../src/interchange/predictions-file.ts'
import * as folderText from '../../src/interchange/predictions-text.ts'
import * as questionCheck from '../../src/interchange/question-check.ts'
import * as quoteCheck from '../../src/interchange/quote-check.ts'
import * as referenceCheck from '../../src/interchange/reference-check.ts'
import * as schemaFindings from '../../src/interchange/schema-findings.ts'
import * as statementCheck from '../../src/interchange/statement-check.ts'
import * as survey from '../../src/interchange/survey.ts'
import * as cells from '../../src/interchange/table-cells.ts'
import * as columns from '../../src/interchange/table-columns.ts'
import * as tableFile from '../../src/interchange/table-file.ts'
import { recordsOf } from '../../src/interchange/table-records.ts'
import * as rows from '../../src/interchange/table-rows.ts'
import * as yaml from '../../src/interchange/yaml-document.ts'
import { ANALYSTS, TALK } from '../interchange/talk.ts'
import { type Adversary, TABLE } from '../support/adversaries.ts'
import { manyStatements, RECORDS } from '../support/many-records.ts'

import {
  type Case,
  CHARACTERS_FIRST,
  characters,
  DAY,
  folders,
  markup,
  PAGE,
  prose,
  RECORDS_FIRST,
  refusable,
  tried,
  yamls,
} from './tried.ts'

const tables = (run: (bytes: Uint8Array) => unknown, before = ''): Case =>
  tried(TABLE, CHARACTERS_FIRST, (text) => {
    const bytes = new TextEncoder().encode(before + text)
    return () => run(bytes)
  })
const records = (run: (files: files.FolderFiles) => unknown): Case =>
  tried(RECORDS, RECORDS_FIRST, (files) => () => run(files))

/** So is what is wrong with a survey. */
const surveyed = (run: () => unknown) => {
  try {
    return run()
  } catch (error) {
    expect(error).toBeInstanceOf(survey.SurveyProblem)
    return null
  }
}

const ARTICLE = `<article>${'<p>Words, words and more words of an article, as they are.'.repeat(10)}`
const mapping: TableMapping = {
  columns: { probability: 'p', outcome: 'o', date: 'd' },
  cluster: undefined,
  title: '{t}',
  where: [],
  not_analyst: [],
  outcomes: new Map(),
  time_zone: 'UTC',
  accessed: DAY,
}
/** Every cell is something of each kind. */
const KINDS: TableMapping = {
  ...mapping,
  columns: { ...mapping.columns, option: 't', criteria: 't', unit: 't', low: 'a', high: 'a', value: 'a' },
  quantiles: new Map([['0.5', 'a']]),
  level: 0.8,
}
/** A row that says it, in every cell. */
const rowOf = (text: string, told: TableMapping) =>
  readRow({
    row: { line: 1, cells: [text] },
    cell: () => text,
    at: new Map(),
    mapping: told,
    report: () => {},
    hasCommas: true,
  })
/** Rows of one question, each of another option. */
const optionRows = (text: string) =>
  [...text.slice(0, 2000)].flatMap((letter, i): ForecastRow[] => {
    const cells: Record<string, string> = { p: '0.5', d: '2025-04-08', o: letter, t: `${letter}${i}` }
    const row = readRow({
      row: { line: i + 1, cells: [] },
      cell: (name) => cells[name] ?? '',
      at: new Map(),
      mapping: OPTIONS,
      report: () => {},
      hasCommas: true,
    })
    return row === null ? [] : [row]
  })
const OPTIONS: TableMapping = { ...mapping, title: 'Q', columns: { ...mapping.columns, option: 't' } }
const DATA_SET = {
  id: 's',
  type: 'dataset',
  title: 'S',
  url: PAGE,
  published: DAY,
  coverage: 'complete',
} as const
const one = files.readFiles([ANALYSTS, { path: '2024/talk.yaml', bytes: TALK }])
const [talk] = one.sources as [files.SourceItem]
const [said] = talk.statements as [files.SourceItem['statements'][number]]
export const ALIKE: Adversary<files.FolderFiles>[] = [['statements', (n) => manyStatements(n, () => ({}))]]
/** All statements as those of one source. */
export const folderIn = ({ sources }: files.FolderFiles): PredictionsFolder => ({
  analysts: [],
  questions: [],
  sources: [
    {
      source: talk.value as NonNullable<files.SourceItem['value']>,
      analyst: 'jane-roe',
      statements: sources.flatMap(({ statements }) => statements.map(({ value }) => value)),
    },
  ],
})
const check: index.Check = { index: index.indexOf(one, {}), today: '2024-04-09' }
const itemOf = (changed: object): questionCheck.QuestionInFile => ({
  document: said.document,
  at: [],
  beside: [],
  question: { ...(said.value.question as object), id: 'war', ...changed } as never,
  published: DAY,
  quote: 'a',
  resolution: said.value.resolution,
  condition_met: undefined,
  references: undefined,
})
const inFile = (changed: object) => questionCheck.checkQuestion(itemOf(changed), check)
const page = (media: string, textOf: (text: string) => string) => (made: string) =>
  refusable(() => atOnce(article.articleSteps({ url: PAGE, media, text: textOf(made) })))

/** What is tried with which texts. */
export const INTERCHANGE: Record<string, Case | Case[]> = {
  'interchange/survey.ts phrasesOf': characters((text) => surveyed(() => survey.phrasesOf(text))),
  'interchange/survey.ts answerTable': characters((text) => survey.answerTable([text])),
  'interchange/survey.ts answerSheet': characters((text) => survey.answerSheet('ru', [text])),
  'interchange/survey.ts surveyOf': tables((bytes) => surveyed(() => survey.surveyOf(bytes)), 'reader,a\n'),
  'interchange/article-facts.ts factSteps': markup((html) => atOnce(facts.factSteps(html, PAGE))),
  'interchange/article-text.ts articleTextSteps': markup((html) =>
    atOnce(articleText.articleTextSteps(html)),
  ),
  'interchange/article.ts articleSteps': [
    markup(page('text/html', (text) => text)),
    characters(page('text/plain', (text) => text)),
    characters(
      page(
        'text/html',
        (text) =>
          `<title>${text}</title>${['author', 'date', 'language'].map((name) => `<meta name=${name} content="${text}">`).join('')}${ARTICLE}`,
      ),
    ),
  ],
  'interchange/cut-text.ts cutTexts': yamls((bytes) =>
    cutText.cutTexts(yaml.readYaml('2024/a.yaml', bytes), SourceFile),
  ),
  'interchange/finding.ts about': characters((text) => finding.about(text, text)),
  'interchange/finding.ts excerptOf': characters((text) =>
    finding.excerptOf(text, text.length >> 1, text.length >> 2),
  ),
  'interchange/finding.ts formatFinding': characters((text) =>
    finding.formatFinding({
      path: text,
      line: 1,
      column: 1,
      level: 'error',
      code: 'invalid',
      message: text,
      remedy: text,
      excerpt: { text, column: text.length, length: 1 },
    }),
  ),
  'interchange/finding.ts printable': characters(finding.printable),
  'interchange/finding.ts shown': characters(finding.shown),
  'interchange/finding.ts nearest': characters((text) => {
    finding.nearest(text, [text])
    finding.nearest('a', text)
    finding.nearest(text.slice(0, 120), [text, text.slice(1, 100)])
  }),
  'interchange/folder-files.ts readFiles': folders((bytes) =>
    files.readFiles([{ path: '2024/a.yaml', bytes }]),
  ),
  'interchange/folder-index.ts indexOf': records((files) => index.indexOf(files, {})),
  'interchange/folder-index.ts duplicateIds': records(index.duplicateIds),
  'interchange/folder-index.ts repeatedForecasts': records(index.repeatedForecasts),
  'interchange/folder-index.ts futureDays': characters((day) => index.futureDays(talk, [[['said_on'], day]])),
  'interchange/folder-index.ts unknownReference': characters((text) =>
    index.unknownReference('question', text, { ...check.index, looks: { left: 1 } }),
  ),
  'interchange/forecast-table.ts readForecasts': tables((bytes) => {
    const read = rows.readTable(tableFile.heldFile('a.csv', bytes))
    return read.rows === null ? null : table.readForecasts(read, mapping)
  }),
  'interchange/forecast-row.ts readRow': [
    characters((text) => rowOf(text, KINDS)),
    characters((text) => rowOf(text, mapping)),
  ],
  'interchange/option-rows.ts joined': characters((text) => joined(optionRows(text), OPTIONS, () => {})),
  'interchange/table-records.ts recordsOf': tables((bytes) => {
    const read = rows.readTable(tableFile.heldFile('a.csv', bytes))
    const found = read.rows === null ? null : table.readForecasts(read, mapping)
    return found === null ? null : recordsOf(found, mapping, DATA_SET, () => ({ id: 'a', name: 'A' }))
  }),
  'interchange/page-text.ts pageText': markup((text) => pageText({ url: PAGE, media: 'text/html', text })),
  'interchange/html.ts tokensOf': markup((text) => [...html.tokensOf(text)].length),
  'interchange/ladder-check.ts checkLadders': records((files) =>
    ladder.checkLadders(files, index.indexOf(files, {})),
  ),
  'interchange/predictions-file.ts readFolder': [
    folders((bytes) => folder.readFolder([{ path: 'analysts.yaml', bytes }])),
    characters((text) =>
      folder.readFolder([ANALYSTS, { path: '2024/talk.yaml', bytes: TALK }], {
        texts: new Map([['talk', text]]),
      }),
    ),
  ],
  'interchange/predictions-text.ts formatFolder': [
    characters((note) =>
      folderText.formatFolder({ analysts: [{ id: 'a', name: note, note }], questions: [], sources: [] }),
    ),
    tried(ALIKE, 10, (files) => () => folderText.formatFolder(folderIn(files))),
  ],
  'interchange/question-check.ts checkQuestion': prose((text) =>
    inFile({ title: text, deadline: { date: '2030-01-01', time_zone: 'UTC', because: text } }),
  ),
  'interchange/quote-check.ts checkQuotes': [
    prose((text) => quoteCheck.checkQuotes(talk.statements, text)),
    prose((quote) => quoteCheck.checkQuotes([{ ...said, value: { ...said.value, quote } }], 'a b')),
  ],
  'interchange/reference-check.ts checkReferences': characters((text) =>
    referenceCheck.checkReferences(
      { ...itemOf({}), references: [{ kind: 'crowd', probability: 0.5, source: text, observed_at: text }] },
      check,
    ),
  ),
  'interchange/schema-findings.ts tolerated': characters((text) => schemaFindings.tolerated({ a: text })),
  'interchange/statement-check.ts checkStatement': [
    characters((words) =>
      statementCheck.checkStatement(
        talk,
        { ...said, value: { ...said.value, quote: words, probability: { words } } },
        check,
      ),
    ),
    records((files) => {
      const checked: index.Check = { index: index.indexOf(files, {}), today: DAY }
      for (const source of files.sources)
        for (const item of source.statements) statementCheck.checkStatement(source, item, checked)
    }),
  ],
  'interchange/table-cells.ts momentIn': characters((text) =>
    cells.momentIn(text, 'Europe/Vienna', 'day-first'),
  ),
  'interchange/table-cells.ts chanceIn': characters((text) => cells.chanceIn(text, true)),
  'interchange/table-cells.ts numberIn': characters((text) => cells.numberIn(text, true)),
  'interchange/table-cells.ts meaningOf': characters((text) => cells.meaningOf(text, new Map())),
  'interchange/table-cells.ts outcomeIn': characters((text) => cells.outcomeIn(text, new Map())),
  'interchange/table-columns.ts columnsInTitle': characters(columns.columnsInTitle),
  'interchange/table-columns.ts titleFrom': characters((text) => columns.titleFrom(text, () => 'x')),
  'interchange/table-columns.ts placesOf': characters((text) =>
    columns.placesOf(
      { line: 1, cells: [text, ...text.slice(0, 100)] },
      { columns: mapping.columns, title: text, cluster: undefined, where: [], not_analyst: [] },
      () => {},
    ),
  ),
  'interchange/table-rows.ts readTable': [
    tables((bytes) => rows.readTable(tableFile.heldFile('a.csv', bytes))),
    tables((bytes) => rows.readTable(tableFile.heldFile('a.csv', bytes)), 'a,b\n'),
  ],
  'interchange/table-file.ts textOf': tables(tableFile.textOf),
  'interchange/table-rows.ts headerOf': characters((text) => rows.headerOf({ path: 'a.csv', text })),
  'interchange/yaml-document.ts readYaml': yamls((bytes) => yaml.readYaml('a.yaml', bytes)),
}

/** Of the others, why they need no text of their own. */
export const INTERCHANGE_UNTRIED: Record<string, string> = {
  'interchange/archive.ts filesIn': 'takes bytes, of which it unpacks a bounded number',
  'interchange/row-agreement.ts agreeing': 'measured by readForecasts',
  'interchange/table-rows.ts whereOf': 'takes one row',
  'interchange/table-rows.ts headerIn': 'takes rows',
  'interchange/table-rows.ts below': 'takes rows',
  'interchange/forecast-table.ts forecastRows': 'measured by readForecasts',
  'interchange/forecast-table.ts forecastsOf': 'measured by readForecasts',
  'interchange/table-file.ts NoText': 'is an error',
  'interchange/table-file.ts heldFile': 'holds bytes',
  'interchange/table-file.ts bytesIn': 'copies bytes',
  'interchange/table-file.ts textsOf': 'measured by textOf',
  'interchange/table-file.ts beginningOf': 'measured by readTable',
  'interchange/table-file.ts lineReader': 'measured by readTable',
  'interchange/row-answer.ts answerIn': 'measured by readRow',
  'interchange/row-outcome.ts rowOutcome': 'measured by readRow',
  'interchange/row-groups.ts grouped': 'measured by recordsOf',
  'interchange/row-groups.ts momentOf': 'measured by recordsOf',
  'interchange/row-groups.ts personIn': 'measured by recordsOf',
  'interchange/row-groups.ts questionsIn': 'measured by recordsOf',
  'interchange/row-groups.ts sayingsOf': 'measured by recordsOf',
  'interchange/table-mapping.ts mappingText': 'writes what was chosen',
  'interchange/table-mapping.ts readMapping': 'measured by readYaml',
  'interchange/predictions-text.ts documentOf': 'measured by formatFolder',
  'interchange/predictions-text.ts textOf': 'measured by formatFolder',
  'interchange/survey.ts SurveyProblem': 'is an error',
  'interchange/finding.ts inOrder': 'takes findings',
  'interchange/finding.ts hasErrors': 'takes findings',
  'interchange/folder-index.ts questionIn': 'takes one record',
  'interchange/html.ts westernLetter': 'takes a number',
  'interchange/schema-findings.ts refusals': 'takes what a schema refused: measured by readFiles',
}
