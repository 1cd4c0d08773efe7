import { CORRECTIONS } from '../../core/corrected.ts'
import { CLASS_WORDS } from '../../core/correction.ts'
import * as paths from '../../http/paths.ts'
import type { Correction } from '../../store/corrections.ts'
import { Instant } from './date.tsx'
import { Original } from './original.tsx'
import { ShortQuote } from './quote.tsx'

/** What an amendment that was recorded before entries said a class is called. */
export const NOT_CLASSED = 'Not classed'

export const classWords = ({ class: of }: Pick<Correction, 'class'>): string =>
  of === null ? NOT_CLASSED : CLASS_WORDS[of].name

/** The page that an amendment is on. */
export function amendedPage({ forecast, question, source, analyst, seq }: Correction): string {
  if (forecast !== null) return paths.forecast(forecast)
  if (question !== null) return paths.question(question)
  if (source !== null) return paths.source(source)
  // Words may be taken out of what has no page of its own.
  return analyst === null ? paths.correction(seq) : paths.analyst(analyst)
}

/** What an amendment is on, as a reader knows it. */
export const Amended = ({ of }: { of: Correction }) => (
  <a href={amendedPage(of)}>
    {of.voice === null ? (
      <Original>{of.title ?? `entry ${of.seq}`}</Original>
    ) : (
      <ShortQuote exact={of.title ?? ''} voice={of.voice} />
    )}
  </a>
)

/** On top of a page, for some days, that something on it was amended. `here` is said at its place already. */
export const AmendedLately = ({ notices, here }: { notices: readonly Correction[]; here?: string }) => (
  <>
    {notices.map((notice) => (
      <p class="notice">
        <b>{classWords(notice)}</b>, <Instant at={notice.at} />: {CORRECTIONS[notice.type].toLowerCase()}.
        {notice.because === null || (here !== undefined && notice.forecast === here) ? null : (
          <>
            {' '}
            <bdi>{notice.because}</bdi>
          </>
        )}{' '}
        <a href={paths.correction(notice.seq)}>What changed, and when</a>
      </p>
    ))}
  </>
)

/** The way to say that something is wrong, on the page of what it is about. */
export const TellUs = ({ about }: { about: string }) => (
  <p class="small tell-us">
    Something wrong? <a href={paths.report({ about })}>Tell us</a>
  </p>
)
