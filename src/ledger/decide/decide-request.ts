import { LedgerError } from '../../core/error.ts'
import type { Statement as Sql } from '../../store/database.ts'
import type { Holdings } from '../../store/holdings.ts'
import type { Decision, Ledger, Unit } from '../ledger.ts'
import { claimsOf } from '../naming.ts'
import { decideRecords, type Refused, type Wanted } from './decide-records.ts'

type Asked = {
  /** Where the field of a record stands in the request. */
  at?: (noun: string, pointer: string, id: string) => string
  held?: Holdings | undefined
  beside?: readonly Sql[]
}

/** What a request for new records decides; the last entry answers it. Everything that is wrong is told at once. */
export async function decideRequest(
  ledger: Ledger,
  unit: Unit,
  wanted: Partial<Wanted>,
  { at = (_, pointer) => pointer, held, beside = [] }: Asked = {},
): Promise<Decision> {
  const all = {
    analysts: [],
    sources: [],
    statements: [],
    questions: [],
    references: [],
    forecasts: [],
    ...wanted,
  }
  const decided = await decideRecords(ledger, unit, all, held)
  const [first, ...others] = decided.refused.map((refused) => placed(refused, at))
  if (first !== undefined) throw others.length === 0 ? first : together([first, ...others])
  const { drafts, until } = decided
  return {
    entries: drafts,
    beside: [...decided.beside, ...beside],
    claims: claimsOf(drafts),
    until,
    answer: drafts.findLastIndex(({ type }) => type !== 'statement.verified'),
  }
}

const placed = ({ noun, id, error }: Refused, at: NonNullable<Asked['at']>): LedgerError =>
  new LedgerError(
    error.code,
    error.message,
    error.problems.map(({ pointer, message }) => ({ pointer: at(noun, pointer, id), message })),
    error.telling,
  )

function together(errors: readonly LedgerError[]): LedgerError {
  const codes = new Set(errors.map(({ code }) => code))
  const [code = 'invalid'] = codes
  return new LedgerError(
    codes.size === 1 ? code : 'invalid',
    mendFirst('recorded', errors.length),
    errors.flatMap(({ problems }) => problems),
    {
      existing: Object.assign({}, ...errors.map(({ telling }) => telling.existing)),
      similar: errors.flatMap(({ telling }) => telling.similar ?? []),
    },
  )
}

/** That nothing was done, and how much stands in the way. */
export const mendFirst = (done: 'logged' | 'recorded', things: number): string =>
  `Nothing was ${done}: ${things === 1 ? 'one thing is' : `${things} things are`} to be mended first.`
