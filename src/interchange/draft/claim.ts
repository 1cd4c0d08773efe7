/** How likely, as a list says it: a share of 1, a range of them, or words. */
export type Chance = number | { low: number; high: number } | { words: string }

/** A claim of a list, as far as the list says it; `line` counts from 1. */
export type Claim = {
  line: number
  words: string
  /** Null where the list gives none, or one that can be read in two ways. */
  probability: Chance | null
  /** The headings under which it stands, the outermost first. */
  topics: readonly string[]
  /** What else stood beside it. */
  remarks: readonly string[]
} & Fields

/** What a column or a key can say of a claim. */
export type Fields = {
  analyst?: string
  criteria?: string
  deadline?: string
  outcome?: string
  said_on?: string
  topic?: string
}

/** A place that is no claim, and why. */
export type Unread = { line: number; text: string; why: string }

export type ClaimList = {
  title?: string | undefined
  analyst?: string | undefined
  url?: string | undefined
  published?: string | undefined
  claims: Claim[]
  unread: Unread[]
}

export const NO_PROBABILITY = 'it holds no probability'

const FIELDS: readonly (readonly [
  keyof Fields | 'words' | 'probability' | 'title' | 'url' | 'published',
  RegExp,
])[] = [
  [
    'probability',
    /^(?:(?:my|our|stated|forecast) )?(?:probability|prob|p|confidence|chances?|likelihood|credence|odds|percent(?:age)?|%)(?: ?[(%].*)?$/u,
  ],
  [
    'words',
    /^(?:the )?(?:claim|prediction|question|statement|event|forecast|proposition)(?: (?:text|title|name))?$/u,
  ],
  [
    'deadline',
    /^(?:deadline|due|due date|resolves?|resolves? (?:by|on|at)|resolve by date|resolution date|end date|close date|closes)$/u,
  ],
  [
    'said_on',
    /^(?:said|said on|made|made on|created|created (?:on|at)|predicted on|date made|prediction date)$/u,
  ],
  ['outcome', /^(?:outcome|result|resolution|resolved|resolved as|happened|what happened|came true)$/u],
  ['analyst', /^(?:analyst|author|forecaster|predictor|predicted by|made by|said by|who|expert|speaker)$/u],
  ['topic', /^(?:topic|category|section|subject|tag)$/u],
  ['criteria', /^(?:criteria|resolution criteria|criterion)$/u],
  ['title', /^(?:title|name|heading)$/u],
  ['url', /^(?:url|link|source|source url|address|permalink|canonical(?: url)?)$/u],
  ['published', /^(?:date|published|published on|publication date|pub date|date published)$/u],
]

/** What a column or a key of this name says; undefined for others. */
export const fieldOf = (name: string) =>
  FIELDS.find(([, pattern]) =>
    pattern.test(
      name
        .toLowerCase()
        .replace(/[\s_-]+/gu, ' ')
        .trim(),
    ),
  )?.[0]
