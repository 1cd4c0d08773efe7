import { readdirSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'
import { CaptureDraft, titleOf } from '../../src/core/capture.ts'
import { folderOf, recordsOf } from '../../src/core/folder.ts'
import { FileStatement } from '../../src/core/predictions-file.ts'
import { QuestionRequest, questionKey } from '../../src/core/question.ts'
import { SourceRequest, sourceKey } from '../../src/core/source.ts'
import type { Steps } from '../../src/core/steps.ts'
import * as article from '../../src/interchange/article.ts'
import * as facts from '../../src/interchange/article-facts.ts'
import * as articleText from '../../src/interchange/article-text.ts'
import { ENGLISH } from '../../src/reading/english/english.ts'
import * as passage from '../../src/reading/passage.ts'
import * as reading from '../../src/reading/reading.ts'
import * as readingAnswer from '../../src/reading/reading-answer.ts'
import * as remark from '../../src/reading/remark.ts'
import * as sentence from '../../src/reading/sentence.ts'
import * as suggestion from '../../src/reading/suggestion.ts'
import * as voice from '../../src/reading/voice.ts'
import { excess, type OfSize, type Work } from '../support/growth.ts'
import { CORE as CORE_CASES, CORE_UNTRIED } from './core.ts'
import { ALIKE, folderIn, INTERCHANGE, INTERCHANGE_UNTRIED } from './interchange.ts'
import { READING, READING_UNTRIED } from './reading.ts'
import { type Case, characters, DAY, DEPTH, PAGE, prose, RECORDS_FIRST, tried } from './tried.ts'

const CASES = { ...READING, ...INTERCHANGE, ...CORE_CASES }
const NO_TEXT = { ...READING_UNTRIED, ...INTERCHANGE_UNTRIED, ...CORE_UNTRIED }

const draft = (made: string): CaptureDraft => ({ source: {}, text: made, marks: [], ignored: [] })
/** What else is done with a text that was pasted or sent. */
const BESIDE: Record<string, Case> = {
  'a capture': characters((made) => CaptureDraft.safeParse(draft(made))),
  'the title of a capture': characters((made) => titleOf(draft(made))),
  'a source': characters((made) =>
    SourceRequest.safeParse({ title: made, url: made, published: made, language: made, text: made }),
  ),
  'a question': characters((made) =>
    QuestionRequest.safeParse({ title: made, criteria: made, tags: [made], family: made, implies: made }),
  ),
  'a statement of a file': characters((made) =>
    FileStatement.safeParse({ id: made, quote: made, timecode: made, duplicate_of: made }),
  ),
  'the country that a text is about': prose((text) => ENGLISH.countryOf?.(text)),
  'the country of nothing but names': characters((text) => ENGLISH.countryOf?.(text)),
  'what tells a source': characters((title) => sourceKey({ title, type: 'article', published: DAY })),
  'what tells a question': characters((title) =>
    questionKey({ title, criteria: title, deadline: { date: DAY, time_zone: 'UTC' } }),
  ),
  'a folder as records and back': tried(
    ALIKE,
    RECORDS_FIRST,
    (files) => () => folderOf(recordsOf(folderIn(files))),
  ),
}

/** What is done in steps, with a text of so many characters. */
const IN_STEPS: Record<string, (text: string, html: string) => Steps<unknown>> = {
  'reading/passage.ts passageSteps': (text) => passage.passageSteps(text, DAY),
  'reading/reading-answer.ts readingAnswerSteps': (text) => readingAnswer.readingAnswerSteps(text, DAY),
  'reading/reading.ts readingSteps': (text) => reading.readingSteps(text, DAY),
  'reading/remark.ts remarkSteps': (text) => remark.remarkSteps(text),
  'reading/sentence.ts sentenceSteps': sentence.sentenceSteps,
  'reading/suggestion.ts suggestionSteps': (text) => suggestion.suggestionSteps(text, DAY),
  'reading/voice.ts voicedSteps': voice.voicedSteps,
  'interchange/article.ts articleSteps': (_, text) =>
    article.articleSteps({ url: PAGE, media: 'text/html', text }),
  'interchange/article-facts.ts factSteps': (_, html) => facts.factSteps(html, PAGE),
  'interchange/article-text.ts articleTextSteps': (_, html) => articleText.articleTextSteps(html),
}

const ROOMS = ['reading', 'reading/english/words', 'interchange'].flatMap((room) =>
  readdirSync(new URL(`../../src/${room}`, import.meta.url))
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${room}/${name}`),
)
// The parts of a grammar read at one place of a sentence: they are measured through its door.
const DOORS = [
  'reading/english/horizon/horizon.ts',
  'reading/russian/horizon.ts',
  'reading/russian/name.ts',
  'reading/russian/token.ts',
]
const CORE = [
  ...'address folded-text folding name normalised-text script search-form slug text transliteration typed-date'
    .split(' ')
    .map((name) => `core/${name}.ts`),
  'http/urlencoded.ts',
  'capture/check-sentence.ts',
  'web/ui/claim-title.ts',
]
const exported: string[] = []
for (const file of [...ROOMS, ...DOORS, ...CORE]) {
  const module: object = await import(new URL(`../../src/${file}`, import.meta.url).href)
  for (const [name, value] of Object.entries(module))
    if (typeof value === 'function') exported.push(`${file} ${name}`)
}

describe('every function that reads a text', () => {
  it('is tried on texts that were made for it, or says why it needs none', () => {
    expect(exported.length).toBeGreaterThan(80)
    expect([...Object.keys(CASES), ...Object.keys(NO_TEXT)].sort()).toEqual(exported.sort())
  })

  test.each([...Object.entries(CASES), ...Object.entries(BESIDE)])(
    'takes time in proportion to it: %s',
    (_, cases) => {
      expect([cases].flat().flatMap((findings) => findings())).toEqual([])
    },
    60_000 * DEPTH,
  )
})

describe('every function that reads a text in steps', () => {
  it('is asked how often it rests', () => {
    expect(Object.keys(IN_STEPS).sort()).toEqual(exported.filter((name) => name.endsWith('Steps')).sort())
  })

  test.each(Object.entries(IN_STEPS))('rests twice as often in a text twice as long: %s', (_, stepsOf) => {
    const rests = (times: number): number => {
      const steps = stepsOf(
        'So it is. '.repeat(times),
        '<p>It will rain all day long, and all night. '.repeat(times),
      )
      let n = 0
      while (steps.next().done !== true) n++
      return n
    }
    const [once, twice] = [rests(6_000), rests(12_000)]
    expect(once).toBeGreaterThanOrEqual(2)
    expect(twice).toBeGreaterThanOrEqual(1.6 * once)
  })
})

it('a work that grows with the square is seen, and one that does not is let pass', () => {
  const letters: OfSize<string> = (length) => 'A'.repeat(length)
  const on =
    (pattern: RegExp): Work<string> =>
    (text) =>
    () =>
      pattern.test(text)
  expect(excess(letters, on(/[A-Z]+x/u), 1_000)).toBeGreaterThan(9)
  expect(excess(letters, on(/(?<![A-Z])[A-Z]+x/u), 1_000)).toBeNull()
})
