import { readdirSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'
import * as checkSentence from '../src/capture/check-sentence.ts'
import * as address from '../src/core/address.ts'
import { CaptureDraft, titleOf } from '../src/core/capture.ts'
import * as folded from '../src/core/folded-text.ts'
import { folderOf, recordsOf } from '../src/core/folder.ts'
import * as folding from '../src/core/folding.ts'
import * as name from '../src/core/name.ts'
import * as normalised from '../src/core/normalised-text.ts'
import { FileStatement, type PredictionsFolder, SourceFile } from '../src/core/predictions-file.ts'
import { QuestionRequest, questionKey } from '../src/core/question.ts'
import * as script from '../src/core/script.ts'
import * as searchForm from '../src/core/search-form.ts'
import * as slug from '../src/core/slug.ts'
import { SourceRequest, sourceKey } from '../src/core/source.ts'
import { atOnce, type Steps } from '../src/core/steps.ts'
import * as text from '../src/core/text.ts'
import * as transliteration from '../src/core/transliteration.ts'
import * as typedDate from '../src/core/typed-date.ts'
import { urlencoded } from '../src/http/urlencoded.ts'
import * as article from '../src/interchange/article.ts'
import * as facts from '../src/interchange/article-facts.ts'
import * as articleText from '../src/interchange/article-text.ts'
import * as cutText from '../src/interchange/cut-text.ts'
import * as finding from '../src/interchange/finding.ts'
import * as files from '../src/interchange/folder-files.ts'
import * as index from '../src/interchange/folder-index.ts'
import * as table from '../src/interchange/forecast-table.ts'
import * as html from '../src/interchange/html.ts'
import * as ladder from '../src/interchange/ladder-check.ts'
import * as folder from '../src/interchange/predictions-file.ts'
import * as folderText from '../src/interchange/predictions-text.ts'
import * as questionCheck from '../src/interchange/question-check.ts'
import * as quoteCheck from '../src/interchange/quote-check.ts'
import * as referenceCheck from '../src/interchange/reference-check.ts'
import * as schemaFindings from '../src/interchange/schema-findings.ts'
import * as statementCheck from '../src/interchange/statement-check.ts'
import * as survey from '../src/interchange/survey.ts'
import * as rows from '../src/interchange/table-rows.ts'
import * as yaml from '../src/interchange/yaml-document.ts'
import * as answer from '../src/reading/answer.ts'
import * as attribution from '../src/reading/attribution.ts'
import * as checklist from '../src/reading/checklist.ts'
import { ENGLISH } from '../src/reading/english/english.ts'
import * as horizon from '../src/reading/english/horizon/horizon.ts'
import * as english from '../src/reading/english/words/token.ts'
import * as date from '../src/reading/english/words/written-date.ts'
import * as languageGuess from '../src/reading/language-of.ts'
import * as languages from '../src/reading/languages.ts'
import * as nearestPlace from '../src/reading/nearest-place.ts'
import * as occurrence from '../src/reading/occurrence.ts'
import * as passage from '../src/reading/passage.ts'
import * as quotation from '../src/reading/quotation.ts'
import * as quote from '../src/reading/quote.ts'
import * as quoteContext from '../src/reading/quote-context.ts'
import * as quotePart from '../src/reading/quote-part.ts'
import * as quoteProblem from '../src/reading/quote-problem.ts'
import * as reading from '../src/reading/reading.ts'
import * as readingAnswer from '../src/reading/reading-answer.ts'
import * as remark from '../src/reading/remark.ts'
import * as role from '../src/reading/role.ts'
import * as russianHorizon from '../src/reading/russian/horizon.ts'
import * as russianName from '../src/reading/russian/name.ts'
import * as russianWords from '../src/reading/russian/token.ts'
import * as sentence from '../src/reading/sentence.ts'
import * as speaker from '../src/reading/speaker.ts'
import * as suggestion from '../src/reading/suggestion.ts'
import * as difference from '../src/reading/text-difference.ts'
import * as fragment from '../src/reading/text-fragment.ts'
import * as transcript from '../src/reading/transcript.ts'
import * as cue from '../src/reading/transcript-cue.ts'
import * as sound from '../src/reading/transcript-sound.ts'
import * as turn from '../src/reading/turn.ts'
import * as voice from '../src/reading/voice.ts'
import * as boundary from '../src/reading/word-boundary.ts'
import * as wording from '../src/reading/wording.ts'
import * as claimTitle from '../src/web/ui/claim-title.ts'
import { ANALYSTS, TALK } from './interchange/talk.ts'
import {
  type Adversary,
  CHARACTERS,
  FOLDER,
  kept,
  MARKUP,
  PROSE,
  RUSSIAN_PROSE,
  TABLE,
  YAML,
} from './support/adversaries.ts'
import { excess, type OfSize, type Work } from './support/growth.ts'
import { manyStatements, RECORDS } from './support/many-records.ts'

/** Tries a function, and tells what takes it too long. */
type Case = () => string[]

/** LINEAR_DEPTH=16 takes minutes, looks at texts of a megabyte, and sees a square that is small beside the work. */
const DEPTH = Number(process.env.LINEAR_DEPTH ?? 1)
const CHARACTERS_FIRST = 1_000 * DEPTH
const YAML_FIRST = 250 * DEPTH
const RECORDS_FIRST = 32 * DEPTH

const tried =
  <T>(adversaries: readonly Adversary<T>[], first: number, work: Work<T>): Case =>
  () =>
    adversaries.flatMap(([name, make]) => {
      const ratio = excess(make, work, first)
      return ratio === null ? [] : [`${name}: ${ratio.toFixed(1)} times the work for four times as much`]
    })
const over =
  (adversaries: readonly Adversary[], first = CHARACTERS_FIRST) =>
  (run: (text: string) => unknown): Case =>
    tried(adversaries, first, (text) => () => run(text))
const characters = over(CHARACTERS)
const prose = over(PROSE)
/** Texts that were made for the grammar of Russian. */
const russian = over(RUSSIAN_PROSE)
const markup = over(MARKUP)
const yamls = over(YAML, YAML_FIRST)
const folders = over(FOLDER, YAML_FIRST)
const normalisedOnce = kept(normalised.normalise)
const within = (run: (text: normalised.NormalisedText, middle: number) => unknown): Case =>
  tried(CHARACTERS, CHARACTERS_FIRST, (text) => {
    const made = normalisedOnce(text)
    return () => run(made, made.text.length >> 1)
  })
const tables = (run: (bytes: Uint8Array) => unknown, before = ''): Case =>
  tried(TABLE, CHARACTERS_FIRST, (text) => {
    const bytes = new TextEncoder().encode(before + text)
    return () => run(bytes)
  })
const records = (run: (files: files.FolderFiles) => unknown): Case =>
  tried(RECORDS, RECORDS_FIRST, (files) => () => run(files))

/** A refusal is an answer, too. */
const refusable = (run: () => unknown) => {
  try {
    return run()
  } catch (error) {
    expect((error as { code?: unknown }).code).toMatch(/^(?:invalid|malformed)$/u)
    return null
  }
}

/** So is what is wrong with a survey. */
const surveyed = (run: () => unknown) => {
  try {
    return run()
  } catch (error) {
    expect(error).toBeInstanceOf(survey.SurveyProblem)
    return null
  }
}

const DAY = '2024-04-08'
const PAGE = 'https://a.example/'
const ARTICLE = `<article>${'<p>Words, words and more words of an article, as they are.'.repeat(10)}`
const band = (mid: number) => ({ low: mid - 0.1, mid, high: mid + 0.1 })
const mapping: table.TableMapping = {
  analyst: { id: 'a', name: 'A' },
  source: 'S',
  url: PAGE,
  probability: 'p',
  outcome: 'o',
  date: 'd',
  title: '{t}',
  time_zone: 'UTC',
  accessed: DAY,
}
const one = files.readFiles([ANALYSTS, { path: '2024/talk.yaml', bytes: TALK }])
const [talk] = one.sources as [files.SourceItem]
const [said] = talk.statements as [files.SourceItem['statements'][number]]
const ALIKE: Adversary<files.FolderFiles>[] = [['statements', (n) => manyStatements(n, () => ({}))]]
/** All statements as those of one source. */
const folderIn = ({ sources }: files.FolderFiles): PredictionsFolder => ({
  analysts: [],
  questions: [],
  sources: [
    {
      source: talk.value as NonNullable<files.SourceItem['value']>,
      analyst: 'jane-roe',
      statements: sources.flatMap(({ statements }) => statements.map(({ value }) => value)),
    },
  ],
})
const check: index.Check = { index: index.indexOf(one, {}), today: '2024-04-09' }
const itemOf = (changed: object): questionCheck.QuestionInFile => ({
  document: said.document,
  at: [],
  beside: [],
  question: { ...(said.value.question as object), id: 'war', ...changed } as never,
  published: DAY,
  quote: 'a',
  resolution: said.value.resolution,
  condition_met: undefined,
  references: undefined,
})
const inFile = (changed: object) => questionCheck.checkQuestion(itemOf(changed), check)
const page = (media: string, textOf: (text: string) => string) => (made: string) =>
  refusable(() => atOnce(article.articleSteps({ url: PAGE, media, text: textOf(made) })))

/** A claim all of whose words are these. */
const claimOf = (text: string) =>
  ({
    analyst: { name: text },
    forecast: { record: { said_on: { from: DAY, to: DAY } } },
    statement: { quote: { exact: text }, voice: 'quote' },
    source: {},
  }) as never
const sentencesOf = (text: string, title = text) =>
  checkSentence.checkSentences({
    question: {
      title,
      criteria: text,
      deadline: { date: DAY, time_zone: 'UTC' },
      condition: { text, deadline: { date: DAY, time_zone: 'UTC' } },
      if_yes: text,
      if_no: text,
    },
    probability: 0.7,
    words: text,
  })

// What remarks and suggestions are read from is tried with prose there.
const CASES: Record<string, Case | Case[]> = {
  'reading/attribution.ts spokenIn': prose((text) =>
    attribution.spokenIn(text, quotation.quotationsIn(text), { start: 0, end: text.length }),
  ),
  'reading/attribution.ts isAttributed': prose((text) =>
    attribution.isAttributed(text, quotation.quotationsIn(text), { start: 0, end: text.length }),
  ),
  'reading/quotation.ts quotationsIn': prose(quotation.quotationsIn),
  'reading/quotation.ts quotationsAt': prose((text) =>
    quotation.quotationsAt(quotation.quotationsIn(text), { start: 0, end: text.length }),
  ),
  'reading/role.ts asksYou': prose(role.asksYou),
  'reading/answer.ts askedBefore': prose((text) =>
    voice
      .voicedSentences(`Q: ${text}\nA: No, I do.\nQ: ${text}\nA: ${text}`)
      .map((spoken) => answer.askedBefore(ENGLISH, text, spoken)),
  ),
  'reading/role.ts asks': prose(role.asks),
  'reading/role.ts withRoles': prose((text) => turn.turnsIn(text)),
  'reading/transcript-cue.ts cueFileOf': [
    prose((text) => cue.cueFileOf(`WEBVTT\n\n00:01.000 --> 00:02.000\n${text}`)),
    prose((text) => cue.cueFileOf(`1\n00:00:01,000 --> 00:00:02,000\n${text}`)),
    characters((text) =>
      cue.cueFileOf(JSON.stringify({ segments: [...text].map((body, start) => ({ body, start })) })),
    ),
  ],
  'reading/transcript-cue.ts secondsOf': characters(cue.secondsOf),
  'reading/transcript-sound.ts spokenCues': [
    prose((text) => sound.spokenCues([{ seconds: 1, lines: text.split('\n') }])),
    characters((text) =>
      sound.spokenCues([...text].map((letter, seconds) => ({ seconds, lines: [letter] }))),
    ),
  ],
  'reading/transcript.ts transcriptIn': [
    prose(transcript.transcriptIn),
    prose((text) => transcript.transcriptIn(`WEBVTT\n\n00:01.000 --> 00:02.000\n${text}`)),
    prose((text) => transcript.transcriptIn(`0:01\n${text.replaceAll(' ', '\n0:02\n')}`)),
  ],
  'reading/transcript.ts secondAt': characters((text) =>
    transcript.secondAt(
      [...text].map((_, at): [number, number] => [at, at]),
      text.length >> 1,
    ),
  ),
  'reading/turn.ts labelsOf': prose(turn.labelsOf),
  'reading/checklist.ts checkQuestion': prose((text) =>
    checklist.checkQuestion({ title: text, criteria: text, fine_print: text, resolution_sources: [text] }),
  ),
  'reading/checklist.ts bandRead': characters((words) => checklist.bandRead({ words })),
  'reading/checklist.ts checkNested': characters((title) =>
    checklist.checkNested({ title, band: band(0.6) }, { title, band: band(0.2) }),
  ),
  'reading/english/horizon/horizon.ts horizonsIn': prose((text) => horizon.horizonsIn(text, DAY)),
  'reading/english/horizon/horizon.ts readHorizon': characters((text) =>
    horizon.readHorizon({ sentence: text }, DAY),
  ),
  'reading/english/words/token.ts tokensOf': prose(english.tokensOf),
  'reading/english/words/token.ts ownWords': prose((text) => english.tokensOf(text).map(english.ownWords)),
  'reading/english/words/token.ts wordsAt': prose((text) => {
    const tokens = english.tokensOf(text)
    return english.wordsAt(tokens, 0, tokens.length)
  }),
  'reading/reading-answer.ts readingAnswerSteps': prose((text) =>
    atOnce(readingAnswer.readingAnswerSteps(text, DAY)),
  ),
  'reading/reading.ts readingSteps': [
    prose((text) => atOnce(reading.readingSteps(text, DAY))),
    russian((text) => atOnce(reading.readingSteps(text, DAY))),
  ],
  'reading/reading.ts toldBy': prose((text) => reading.toldBy(ENGLISH, { text, voice: 'quote' })),
  'reading/wording.ts readWords': characters((words) => wording.readWords(words)),
  'reading/wording.ts readWording': characters((words) => wording.readWording(words)),
  'reading/wording.ts measuredIn': characters((words) =>
    wording.measuredIn({ words, ...band(0.5), lexicon: 'own-2026-11' }, { language: 'ru' }),
  ),
  'reading/wording.ts leansProblem': characters((words) => wording.leansProblem(words, { language: 'ru' })),
  'reading/wording.ts isMeasuredLanguage': characters((words) => wording.isMeasuredLanguage(words)),
  'interchange/survey.ts phrasesOf': characters((text) => surveyed(() => survey.phrasesOf(text))),
  'interchange/survey.ts answerTable': characters((text) => survey.answerTable([text])),
  'interchange/survey.ts answerSheet': characters((text) => survey.answerSheet('ru', [text])),
  'interchange/survey.ts surveyOf': tables((bytes) => surveyed(() => survey.surveyOf(bytes)), 'reader,a\n'),
  'reading/language-of.ts guessedLanguage': characters(languageGuess.guessedLanguage),
  'reading/languages.ts languageOf': characters((text) => languages.languageOf(text)),
  'reading/languages.ts languageSaid': characters((text) => languages.languageSaid(undefined, text)),
  'reading/russian/horizon.ts horizonsIn': [
    prose((text) => russianHorizon.horizonsIn(text, DAY)),
    russian((text) => russianHorizon.horizonsIn(text, DAY)),
  ],
  'reading/russian/token.ts tokensOf': [prose(russianWords.tokensOf), russian(russianWords.tokensOf)],
  'reading/russian/token.ts folded': characters(russianWords.folded),
  'reading/russian/token.ts wordsAt': prose((text) =>
    russianWords.wordsAt(text, russianWords.tokensOf(text), 0, 1),
  ),
  'reading/russian/name.ts speakerIn': [prose(russianName.speakerIn), russian(russianName.speakerIn)],
  'reading/russian/name.ts spokenRange': [prose(russianName.spokenRange), russian(russianName.spokenRange)],
  'reading/russian/name.ts isName': characters((text) => russianName.isName(text, `${text} Калачев`)),
  'reading/russian/name.ts nominative': characters(russianName.nominative),
  'reading/nearest-place.ts nearestTo': [
    within((text, middle) => nearestPlace.nearestTo(text, `${text.raw.slice(middle, middle + 60)}~`)),
    characters((part) => nearestPlace.nearestTo(normalised.normalise('a b'), part)),
  ],
  'reading/passage.ts passageSteps': characters((text) => atOnce(passage.passageSteps(text, DAY))),
  'capture/check-sentence.ts checkSentences': [
    prose((text) => sentencesOf(text)),
    // What stands behind the marks keeps them from being the end.
    prose((text) => sentencesOf(text, `${text}x`)),
  ],
  'capture/check-sentence.ts sentenceText': prose((text) =>
    checkSentence.sentenceText({ pieces: [text, { typed: text }] }),
  ),
  'core/typed-date.ts dayText': characters(typedDate.dayText),
  'core/typed-date.ts monthNumber': characters(typedDate.monthNumber),
  'core/typed-date.ts typedDay': characters((text) => typedDate.typedDay(text)),
  'core/typed-date.ts dateShown': characters(typedDate.dateShown),
  'web/ui/claim-title.ts shortened': prose((text) => claimTitle.shortened(text, text.length >> 1)),
  'web/ui/claim-title.ts innerMarks': prose(claimTitle.innerMarks),
  'web/ui/claim-title.ts quotedText': prose((text) => claimTitle.quotedText(claimOf(text))),
  'web/ui/claim-title.ts claimTitle': prose((text) => claimTitle.claimTitle(claimOf(text))),
  'core/normalised-text.ts normalise': prose(normalised.normalise),
  'core/normalised-text.ts normalisedText': characters(normalised.normalisedText),
  'core/normalised-text.ts rawRange': within((text) => normalised.rawRange(text, 0, text.text.length)),
  'core/normalised-text.ts normalisedRange': within((text, middle) =>
    normalised.normalisedRange(text, 0, middle),
  ),
  'reading/quote.ts locateQuote': [
    within((text) => quote.locateQuote(text, { exact: text.raw.slice(0, 3) })),
    within((text, middle) =>
      quote.locateQuote(text, {
        exact: text.raw.slice(0, middle),
        prefix: text.raw.slice(0, middle >> 1),
        suffix: text.raw.slice(0, middle >> 1),
      }),
    ),
    within((text) => quote.locateQuote(text, { exact: `${text.raw.slice(0, 60)}~` })),
    within(({ raw }) =>
      quote.locateQuote(raw, {
        exact: `${raw.slice(0, 3)} […] ${raw.slice(0, 2)}[…]${raw.slice(0, 3)}`,
        prefix: '~',
      }),
    ),
    characters((text) => quote.locateQuote('a b', { exact: text, prefix: text, suffix: text })),
  ],
  'reading/quote-context.ts contextOf': within((text, middle) =>
    quoteContext.contextOf(text, middle, middle + 1, middle),
  ),
  'reading/quote.ts quoteOf': [
    within((text, middle) => quote.quoteOf(text, middle, middle + 10)),
    within((text, middle) => quote.quoteOf(text, middle, middle + (middle >> 1))),
  ],
  'core/folded-text.ts foldedFor': prose((text) =>
    folded.foldedFor(normalised.normalise(text), 'a well-known word'),
  ),
  'core/folded-text.ts foldedText': prose((text) => folded.foldedText(normalised.normalise(text))),
  'core/folded-text.ts foldedWords': prose(folded.foldedWords),
  'core/folded-text.ts wordsKey': characters(folded.wordsKey),
  'core/folded-text.ts unfolded': within((text) => {
    const whole = folded.foldedText(text)
    return folded.unfolded(whole, 0, whole.text.length)
  }),
  'core/folding.ts foldedCluster': characters(folding.foldedCluster),
  'reading/nearest-place.ts lowered': characters(nearestPlace.lowered),
  'reading/occurrence.ts occurrences': [
    characters((text) => occurrence.occurrences(text, text.slice(0, 3))),
    characters((text) => occurrence.occurrences(text, `${text.slice(0, text.length >> 1)}~`)),
  ],
  'reading/quote.ts sameWords': prose((text) => quote.sameWords(text, `${text}~`)),
  'reading/quote-part.ts quoteMarks': prose(quotePart.quoteMarks),
  'reading/quote-part.ts quoteParts': prose(quotePart.quoteParts),
  'reading/quote-part.ts withMarks': prose((text) =>
    quotePart.withMarks(text, { start: 0, end: text.length }, quotePart.quoteMarks(text)),
  ),
  'reading/quote-problem.ts quoteProblem': within((text, middle) => {
    for (const exact of [`${text.raw.slice(middle, middle + 60)}~`, text.raw.slice(0, 3)])
      quoteProblem.quoteProblem(text, { exact }, quote.locateQuote(text, { exact }))
  }),
  'reading/quote-problem.ts cutProblem': within((text, middle) =>
    quoteProblem.cutProblem(text.text, { start: middle, end: middle + 1 }),
  ),
  'reading/text-difference.ts differenceOf': prose((text) => difference.differenceOf(text, `${text} ~`)),
  'reading/text-fragment.ts textFragment': prose(fragment.textFragment),
  'reading/word-boundary.ts cutsWord': characters((text) => {
    for (let at = 0; at < text.length; at++) boundary.cutsWord(text, at)
  }),
  'reading/word-boundary.ts wholeWords': characters((text) => boundary.wholeWords(text, 1, text.length - 1)),
  'reading/remark.ts remarkSteps': prose((text) => atOnce(remark.remarkSteps(text))),
  'reading/sentence.ts sentenceSteps': characters((text) => atOnce(sentence.sentenceSteps(text))),
  'reading/speaker.ts speakerIn': prose((text) => speaker.speakerIn(text)),
  'reading/speaker.ts sayingMost': prose(speaker.sayingMost),
  'reading/speaker.ts nameIn': characters(speaker.nameIn),
  'reading/suggestion.ts suggestionSteps': prose((text) => atOnce(suggestion.suggestionSteps(text, DAY))),
  'reading/turn.ts turnsIn': prose(turn.turnsIn),
  'reading/turn.ts turnAt': tried(PROSE, CHARACTERS_FIRST, (text) => {
    const turns = turn.turnsIn(text)
    return () => turn.turnAt(turns, 0)
  }),
  'reading/voice.ts voicedSteps': characters((text) => atOnce(voice.voicedSteps(text))),
  'reading/wording.ts flatProblem': characters((words) => wording.flatProblem(words)),
  'reading/wording.ts isAsRead': characters((words) => wording.isAsRead({ words, ...band(0.5) })),
  'reading/wording.ts wordsProblem': characters((words) => wording.wordsProblem({ words, ...band(0.5) })),
  'reading/english/words/written-date.ts writtenDate': [
    prose(date.writtenDate),
    prose((text) => date.writtenDate(`${text}1 May 2024`)),
  ],
  'reading/english/words/written-date.ts monthNumber': characters(date.monthNumber),

  'interchange/article-facts.ts factSteps': markup((html) => atOnce(facts.factSteps(html, PAGE))),
  'interchange/article-text.ts articleTextSteps': markup((html) =>
    atOnce(articleText.articleTextSteps(html)),
  ),
  'interchange/article.ts articleSteps': [
    markup(page('text/html', (text) => text)),
    characters(page('text/plain', (text) => text)),
    characters(
      page(
        'text/html',
        (text) =>
          `<title>${text}</title>${['author', 'date', 'language'].map((name) => `<meta name=${name} content="${text}">`).join('')}${ARTICLE}`,
      ),
    ),
  ],
  'interchange/cut-text.ts cutTexts': yamls((bytes) =>
    cutText.cutTexts(yaml.readYaml('2024/a.yaml', bytes), SourceFile),
  ),
  'interchange/finding.ts about': characters((text) => finding.about(text, text)),
  'interchange/finding.ts excerptOf': characters((text) =>
    finding.excerptOf(text, text.length >> 1, text.length >> 2),
  ),
  'interchange/finding.ts formatFinding': characters((text) =>
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
  'interchange/finding.ts printable': characters(finding.printable),
  'interchange/finding.ts shown': characters(finding.shown),
  'interchange/finding.ts nearest': characters((text) => {
    finding.nearest(text, [text])
    finding.nearest('a', text)
    finding.nearest(text.slice(0, 120), [text, text.slice(1, 100)])
  }),
  'interchange/folder-files.ts readFiles': folders((bytes) =>
    files.readFiles([{ path: '2024/a.yaml', bytes }]),
  ),
  'interchange/folder-index.ts indexOf': records((files) => index.indexOf(files, {})),
  'interchange/folder-index.ts duplicateIds': records(index.duplicateIds),
  'interchange/folder-index.ts repeatedForecasts': records(index.repeatedForecasts),
  'interchange/folder-index.ts futureDays': characters((day) => index.futureDays(talk, [[['said_on'], day]])),
  'interchange/folder-index.ts unknownReference': characters((text) =>
    index.unknownReference('question', text, { ...check.index, looks: { left: 1 } }),
  ),
  'interchange/forecast-table.ts readForecastTable': tables((bytes) =>
    table.readForecastTable({ path: 'a.csv', bytes }, mapping),
  ),
  'interchange/html.ts tokensOf': markup((text) => [...html.tokensOf(text)].length),
  'interchange/ladder-check.ts checkLadders': records((files) =>
    ladder.checkLadders(files, index.indexOf(files, {})),
  ),
  'interchange/predictions-file.ts readFolder': [
    folders((bytes) => folder.readFolder([{ path: 'analysts.yaml', bytes }])),
    characters((text) =>
      folder.readFolder([ANALYSTS, { path: '2024/talk.yaml', bytes: TALK }], {
        texts: new Map([['talk', text]]),
      }),
    ),
  ],
  'interchange/predictions-text.ts formatFolder': [
    characters((note) =>
      folderText.formatFolder({ analysts: [{ id: 'a', name: note, note }], questions: [], sources: [] }),
    ),
    tried(ALIKE, 10, (files) => () => folderText.formatFolder(folderIn(files))),
  ],
  'interchange/question-check.ts checkQuestion': prose((text) =>
    inFile({ title: text, deadline: { date: '2030-01-01', time_zone: 'UTC', because: text } }),
  ),
  'interchange/quote-check.ts checkQuotes': [
    prose((text) => quoteCheck.checkQuotes(talk.statements, text)),
    prose((quote) => quoteCheck.checkQuotes([{ ...said, value: { ...said.value, quote } }], 'a b')),
  ],
  'interchange/reference-check.ts checkReferences': characters((text) =>
    referenceCheck.checkReferences(
      { ...itemOf({}), references: [{ kind: 'crowd', probability: 0.5, source: text, observed_at: text }] },
      check,
    ),
  ),
  'interchange/schema-findings.ts tolerated': characters((text) => schemaFindings.tolerated({ a: text })),
  'interchange/statement-check.ts checkStatement': [
    characters((words) =>
      statementCheck.checkStatement(
        talk,
        { ...said, value: { ...said.value, quote: words, probability: { words } } },
        check,
      ),
    ),
    records((files) => {
      const checked: index.Check = { index: index.indexOf(files, {}), today: DAY }
      for (const source of files.sources)
        for (const item of source.statements) statementCheck.checkStatement(source, item, checked)
    }),
  ],
  'interchange/table-rows.ts readTable': [
    tables((bytes) => rows.readTable({ path: 'a.csv', bytes })),
    tables((bytes) => rows.readTable({ path: 'a.csv', bytes }), 'a,b\n'),
  ],
  'interchange/yaml-document.ts readYaml': yamls((bytes) => yaml.readYaml('a.yaml', bytes)),

  'core/address.ts isGlobalUnicast': characters((text) => [text, `::${text}`].map(address.isGlobalUnicast)),
  'core/address.ts isLoopbackName': characters(address.isLoopbackName),
  'core/address.ts fetchableAddress': [
    characters((text) => refusable(() => address.fetchableAddress(`https://a.example/${text}`))),
    characters((text) => refusable(() => address.fetchableAddress(`https://${text}.example`))),
  ],
  'core/name.ts nameKey': characters(name.nameKey),
  'core/name.ts nearKeys': characters(name.nearKeys),
  'core/name.ts isNear': characters((text) => name.isNear(text, `${text} Ada`)),
  'core/script.ts scriptTag': characters(script.scriptTag),
  'core/search-form.ts searchWords': characters(searchForm.searchWords),
  'core/search-form.ts isUnspaced': characters(searchForm.isUnspaced),
  'core/search-form.ts pairsOf': characters(searchForm.pairsOf),
  'core/search-form.ts formsOf': characters(searchForm.formsOf),
  'core/search-form.ts otherForms': characters(searchForm.otherForms),
  'core/transliteration.ts latinOf': characters(transliteration.latinOf),
  'core/transliteration.ts soundsOf': characters(transliteration.soundsOf),
  'core/transliteration.ts spellingsOf': characters(transliteration.spellingsOf),
  'core/slug.ts unwritable': characters(slug.unwritable),
  'core/slug.ts slugCandidates': characters((title) => slug.slugCandidates('source', title, 'abcdefgh')),
  'core/slug.ts statementId': characters((id) => slug.statementId(id, id)),
  'core/slug.ts sourceOf': characters(slug.sourceOf),
  'core/slug.ts localId': characters(slug.localId),
  'core/text.ts wordsIn': characters(text.wordsIn),
  'core/text.ts evenLines': characters(text.evenLines),
  'core/text.ts line': characters((sent) => text.line().safeParse(sent)),
  'core/text.ts prose': characters((sent) => text.prose(1_000_000).safeParse(sent)),
  'core/text.ts sourceText': characters((sent) => text.sourceText(1_000_000).safeParse(sent)),
  'core/text.ts readable': characters(text.readable),
  'core/text.ts personName': characters((name) => text.personName().safeParse(name)),
  'core/text.ts normalForm': characters((sent) => text.normalForm(sent, 'NFKC')),
  'core/text.ts caseKey': characters(text.caseKey),
  'core/text.ts textKey': characters(text.textKey),
  'core/text.ts webAddress': [
    characters((sent) => text.webAddress().safeParse(`https://a.example/${sent}`)),
    characters((sent) => text.webAddress().safeParse(`https://${sent}.example`)),
  ],
  'core/text.ts addressKey': characters((path) => text.addressKey(`https://a.example/${path}`)),
  'http/urlencoded.ts urlencoded': over([
    ...CHARACTERS,
    ...[['&'], ['='], ['a=b&'], ['%'], ['%20'], ['+']].map(
      ([unit = '']): Adversary => [unit, (length) => unit.repeat(length / unit.length)],
    ),
  ])((sent) => refusable(() => urlencoded(sent))),
}

/** Of the others, why they need no such text of their own. */
const NO_TEXT: Record<string, string> = {
  'core/text.ts counted': 'takes a number and a noun',
  'reading/beside.ts inTurn': 'takes sentences and looks at two of them',
  'reading/transcript.ts clock': 'takes a number',
  'reading/transcript.ts captionsIn': 'does what transcriptIn does first',
  'reading/transcript.ts heardOf': 'takes a list, and is tried by transcriptIn',
  'reading/voice.ts voicedSentences': 'does voicedSteps at once',
  'reading/reading.ts mainItem': 'takes what was read',
  'reading/wording.ts asWords': 'takes a reading',
  'interchange/survey.ts SurveyProblem': 'is an error',
  'reading/languages.ts rulesOf': 'takes a tag',
  'reading/languages.ts languageName': 'takes a tag',
  'reading/languages.ts unreadNote': 'takes a language',
  'reading/own-lexicon.ts ownLexicon': 'takes a tag',
  'reading/own-lexicon.ts throughOwn': 'takes a reading',
  'interchange/finding.ts inOrder': 'takes findings',
  'interchange/finding.ts hasErrors': 'takes findings',
  'interchange/folder-index.ts questionIn': 'takes one record',
  'interchange/html.ts westernLetter': 'takes a number',
  'interchange/schema-findings.ts refusals': 'takes what a schema refused: measured by readFiles',
  'interchange/schema-shape.ts keysOf': 'takes schemas',
  'interchange/schema-shape.ts within': 'takes schemas',
  'interchange/schema-shape.ts unwrapped': 'takes schemas',
  'core/address.ts addressIn': 'takes an address that was read: measured by fetchableAddress',
  'reading/arrangement.ts arrangements': 'measured by locateQuote',
  'reading/character-name.ts characterName': 'takes one character',
  'reading/character-name.ts scriptOf': 'takes one character',
  'reading/quote-problem.ts clip': 'cuts a text short',
  'reading/quote-search.ts located': 'measured by locateQuote',
  'reading/quote-search.ts missing': 'measured by locateQuote',
  'core/normalised-text.ts textOf': 'measured by normalise',
  'core/normalised-text.ts asNormalised': 'measured by locateQuote',
  'core/normalised-text.ts placeOf': 'measured by locateQuote',
  'core/normalised-text.ts firstIndex': 'measured by locateQuote',
}

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
  readdirSync(new URL(`../src/${room}`, import.meta.url))
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
  const module: object = await import(new URL(`../src/${file}`, import.meta.url).href)
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
