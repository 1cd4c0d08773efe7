import { readFileSync, statSync } from 'node:fs'
import { Misuse } from '../config.ts'
import { Dated, spanOf } from '../core/calendar.ts'
import { MAX_CAPTURE_TEXT } from '../core/capture.ts'
import { LanguageTag } from '../core/language.ts'
import { atOnce } from '../core/steps.ts'
import { prose } from '../core/text.ts'
import { type ReadingAnswer, readingAnswerSteps } from '../reading/reading-answer.ts'
import type { Command } from './command.ts'
import { plural } from './table.ts'
import { harmless, styled, type Terminal, wrapped } from './terminal.ts'

export const read: Command = {
  name: 'read',
  summary: 'say what a text forecasts: how likely which event, by when, and why',
  operands: { shown: 'FILE', least: 1, most: 1 },
  about: [
    'Reads a text (UTF-8, a megabyte at most) sentence by sentence, as the capture page and the API do, and prints what looks like a forecast: the words for how likely, the event as a positive sentence, the deadline. What is modal and not wholly understood is asked about. It opens no ledger and changes nothing.',
    'With --all it prints every sentence, suggested or not.',
  ].join('\n'),
  options: {
    language: {
      value: 'TAG',
      about: 'the language of the text, such as ru; without it, it is found by its script and words',
    },
    published: { value: 'DATE', about: 'when it was published: deadlines are reckoned from it' },
    all: { about: 'every sentence' },
  },
  examples: [
    ['reckon read interview.txt --published 2024-04-08', 'What the interview forecasts.'],
    ['reckon read interview.txt --json', 'Every sentence, for a script.'],
  ],
  run: async (context, given) => {
    const answer = atOnce(
      readingAnswerSteps(textOf(given.positionals[0] ?? ''), dayOf(given.text('published')), {
        language: tagOf(given.text('language')),
      }),
    )
    const shown = answer.items.filter(({ suggested }) => suggested || given.flag('all'))
    const found = answer.items.filter(({ suggested }) => suggested).length
    const { name, unsure } = answer.language
    const verdict = `${plural(answer.items.length, 'sentence')}, ${found === 0 ? 'none' : found} of them ${found === 1 ? 'looks' : 'look'} like a forecast. Read as ${name}${unsure ? ', which is not sure' : ''}.`
    if (answer.note !== undefined) return { text: `${answer.note}.`, json: answer }
    return {
      text: [...shown.flatMap((item) => [...drawn(context.terminal, item), '']), verdict].join('\n'),
      json: answer,
    }
  },
}

/** The text of a file that is UTF-8 and no longer than a text may be. */
export function textOf(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat === undefined || !stat.isFile())
    throw new Misuse(`There is no file ${harmless(path)}.`, 'Give the path of a text.')
  const bytes = stat.size > 4 * MAX_CAPTURE_TEXT ? null : readFileSync(path)
  let text: string | null = null
  try {
    text = bytes === null ? null : new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Misuse(`${harmless(path)} is not UTF-8.`, 'Save it as UTF-8 text and try again.')
  }
  const whole = prose(MAX_CAPTURE_TEXT).safeParse(text ?? '')
  if (text === null || !whole.success)
    throw new Misuse(
      `${harmless(path)} ${whole.error?.issues[0]?.message ?? 'is too long'}.`,
      `A text has 1 to ${MAX_CAPTURE_TEXT} characters.`,
    )
  return whole.data
}

function tagOf(language: string | undefined): string | undefined {
  if (language === undefined || LanguageTag.safeParse(language).success) return language
  throw new Misuse(`--language ${harmless(language)} is no language tag.`, 'Write it as ru, hy or pt-BR.')
}

function dayOf(published: string | undefined): string | undefined {
  if (published === undefined) return undefined
  const date = Dated.safeParse(published)
  if (date.success) return spanOf(date.data).to
  throw new Misuse(`--published ${harmless(published)} is not a date.`, 'Write it as 2024-04-08 or 2024-04.')
}

type Item = ReadingAnswer['items'][number]

function drawn(terminal: Terminal, item: Item): string[] {
  const { text, reading, event, quantity, date, horizon, reasons } = item
  const lines = [
    reasons.map(({ words, says }) => `“${words}” ${says}`).join('; '),
    `how likely: ${likelihood(reading)}`,
    ...(event === null ? [] : [`event: ${event}`]),
    ...(quantity === null ? [] : [`number: ${quantityOf(quantity)}`]),
    ...(date === null ? [] : [`when: ${datesOf(date)}`]),
    ...(horizon === null ? [] : [`by when: ${horizonOf(horizon)}`]),
  ]
  return [
    ...wrapped(harmless(text.replace(/\s+/gu, ' ')), terminal.width).map((line) =>
      styled(terminal, 'bold', line),
    ),
    ...lines
      .filter((line) => line !== '')
      .flatMap((line) => wrapped(harmless(line), terminal.width - 2, '  ')),
  ]
}

const percent = (share = 0): string => `${Number((share * 100).toPrecision(3))} %`

function likelihood({ kind, low, mid, high, says, words, why, measured }: Item['reading']): string {
  if (kind === 'none') return 'not said'
  if (kind === 'asks') return `asks: ${why}`
  if (kind === 'number') return `${percent(mid)}, the number that was said`
  if (kind === 'range') return `${percent(low)} to ${percent(high)}, as it was said`
  if (kind === 'flat') return `a flat ${says}`
  return `“${words}”, ${measured ? 'which readers take as' : 'read as'} ${percent(low)} to ${percent(high)}${why === undefined ? '' : ` (${why})`}`
}

function quantityOf({ what, value, interval, unit }: NonNullable<Item['quantity']>): string {
  const [low, high] = interval ?? [value ?? null, value ?? null]
  const span =
    low === null
      ? `at most ${high}`
      : high === null
        ? `at least ${low}`
        : low === high
          ? low
          : `${low} to ${high}`
  return `${[what, span].filter((part) => part !== '').join(': ')} ${unit}`.trim()
}

const datesOf = ({ from, to }: NonNullable<Item['date']>): string =>
  from === undefined ? `by ${to}` : to === undefined ? `not before ${from}` : `${from} to ${to}`

function horizonOf(horizon: NonNullable<Item['horizon']>): string {
  if (horizon.kind === 'none') return 'not said'
  if (horizon.kind === 'asks') return `asks: ${horizon.why}`
  return `${horizon.date}, from “${horizon.phrase}” (${horizon.rule})${horizon.why === undefined ? '' : `; ${horizon.why}`}`
}
