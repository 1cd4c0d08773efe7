import type { Statement } from '../../core/statement.ts'

type Said = Pick<Statement, 'quote' | 'voice'>

const LABELS = { paraphrase: 'as reported', headline: 'headline' } as const

/** What was said, in a line. Only the speaker's own words stand in quotation marks. */
export const Quote = ({ statement: { quote, voice } }: { statement: Said }) =>
  voice === 'quote' ? (
    <q class="words">
      <bdi dir="auto">{quote.exact}</bdi>
    </q>
  ) : (
    <span class="words reported">
      <span class="label">{LABELS[voice]}</span> <bdi dir="auto">{quote.exact}</bdi>
    </span>
  )

/** What was said as a passage, with the words around it where they are known. */
export function QuoteInContext({ statement: { quote, voice } }: { statement: Said }) {
  const own = voice === 'quote'
  const exact = <bdi dir="auto">{quote.exact}</bdi>
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
