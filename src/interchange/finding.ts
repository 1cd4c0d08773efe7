/** Every kind of finding that a predictions folder can give, with what it means. The docs page lists them. */
export const findingCodes = {
  encoding: 'The file is not UTF-8 text, or it holds characters that text files do not have.',
  too_large: 'The file is larger than 1 MiB or nested too deeply.',
  yaml_syntax: 'The file is not YAML.',
  yaml_feature:
    'The file uses a part of YAML that predictions do without: tags, anchors, merge keys and so on.',
  yaml_comment: 'A comment stands behind a text that is not in quotation marks.',
  yaml_number: 'A number is not written in plain decimals.',
  duplicate_key: 'A key stands twice in the same mapping.',
  misplaced_file: 'The file does not stand where the folder keeps such files.',
  year: 'The folder is not that of the latest year the source can be of.',
  unknown_key: 'The key does not exist here.',
  missing_key: 'A key that is due is not there.',
  invalid: 'The value does not fit its key.',
  no_such_day: 'The date is not in the calendar.',
  unknown_zone: 'The time zone is not in the IANA database.',
  duplicate_id: 'Two records of the folder have the same id.',
  similar_name: 'Two analysts have names that may be one person’s, and neither says that they are two.',
  unknown_reference: 'The id names nothing in the folder.',
  duplicate_chain:
    'A duplicate points at itself, at another duplicate or into another source, not at the statement it repeats.',
  statement_kind: 'A statement is not exactly one of forecast, duplicate and untestable.',
  repeated_forecast: 'An analyst answers one question twice in one source: the second is a duplicate.',
  incomplete_forecast: 'A forecast lacks its question or its probability.',
  misplaced: 'The key belongs to another kind of statement or question.',
  headline_forecast: 'A headline carries a forecast; headlines are not the words of the analyst.',
  deadline_before_statement: 'The deadline of the question lies before the forecast was made.',
  ladder:
    'What a question implies is unknown, does not fit it, or contradicts its outcome or its probability.',
  house_rule: 'A deadline of ours is not the latest day of publication and twelve months.',
  probability_unfit: 'The probability is of a kind that the question cannot have.',
  unknown_words: 'The lexicon does not know the words, and no numbers are given for them.',
  own_numbers: 'Numbers for words are not those of the lexicon, and no reason is given.',
  flat_words: 'Words are given as said flatly that the lexicon reads as words of probability.',
  measured_words:
    'Words are logged without a band although a survey measured them, or a number stands in them.',
  vague_words: 'Readers spread the words over 40 points or more, so the forecast will not be scored.',
  reference_unfit:
    'What a question is compared with does not fit it, does not agree with itself, or was seen with hindsight.',
  outcome_unfit: 'The outcome is none that the question can have.',
  clause: 'What happened is said in the words of the question, or in the same words for yes and for no.',
  open_condition: 'An outcome is given although nothing says that the condition was met.',
  too_early: 'An outcome is decided before the deadline although the question does not allow it.',
  future_date: 'Something is dated after today that cannot have happened yet.',
  quote_not_found: 'The quote is not in the text of its source.',
  quote_ambiguous: 'The quote is in the text of its source more than once.',
} as const

/** Every kind of finding that a table of forecasts can give. */
export const tableFindingCodes = {
  table_syntax: 'The table is not comma-separated text with a header and rows of one length.',
  table_column: 'A column that the command names is not in the header, or stands there twice.',
  table_value: 'A cell is not what its column should hold, or rows of one question disagree.',
  tracker_form: 'A file of another tracker is not as that tracker writes it.',
  table_late: 'A forecast was made after its outcome was known or due.',
} as const
export type FindingCode = keyof typeof findingCodes | keyof typeof tableFindingCodes

/** One thing wrong in a file: where, what, and how to mend it. Lines and columns count from 1. */
export type Finding = {
  path: string
  line: number
  column: number
  level: 'error' | 'warning'
  code: FindingCode
  message: string
  remedy: string
  /** The line, or the part of it around the place; `column` and `length` say where the place is in `text`. */
  excerpt: { text: string; column: number; length: number }
}

const WIDEST = 96
const CUT = '…'

/** The part of a line around a place, at most about a screen wide. */
export function excerptOf(line: string, offset: number, length: number): Finding['excerpt'] {
  const from = offset + Math.min(length, 40) > WIDEST ? offset - 32 : 0
  const to = from + WIDEST
  const before = (from > 0 ? CUT : '') + printable(line.slice(from, offset))
  const marked = printable(line.slice(offset, Math.min(to, offset + Math.max(0, length))))
  const after = printable(line.slice(offset + Math.max(0, length), to))
  return {
    text: before + marked + after + (line.length > to ? CUT : ''),
    column: [...before].length + 1,
    length: Math.max(1, [...marked].length),
  }
}

/**
 * A finding for people, several lines without a final line break:
 * `path:line:column: error[code]: message`, the line with a caret under the place, and the remedy.
 */
export function formatFinding(finding: Finding): string {
  const { path, line, column, level, code, message, remedy, excerpt } = finding
  const gutter = ' '.repeat(String(line).length)
  const indent = [...excerpt.text]
    .slice(0, excerpt.column - 1)
    .join('')
    .replace(/[^\t]/gu, ' ')
  return [
    `${printable(path)}:${line}:${column}: ${level}[${code}]: ${message}`,
    `${gutter} |`,
    `${line} | ${excerpt.text}`,
    `${gutter} | ${indent}${'^'.repeat(excerpt.length)}`,
    `${gutter} = ${remedy}`,
  ].join('\n')
}

/** Findings in the order of reading: by path, line and column. */
export const inOrder = (findings: readonly Finding[]): Finding[] =>
  findings.toSorted(
    (a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0) || a.line - b.line || a.column - b.column,
  )

export const hasErrors = (findings: readonly Finding[]): boolean =>
  findings.some((finding) => finding.level === 'error')

/** A value as messages show it: short, in quotes, free of anything that steers a terminal. */
export function shown(value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value)
  const letters = [...printable(text)]
  return letters.length > 60 ? `${letters.slice(0, 59).join('')}${CUT}` : letters.join('')
}

const VERBS =
  /^(answers|are|cannot|contains|does|has|have|holds|is|leaves|lies|mixes|must|names|needs|stacks|stands|uses|waits)\b/u

/** A problem of a field as a sentence about its key; what begins without a verb follows a colon. */
export const about = (subject: string, problem: string): string =>
  `${subject}${VERBS.test(problem) ? ' ' : ': '}${problem}`

/** Each control, format or override character becomes one visible stand-in, so that carets stay in place. */
export const printable = (text: string): string => text.replace(/[^\P{C}\t]/gu, '\ufffd')

/** The candidate that a typing error most likely meant, or null. */
export function nearest(word: string, candidates: Iterable<string>): string | null {
  if (word.length > 120) return null
  let best: { candidate: string; distance: number } | null = null
  for (const candidate of candidates) {
    const limit = Math.max(1, Math.floor(Math.max(word.length, candidate.length) / 3))
    if (Math.abs(word.length - candidate.length) > limit) continue
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase())
    if (distance <= limit && (best === null || distance < best.distance)) best = { candidate, distance }
  }
  return best?.candidate ?? null
}

/** Optimal string alignment: a swap of two neighbours counts once. */
function editDistance(a: string, b: string): number {
  let before: number[] = []
  let above = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1
      let least = Math.min(at(above, j) + 1, at(row, j - 1) + 1, at(above, j - 1) + cost)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        least = Math.min(least, at(before, j - 2) + 1)
      }
      row.push(least)
    }
    before = above
    above = row
  }
  return at(above, b.length)
}

const at = (row: readonly number[], index: number): number => row[index] ?? Number.POSITIVE_INFINITY
