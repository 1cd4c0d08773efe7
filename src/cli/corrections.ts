import { existsSync, readFileSync, statSync } from 'node:fs'
import { Misuse } from '../config.ts'
import { CORRECTIONS, correctionTypes } from '../core/corrected.ts'
import { CorrectionPolicy, correctionClasses, DEFAULT_POLICY } from '../core/correction.ts'
import { publishCorrectionPolicy } from '../ledger/correction/publish-policy.ts'
import { type Correction, correctionPolicies } from '../store/corrections.ts'
import { readCorrections } from '../store/documents/corrections.ts'
import { ask } from '../store/query.ts'
import type { Command } from './command.ts'
import { actingMember, unitOf, withLedger } from './open-ledger.ts'
import { plural, table } from './table.ts'
import { harmless } from './terminal.ts'

const SHOWN = 50
const MOST_BYTES = 200_000

const isChoice = <T extends string>(given: string | undefined, choices: readonly T[]): T | undefined =>
  choices.find((one) => one === given)

export const corrections: Command = {
  name: 'corrections',
  summary: 'list what was amended, with its class and reason',
  about: [
    `Lists the latest ${SHOWN} amendments, superseded outcomes, withdrawals and retractions, each once: its class (correction: we were wrong; clarification; update), what changed, and why.`,
    'Of which nobody said a class is shown as "none".',
  ].join('\n'),
  options: {
    class: { value: 'CLASS', about: 'only of this class', choices: [...correctionClasses, 'none'] },
    type: { value: 'TYPE', about: 'only of this type of entry', choices: correctionTypes },
  },
  examples: [
    ['reckon corrections', 'What was amended lately.'],
    ['reckon corrections --class correction --json', 'Where we were wrong, for a script.'],
  ],
  run: (context, given) =>
    withLedger(context, async ({ ledger }) => {
      const filter = {
        class: isChoice(given.text('class'), [...correctionClasses, 'none'] as const),
        type: isChoice(given.text('type'), correctionTypes),
      }
      const { corrections: page, figures } = await readCorrections(ledger.db, filter, { limit: SHOWN })
      const { forecasts, by_class } = figures
      const last = `${plural(by_class.correction, 'correction')} on ${plural(forecasts, 'forecast')} logged.`
      if (page.items.length === 0)
        return { text: `Nothing of that was amended.\n${last}`, json: { items: [], figures } }
      const rows = table(
        context.terminal,
        [
          { title: 'ENTRY', of: ({ seq }: Correction) => String(seq), align: 'right' },
          { title: 'DAY', of: ({ at }) => at.slice(0, 10) },
          { title: 'CLASS', of: (one) => one.class ?? 'none' },
          { title: 'WHAT', of: ({ type }) => CORRECTIONS[type], gives: true },
          { title: 'OF', of: ({ title }) => title ?? '', gives: true },
          { title: 'BECAUSE', of: ({ because }) => because ?? '', gives: true },
        ],
        page.items,
      )
      const items = page.items.map(({ leaf: _, voice: __, ...item }) => item)
      return { text: `${rows}\n\n${last}`, json: { items, figures } }
    }),
}

export const correctionsPolicy: Command = {
  name: 'corrections policy',
  summary: 'show or publish how this ledger corrects itself',
  operands: { shown: '[FILE]', least: 0, most: 1 },
  about:
    'Without a file it shows the corrections policy that holds. With a text file it publishes that text as a new version; those before it stay where they can be read.',
  options: {
    'notice-days': {
      value: 'DAYS',
      about: 'for how many days the page concerned says that it was amended (as before)',
    },
    member: { value: 'ID', about: 'who acts, by id or name (the first administrator)' },
  },
  examples: [
    ['reckon corrections policy', 'What holds now.'],
    ['reckon corrections policy policy.txt --notice-days 60', 'A new version.'],
  ],
  run: (context, given) =>
    withLedger(context, async (held) => {
      const { ledger } = held
      const [file] = given.positionals
      const [before] = await ask(ledger.db, correctionPolicies)
      if (file !== undefined || given.text('notice-days') !== undefined) {
        const { text, notice_days } = before?.record ?? DEFAULT_POLICY
        const days = given.text('notice-days')
        const read = CorrectionPolicy.safeParse({
          text: file === undefined ? text : textOf(file),
          notice_days: days === undefined ? notice_days : Number(days),
        })
        if (!read.success) {
          const wrong = read.error.issues.map(({ path, message }) =>
            path[0] === 'notice_days' ? `--notice-days: ${message}` : `The text ${message}`,
          )
          throw new Misuse(`${wrong.join('; ')}.`)
        }
        await publishCorrectionPolicy(
          ledger,
          unitOf(context, await actingMember(held, given.text('member'))),
          read.data,
        )
      }
      const versions = await ask(ledger.db, correctionPolicies)
      const [current] = versions
      const holds = current?.record ?? DEFAULT_POLICY
      const of =
        current === undefined
          ? 'The text that comes with the software; this ledger has published none of its own.'
          : `Version ${versions.length}, published on ${current.at.slice(0, 10)}.`
      return {
        text: `${of}\n\n${holds.text.split('\n').map(harmless).join('\n')}\n\nThe page concerned shows a notice for ${plural(holds.notice_days, 'day')}.`,
        json: { is_default: current === undefined, version: versions.length, ...holds },
      }
    }),
}

function textOf(path: string): string {
  if (!existsSync(path) || !statSync(path).isFile())
    throw new Misuse(`There is no file ${JSON.stringify(path)}.`)
  if (statSync(path).size > MOST_BYTES) throw new Misuse(`${path} is too long to be a policy.`)
  return readFileSync(path, 'utf8').trim()
}
