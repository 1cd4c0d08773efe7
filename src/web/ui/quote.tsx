import type { Statement } from '../../core/statement.ts'
import { quoteMarks } from '../../reading/quote-part.ts'

type Said = Pick<Statement, 'quote' | 'voice'>

const LABELS = { paraphrase: 'as reported', headline: 'headline' } as const

/** The words, with what an editor put in told apart: in brackets nothing is the speaker's. */
function Exact({ exact }: { exact: string }) {
  const marks = quoteMarks(exact).filter(({ kind, start }) => kind === 'bracket' || exact[start] === '[')
  return (
    <bdi dir="auto">
      {marks.map(({ start, end }, i) => (
        <>
          {exact.slice(marks[i - 1]?.end ?? 0, start)}
          <span class="put-in">{exact.slice(start, end)}</span>
        </>
      ))}
      {exact.slice(marks.at(-1)?.end ?? 0)}
    </bdi>
  )
}

/** Whether words stand in the quote that are not the speaker's. */
export const hasPutIn = ({ exact }: Statement['quote']): boolean =>
  quoteMarks(exact).some(({ kind }) => kind === 'bracket')

/** What was said, in a line. Only the speaker's own words stand in quotation marks. */
export const Quote = ({ statement: { quote, voice } }: { statement: Said }) =>
  voice === 'quote' ? (
    <q class="words">
      <Exact exact={quote.exact} />
    </q>
  ) : (
    <span class="words reported">
      <span class="label">{LABELS[voice]}</span> <Exact exact={quote.exact} />
    </span>
  )

/** What was said as a passage, with the words around it where they are known. */
export function QuoteInContext({ statement: { quote, voice } }: { statement: Said }) {
  const own = voice === 'quote'
  const exact = <Exact exact={quote.exact} />
  const words = (
    <>
      {quote.prefix === undefined ? null : <span class="around">…{quote.prefix} </span>}
      {own ? <q>{exact}</q> : exact}
      {quote.suffix === undefined ? null : (
        <span class="around">
          {/^[\p{L}\p{N}]/u.test(quote.suffix) ? ' ' : ''}
          {quote.suffix}…
        </span>
      )}
    </>
  )
  return own ? (
    <blockquote class="said-large" dir="auto">
      {words}
    </blockquote>
  ) : (
    <div class="said-large">
      <p class="label">
        {voice === 'headline' ? 'The headline, not the speaker’s words' : 'As reported, not word for word'}
      </p>
      <p dir="auto">{words}</p>
    </div>
  )
}
