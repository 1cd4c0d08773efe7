import { readdirSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'
import { CaptureDraft, titleOf } from '../src/core/capture.ts'
import { FileStatement } from '../src/core/predictions-file.ts'
import { QuestionRequest } from '../src/core/question.ts'
import { slugCandidates } from '../src/core/slug.ts'
import { SourceRequest } from '../src/core/source.ts'
import { nameKey, personName, prose, readable, webAddress } from '../src/core/text.ts'
import * as article from '../src/interchange/article.ts'
import * as facts from '../src/interchange/article-facts.ts'
import * as articleText from '../src/interchange/article-text.ts'
import * as finding from '../src/interchange/finding.ts'
import * as files from '../src/interchange/folder-files.ts'
import * as index from '../src/interchange/folder-index.ts'
import * as table from '../src/interchange/forecast-table.ts'
import * as html from '../src/interchange/html.ts'
import * as folder from '../src/interchange/predictions-file.ts'
import * as folderText from '../src/interchange/predictions-text.ts'
import * as quoteCheck from '../src/interchange/quote-check.ts'
import * as schemaFindings from '../src/interchange/schema-findings.ts'
import * as rows from '../src/interchange/table-rows.ts'
import * as yaml from '../src/interchange/yaml-document.ts'
import * as checklist from '../src/reading/checklist.ts'
import * as horizon from '../src/reading/horizon.ts'
import * as lexicon from '../src/reading/lexicon.ts'
import * as passage from '../src/reading/passage.ts'
import * as quote from '../src/reading/quote.ts'
import * as remark from '../src/reading/remark.ts'
import * as sentence from '../src/reading/sentence.ts'
import * as speaker from '../src/reading/speaker.ts'
import * as suggestion from '../src/reading/suggestion.ts'
import * as turn from '../src/reading/turn.ts'
import * as voice from '../src/reading/voice.ts'
import * as date from '../src/reading/written-date.ts'
import { firstWords, matchExpression } from '../src/store/search.ts'
import { linesOf } from '../src/web/components/text-lines.ts'
import { newMark, suggestedIn } from '../src/web/forms/capture-proposal.ts'
import { reanchored, stepped } from '../src/web/forms/capture-step.ts'
import { CapturedText } from '../src/web/pages/capture-article.tsx'
import { ANALYSTS, TALK } from './interchange/talk.ts'
import { adversaries } from './support/adversaries.ts'
import { growth, isLinear, warmed } from './support/growth.ts'

/** Makes ready what is not measured, and gives what is. */
type Work = (text: string) => () => unknown

const DAY = '2024-04-08'
const URL_OF_PAGE = 'https://a.example/'
const ARTICLE = `<article>${'<p>Words, words and more words of an article, as they are.'.repeat(10)}`
const on =
  (run: (text: string) => unknown): Work =>
  (text) =>
  () =>
    run(text)
const refusable =
  (run: (text: string) => unknown): Work =>
  (text) =>
  () => {
    try {
      run(text)
    } catch (error) {
      expect((error as { code?: unknown }).code).toBe('invalid')
    }
  }
const within =
  (run: (text: quote.NormalisedText, middle: number) => unknown): Work =>
  (text) => {
    const normalised = quote.normalise(text)
    return () => run(normalised, normalised.text.length >> 1)
  }
const bytes =
  (run: (bytes: Uint8Array) => unknown, before = ''): Work =>
  (text) => {
    const encoded = new TextEncoder().encode(before + text)
    return () => run(encoded)
  }
const band = (mid: number) => ({ low: mid - 0.1, mid, high: mid + 0.1 })
const mapping: table.TableMapping = {
  analyst: { id: 'a', name: 'A' },
  source: 'S',
  url: URL_OF_PAGE,
  probability: 'p',
  outcome: 'o',
  date: 'd',
  title: '{t}',
  time_zone: 'UTC',
  accessed: DAY,
}
const { statements } = files.readFiles([{ path: '2024/talk.yaml', bytes: TALK }])
  .sources[0] as files.SourceItem

const CASES: Record<string, Work | Work[]> = {
  'reading/checklist.ts checkQuestion': on((text) =>
    checklist.checkQuestion({ title: text, criteria: text, fine_print: text, resolution_sources: [text] }),
  ),
  'reading/checklist.ts bandRead': on((words) => checklist.bandRead({ words })),
  'reading/checklist.ts checkNested': on((title) =>
    checklist.checkNested({ title, band: band(0.6) }, { title, band: band(0.2) }),
  ),
  'reading/horizon.ts horizonsIn': on((text) => horizon.horizonsIn(text, DAY)),
  'reading/horizon.ts readHorizon': on((text) => horizon.readHorizon(text, DAY)),
  'reading/lexicon.ts lexiconRow': on(lexicon.lexiconRow),
  'reading/lexicon.ts readWords': on(lexicon.readWords),
  'reading/lexicon.ts readHedged': on(lexicon.readHedged),
  'reading/lexicon.ts matchWords': on(lexicon.matchWords),
  'reading/passage.ts passagesIn': on((text) => passage.passagesIn(text, DAY)),
  'reading/quote.ts normalise': on(quote.normalise),
  'reading/quote.ts normalisedText': on(quote.normalisedText),
  'reading/quote.ts rawRange': within((text) => quote.rawRange(text, 0, text.text.length)),
  'reading/quote.ts normalisedRange': within((text, middle) => quote.normalisedRange(text, 0, middle)),
  'reading/quote.ts locateQuote': [
    within((text) => quote.locateQuote(text, { exact: text.raw.slice(0, 3) })),
    within((text, middle) =>
      quote.locateQuote(text, {
        exact: text.raw.slice(0, middle),
        prefix: text.raw.slice(0, middle >> 1),
        suffix: text.raw.slice(0, middle >> 1),
      }),
    ),
    within((text) => quote.locateQuote(text, { exact: `${text.raw.slice(0, 300)}~` })),
    within(({ raw }) =>
      quote.locateQuote(raw, {
        exact: `${raw.slice(0, 3)} […] ${raw.slice(0, 2)}[…]${raw.slice(0, 3)}`,
        prefix: '~',
      }),
    ),
    on((text) => quote.locateQuote('a b', { exact: text, prefix: text, suffix: text })),
  ],
  'reading/quote.ts contextOf': within((text, middle) => quote.contextOf(text, middle, middle + 1, middle)),
  'reading/quote.ts quoteOf': [
    within((text, middle) => quote.quoteOf(text, middle, middle + 10)),
    within((text, middle) => quote.quoteOf(text, middle, middle + (middle >> 1))),
  ],
  'reading/quote.ts textFragment': on((text) =>
    quote.textFragment({ exact: text, prefix: text, suffix: text }),
  ),
  'reading/quote.ts wholeWords': on((text) => quote.wholeWords(text, 1, text.length - 1)),
  'reading/remark.ts remarksIn': on(remark.remarksIn),
  'reading/sentence.ts sentencesOf': on(sentence.sentencesOf),
  'reading/speaker.ts spokenRange': on(speaker.spokenRange),
  'reading/speaker.ts speakerIn': on(speaker.speakerIn),
  'reading/speaker.ts nameIn': on(speaker.nameIn),
  'reading/suggestion.ts suggestionsIn': on((text) => suggestion.suggestionsIn(text, DAY)),
  'reading/suggestion.ts reasonsFor': on((text) => suggestion.reasonsFor(text, 'paraphrase', DAY)),
  'reading/turn.ts turnsIn': on(turn.turnsIn),
  'reading/turn.ts turnAt': (text) => {
    const turns = turn.turnsIn(text)
    return () => turn.turnAt(turns, 0)
  },
  'reading/voice.ts voicedSentences': on(voice.voicedSentences),
  'reading/written-date.ts writtenDate': [
    on(date.writtenDate),
    on((text) => date.writtenDate(`${text}1 May 2024`)),
  ],
  'reading/written-date.ts monthNumber': on(date.monthNumber),

  'interchange/article-facts.ts factsOf': on((text) => facts.factsOf(text, URL_OF_PAGE)),
  'interchange/article-text.ts articleText': on(articleText.articleText),
  'interchange/article.ts readArticle': [
    refusable((text) => article.readArticle({ url: URL_OF_PAGE, media: 'text/html', text })),
    refusable((text) => article.readArticle({ url: URL_OF_PAGE, media: 'text/plain', text })),
    refusable((text) =>
      article.readArticle({
        url: URL_OF_PAGE,
        media: 'text/html',
        text: `<title>${text}</title>${['author', 'date', 'language'].map((name) => `<meta name=${name} content="${text}">`).join('')}${ARTICLE}`,
      }),
    ),
  ],
  'interchange/finding.ts excerptOf': on((text) =>
    finding.excerptOf(text, text.length >> 1, text.length >> 2),
  ),
  'interchange/finding.ts formatFinding': on((text) =>
    finding.formatFinding({
      path: text,
      line: 1,
      column: 1,
      level: 'error',
      code: 'invalid',
      message: text,
      remedy: text,
      excerpt: { text, column: text.length, length: 1 },
    }),
  ),
  'interchange/finding.ts shown': on(finding.shown),
  'interchange/finding.ts nearest': on((text) =>
    finding.nearest(text.slice(0, 120), [text, text.slice(1, 100)]),
  ),
  'interchange/folder-files.ts readFiles': on((text) =>
    files.readFiles([{ path: '2024/a.yaml', bytes: text }]),
  ),
  'interchange/folder-index.ts unknownReference': on((text) =>
    index.unknownReference('question', text, new Set([text])),
  ),
  'interchange/folder-index.ts future': on((text) => index.future('said_on', text)),
  'interchange/forecast-table.ts readForecastTable': [
    bytes((read) => table.readForecastTable({ path: 'a.csv', bytes: read }, mapping)),
    bytes(
      (read) => table.readForecastTable({ path: 'a.csv', bytes: read }, mapping),
      'p,o,d,t\n0.5,1,2024-01-01,',
    ),
  ],
  'interchange/html.ts tokensOf': on((text) => [...html.tokensOf(text)].length),
  'interchange/predictions-file.ts readFolder': [
    on((text) => folder.readFolder([{ path: 'analysts.yaml', bytes: text }])),
    on((text) =>
      folder.readFolder([ANALYSTS, { path: '2024/talk.yaml', bytes: TALK }], {
        texts: new Map([['talk', text]]),
      }),
    ),
  ],
  'interchange/predictions-text.ts formatFolder': on((note) =>
    folderText.formatFolder({ analysts: [{ id: 'a', name: note, note }], questions: [], sources: [] }),
  ),
  'interchange/quote-check.ts checkQuotes': on((text) => quoteCheck.checkQuotes(statements, text)),
  'interchange/schema-findings.ts tolerated': on((text) => schemaFindings.tolerated({ a: text })),
  'interchange/table-rows.ts readTable': [
    bytes((read) => rows.readTable({ path: 'a.csv', bytes: read })),
    bytes((read) => rows.readTable({ path: 'a.csv', bytes: read }), 'a,b\n'),
  ],
  'interchange/yaml-document.ts readYaml': [
    on((text) => yaml.readYaml('a.yaml', text)),
    on((text) => yaml.readYaml('a.yaml', `a: >-\n  ${text}`)),
  ],
}

/** Of the others, why they need no such text of their own. */
const NO_TEXT: Record<string, string> = {
  'reading/horizon.ts houseHorizon': 'takes a day',
  'reading/passage.ts passageSteps': 'is done at once by passagesIn',
  'reading/remark.ts remarkSteps': 'is done at once by remarksIn',
  'reading/sentence.ts sentenceSteps': 'is done at once by sentencesOf',
  'reading/suggestion.ts suggestionSteps': 'is done at once by suggestionsIn',
  'reading/voice.ts voicedSteps': 'is done at once by voicedSentences',
  'interchange/article-facts.ts factSteps': 'is done at once by factsOf',
  'interchange/article-text.ts articleTextSteps': 'is done at once by articleText',
  'interchange/article.ts articleSteps': 'is done at once by readArticle',
  'interchange/finding.ts inOrder': 'takes findings',
  'interchange/finding.ts hasErrors': 'takes findings',
  'interchange/folder-index.ts duplicateIds': 'takes what was read: measured by readFolder',
  'interchange/folder-index.ts indexOf': 'takes records, whose texts are bounded',
  'interchange/folder-index.ts questionIn': 'takes records, whose texts are bounded',
  'interchange/folder-index.ts repeatedForecasts': 'takes records, whose texts are bounded',
  'interchange/html.ts westernLetter': 'takes a number',
  'interchange/ladder-check.ts checkLadders': 'takes records, whose texts are bounded',
  'interchange/question-check.ts checkQuestion': 'takes records, whose texts are bounded',
  'interchange/schema-findings.ts refusals': 'takes what a schema refused: measured by readFiles',
  'interchange/schema-shape.ts keysOf': 'takes schemas',
  'interchange/schema-shape.ts within': 'takes schemas',
  'interchange/schema-shape.ts unwrapped': 'takes schemas',
  'interchange/statement-check.ts checkStatement': 'takes records, whose texts are bounded',
}

const draft = (text: string): CaptureDraft => ({ source: {}, text, marks: [], ignored: [] })
const around = (text: quote.NormalisedText) => ({ within: text, zone: 'UTC', published: DAY })

/** What else is done with a text that was pasted or sent. */
const BESIDE: Record<string, Work> = {
  'prose of any length': on((text) => prose(1_000_000).safeParse(text)),
  'the name of a person': on((text) => personName().safeParse(text)),
  'a key of a name': on(nameKey),
  'a text as it is kept': on(readable),
  'an address': on((text) => webAddress().safeParse(`https://example.com/${text}`)),
  'the host of an address': on((text) => webAddress().safeParse(`https://${text}`)),
  'ids from a title': on((text) => slugCandidates('source', text, 'abcdefgh')),
  'a capture': on((text) => CaptureDraft.safeParse(draft(text))),
  'the title of a capture': on((text) => titleOf(draft(text))),
  'a source': on((text) => SourceRequest.safeParse({ title: text, url: text, published: text, text })),
  'a question': on((text) =>
    QuestionRequest.safeParse({ title: text, criteria: text, tags: [text], family: text, implies: text }),
  ),
  'a statement of a file': on((text) =>
    FileStatement.safeParse({ id: text, quote: text, timecode: text, duplicate_of: text }),
  ),
  'a search': refusableSearch(),
  'lines of a card': on((text) => linesOf(text.slice(0, 300), 20, 4)),
  'the suggestions of a page': within((text) => suggestedIn(text, DAY)),
  'a new mark': within((text, middle) =>
    newMark(text, { start: middle >> 1, end: middle }, 'forecast', {
      marks: [],
      zone: 'UTC',
      published: DAY,
    }),
  ),
  'a passage marked by its words': within((text) => {
    try {
      stepped(draft(text.raw), 'forecast', around(text), text.raw.slice(0, 5_000))
    } catch {}
  }),
  'marks that follow their words': within((text) =>
    reanchored(
      {
        ...draft(text.raw),
        marks: [
          {
            id: 'm1',
            start: 0,
            end: 5,
            kind: 'forecast',
            exact: text.raw.slice(0, 5_000),
            probability: undefined,
          },
        ],
      },
      text,
    ),
  ),
  'the text as it is shown': on((text) => CapturedText({ text, highlights: [] })),
}

function refusableSearch(): Work {
  return (text) => () => {
    try {
      firstWords(text)
      matchExpression(text)
    } catch {}
  }
}

describe('every function that reads a text', () => {
  it('is tried on texts that were made for it, or says why it needs none', async () => {
    const exported: string[] = []
    for (const room of ['reading', 'interchange'])
      for (const file of readdirSync(new URL(`../src/${room}`, import.meta.url)).filter((name) =>
        name.endsWith('.ts'),
      )) {
        const module: object = await import(`../src/${room}/${file.slice(0, -3)}.ts`)
        for (const [name, value] of Object.entries(module))
          if (typeof value === 'function') exported.push(`${room}/${file} ${name}`)
      }
    expect(exported.length).toBeGreaterThan(50)
    expect([...Object.keys(CASES), ...Object.keys(NO_TEXT)].sort()).toEqual(exported.sort())
  })

  test.each([...Object.entries(CASES), ...Object.entries(BESIDE)])(
    'takes time in proportion to it: %s',
    (_, works) => {
      const slow = [works].flat().flatMap((work, i) => {
        const ready = warmed(work)
        return adversaries.flatMap(([name, textOf]) => {
          const grown = growth(textOf, ready)
          return isLinear(grown)
            ? []
            : [`${i}, ${name}: ${grown.toFixed(1)} times for a text four times as long`]
        })
      })
      expect(slow).toEqual([])
    },
    300_000,
  )
})

it('a work that grows with the square of its text is seen', () => {
  const square = (text: string) => () => {
    let sum = 0
    for (let at = 0; at < text.length; at += 50)
      for (let other = 0; other < text.length; other++) sum += other ^ at
    return sum
  }
  expect(isLinear(growth((length) => 'a'.repeat(length), warmed(square)))).toBe(false)
})
