import { cellIn, type FileTable, type FromFile } from './file-table.ts'

/** A question of the Good Judgment Project (an "individual forecasting problem") in the cells of a table. */
export type IfpQuestion = {
  title: FromFile
  /** By their letters, as forecasts name them. */
  options: ReadonlyMap<string, string>
  /** The option that says yes, where the question is one of yes and no. */
  yes: string | null
  closes: FromFile
  outcome: FromFile
  known: FromFile
  criteria: FromFile
}

const LONGEST_TITLE = 300

/** Every question by its id. */
export function ifpsOf(of: FileTable): ReadonlyMap<string, IfpQuestion> {
  const questions = new Map<string, IfpQuestion>()
  for (const row of of.rows) {
    const at = (column: string) => cellIn(of, row, column)
    const { condition, options } = optionsIn(at('options').text)
    if (options.size < 2)
      of.table.report(
        { line: row.line, cell: of.at.get('options') },
        'tracker_form',
        'the options of the question are not two or more of (a) …, (b) …',
        'Write them as the project did: (a) Yes, (b) No.',
      )
    const names = [...options.values()]
    const yes =
      names.length === 2 && names.some((name) => /^no$/iu.test(name))
        ? (names.find((name) => /^yes$/iu.test(name)) ?? null)
        : null
    const title = titleOf(at('q_text').text, at('short_title').text, condition)
    questions.set(at('ifp_id').text, {
      title: { ...at('q_text'), text: title },
      options,
      yes,
      closes: { ...at('date_to_close'), text: dayOf(at('date_to_close').text) },
      outcome: outcomeOf(at('outcome'), at('q_status').text, options),
      known: { ...at('date_closed'), text: dayOf(at('date_closed').text) },
      criteria: { ...at('q_desc'), text: at('q_desc').text.replaceAll(/\r\n?/gu, '\n') },
    })
  }
  return questions
}

/** `If it rains: (a) Yes, (b) No`: what stands before the first letter is a condition. */
function optionsIn(text: string): { condition: string; options: Map<string, string> } {
  const [condition = '', ...parts] = text.split(/(?:^|[\s,])\(([a-z])\)\s*/u)
  const options = new Map<string, string>()
  for (let i = 0; i < parts.length; i += 2)
    options.set(parts[i] as string, (parts[i + 1] ?? '').replace(/[\s,]+$/u, '').replaceAll(/\s+/gu, ' '))
  return { condition: condition.replace(/[\s:]+$/u, '').trim(), options }
}

function titleOf(text: string, short: string, condition: string): string {
  const whole = [condition, text]
    .filter((part) => part !== '')
    .join(': ')
    .replaceAll(/\s+/gu, ' ')
  return whole.length <= LONGEST_TITLE || short === '' ? whole : [condition, short].filter(Boolean).join(': ')
}

/** The month stands first in its days, and years have two digits: `6/25/12`, `3/30/13 0:00`. */
function dayOf(text: string): string {
  const [, month, day, year] =
    /^(\d{1,2})\/(\d{1,2})\/(\d{2}|\d{4})(?: \d{1,2}:\d{2}(?::\d{2})?)?$/u.exec(text) ?? []
  if (month === undefined || day === undefined || year === undefined) return text
  return `${year.length === 2 ? `20${year}` : year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}

/** What happened, by the name of its option; a question that was voided has no result. */
function outcomeOf(cell: FromFile, status: string, options: ReadonlyMap<string, string>): FromFile {
  if (/^void/iu.test(status)) return { ...cell, text: 'annulled' }
  if (/^(?:open|suspended)$/iu.test(status)) return { ...cell, text: '' }
  return { ...cell, text: options.get(cell.text.toLowerCase()) ?? cell.text }
}
