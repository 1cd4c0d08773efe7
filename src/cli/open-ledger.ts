import { BUILT } from '../build.ts'
import { LedgerError } from '../core/error.ts'
import { acts, commandOf, type Member, type Role, suspendedMember } from '../core/member.ts'
import type { Ledger, Unit } from '../ledger/ledger.ts'
import { integrate } from '../ledger/log/integrate.ts'
import { requirePublished } from '../ledger/log-keeper.ts'
import type { Prepared } from '../node/runtime.ts'
import type { Database } from '../store/database.ts'
import { listMembers, type MemberRow } from '../store/members.ts'
import { assertCurrent } from '../store/migrate.ts'
import type { Context } from './command.ts'

export type Opened = {
  ledger: Ledger
  /** The same database without the guard of the clock: for what is derived, and stamped with no time. */
  db: Database
  url: string
  administrator: Pick<Member, 'id' | 'name' | 'role'>
}

const nothingAt = (url: string) =>
  new LedgerError(
    'not_found',
    `There is no ledger at ${url} yet. \`reckon serve\` or \`reckon token create\` makes one.`,
  )

/** The address of the ledger that the settings name, which must be there. */
export async function addressOf(context: Context): Promise<string> {
  const { databaseExists } = await import('../node/runtime.ts')
  const url = context.config().RECKONING_DATABASE_URL
  if (!databaseExists(url)) throw nothingAt(url)
  return url
}

/** Works on the ledger that the settings name, which must be there and up to date. */
export async function withLedger<T>(context: Context, work: (opened: Opened) => Promise<T>): Promise<T> {
  const url = await addressOf(context)
  return opened(context, async (ledger, db) => {
    await assertCurrent(db)
    await refuseRolledBack(ledger)
    const administrator = (await listMembers(db)).find((member) => acts(member, 'admin'))
    if (administrator === undefined) throw nothingAt(url)
    return work({ ledger, db, url, administrator })
  })
}

/** Works on the ledger that the settings name; makes it, or brings it up to date, first. */
export async function withPreparedLedger<T>(
  context: Context,
  work: (opened: Opened & Prepared) => Promise<T>,
): Promise<T> {
  const { prepareLedger } = await import('../node/runtime.ts')
  const config = context.config()
  return opened(context, async (ledger, db) => {
    const progress = context.progress('Rebuilding from the log')
    const prepared = await prepareLedger(db, ledger, context.now, config.RECKONING_FOUR_EYES, progress)
    return work({ ledger, db, url: config.RECKONING_DATABASE_URL, ...prepared })
  })
}

/** Works on the database as it is. */
export async function opened<T>(
  context: Context,
  work: (ledger: Ledger, db: Database) => Promise<T>,
): Promise<T> {
  const { clockOn, keeperOn, ledgerOn, openDatabase } = await import('../node/runtime.ts')
  const config = context.config()
  const db = await openDatabase(config)
  try {
    const log = await keeperOn(db, config)
    let wrote = false
    log.written = () => {
      wrote = true
    }
    const ledger = ledgerOn(db, clockOn(db, { now: context.now, built: BUILT }), log)
    const done = await work(ledger, db)
    if (wrote) await signed(ledger, context)
    return done
  } finally {
    await db.close()
  }
}

/** What was recorded is signed at once: perhaps no server runs that would. It is recorded whether or not that succeeds. */
async function signed(ledger: Ledger, context: Context): Promise<void> {
  try {
    await integrate(ledger)
  } catch (error) {
    context.note(error instanceof Error ? error.message : String(error))
  }
}

/** Reads go on; whatever would write is refused. */
async function refuseRolledBack({ log }: Ledger): Promise<void> {
  try {
    if (log !== undefined) await requirePublished(log)
  } catch (error) {
    if (!(error instanceof LedgerError) || error.code !== 'log_rolled_back') throw error
  }
}

/** A unit of work of a member. */
export const unitOf = (context: Context, member: { id: string; role: Role }): Unit => ({
  now: context.now(),
  by: commandOf(member),
})

/** The person of this id or name; of two, the one with the id. */
export async function memberNamed({ ledger }: Opened, idOrName: string): Promise<MemberRow> {
  const people = (await listMembers(ledger.db)).filter(({ machine }) => !machine)
  const found = people.find(({ id }) => id === idOrName) ?? people.find(({ name }) => name === idOrName)
  if (found === undefined)
    throw new LedgerError(
      'not_found',
      `There is no member ${JSON.stringify(idOrName)}. \`reckon member list\` shows them.`,
    )
  return found
}

/** The member who acts: the one of this id or name, or without either the first administrator. */
export async function actingMember(
  opened: Opened,
  idOrName: string | undefined,
): Promise<Pick<MemberRow, 'id' | 'name' | 'role'>> {
  if (idOrName === undefined) return opened.administrator
  const found = await memberNamed(opened, idOrName)
  if (found.suspended) throw suspendedMember(found.name)
  return found
}
