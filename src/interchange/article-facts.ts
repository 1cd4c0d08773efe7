import { CoarseDate } from '../core/calendar.ts'
import type { Steps } from '../core/steps.ts'
import { monthNumber } from '../reading/english/words/written-date.ts'
import { type Attributes, TOKENS, tokensOf } from './html.ts'

/** What a page says of itself, each as it stands there. */
export type Facts = {
  titles: string[]
  sites: string[]
  bylines: string[]
  languages: string[]
  /** The best first. */
  dates: { date: string; basis: string }[]
  asksForPassword: boolean
  /** Whether the page says that it is not free to read. */
  isClosed: boolean
}

type Json = Record<string, unknown>

const TITLES = ['og:title', 'twitter:title', 'dc.title', 'citation_title']
const SITES = ['og:site_name', 'application-name', 'dc.publisher']
const BYLINES = ['author', 'article:author', 'parsely-author', 'dc.creator', 'citation_author']
const LANGUAGES = ['og:locale', 'content-language', 'dc.language']
const DATES = [
  'article:published_time',
  'og:published_time',
  'datepublished',
  'date.published',
  'parsely-pub-date',
  'sailthru.date',
  'pubdate',
  'publishdate',
  'dc.date.issued',
  'dcterms.issued',
  'dcterms.created',
  'dc.date',
  'citation_publication_date',
  'date',
]
const ARTICLE = /Article|Posting|Report|Interview|Speech|Broadcast|Episode|WebPage|CreativeWork/u

/** Reads what a page says of itself: its metadata, its linked data, and the marks in its text. */
export function* factSteps(html: string, url: string): Steps<Facts> {
  const meta = new Map<string, string>()
  const documents: Json[] = []
  const times: string[] = []
  const spoken = { title: '', heading: '' }
  let language = ''
  let inside = ''
  let asksForPassword = false
  let read = 0
  for (const token of tokensOf(html)) {
    if (++read % TOKENS === 0) yield
    if (token.kind === 'open') {
      const { name, attributes } = token
      inside = name === 'script' && /ld\+json/iu.test(attributes.type ?? '') ? 'data' : name
      if (name === 'html') language ||= attributes.lang ?? attributes['xml:lang'] ?? ''
      else if (name === 'meta') remember(meta, attributes)
      else if (name === 'input' && attributes.type?.toLowerCase() === 'password') asksForPassword = true
      else if (name === 'time' && attributes.datetime !== undefined) times.push(attributes.datetime)
    } else if (token.kind === 'close') inside = token.name === 'h1' || inside !== 'h1' ? '' : inside
    else if (inside === 'data') for (const item of graphOf(token.text)) documents.push(item)
    else if (inside === 'title') spoken.title ||= token.text
    else if (inside === 'h1') spoken.heading ||= token.text.trim()
  }
  const articles = documents.filter((item) => ARTICLE.test(typeOf(item)))
  const of = (names: readonly string[]) => names.flatMap((name) => meta.get(name) ?? [])
  const said = (name: string) => articles.flatMap((item) => namesOf(item[name]))
  return {
    // A heading that the title does not begin with may be the name of the site.
    titles: present([
      ...said('headline'),
      ...of(TITLES),
      ...(spoken.title.trim().startsWith(spoken.heading) ? [spoken.heading] : []),
      spoken.title,
      spoken.heading,
    ]),
    sites: present([...of(SITES), ...said('publisher')]),
    bylines: present([...said('author'), ...of(BYLINES).filter((name) => !/^https?:/iu.test(name))]),
    languages: present([...said('inLanguage'), language, ...of(LANGUAGES)]),
    dates: [
      ...said('datePublished').flatMap((text) =>
        dated(text, 'The page’s linked data gives the date of publication'),
      ),
      ...DATES.flatMap((name) => dated(meta.get(name) ?? '', `The page’s metadata (${name}) gives the date`)),
      ...times.slice(0, 1).flatMap((text) => dated(text, 'The first time marked on the page is')),
      ...inAddress(url),
    ],
    asksForPassword,
    isClosed: articles.some(({ isAccessibleForFree: free }) => free === false || isNo(free)),
  }
}

const present = (texts: readonly string[]): string[] =>
  texts.map((text) => text.trim()).filter((text) => text !== '')

function remember(meta: Map<string, string>, attributes: Attributes): void {
  const name = (
    attributes.property ??
    attributes.name ??
    attributes.itemprop ??
    attributes['http-equiv'] ??
    ''
  ).toLowerCase()
  if (name !== '' && attributes.content !== undefined && !meta.has(name)) meta.set(name, attributes.content)
}

// Some pages wrap their data in CDATA or end it as a statement.
const WRAPPING = /^(?:<!\[CDATA\[)?(.*?)(?:\]\]>|;)?$/su

/** Every object of a JSON-LD text that stands at its top, in its list or in its graph. */
function graphOf(text: string): Json[] {
  try {
    const read: unknown = JSON.parse(text.trim().replace(WRAPPING, '$1'))
    const top = [read].flat() as unknown[]
    return top.flatMap((item) => [item, ...[(item as Json | null)?.['@graph'] ?? []].flat()]).filter(isObject)
  } catch {
    return []
  }
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isNo = (value: unknown): boolean => typeof value === 'string' && /^false$/iu.test(value)
const typeOf = (item: Json): string =>
  [item['@type']]
    .flat()
    .filter((type) => typeof type === 'string')
    .join(' ')

/** A text, or the names of one or several things. */
const namesOf = (value: unknown): string[] =>
  [value]
    .flat()
    .flatMap((item) =>
      typeof item === 'string' ? [item] : isObject(item) && typeof item.name === 'string' ? [item.name] : [],
    )

const WRITTEN =
  /\b(?:(?<d1>\d{1,2})(?:st|nd|rd|th)? (?<m1>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,?|(?<m2>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? (?<d2>\d{1,2})(?:st|nd|rd|th)?,?) (?<y>\d{4})\b/iu

/** The date as it is written, in the zone of whoever wrote it. */
function dated(text: string, basis: string): { date: string; basis: string }[] {
  const written = text.trim().slice(0, 100)
  const { d1, m1, m2, d2, y } = WRITTEN.exec(written)?.groups ?? {}
  const month = monthNumber(m1 ?? m2 ?? '')
  const iso = /^\d{4}(?:[-/]\d{2}(?:[-/]\d{2})?)?(?![\d/-])/u.exec(written)?.[0].replaceAll('/', '-')
  const date =
    iso ??
    (y === undefined ? '' : `${y}-${String(month).padStart(2, '0')}-${(d1 ?? d2 ?? '').padStart(2, '0')}`)
  return CoarseDate.safeParse(date).success ? [{ date, basis: `${basis}: ${written.slice(0, 60)}.` }] : []
}

function inAddress(url: string): { date: string; basis: string }[] {
  const [, year, month, day] =
    /\/((?:19|20)\d{2})[/-](\d{1,2})[/-](\d{1,2})(?=[/-]|$)/u.exec(new URL(url).pathname) ?? []
  const date = [year, month?.padStart(2, '0'), day?.padStart(2, '0')].join('-')
  return CoarseDate.safeParse(date).success
    ? [{ date, basis: `The address of the page holds the date ${date}.` }]
    : []
}
