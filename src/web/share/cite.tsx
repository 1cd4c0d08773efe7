import { transcriptCaveat } from '../../core/statement.ts'
import * as paths from '../../http/paths.ts'
import type { Lead } from '../../scoring/document.ts'
import type { ForecastItem } from '../../store/forecasts.ts'
import { claimTitle } from '../ui/claim-title.ts'
import type { PageContext } from '../ui/page.ts'
import { asItStands } from '../ui/past.tsx'
import { itemVerdictText } from '../ui/verdict-mark.tsx'

/** A title that nobody reads whole is no title. */
const LONGEST_TITLE = 200

type Citation = {
  id: string
  /** The words, who said them and when: the speaker stands in the title, for the ledger wrote the page. */
  title: string
  url: string
  /** When it was written into the ledger, and as which entry. */
  written: string
  entry: number
  accessed: string
  /** Where it was said, what became of it by now, and what to know of the words. */
  note: string
}

/** What a citation of the page of a forecast needs. The ledger is its author: it says what was said, and by whom. */
export function citationOf(item: ForecastItem, context: PageContext): Citation {
  const { forecast, source, statement } = item
  const { now, origin, head } = context
  const path = paths.forecast(forecast.record.id)
  const caveat = transcriptCaveat(statement, source)
  const notes = [
    `Said in: ${source.publisher ?? source.title}`,
    `${itemVerdictText(item, now)}, as of entry ${head.seq}`,
    ...(caveat === null ? [] : [caveat]),
  ]
  return {
    id: forecast.record.id,
    title: claimTitle(item, LONGEST_TITLE),
    url: `${origin}${asItStands(context, path) ?? path}`,
    written: forecast.at.slice(0, 10),
    entry: forecast.seq,
    accessed: now.toISOString().slice(0, 10),
    note: `${notes.join('. ')}.`.replaceAll('\u00a0', ' '),
  }
}

/** What a citation of somebody's record needs: the record as it stands at this entry, and what leads it. */
export function recordCitation(
  id: string,
  name: string,
  { sentence, numbers }: Pick<Lead, 'sentence' | 'numbers'>,
  context: PageContext,
): Citation {
  const { now, origin, head, url } = context
  const today = now.toISOString().slice(0, 10)
  return {
    id: `${id}-entry-${head.seq}`,
    title: `What ${name} predicted, and what came true`,
    url: `${origin}${asItStands(context) ?? `${url.pathname}${url.search}`}`,
    written: (head.at ?? today).slice(0, 10),
    entry: head.seq,
    accessed: today,
    note: [sentence, ...(numbers === null ? [] : [numbers])].join(' ').replaceAll('\u00a0', ' '),
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
  author = {{Reckoning}},
  title = ${field(c.title)},
  year = {${c.written.slice(0, 4)}},
  howpublished = {{Reckoning, entry ${c.entry}}},
  url = {${c.url}},
  note = ${field(c.note)},
  urldate = {${c.accessed}}
}`

const parts = (day: string) => day.split('-').map(Number)

export const cslOf = (c: Citation): string =>
  JSON.stringify(
    [
      {
        id: c.id,
        type: 'webpage',
        title: c.title,
        author: [{ literal: 'Reckoning' }],
        'container-title': 'Reckoning',
        number: String(c.entry),
        issued: { 'date-parts': [parts(c.written)] },
        URL: c.url,
        accessed: { 'date-parts': [parts(c.accessed)] },
        note: c.note,
      },
    ],
    null,
    2,
  )

export const Cite = ({ citation, what }: { citation: Citation; what: string }) => (
  <details class="cite">
    <summary>Cite {what}</summary>
    <h3>BibTeX</h3>
    <pre tabindex={0}>{bibtexOf(citation)}</pre>
    <h3>CSL-JSON</h3>
    <pre tabindex={0}>{cslOf(citation)}</pre>
  </details>
)
