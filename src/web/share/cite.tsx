import { transcriptCaveat } from '../../core/statement.ts'
import * as paths from '../../http/paths.ts'
import type { ForecastItem } from '../../store/forecasts.ts'

type Citation = {
  id: string
  title: string
  author: string
  publisher: string
  url: string
  from: string
  to: string
  accessed: string
  /** What to know of the words. */
  note: string | null
}

/** What a citation of a logged forecast needs: who said it, where, when, and where it stands here. */
export function citationOf(
  { forecast, analyst, source, question, statement }: ForecastItem,
  origin: string,
  now: Date,
): Citation {
  return {
    id: forecast.record.id,
    title: question.record.title,
    author: analyst.name,
    publisher: source.publisher ?? source.title,
    url: `${origin}${paths.forecast(forecast.record.id)}`,
    from: forecast.record.said_on.from,
    to: forecast.record.said_on.to,
    accessed: now.toISOString().slice(0, 10),
    note: transcriptCaveat(statement, source),
  }
}

const COMMANDS: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '{': '',
  '}': '',
}

// In two pairs of braces: capitals stay, and the “and” of a name parts no authors.
const field = (text: string) =>
  `{{${text.replaceAll(/[\\~^{}%&#_$]/gu, (letter) => COMMANDS[letter] ?? `\\${letter}`)}}}`

export const bibtexOf = (c: Citation): string => `@misc{${c.id},
  author = ${field(c.author)},
  title = ${field(`Forecast: ${c.title}`)},
  year = {${c.to.slice(0, 4)}},
  howpublished = ${field(`${c.publisher}, logged in Reckoning`)},
  url = {${c.url}},${c.note === null ? '' : `\n  note = ${field(c.note)},`}
  urldate = {${c.accessed}}
}`

const parts = (day: string) => day.split('-').map(Number)

export const cslOf = (c: Citation): string =>
  JSON.stringify(
    [
      {
        id: c.id,
        type: 'webpage',
        title: `Forecast: ${c.title}`,
        author: [{ literal: c.author }],
        publisher: c.publisher,
        'container-title': 'Reckoning',
        issued: { 'date-parts': c.from === c.to ? [parts(c.from)] : [parts(c.from), parts(c.to)] },
        URL: c.url,
        accessed: { 'date-parts': [parts(c.accessed)] },
        ...(c.note === null ? {} : { note: c.note }),
      },
    ],
    null,
    2,
  )

export const Cite = ({ citation }: { citation: Citation }) => (
  <details class="cite">
    <summary>Cite this forecast</summary>
    <h3>BibTeX</h3>
    <pre tabindex={0}>{bibtexOf(citation)}</pre>
    <h3>CSL-JSON</h3>
    <pre tabindex={0}>{cslOf(citation)}</pre>
  </details>
)
