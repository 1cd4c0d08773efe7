import type { Article, CaptureDraft, Heard } from '../core/capture.ts'
import { invalid } from '../core/error.ts'
import type { Source } from '../core/source.ts'
import { addressKey } from '../core/text.ts'
import { writtenDate } from '../reading/english/words/written-date.ts'
import { speakerIn } from '../reading/speaker.ts'
import { captionsIn, heardOf, transcriptIn } from '../reading/transcript.ts'

// What no text holds more of than a few slips; one letter in a hundred is a file that was read as if it were one.
const SLIPS = 3
const BROKEN = /[\u0000-\u0008\u000e-\u001f\ufffd]/gu
const HEADLINE = 200
const STARTS_WITH_TIME = /^\s*[[(]?\d{1,2}:\d{2}/u
const SPOKEN = /\b(?:interview|conversation with|speaking (?:with|to)|told|spoke (?:with|to))\b/iu

/** Whether what was pasted is the inside of a file rather than words. */
export const isFile = (text: string): boolean =>
  ((text.match(BROKEN)?.length ?? 0) - SLIPS) * 100 > text.length

const typeOf = (text: string, heard: Heard | null) =>
  heard !== null ? 'broadcast' : SPOKEN.test(text.slice(0, 5_000)) ? 'interview' : 'article'

const begun = (text: string, heard: Heard | null, source: Record<string, unknown>): CaptureDraft => {
  const name = speakerIn(text)
  return {
    source: {
      type: typeOf(text, heard),
      ...source,
      // Nothing tells the work of a person from that of a program that writes well: nobody is told so.
      ...(heard === null || heard.machine === null ? {} : { transcript: 'machine' }),
    },
    text,
    ...(heard === null ? {} : { transcript: heardOf(heard, text.length) }),
    ...(name === null ? {} : { analyst: { name } }),
    marks: [],
  }
}

/** A capture of a text that was pasted, with what is known of its source. */
export function captureOfText(
  pasted: string,
  { url, published }: { url: string; published: string },
): CaptureDraft {
  const heard = transcriptIn(pasted)
  const text = heard?.text ?? pasted
  const [first = '', ...rest] = text.split('\n')
  const isHeadline =
    rest.some((line) => line.trim() !== '') &&
    first.trim().length <= HEADLINE &&
    !STARTS_WITH_TIME.test(first)
  return begun(text, heard, {
    ...(isHeadline ? { title: first.trim() } : {}),
    ...(url === '' ? {} : { url }),
    ...(published === '' ? {} : { published: writtenDate(published) ?? published }),
  })
}

/** A capture of an article that was fetched `today`; a day that somebody named wins over that of the page. */
export function captureOfArticle(
  { url, title, site, published, language, text, left_out, transcript }: Article,
  day: string,
  today: string,
): CaptureDraft {
  const isDay = published !== null && /^\d{4}-\d{2}-\d{2}$/u.test(published.date)
  const begin = begun(text, transcript, {
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
  return left_out.length === 0 ? begin : { ...begin, left_out }
}

/** A draft whose text is a file of captions, with the text that they are; marks are of that and not of the file. */
export function joinedDraft(draft: CaptureDraft): CaptureDraft {
  const heard = draft.transcript === undefined ? captionsIn(draft.text) : null
  if (heard === null) return draft
  if (draft.marks.length > 0 || heard.text === '')
    throw invalid(
      '/text',
      heard.text === ''
        ? 'is a file of captions in which nothing is said'
        : 'is a file of captions: marks stand in the text that /api/transcripts makes of it',
    )
  const source =
    typeof draft.source === 'object' && heard.machine !== null
      ? { transcript: 'machine' as const, ...draft.source }
      : draft.source
  return { ...draft, source, text: heard.text, transcript: heardOf(heard, heard.text.length) }
}

/** The same text under two addresses is two publications. */
export const isElsewhere = ({ source }: CaptureDraft, { url }: Source): boolean =>
  typeof source === 'object' &&
  source.url !== undefined &&
  url !== undefined &&
  addressKey(String(source.url)) !== addressKey(url)
