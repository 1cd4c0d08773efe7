import { cellIn, type FileTable, type FromFile } from './file-table.ts'
import { pythonList } from './python-list.ts'

/** A question of Metaculus in the cells of a table, and what its forecasts are read by. */
export type MetaculusQuestion = {
  type: 'binary' | 'options' | 'number' | 'day' | 'other'
  typeSaid: string
  title: FromFile
  options: string[]
  /** Where the curve of a forecast is given: numbers, or days in milliseconds; null where it is not said. */
  points: number[] | null
  /** A point as a cell. */
  text: (point: number) => string
  low: FromFile
  high: FromFile
  closes: FromFile
  outcome: FromFile
  known: FromFile
  criteria: FromFile
  whyClosed: FromFile
  whyKnown: FromFile
}

const TYPES: Readonly<Record<string, MetaculusQuestion['type']>> = {
  binary: 'binary',
  multiple_choice: 'options',
  numeric: 'number',
  discrete: 'number',
  date: 'day',
}
const WHY_CLOSED =
  'The download says when forecasting was to close, and not by which day the question asks: that stands in its title.'
const WHY_KNOWN = 'The download does not say when the outcome was known: this is when the question closed.'

/** Every question by its id, and what cannot be told of some of them. */
export function questionsOf(of: FileTable): {
  questions: ReadonlyMap<string, MetaculusQuestion>
  notes: string[]
} {
  const questions = new Map<string, MetaculusQuestion>()
  const beyond: string[] = []
  for (const row of of.rows) {
    const at = (column: string) => cellIn(of, row, column)
    const id = at('Question ID').text
    if (questions.has(id)) continue
    const typeSaid = at('Question Type').text.toLowerCase()
    const type = TYPES[typeSaid] ?? 'other'
    const outcome = outcomeOf(at('Resolution'), type, [at('Scheduled Close Time'), at('Upper Bound')])
    if (outcome === null) beyond.push(id)
    const known = at('Resolution Known Time')
    const isKnown = known.text !== '' || at('Resolution').text === ''
    const blank = { ...at('Question ID'), text: '' }
    questions.set(id, {
      type,
      typeSaid: typeSaid === '' ? 'unknown' : typeSaid,
      title: titleOf(at('Question Title'), at('Label').text),
      options: type === 'options' ? optionsIn(of, [at('MC Options (All)'), at('MC Options')]) : [],
      points: type === 'number' || type === 'day' ? pointsIn(at('Continuous Range'), type) : null,
      text: type === 'day' ? dayOf : numberText(at('Lower Bound').text, at('Upper Bound').text),
      low: boundOf(at('Lower Bound'), type),
      high: boundOf(at('Upper Bound'), type),
      closes: at('Scheduled Close Time'),
      outcome: outcome ?? { ...at('Resolution'), text: '' },
      known: isKnown ? known : at('Actual Close Time'),
      criteria: { ...at('Question URL'), text: criteriaOf(at('Question URL').text) },
      whyClosed: { ...blank, text: WHY_CLOSED },
      whyKnown: { ...blank, text: isKnown ? '' : WHY_KNOWN },
    })
  }
  return {
    questions,
    notes:
      beyond.length === 0
        ? []
        : [
            beyond.length === 1
              ? `Left open: question ${beyond[0]}, which came out beyond the range of its answers: the download does not say at which number or on which day. Resolve it on its page.`
              : `Left open: questions ${beyond.slice(0, 10).join(', ')}${beyond.length > 10 ? ' …' : ''}, which came out beyond the range of their answers: the download does not say at which number or on which day. Resolve them on their pages.`,
          ],
  }
}

/** Numbers to a hundred-thousandth of their range. */
function numberText(low: string, high: string): (point: number) => string {
  const width = Number(high) - Number(low)
  const decimals = Math.min(20, Math.max(0, 4 - Math.floor(Math.log10(width > 0 ? width : 1))))
  return (point) => String(Number(point.toFixed(decimals)))
}

/** In a group each question has a label, which its title need not hold. */
const titleOf = (title: FromFile, label: string): FromFile =>
  label === '' || title.text.includes(label) ? title : { ...title, text: `${title.text} (${label})` }

const criteriaOf = (url: string): string =>
  `As Metaculus decides it${url === '' ? '' : ` at ${url}`}, in the column “Resolution” of its download. Its full criteria stand there.`

/** The options of all times, in their order; probabilities stand in the same. */
function optionsIn(of: FileTable, [all, older]: [FromFile, FromFile]): string[] {
  const cell = all.text === '' ? older : all
  const items = pythonList(cell.text)
  if (items?.every((item) => typeof item === 'string') === true && items.length > 0) return items as string[]
  of.table.report(
    { line: cell.line, cell: of.at.get(cell.column) ?? of.at.get('Question Type') },
    'tracker_form',
    'the options of the question are no list of texts',
    'Download the file again: it is not as Metaculus writes it.',
  )
  return []
}

/** Milliseconds of a day or a time, of which some downloads give the seconds since 1970. */
function msOf(item: string | number | null): number {
  if (typeof item === 'number') return item * 1000
  const text = (item ?? '').trim()
  return /^\d+(\.\d+)?$/u.test(text) ? Number(text) * 1000 : Date.parse(text.replace(' ', 'T'))
}

const LAST = Date.UTC(2999, 11, 31)
export const dayOf = (ms: number): string =>
  ms <= LAST && ms >= 0 ? new Date(ms).toISOString().slice(0, 10) : String(ms)

function pointsIn(cell: FromFile, type: 'number' | 'day'): number[] | null {
  const items = cell.text === '' ? null : pythonList(cell.text)
  return items === null ? null : items.map((item) => (type === 'day' ? msOf(item) : Number(item)))
}

const boundOf = (cell: FromFile, type: MetaculusQuestion['type']): FromFile => {
  const ms = type === 'day' && cell.text !== '' ? msOf(cell.text) : Number.NaN
  if (type !== 'number' && type !== 'day') return { ...cell, text: '' }
  return Number.isNaN(ms) ? cell : { ...cell, text: dayOf(ms) }
}

const BEYOND = ['above_upper_bound', 'below_lower_bound']

/** What happened; null where it lies beyond the range, which says no number and no day. */
function outcomeOf(
  cell: FromFile,
  type: MetaculusQuestion['type'],
  [closes, high]: [FromFile, FromFile],
): FromFile | null {
  if (!BEYOND.includes(cell.text)) return cell
  const didNotCome =
    type === 'day' && cell.text === 'above_upper_bound' && msOf(closes.text) <= msOf(high.text)
  return didNotCome ? { ...cell, text: 'not by the deadline' } : null
}
