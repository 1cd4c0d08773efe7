import { scriptTag } from '../../core/script.ts'
import type { Statement } from '../../core/statement.ts'
import { Original } from './original.tsx'

type SaidProps = {
  statement: Pick<Statement, 'quote' | 'voice'>
  /** Of the source. */
  language: string | undefined
}

const LABELS = { paraphrase: 'as reported', headline: 'headline' } as const

/** What was said, in a line. Only the speaker's own words stand in quotation marks. */
export const Quote = ({ statement: { quote, voice }, language }: SaidProps) =>
  voice === 'quote' ? (
    <q class="words">
      <Original language={language}>{quote.exact}</Original>
    </q>
  ) : (
    <span class="words reported">
      <span class="label">{LABELS[voice]}</span> <Original language={language}>{quote.exact}</Original>
    </span>
  )

/** What was said as a passage, with the words around it where they are known. */
export function QuoteInContext({ statement: { quote, voice }, language }: SaidProps) {
  const own = voice === 'quote'
  const lang = language ?? scriptTag(quote.exact)
  const exact = <Original language={language}>{quote.exact}</Original>
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
    <blockquote class="said-large" dir="auto" lang={lang}>
      {words}
    </blockquote>
  ) : (
    <div class="said-large">
      <p class="label">
        {voice === 'headline' ? 'The headline, not the speaker’s words' : 'As reported, not word for word'}
      </p>
      <p dir="auto" lang={lang}>
        {words}
      </p>
    </div>
  )
}
