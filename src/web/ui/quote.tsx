import { directionOf } from '../../core/language.ts'
import { scriptTag } from '../../core/script.ts'
import type { Source } from '../../core/source.ts'
import { type StandingStatement, type Statement, transcriptCaveat } from '../../core/statement.ts'
import { quoteMarks } from '../../reading/quote-part.ts'
import { innerMarks } from './claim-title.ts'
import { Original } from './original.tsx'

type Said = Pick<StandingStatement, 'quote' | 'voice' | 'translation' | 'verified_by_ear'>
/** What of a source decides how its words are shown. */
type Of = Pick<Source, 'language' | 'transcript'>
type Translated = NonNullable<Statement['translation']>

const LABELS = { paraphrase: 'as reported', headline: 'headline' } as const

export function languageText(tag: string): string {
  return new Intl.DisplayNames('en', { type: 'language' }).of(tag) ?? tag
}

type ExactProps = {
  exact: string
  language: string | undefined
  /** Whether they stand in quotation marks: those within are of a second order then. */
  own?: boolean
}

/** The words, with what an editor put in told apart: in brackets nothing is the speaker's. */
export function Exact({ exact, language, own = false }: ExactProps) {
  const marks = quoteMarks(exact).filter(({ kind, start }) => kind === 'bracket' || exact[start] === '[')
  const shown = own ? innerMarks(exact) : exact
  return (
    <bdi lang={language ?? scriptTag(exact)} dir={directionOf(language ?? scriptTag(exact))}>
      {marks.map(({ start, end }, i) => (
        <>
          {shown.slice(marks[i - 1]?.end ?? 0, start)}
          <span class="put-in">{shown.slice(start, end)}</span>
        </>
      ))}
      {shown.slice(marks.at(-1)?.end ?? 0)}
    </bdi>
  )
}

/** Whether words stand in the quote that are not the speaker's. */
export const hasPutIn = ({ exact }: Statement['quote']): boolean =>
  quoteMarks(exact).some(({ kind }) => kind === 'bracket')

/** Whose the translated words are. */
export const translatorText = ({ by, machine }: Translated): string =>
  by === undefined ? 'a machine' : machine === true ? `a machine, and ${by}` : by

/** What was said, in a line. Only the speaker's own words stand in quotation marks. */
export function Quote({ statement, source }: { statement: Said; source: Of }) {
  const { quote, voice, translation } = statement
  const words = <Exact exact={quote.exact} language={source.language} own={voice === 'quote'} />
  const caveat = transcriptCaveat(statement, source)
  return (
    <>
      {voice === 'quote' ? (
        <q class="words">{words}</q>
      ) : (
        <span class="words reported">
          <span class="label">{LABELS[voice]}</span> {words}
        </span>
      )}
      {translation === undefined ? null : (
        <span class="words translated">
          {' '}
          <span class="label">in translation</span>{' '}
          <Original language={translation.language ?? 'en'}>{translation.text}</Original>
        </span>
      )}
      {caveat === null ? null : (
        <>
          {' '}
          <span class="label">{caveat}</span>
        </>
      )}
    </>
  )
}

/** The same with nothing beside it. */
export const ShortQuote = ({ exact, voice }: { exact: string; voice: Said['voice'] }) =>
  voice === 'quote' ? (
    <q>
      <Original>{innerMarks(exact)}</Original>
    </q>
  ) : (
    <>
      <span class="label">{LABELS[voice]}</span> <Original>{exact}</Original>
    </>
  )

/** What was said as a passage, with the words around it where they are known; beside it, what it is in translation. */
export function QuoteInContext({ statement, source }: { statement: Said; source: Of }) {
  const { quote, voice, translation } = statement
  const own = voice === 'quote'
  const lang = source.language ?? scriptTag(quote.exact)
  // Around it stand words of another language: only a language that is told decides.
  const dir = directionOf(source.language)
  const exact = <Exact exact={quote.exact} language={source.language} own={own} />
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
  const original = own ? (
    <blockquote class="said-large" dir={dir} lang={lang}>
      {words}
    </blockquote>
  ) : (
    <div class="said-large">
      <p class="label">
        {voice === 'headline' ? 'The headline, not the speaker’s words' : 'As reported, not word for word'}
      </p>
      <p dir={dir} lang={lang}>
        {words}
      </p>
    </div>
  )
  if (translation === undefined) return original
  const language = translation.language ?? 'en'
  return (
    <div class="side-by-side">
      <div>
        <p class="label">
          Original{source.language === undefined ? '' : `, ${languageText(source.language)}`}
        </p>
        {original}
      </div>
      <div>
        <p class="label">
          Translation, {languageText(language)}, by <bdi>{translatorText(translation)}</bdi>
        </p>
        <p class="translation-large" dir={directionOf(language)} lang={language}>
          {translation.text}
        </p>
      </div>
    </div>
  )
}
