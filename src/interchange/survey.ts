import { CsvError, parse } from 'csv-parse/sync'
import {
  LEAST_READERS,
  LONGEST_PHRASE,
  type MeasuredLexicon,
  MOST_PHRASES,
  phraseKey,
} from '../core/lexicon.ts'
import { line } from '../core/text.ts'

const MOST_READERS = 10_000
const MOST_BYTES = 4 * 1024 * 1024
/** Answers that lie further than so many standard deviations from the mean of their phrase are left out. */
const FAR = 4

/** What is wrong with phrases or answers, in one sentence that says where and how to mend it. */
export class SurveyProblem extends Error {}

/** The phrases of a survey, from a list with semicolons or lines between them. */
export function phrasesOf(text: string): string[] {
  const phrases = text
    .split(/[;\n\r]/u)
    .map((phrase) => phrase.trim())
    .filter((phrase) => phrase !== '')
  if (phrases.length === 0)
    throw new SurveyProblem('There are no words: give them with semicolons between them.')
  if (phrases.length > MOST_PHRASES)
    throw new SurveyProblem(`There are ${phrases.length} phrases: at most ${MOST_PHRASES} fit one survey.`)
  const seen = new Set<string>()
  for (const phrase of phrases) {
    const read = line(LONGEST_PHRASE).safeParse(phrase)
    if (!read.success)
      throw new SurveyProblem(`The phrase “${phrase.slice(0, 60)}” ${read.error.issues[0]?.message}.`)
    if (seen.has(phraseKey(phrase))) throw new SurveyProblem(`The phrase “${phrase}” stands there twice.`)
    seen.add(phraseKey(phrase))
  }
  return phrases
}

const cell = (text: string): string => (/[",;\n\t]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** The empty table of answers: a row a reader, a column a phrase, in each cell a number from 0 to 100. */
export const answerTable = (phrases: readonly string[]): string =>
  `${['reader', ...phrases].map(cell).join(',')}\n`

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

/** What a sheet asks, by language: in the readers' own where it is known. */
const ASKS: Readonly<Record<string, { title: string; ask: string; reader: string; event: string }>> = {
  ru: {
    title: 'Что вы понимаете под этими словами?',
    ask: 'Эксперт говорит о событии словами из левого столбца. С какой вероятностью, по-вашему, оно тогда произойдёт? Напишите число от 0 до 100 (процентов). Правильных ответов нет; если слово вам непонятно, оставьте место пустым. Это займёт около трёх минут.',
    reader: 'Номер или имя читателя',
    event: 'это произойдёт',
  },
  en: {
    title: 'What do you understand by these words?',
    ask: 'An expert speaks of an event with the words on the left. How probable do you take it to be then? Write a number from 0 to 100 (percent). No answer is wrong; leave out what you do not understand. It takes about three minutes.',
    reader: 'Number or name of the reader',
    event: 'it happens',
  },
}

/** A sheet to print, one for each reader, as a page of HTML. */
export function answerSheet(language: string, phrases: readonly string[]): string {
  const { title, ask, reader, event } =
    ASKS[language.split('-', 1)[0] ?? ''] ?? (ASKS.en as (typeof ASKS)[string])
  const of = ASKS[language.split('-', 1)[0] ?? ''] === undefined ? 'en' : language
  const rows = phrases
    .map(
      (phrase) =>
        `<tr><td lang="${escaped(language)}" dir="auto"><b>${escaped(phrase)}</b> <small lang="${of}">(${event})</small></td><td>______ %</td></tr>`,
    )
    .join('\n')
  return `<!doctype html>
<html lang="${escaped(of)}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>body{font:1rem/1.5 sans-serif;max-width:42rem;margin:2rem auto;padding:0 1rem}td{padding:.5rem 1rem .5rem 0;border-bottom:1px solid #999}table{border-collapse:collapse;width:100%}</style>
<h1>${title}</h1>
<p>${ask}</p>
<p>${reader}: ____________________</p>
<table>
${rows}
</table>
</html>
`
}

export type Survey = Pick<MeasuredLexicon, 'readers' | 'rows'> & {
  /** How many answers were left out of each phrase, because they lay too far from the others. */
  readonly left_out: readonly number[]
}

/** The bands of a table of answers; throws `SurveyProblem` where it is none, or where too few answered. */
export function surveyOf(bytes: Uint8Array): Survey {
  const rows = cellsOf(bytes)
  const [header = [], ...readers] = rows
  const phrases = phrasesOf(header.slice(1).join('\n'))
  if (phrases.length !== header.length - 1)
    throw new SurveyProblem('Line 1: every column behind the first needs a phrase at its head.')
  const answering = readers.filter((cells) => cells.slice(1).some((text) => text.trim() !== ''))
  if (answering.length < LEAST_READERS)
    throw new SurveyProblem(
      `${answering.length} readers answered: at least ${LEAST_READERS} are needed. Ask more, and read the table again.`,
    )
  const columns = phrases.map((_, at) =>
    readers.flatMap((cells, row) => answerOf(cells[at + 1] ?? '', row + 2, phrases[at] ?? '')),
  )
  const measured = columns.map((answers, at) => bandOf(answers, phrases[at] ?? ''))
  return {
    readers: answering.length,
    rows: measured.map(({ left_out: _, ...row }) => row),
    left_out: measured.map(({ left_out }) => left_out),
  }
}

function cellsOf(bytes: Uint8Array): string[][] {
  if (bytes.length > MOST_BYTES) throw new SurveyProblem('The table is larger than 4 MiB.')
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new SurveyProblem('The table is not UTF-8 text: save it as “CSV UTF-8”.')
  }
  try {
    const rows: string[][] = parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      relax_column_count: false,
      skip_empty_lines: true,
      to: MOST_READERS + 2,
    })
    if (rows.length === 0) throw new SurveyProblem('The table is empty: its first line names the phrases.')
    if (rows.length > MOST_READERS + 1)
      throw new SurveyProblem(`The table has more than ${MOST_READERS} readers.`)
    return rows
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new SurveyProblem(`The table cannot be read: ${error.message.split('\n', 1)[0]}.`)
  }
}

/** A table may be saved with semicolons or tabs, where a comma stands in numbers. */
function delimiterOf(text: string): string {
  const header = /^[^\r\n]*/u.exec(text)?.[0] ?? ''
  return [';', '\t'].find((mark) => header.includes(mark)) ?? ','
}

/** 70, 70 % or 70,5; an empty cell is no answer. */
function answerOf(text: string, at: number, phrase: string): number[] {
  const typed = text.trim().replace(/\s*%$/u, '').replace(',', '.')
  if (typed === '') return []
  const value = /^\d{1,3}(?:\.\d{1,6})?$/u.test(typed) ? Number(typed) : Number.NaN
  if (value >= 0 && value <= 100) return [value]
  throw new SurveyProblem(
    `Line ${at}, “${phrase}”: ${JSON.stringify(text.trim().slice(0, 20))} is no number from 0 to 100. Mend it, or leave the cell empty.`,
  )
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

/** The processing of the lexicon that is shipped: answers 4 standard deviations off are left out, then quantiles. */
function bandOf(answers: readonly number[], words: string) {
  const mean = sum(answers) / answers.length
  const deviation = Math.sqrt(sum(answers.map((value) => (value - mean) ** 2)) / (answers.length - 1))
  const kept = answers.filter((value) => Math.abs(value - mean) <= FAR * deviation).sort((a, b) => a - b)
  const left_out = answers.length - kept.length
  if (kept.length < LEAST_READERS)
    throw new SurveyProblem(
      `“${words}” has ${kept.length} answers${left_out > 0 ? `, after ${left_out} far from the others ${left_out === 1 ? 'was' : 'were'} left out` : ''}: at least ${LEAST_READERS} are needed. Ask more readers, or take the phrase out.`,
    )
  return {
    words,
    low: quantile(kept, 0.1),
    mid: quantile(kept, 0.5),
    high: quantile(kept, 0.9),
    n: kept.length,
    left_out,
  }
}

/** By linear interpolation between the answers, as a share of one. */
function quantile(sorted: readonly number[], level: number): number {
  const at = (sorted.length - 1) * level
  const below = sorted[Math.floor(at)] ?? 0
  const above = sorted[Math.ceil(at)] ?? below
  return Math.round((below + (above - below) * (at - Math.floor(at))) * 100) / 1e4
}
