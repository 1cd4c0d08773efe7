import { toldText, type VerdictWords } from '../core/verdict.ts'
import type { RecordFunnel } from '../scoring/document.ts'
import { brierText, rangeText, scoreText } from '../scoring/figure-text.ts'
import type { ForecastLine } from '../scoring/forecast-lines.ts'
import { bandOf, categoricalOf, isWords, leaningOf, type Probability } from '../scoring/forecast-unit.ts'
import { EXIT, stepText, wholeText } from '../scoring/funnel-words.ts'
import { nothingChangesText } from '../scoring/rule-text.ts'
import { SECTIONS } from '../scoring/sections.ts'
import { type SentenceId, sentencesOf } from '../scoring/sentences.ts'
import { type ToldPart, toldNumbers, toldWords } from '../scoring/told-parts.ts'
import type { RecordDocument } from '../store/documents/track-record.ts'
import { type Column, plural, table } from './table.ts'
import { cut, harmless, padStart, styled, type Terminal, wrapped } from './terminal.ts'

/** Wider lines are hard to read. */
const WIDEST = 100

/** Some parts of a drawing, those that are not empty, with an empty line between them. */
export function drawn<T>(
  terminal: Terminal,
  of: T,
  parts: readonly ((terminal: Terminal, of: T) => string[])[],
): string {
  const within = { ...terminal, width: Math.min(terminal.width, WIDEST) }
  return parts
    .map((draw) => draw(within, of).join('\n'))
    .filter((text) => text !== '')
    .join('\n\n')
}

/** A track record as a drawing of lines: what it can support, and for the rest why not. */
export function drawRecord(terminal: Terminal, record: RecordDocument): string {
  return drawn(terminal, record, [
    heading,
    cameTrue,
    words,
    numbers,
    score,
    told('Changes of mind', ['revisions']),
    told('Does what happens still fit?', ['monitor', 'refuted', 'tilt', 'monitor_always']),
    told('Would you know if they were wrong?', ['checkable']),
    funnel,
    forecasts,
    footing,
  ])
}

export const title = (terminal: Terminal, text: string) => styled(terminal, 'bold', text)

function heading(terminal: Terminal, record: RecordDocument): string[] {
  const name = harmless(record.analyst?.name ?? 'All forecasts')
  const { sentence, numbers, how_sure } = record.lead
  return [
    title(terminal, name),
    ...[sentence, numbers ?? '', how_sure ?? ''].flatMap((text) => wrapped(harmless(text), terminal.width)),
  ]
}

/** Sentences of a record, those of which the condition holds. */
const said = (terminal: Terminal, record: RecordDocument, ids: readonly SentenceId[]): string[] => {
  const sentences = sentencesOf(record, { name: record.analyst?.name ?? null })
  return ids.flatMap((id) => wrapped(harmless(sentences[id] ?? ''), terminal.width))
}

/** A part of nothing but sentences, under its title. */
const told = (name: string, ids: readonly SentenceId[]) => (terminal: Terminal, record: RecordDocument) => {
  const lines = said(terminal, record, ids)
  return lines.length === 0 ? [] : [title(terminal, name), ...lines]
}

/** From all that was said to the numbers that are scored, and by which doors the rest went. */
function funnel(terminal: Terminal, { funnel }: RecordDocument): string[] {
  // After nothing stayed there is nothing to account for.
  const steps = funnel.filter(({ from }) => from > 0)
  const [whole] = steps
  if (whole === undefined) return []
  const digits = String(whole.from).length
  const margin = ' '.repeat(digits + 1)
  return [
    title(terminal, 'From what was said to what is counted'),
    `${whole.from} ${wholeText(whole.from)}`,
    ...steps.flatMap(({ step, out, stays }) => [
      `${padStart(String(stays), digits)} ${stepText(step, stays)}`,
      ...wrapped(without(out), terminal.width, margin).map((line) => styled(terminal, 'dim', line)),
    ]),
  ]
}

const without = (out: RecordFunnel[number]['out']) =>
  out.length === 0 ? '' : `without ${out.map(({ why, n }) => `${n} ${EXIT[why]}`).join(', ')}`

/** A scale from 0 to `most` with a band and a mark on it. */
function scale(width: number, most: number, [low, high]: readonly [number, number], mark: number): string {
  const at = (value: number) => Math.round((value / most) * (width - 1))
  return Array.from({ length: width }, (_, i) =>
    i === at(mark) ? '●' : i >= at(low) && i <= at(high) ? '═' : '─',
  ).join('')
}

const scaleWidth = ({ width }: Terminal) => Math.min(width - 6, 60)

function cameTrue(terminal: Terminal, record: RecordDocument): string[] {
  const { n, came_true, records } = record.claims
  const lines = [
    ...(records === null
      ? []
      : [
          `0 ${scale(scaleWidth(terminal), n, records.chance, came_true)} ${n}`,
          ...wrapped(
            `● ${came_true} came true; ═ where nine of ten such records end, if the words and numbers are right`,
            terminal.width,
          ),
        ]),
    ...said(terminal, record, ['no_claims', ...SECTIONS.claims]),
    ...nothingChangesText(record.nothing_changes).flatMap((text) => wrapped(text, terminal.width)),
    ...said(terminal, record, SECTIONS.claims_besides),
  ]
  const name = n === 0 ? 'Did it come true?' : `${came_true} of ${n} came true`
  return lines.length === 0 ? [] : [title(terminal, name), ...lines]
}

/** Squares, filled first, and in brackets where the filling should end: ■■[■■]□□□. */
function squares({ n, happened, frame: { per_square, squares } }: ToldPart['row']): string {
  const count = Math.ceil(n / per_square)
  const [from, to] = [Math.round(squares[0] / per_square), Math.round(squares[1] / per_square)]
  const filled = Math.round(happened / per_square)
  const cells = Array.from({ length: count }, (_, i) => (i < filled ? '■' : '□'))
  return [...cells.slice(0, from), '[', ...cells.slice(from, to), ']', ...cells.slice(to)].join('')
}

function counted(terminal: Terminal, name: string, rows: readonly ToldPart[]): string[] {
  if (rows.length === 0) return []
  const columns: Column<ToldPart>[] = [
    { title: 'SAID', of: ({ label }) => label, gives: true },
    { title: 'HAPPENED', of: ({ row: { happened, n } }) => `${happened} of ${n}`, align: 'right' },
    { title: 'EXPECTED', of: ({ expected }) => expected, align: 'right' },
    { title: '', of: ({ reading }) => reading, gives: true },
  ]
  // A row that would be torn stands in the table alone.
  const drawings = rows
    .map(({ row, label }) => ({ label, drawing: squares(row) }))
    .filter(({ drawing }) => drawing.length + 2 <= terminal.width)
  return [
    title(terminal, name),
    table(terminal, columns, rows),
    ...drawings.map(({ label, drawing }) => `${drawing}  ${cut(label, terminal.width - drawing.length - 2)}`),
  ]
}

const words = (terminal: Terminal, { words }: RecordDocument) =>
  counted(terminal, 'What the words turned out to mean', toldWords(words ?? []))

const numbers = (terminal: Terminal, { numbers }: RecordDocument) =>
  counted(terminal, 'When numbers were given', toldNumbers(numbers ?? []))

function score(terminal: Terminal, record: RecordDocument): string[] {
  const { headline } = record
  const lines = [
    ...(headline === null
      ? []
      : [
          `0 ${scale(scaleWidth(terminal), 1, headline.interval, headline.brier)} 1`,
          ...wrapped(
            `● ${brierText(headline.brier, headline.n)}; ═ its 95 % range, ${rangeText(headline.interval)}. 0 is perfect, and always saying 50 % scores .25.`,
            terminal.width,
          ),
        ]),
    ...said(terminal, record, [...SECTIONS.score, ...SECTIONS.other_types]),
  ]
  return lines.length === 0 ? [] : [title(terminal, 'For readers who want a score'), ...lines]
}

const percent = (value: number) => String(Math.round(value * 100))
const percents = ([low, high]: readonly [number, number]) => `${percent(low)}–${percent(high)} %`

/** What was stated, or the words with what readers hear in them. */
export function promised(probability: Probability): string {
  if (typeof probability === 'number') return `${percent(probability)} %`
  const flatly = categoricalOf(probability)
  if (flatly !== null) return `flatly ${flatly}`
  const leans = leaningOf(probability)
  if (leans !== null) return `${(probability as { words: string }).words} [not measured; leans ${leans}]`
  const band = bandOf(probability)
  if (band === null) return 'a distribution'
  return isWords(probability)
    ? `${probability.words} [${percents([band.low, band.high])}]`
    : percents([band.low, band.high])
}

/** Why a claim that came true or did not has no score; why it did neither is its verdict. */
const WHY_NOT: Partial<Record<NonNullable<ForecastLine['why_not']>, string>> = {
  awaiting_deadline: 'awaits its deadline',
  unmeasured: 'nobody measured the words',
  selected: 'source was selected',
}

const scoreOf = ({ brier: score, why_not }: ForecastLine): string | null => {
  if (why_not !== undefined) return WHY_NOT[why_not] ?? null
  return score === null ? null : `score ${scoreText(score)}`
}

const MARKS: Record<VerdictWords['kind'], string> = {
  came_true: '●',
  did_not: '○',
  said: '–',
  too_vague: '◐',
  no_result: '×',
  open: '◌',
}

/** What became of a claim, with the mark that the pages have. */
export const verdictLine = (words: VerdictWords): string => `${MARKS[words.kind]} ${toldText(words)}`

const MOST_LINES = 60
const MARGIN = ' '.repeat('2024-04-08  '.length)

function forecasts(terminal: Terminal, { forecasts }: RecordDocument): string[] {
  const shown = forecasts.slice(-MOST_LINES)
  const left = forecasts.length - shown.length
  const room = terminal.width - MARGIN.length
  const lines = shown.flatMap((line) => {
    const details = [promised(line.probability), scoreOf(line)].filter((detail) => detail !== null)
    const beneath = [`Our question: ${line.title}`, details.join(' · ')]
    return [
      `${line.said_on}  ${cut(harmless(verdictLine({ ...line.verdict, said: null })), room)}`,
      ...beneath.map((text) => MARGIN + styled(terminal, 'dim', cut(harmless(text), room))),
    ]
  })
  if (lines.length === 0) return []
  return [
    title(terminal, 'Forecasts'),
    ...lines,
    ...(left > 0 ? [`… and ${left} before these; --json has them all.`] : []),
  ]
}

function footing(
  terminal: Terminal,
  { counts, coverage, ledger_size, as_of, view, proven }: RecordDocument,
): string[] {
  const lines = [
    ...(view === 'live'
      ? ['Only what was written down before the outcome, within 30 days of being said; --all has everything.']
      : []),
    ...(view === 'proven'
      ? [
          'Only what is proven to be written down before the outcome, within 30 days of being said; --all has everything.',
        ]
      : []),
    `${plural(counts.statements, 'statement')} logged: ${plural(counts.forecasts, 'forecast')}, ${plural(counts.duplicates, 'duplicate')}, ${counts.untestable} untestable.`,
    `Written down before the outcome: ${counts.live} within 30 days, ${counts.late} later; after the outcome was known: ${counts.afterwards}. Deadline ours: ${counts.deadline_ours} of ${counts.forecasts}.`,
    provenLine(proven),
    `${coverage.complete} of ${plural(coverage.sources, 'source')} read from end to end. Ledger of ${plural(ledger_size, 'entry', 'entries')}, as of ${as_of.slice(0, 10)} UTC.`,
  ]
  return lines.flatMap((line) => wrapped(line, terminal.width)).map((line) => styled(terminal, 'dim', line))
}

/** By whose clock what was written down in time was written down in time. */
function provenLine({ live, proven, by }: RecordDocument['proven']): string {
  if (proven === 0) return 'When it was written down goes by our own clock: nobody outside attests it.'
  const whose = by.map(({ by: who, forecasts }) => `${harmless(who)} (${forecasts})`).join(', ')
  return `Of ${live} within 30 days ${proven === live ? 'all are' : `${proven} are`} proven by a checkpoint attested before the outcome: ${whose}.`
}
