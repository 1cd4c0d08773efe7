import type { Article, CaptureDraft } from '../core/capture.ts'
import type { Source } from '../core/source.ts'
import { addressKey } from '../core/text.ts'
import { writtenDate } from '../reading/english/words/written-date.ts'
import { speakerIn } from '../reading/speaker.ts'

// What no text holds more of than a few slips; one letter in a hundred is a file that was read as if it were one.
const SLIPS = 3
const BROKEN = /[\u0000-\u0008\u000e-\u001f\ufffd]/gu
const HEADLINE = 200
const SPOKEN = /\b(?:interview|conversation with|speaking (?:with|to)|told|spoke (?:with|to))\b/iu

/** Whether what was pasted is the inside of a file rather than words. */
export const isFile = (text: string): boolean =>
  ((text.match(BROKEN)?.length ?? 0) - SLIPS) * 100 > text.length

const begun = (text: string, source: Record<string, unknown>): CaptureDraft => {
  const name = speakerIn(text)
  return {
    source: { type: SPOKEN.test(text.slice(0, 5_000)) ? 'interview' : 'article', ...source },
    text,
    ...(name === null ? {} : { analyst: { name } }),
    marks: [],
  }
}

/** A capture of a text that was pasted, with what is known of its source. */
export function captureOfText(
  text: string,
  { url, published }: { url: string; published: string },
): CaptureDraft {
  const [first = '', ...rest] = text.split('\n')
  const isHeadline = rest.some((line) => line.trim() !== '') && first.trim().length <= HEADLINE
  return begun(text, {
    ...(isHeadline ? { title: first.trim() } : {}),
    ...(url === '' ? {} : { url }),
    ...(published === '' ? {} : { published: writtenDate(published) ?? published }),
  })
}

/** A capture of an article that was fetched `today`; a day that somebody named wins over that of the page. */
export function captureOfArticle(
  { url, title, site, published, language, text }: Article,
  day: string,
  today: string,
): CaptureDraft {
  const isDay = published !== null && /^\d{4}-\d{2}-\d{2}$/u.test(published.date)
  return begun(text, {
    title: title.slice(0, 300),
    url,
    accessed: today,
    ...(site === null ? {} : { publisher: site.slice(0, 200) }),
    ...(language === null ? {} : { language }),
    ...(day !== ''
      ? { published: day }
      : published === null
        ? {}
        : isDay
          ? { published: { from: published.date, to: published.date, because: published.basis } }
          : { published: published.date }),
  })
}

/** The same text under two addresses is two publications. */
export const isElsewhere = ({ source }: CaptureDraft, { url }: Source): boolean =>
  typeof source === 'object' &&
  source.url !== undefined &&
  url !== undefined &&
  addressKey(String(source.url)) !== addressKey(url)
