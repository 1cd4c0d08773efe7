import { leastRole } from '../../core/author.ts'
import type { EntryType } from '../../core/entry.ts'
import { LedgerError } from '../../core/error.ts'
import { may } from '../../core/member.ts'
import { fourEyesHold } from '../../store/members.ts'
import type { Ledger, Unit } from '../ledger.ts'

/** What changes a record that may be somebody else's: under four eyes a recorder leaves it to a resolver. */
const CHANGES: readonly EntryType[] = ['question.amended', 'reference.chosen', 'reference.withdrawn']

/** A file gives nobody who imports it a right that they do not have without it; the command is bound by nothing. */
export async function requireMayImport(
  ledger: Ledger,
  unit: Unit,
  types: ReadonlySet<EntryType>,
): Promise<void> {
  const { kind, role } = unit.by
  if (kind === 'machine') return
  const beyond = [...types].find((type) => !may(role, leastRole[type]))
  if (beyond !== undefined)
    throw new LedgerError(
      'forbidden',
      beyond.startsWith('resolution')
        ? 'The files say what happened, which a resolver records: ask one to import them, or leave the outcomes open.'
        : `The files hold what your role does not record (${beyond}): ask a ${leastRole[beyond]} to import them.`,
    )
  const isChanging = CHANGES.some((type) => types.has(type)) && !may(role, 'resolver')
  if (!types.has('retracted') && !isChanging) return
  if (await fourEyesHold(ledger.db))
    throw new LedgerError(
      'four_eyes',
      'The files change what is recorded: with four eyes in force that is done on its page, or by the command.',
    )
}
