import type { ForecastLine } from '../scoring/forecast-lines.ts'
import { bandOf, categoricalOf, isWords, leaningOf, type Probability } from '../scoring/forecast-unit.ts'
import { isIllustration } from '../scoring/funnel.ts'
import { brierText, promisedRange, scoreText } from '../scoring/verdict.ts'
import { phraseOf, readingText } from '../scoring/words-table.ts'
import type { RecordDocument } from '../store/documents/track-record.ts'
import { plural, table } from './table.ts'
import { cut, harmless, padEnd, padStart, styled, type Terminal, wrapped } from './terminal.ts'

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
  return drawn(terminal, record, [heading, funnel, cameTrue, headline, words, forecasts, footing])
}

export const title = (terminal: Terminal, text: string) => styled(terminal, 'bold', text)

function heading(terminal: Terminal, record: RecordDocument): string[] {
  const name = harmless(record.analyst?.name ?? 'All forecasts')
  const hindsight = record.counts.scored > 0 && isIllustration(record)
  return [
    title(terminal, name),
    ...(hindsight ? [styled(terminal, 'yellow', 'Logged with hindsight: an illustration')] : []),
    ...wrapped(harmless(record.verdict), terminal.width),
  ]
}

const filled = (share: number, width: number): string => {
  const cells = Math.round(share * width)
  return '█'.repeat(share > 0 ? Math.max(1, cells) : 0)
}

function funnel(terminal: Terminal, { funnel }: RecordDocument): string[] {
  const steps: [string, number][] = [
    ['logged', funnel.logged],
    ['past its deadline', funnel.past_deadline],
    ['resolved', funnel.resolved],
    ['scored', funnel.scored],
  ]
  if (funnel.logged === 0) return []
  const digits = String(funnel.logged).length
  const room = terminal.width - 18 - digits - 3
  return [
    title(terminal, 'From logged to scored'),
    ...steps.map(
      ([name, n]) =>
        `${padEnd(name, 17)}  ${padStart(String(n), digits)} ${styled(terminal, 'dim', filled(n / funnel.logged, room))}`,
    ),
  ]
}

/** A scale from 0 to `most` with a band and a mark on it. */
function scale(width: number, most: number, [low, high]: readonly [number, number], mark: number): string {
  const at = (value: number) => Math.round((value / most) * (width - 1))
  return Array.from({ length: width }, (_, i) =>
    i === at(mark) ? '●' : i >= at(low) && i <= at(high) ? '═' : '─',
  ).join('')
}

function cameTrue(terminal: Terminal, { claims }: RecordDocument): string[] {
  const { unmeasured } = claims
  const besides =
    unmeasured.n === 0
      ? []
      : wrapped(
          `In words that nobody measured: ${unmeasured.came_true} of ${unmeasured.n} came true; what was to be expected is unknown.`,
          terminal.width,
        )
  if (claims.n === 0) return besides.length === 0 ? [] : [title(terminal, 'Came true, as leaned'), ...besides]
  const easy = claims.n - claims.without_low_information.n
  const clear = claims.without_low_information
  return [
    title(terminal, 'Came true, as leaned'),
    `0 ${scale(Math.min(terminal.width - 6, 60), claims.n, claims.promised, claims.came_true)} ${claims.n}`,
    ...wrapped(
      `● ${claims.came_true} of ${claims.n} came true; ═ the words promised ${promisedRange(claims.promised)}. From ${plural(claims.clusters, 'independent group')} of forecasts.`,
      terminal.width,
    ),
    ...(easy > 0
      ? wrapped(`Without what was hard to get wrong: ${clear.came_true} of ${clear.n}.`, terminal.width)
      : []),
    ...(claims.deadline_ours.n > 0
      ? wrapped(
          `Deadline ours, not the speaker's: ${claims.deadline_ours.came_true} of ${claims.deadline_ours.n}.`,
          terminal.width,
        )
      : []),
    ...besides,
  ]
}

function headline(terminal: Terminal, { headline, worded, all, counts }: RecordDocument): string[] {
  const lines: string[] = []
  if (headline !== null) {
    const { brier: mean, interval, n } = headline
    lines.push(
      `0 ${scale(Math.min(terminal.width - 6, 60), 1, interval, mean)} 1`,
      ...wrapped(
        `● mean Brier ${brierText(mean, n)}; ═ range ${brierText(interval[0], 1)}–${brierText(interval[1], 1)}, over ${n} stated probabilities. 0 is perfect; always saying 50 % scores .25.`,
        terminal.width,
      ),
    )
  }
  const readings = counts.worded > 0 ? (all ?? worded) : null
  if (readings !== null)
    lines.push(
      ...wrapped(
        `Brier ${scoreText([readings.best, readings.worst])} over ${readings.n}, from the kindest to the harshest reading of the words.`,
        terminal.width,
      ),
    )
  return lines.length === 0 ? [] : [title(terminal, 'Probability score'), ...lines]
}

const percent = (value: number) => String(Math.round(value * 100))
const percents = ([low, high]: readonly [number, number]) => `${percent(low)}–${percent(high)} %`

function words(terminal: Terminal, { words }: RecordDocument): string[] {
  if (words === null || words.length === 0) return []
  return [
    title(terminal, 'What the words turned out to mean'),
    table(
      terminal,
      [
        { title: 'WORDS', of: ({ key }) => phraseOf(key), gives: true },
        { title: 'HAPPENED', of: ({ happened, n }) => `${happened} of ${n}`, align: 'right' },
        { title: 'RANGE', of: ({ wilson }) => percents(wilson), align: 'right' },
        { title: 'READERS HEAR', of: ({ readers: [low, , high] }) => percents([low, high]), align: 'right' },
        { title: '', of: ({ reading }) => readingText(reading), gives: true },
      ],
      words,
    ),
  ]
}

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

const WHY_NOT: Record<NonNullable<ForecastLine['why_not']>, string> = {
  open: 'open',
  due: 'needs a decision',
  proposed: 'outcome proposed',
  condition_not_met: 'condition never arose',
  moot: 'became moot',
  ambiguous: 'ambiguous',
  retracted: 'retracted',
  awaiting_deadline: 'awaits its deadline',
  too_late: 'said too late',
  too_vague: 'too vague',
  unmeasured: 'nobody measured the words',
  selected: 'source was selected',
}

const scoreOf = ({ brier: score, why_not }: ForecastLine): string | null => {
  if (why_not !== undefined) return WHY_NOT[why_not]
  if (score === null) return null
  return `Brier ${scoreText(score)}`
}

const MOST_LINES = 60
const MARGIN = ' '.repeat('2024-04-08  '.length)

const outcomeText = (outcome: string | number): string =>
  outcome === 'annulled' || outcome === 'ambiguous' ? outcome : `resolved ${outcome}`

function forecasts(terminal: Terminal, { forecasts }: RecordDocument): string[] {
  const shown = forecasts.slice(-MOST_LINES)
  const left = forecasts.length - shown.length
  const room = terminal.width - MARGIN.length
  const lines = shown.flatMap((line) => {
    const details = [
      promised(line.probability),
      line.outcome === null ? null : outcomeText(line.outcome),
      scoreOf(line),
    ]
    const said = harmless(details.filter((detail) => detail !== null).join(' · '))
    return [
      `${line.said_on}  ${cut(harmless(line.title), room)}`,
      MARGIN + styled(terminal, 'dim', cut(said, room)),
    ]
  })
  if (lines.length === 0) return []
  return [
    title(terminal, 'Forecasts'),
    ...lines,
    ...(left > 0 ? [`… and ${left} before these; --json has them all.`] : []),
  ]
}

function footing(terminal: Terminal, { counts, coverage, ledger_size, as_of }: RecordDocument): string[] {
  const lines = [
    `${plural(counts.statements, 'statement')} logged: ${plural(counts.forecasts, 'forecast')}, ${plural(counts.duplicates, 'duplicate')}, ${counts.untestable} untestable.`,
    `Logged live ${counts.live}, late ${counts.late}, after the outcome was known ${counts.afterwards}. Deadline ours: ${counts.deadline_ours} of ${counts.forecasts}.`,
    `${coverage.complete} of ${plural(coverage.sources, 'source')} coded completely. Ledger of ${plural(ledger_size, 'entry', 'entries')}, as of ${as_of.slice(0, 10)} UTC.`,
  ]
  return lines.flatMap((line) => wrapped(line, terminal.width)).map((line) => styled(terminal, 'dim', line))
}
