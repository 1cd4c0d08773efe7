import { Misuse } from '../config.ts'
import { ClosingRequest, reportOutcomes } from '../core/correction.ts'
import { closeReport } from '../ledger/correction/report.ts'
import { listReports, type Report } from '../store/reports.ts'
import type { Command } from './command.ts'
import { actingMember, unitOf, withLedger } from './open-ledger.ts'
import { plural } from './table.ts'
import { harmless } from './terminal.ts'

const SHOWN = 50

export const reportList: Command = {
  name: 'report list',
  summary: 'list what readers say is wrong',
  about: `Lists the oldest ${SHOWN} reports of readers that nobody has closed yet, with where to answer whoever left an address. They are private: nothing of them is in the log.`,
  examples: [
    ['reckon report list', 'What waits.'],
    ['reckon report list --json', 'For a script.'],
  ],
  run: (context) =>
    withLedger(context, async ({ ledger }) => {
      const { items, next } = await listReports(ledger.db, { limit: SHOWN })
      const lineOf = ({ id, received_at, subject, text, answer_to }: Report) =>
        [
          `${id}  ${received_at.slice(0, 10)}  ${subject}`,
          ...text.split('\n').map((line) => `  ${harmless(line)}`),
          ...(answer_to === null ? [] : [`  Answer to: ${harmless(answer_to)}`]),
        ].join('\n')
      const text =
        items.length === 0
          ? 'No report waits.'
          : `${items.map(lineOf).join('\n\n')}\n\n${plural(items.length, 'report')}${next === null ? '' : ', and more after these'}.`
      return { text, json: { items } }
    }),
}

export const reportClose: Command = {
  name: 'report close',
  summary: 'say what became of a report of a reader',
  operands: { shown: 'ID', least: 1, most: 1 },
  about:
    'Closes a report: with the number of the entry that mends it, or with why nothing was changed. That becomes an entry of the log; the words of the reader, and where to answer, are deleted. Answer before you close it.',
  options: {
    outcome: { value: 'WHAT', about: 'mended or not_changed', choices: reportOutcomes, required: true },
    'mended-by': { value: 'ENTRY', about: 'the number of the entry that mends it' },
    because: { value: 'TEXT', about: 'what was done, or why nothing was; it is public', required: true },
    member: { value: 'ID', about: 'who acts, by id or name (the first administrator)' },
  },
  examples: [
    [
      'reckon report close AbCdEfGhIjKlMnOpQrStUv --outcome mended --mended-by 812 --because "The date was misread."',
      'It was right.',
    ],
    [
      'reckon report close AbCdEfGhIjKlMnOpQrStUv --outcome not_changed --because "The recording has these words."',
      'It was not.',
    ],
  ],
  run: (context, given) =>
    withLedger(context, async (held) => {
      const entry = given.text('mended-by')
      const read = ClosingRequest.safeParse({
        outcome: given.text('outcome'),
        because: given.text('because'),
        ...(entry === undefined ? {} : { mended_by: /^\d{1,15}$/u.test(entry) ? Number(entry) : entry }),
      })
      if (!read.success)
        throw new Misuse(
          `${read.error.issues.map(({ path, message }) => `--${String(path[0]).replace('_', '-')} ${message}`).join('; ')}.`,
          'reckon report close --help says more.',
        )
      const unit = unitOf(context, await actingMember(held, given.text('member')))
      const { event } = await closeReport(held.ledger, unit, given.positionals[0] as string, read.data)
      return {
        text: `The report is closed, by entry ${event.seq}.`,
        json: { entry: event.seq, ...read.data },
      }
    }),
}
