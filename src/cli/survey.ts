import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { Misuse } from '../config.ts'
import { Day } from '../core/calendar.ts'
import { LanguageTag } from '../core/language.ts'
import type { MeasuredLexicon } from '../core/lexicon.ts'
import {
  answerSheet,
  answerTable,
  phrasesOf,
  type Survey,
  SurveyProblem,
  surveyOf,
} from '../interchange/survey.ts'
import { measureLexicon } from '../ledger/lexicon/measure-lexicon.ts'
import { languageName } from '../reading/languages.ts'
import { listLexicons } from '../store/lexicons.ts'
import { fitting } from './arguments.ts'
import type { Command } from './command.ts'
import { memberNamed, unitOf, withLedger } from './open-ledger.ts'
import { table } from './table.ts'
import { harmless, type Terminal } from './terminal.ts'

const LANGUAGE = { value: 'TAG', about: 'the language of the words, such as ru', required: true }

export const surveyNew: Command = {
  name: 'survey new',
  summary: 'make the sheets with which your readers measure words of probability',
  operands: { shown: 'NAME', least: 1, most: 1 },
  about: [
    'Writes NAME.html, a sheet to print or send, one for each reader (about three minutes), and NAME.csv, the table for their answers: a row a reader, a column a phrase, in each cell a number from 0 to 100, or nothing.',
    'At least 20 readers are needed. Ask people who read you, and not those who log forecasts.',
  ].join('\n'),
  options: {
    language: LANGUAGE,
    words: {
      value: 'WORDS',
      about: 'the phrases with ; between them, or a file with one a line',
      required: true,
    },
  },
  examples: [
    ['reckon survey new survey --language ru --words "вероятно;скорее всего;вряд ли"', 'Three phrases.'],
    ['reckon survey new survey --language hy --words words.txt', 'Those of a file.'],
  ],
  run: async (_, given) => {
    const language = fitting(LanguageTag, '--language', given.text('language'))
    const words = given.text('words') ?? ''
    const phrases = asked(() => phrasesOf(isFile(words) ? readText(words) : words))
    const name = (given.positionals[0] ?? '').replace(/\.(?:html|csv)$/u, '')
    const files = [
      [`${name}.html`, answerSheet(language, phrases)],
      [`${name}.csv`, answerTable(phrases)],
    ] as const
    for (const [path] of files)
      if (existsSync(path))
        throw new Misuse(
          `${harmless(path)} is there already.`,
          'Choose another name: answers may stand in it.',
        )
    try {
      for (const [path, text] of files) writeFileSync(path, text, { flag: 'wx' })
    } catch {
      throw new Misuse(`${harmless(name)} cannot be written.`, 'Name a place in a folder that is there.')
    }
    const paths = files.map(([path]) => path)
    return {
      text: `${paths.map(harmless).join(' and ')}: ${phrases.length} ${phrases.length === 1 ? 'phrase' : 'phrases'} in ${languageName(language)}. When 20 readers or more have answered: reckon survey read ${harmless(paths[1] ?? '')} --language ${language}`,
      json: { language, phrases, files: paths },
    }
  },
}

export const surveyRead: Command = {
  name: 'survey read',
  summary: 'record what your readers answered: words are then read through it',
  operands: { shown: 'ANSWERS.csv', least: 1, most: 1 },
  about: [
    'Reads the table of answers, leaves out those that lie more than four standard deviations from the mean of their phrase, and records the 10th percentile, the median and the 90th with the number of answers: an entry of the log, for this ledger alone. From then on words of that language are read through it, and forecasts keep its version (own-2026-11). What was logged before stays as it is.',
    'A new survey of the language takes the place of the one before. With --dry-run it only shows the bands.',
  ].join('\n'),
  options: {
    language: LANGUAGE,
    'measured-on': { value: 'DAY', about: 'when the last reader answered; without it, today in UTC' },
    note: { value: 'TEXT', about: 'who was asked, shown on the page of methods' },
    member: { value: 'MEMBER', about: 'the administrator who records it, by id or name' },
    'dry-run': { about: 'show the bands and record nothing' },
  },
  examples: [
    ['reckon survey read survey.csv --language ru --note "Readers of our newsletter"', 'Records it.'],
    ['reckon survey read survey.csv --language ru --dry-run', 'Only shows the bands.'],
  ],
  run: async (context, given) => {
    const language = fitting(LanguageTag, '--language', given.text('language'))
    const survey = asked(() => surveyOf(bytesOf(given.positionals[0] ?? '')))
    const measured_on = fitting(
      Day,
      '--measured-on',
      given.text('measured-on') ?? context.now().toISOString().slice(0, 10),
    )
    const note = given.text('note')
    const { readers, rows } = survey
    const request = { language, measured_on, readers, rows, ...(note === undefined ? {} : { note }) }
    if (given.flag('dry-run'))
      return { text: `${drawn(context.terminal, survey)}\nNothing was recorded.`, json: request }
    return withLedger(context, async (opened) => {
      const by = given.text('member')
      const member = by === undefined ? opened.administrator : await memberNamed(opened, by)
      const { event } = await measureLexicon(opened.ledger, unitOf(context, member), request)
      const { version } = event.payload as MeasuredLexicon
      return {
        text: `${drawn(context.terminal, survey)}\nRecorded as ${version}: words in ${languageName(language)} are read through it in this ledger.`,
        json: { seq: event.seq, record: event.payload },
      }
    })
  },
}

export const surveyList: Command = {
  name: 'survey list',
  summary: 'list what this ledger measured with its own readers',
  about:
    'The newest lexicon of a language is the one in use; the others stay for the forecasts that were read through them.',
  options: {},
  examples: [['reckon survey list --json', 'Every row, for a script.']],
  run: (context) =>
    withLedger(context, async ({ ledger }) => {
      const lexicons = (await listLexicons(ledger.db)).map(({ record }) => record)
      if (lexicons.length === 0) return { text: 'Nothing was measured here yet.', json: [] }
      const text = table(
        context.terminal,
        [
          { title: 'VERSION', of: ({ version }) => version },
          { title: 'LANGUAGE', of: ({ language }) => languageName(language), gives: true },
          { title: 'MEASURED', of: ({ measured_on }) => measured_on },
          { title: 'READERS', of: ({ readers }) => String(readers), align: 'right' },
          { title: 'PHRASES', of: ({ rows }) => String(rows.length), align: 'right' },
        ],
        lexicons,
      )
      return { text, json: lexicons }
    }),
}

const percent = (share: number): string => `${Math.round(share * 100)} %`

function drawn(terminal: Terminal, { rows, readers, left_out }: Survey): string {
  const lines = table(
    terminal,
    [
      { title: 'PHRASE', of: ({ words }) => harmless(words), gives: true },
      { title: '10 % BELOW', of: ({ low }) => percent(low), align: 'right' },
      { title: 'MEDIAN', of: ({ mid }) => percent(mid), align: 'right' },
      { title: '10 % ABOVE', of: ({ high }) => percent(high), align: 'right' },
      { title: 'N', of: ({ n }) => String(n), align: 'right' },
    ],
    [...rows],
  )
  const far = left_out.reduce((total, n) => total + n, 0)
  return `${lines}\n${readers} readers; ${far === 0 ? 'no answer' : far === 1 ? 'one answer' : `${far} answers`} far from the others left out.`
}

const isFile = (path: string): boolean =>
  !path.includes(';') && statSync(path, { throwIfNoEntry: false })?.isFile() === true

function bytesOf(path: string): Uint8Array {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true)
    throw new Misuse(`There is no file ${harmless(path)}.`, 'Give the table of answers.')
  return readFileSync(path)
}

function readText(path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytesOf(path))
  } catch (error) {
    if (error instanceof Misuse) throw error
    throw new Misuse(`${harmless(path)} is not UTF-8.`, 'Save it as UTF-8 text and try again.')
  }
}

/** What is wrong with the words or answers, as a misuse of the command. */
function asked<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw error instanceof SurveyProblem ? new Misuse(harmless(error.message)) : error
  }
}
