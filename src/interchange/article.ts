import type { Article, FetchedPage, LeftOut } from '../core/capture.ts'
import { invalid } from '../core/error.ts'
import type { Steps } from '../core/steps.ts'
import { normalForm, readable } from '../core/text.ts'
import { heardOf, transcriptIn } from '../reading/transcript.ts'
import { type Facts, factSteps } from './article-facts.ts'
import { articleTextSteps, type PageParagraph } from './article-text.ts'

/** Fewer characters than a short remark of a speaker: what is left of a page that scripts draw. */
const LEAST = 100
/** A page behind a wall shows a few sentences at most. */
const WALLED = 600
const MAX_TEXT = 1_000_000
const MOST_LISTED = 200

/**
 * What a fetched page says: its title, who wrote it, when it was published and why we think so, and its text as
 * paragraphs with an empty line between them, the headline first. Throws `invalid` at `/url` for a page without a
 * text, or with no more of it than a sign-in shows. In steps: a page may be made to keep its reader busy.
 */
export function* articleSteps({ url, media, text }: FetchedPage): Steps<Article> {
  if (media !== 'text/html' && media !== 'application/xhtml+xml') return plainArticle(url, media, text)
  const facts = yield* factSteps(text, url)
  yield
  const shown = (yield* articleTextSteps(text))
    .map((paragraph) => ({ ...paragraph, text: cleaned(paragraph.text) }))
    .filter((paragraph) => paragraph.text !== '')
  const paragraphs = shown.flatMap(({ text: words, why }) => (why === null ? [words] : []))
  const body = paragraphs.join('\n\n')
  requireText(body, facts)
  const title = titleOf(facts) ?? firstLine(body)
  const head = headed(paragraphs, title) ? '' : `${title}\n\n`
  return {
    url,
    title,
    byline: lineOf(namesOnce(facts.bylines), 200),
    site: lineOf(facts.sites[0] ?? '', 200) ?? new URL(url).hostname.replace(/^www\./u, ''),
    published: publishedOf(facts),
    language: languageOf(facts.languages),
    text: (head + body).slice(0, MAX_TEXT).toWellFormed(),
    left_out: leftOutOf(shown, head.length),
    transcript: null,
  }
}

// What is left out is shown to a person: nobody reads more of a menu than that.
const LONGEST_LEFT_OUT = 200_000

/** Where each of the other paragraphs would stand: before the next one of the article. */
function leftOutOf(shown: readonly PageParagraph[], from: number): LeftOut[] {
  const found: LeftOut[] = []
  let at = from
  let size = 0
  for (const { text, why } of shown) {
    if (why === null) {
      at += text.length + 2
      continue
    }
    size += text.length
    if (at > MAX_TEXT || size > LONGEST_LEFT_OUT) break
    const last = found.at(-1)
    // Of a menu each entry is a block: they stand together.
    if (
      last !== undefined &&
      last.at === at &&
      last.why === why &&
      why !== 'beside' &&
      last.text.length < 5_000
    )
      found[found.length - 1] = { ...last, text: `${last.text}\n${text.slice(0, 5_000)}`.toWellFormed() }
    else found.push({ at, why, text: text.slice(0, 10_000).toWellFormed() })
  }
  return found.slice(0, MOST_LISTED)
}

/** Pages say in two places who wrote them; each name is told once. */
function namesOnce(bylines: readonly string[]): string {
  const names = new Map<string, string>()
  for (const byline of bylines.slice(0, 5))
    for (const name of byline.replace(/^\s*by:?\s+/iu, '').split(/\s*(?:[,;&|]|\sand\s)\s*/iu))
      if (name !== '' && !names.has(key(name))) names.set(key(name), name)
  return [...names.values()].join(', ')
}

function plainArticle(url: string, media: string, raw: string): Article {
  const heard = transcriptIn(raw)
  if (heard === null && media !== 'text/plain')
    throw refused(`is ${media}, and no transcript that we read: WebVTT, SubRip, or JSON with segments`)
  const text = heard?.text ?? plainText(raw)
  if (text.length < LEAST) throw tooLittle(text)
  return {
    url,
    title: heard === null ? firstLine(text) : (lineOf(fileName(url), 300) ?? 'Transcript'),
    byline: null,
    site: new URL(url).hostname,
    published: null,
    language: null,
    text: text.slice(0, MAX_TEXT).toWellFormed(),
    left_out: [],
    transcript: heard === null ? null : heardOf(heard, MAX_TEXT),
  }
}

/** What a file is called, as words. */
const fileName = (url: string): string =>
  (new URL(url).pathname.split('/').at(-1) ?? '').replace(/\.\w{1,8}$/u, '').replaceAll(/[-_+]|%20/gu, ' ')

const plainText = (raw: string): string =>
  cleaned(
    raw
      .replaceAll(/\r\n?/gu, '\n')
      .replaceAll(/[^\S\n]+/gu, ' ')
      .replaceAll(/ ?\n ?/gu, '\n')
      .replaceAll(/\n{3,}/gu, '\n\n'),
  )

function requireText(body: string, { asksForPassword, isClosed }: Facts): void {
  if (body.length < WALLED && (asksForPassword || isClosed))
    throw refused('shows a sign-in or a paywall instead of the article: paste the text instead')
  if (body.length < LEAST) throw tooLittle(body)
}

const refused = (message: string) => invalid('/url', message)

const tooLittle = (text: string) =>
  refused(
    text === ''
      ? 'holds no text to read; perhaps a script draws it: paste the text instead'
      : `holds hardly any text (“${firstLine(text).slice(0, 80)}”): paste the text instead`,
  )

const SOFT_HYPHEN = /\u00ad/gu

// A soft hyphen says where a word may be cut, and is no letter of it.
const cleaned = (text: string): string => readable(text).replaceAll(SOFT_HYPHEN, '').trim()

const lineOf = (text: string, most: number): string | null => {
  const line = cleaned(text).replaceAll(/\s+/gu, ' ').slice(0, most).toWellFormed().trim()
  return line === '' ? null : line
}
const firstLine = (text: string): string => lineOf(text.split('\n', 1)[0] ?? '', 300) ?? 'Untitled'

/** The headline, without the name of the site that many pages put behind it. */
function titleOf({ titles, sites }: Facts): string | null {
  const title = lineOf(titles[0] ?? '', 300)
  if (title === null) return title
  const [, shorter, last = ''] = /^(.{8,})\s+[|–—·-]\s+([^|–—·]+)$/u.exec(title) ?? []
  return shorter !== undefined && sites.some((site) => key(site) === key(last)) ? shorter : title
}

const key = (text: string) =>
  normalForm(text, 'NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
const headed = (paragraphs: readonly string[], title: string): boolean =>
  paragraphs.slice(0, 3).some((paragraph) => key(paragraph) === key(title))

function publishedOf({ dates }: Facts): Article['published'] {
  const [best, ...others] = dates
  if (best === undefined) return null
  const other = others.find(({ date }) => date.slice(0, best.date.length) !== best.date)
  const basis = other === undefined ? best.basis : `${best.basis} But: ${other.basis}`
  return { date: best.date, basis: lineOf(basis, MOST_LISTED * 2) ?? '' }
}

function languageOf(tags: readonly string[]): string | null {
  const found = tags
    .map((tag) => /^([a-z]{2,3})(?:[-_]([a-z0-9]{2,8}))?$/iu.exec(tag))
    .find((match) => match !== null)
  if (found === null || found === undefined) return null
  const [, language = '', region] = found
  return region === undefined ? language.toLowerCase() : `${language.toLowerCase()}-${region}`
}
