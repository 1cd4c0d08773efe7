import * as z from 'zod'
import { administered, reasonOf } from '../core/administration.ts'
import { readAdministration } from '../store/documents/settings.ts'
import { MOST } from '../store/lookups.ts'
import { fitting } from './arguments.ts'
import type { Command } from './command.ts'
import { withLedger } from './open-ledger.ts'

const WholeNumber = z
  .string()
  .regex(/^\d{1,15}$/u, 'must be a whole number')
  .transform(Number)

export const audit: Command = {
  name: 'audit',
  summary: 'show what was done to members, tokens and policy',
  about: `The latest first, at most ${MOST}: who was let in, with what, and who did it. Each line is an entry of the log.`,
  options: {
    limit: { value: 'N', about: `how many, at most ${MOST}; 50 without it` },
    before: { value: 'ENTRY', about: 'only entries before this one' },
  },
  examples: [
    ['reckon audit', 'The last fifty.'],
    ['reckon audit --before 120 --json', 'Those before entry 120, for a script.'],
  ],
  run: (context, given) =>
    withLedger(context, async ({ ledger: { db } }) => {
      const number = (option: string) => {
        const typed = given.text(option)
        return typed === undefined ? undefined : fitting(WholeNumber, `--${option}`, typed)
      }
      const limit = Math.min(Math.max(number('limit') ?? 50, 1), MOST)
      const { done, members } = await readAdministration(db, { limit, after: number('before') })
      const nameOf = (id: string) => members.find((member) => member.id === id)?.name ?? id
      const json = done.items.map((event) => {
        const { seq, at, by, type } = event
        return { seq, at, by, type, says: administered(event, nameOf), because: reasonOf(event) }
      })
      const lines = json.map(({ seq, at, by, says, because }) =>
        [`${at.slice(0, 16).replace('T', ' ')}  ${seq}  ${nameOf(by)}: ${says}`, because ?? '']
          .filter((part) => part !== '')
          .join('\n    '),
      )
      return { text: lines.length === 0 ? 'Nothing.' : lines.join('\n'), json }
    }),
}
