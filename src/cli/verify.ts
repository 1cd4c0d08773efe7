import { resolve } from 'node:path'
import { LedgerError } from '../core/error.ts'
import { normalisedText } from '../core/normalised-text.ts'
import { RESTORE } from '../store/damage.ts'
import type { Database } from '../store/database.ts'
import { type Engine, engineLine, readEngine } from '../store/engine.ts'
import type { Mend } from '../store/verify/finding.ts'
import { type Verification, verifyLedger } from '../store/verify/verify.ts'
import type { Command, Context, Ended } from './command.ts'
import { plural } from './table.ts'
import { harmless, styled, type Terminal } from './terminal.ts'

export const verify: Command = {
  name: 'verify',
  summary: 'show that the ledger agrees with itself',
  operands: { shown: '[FILE]', least: 0, most: 1 },
  about: [
    'First SQLite checks the pages of the file. Then every entry is hashed again and looked at in its place: gapless, never earlier than the one before, its payload matching its seal, its author a member who might write it at that entry, no criterion moved after its deadline, four eyes kept. Then the tables, indexes and triggers are compared with what the migrations make, everything derived with a replay of the whole log, the kept texts with their hashes in the log, the kept summaries with the forecasts.',
    'It changes nothing, and beside a running server it reads one moment. A remote database has no such moment: there the log is checked up to the entry that was the last at the beginning, and each table together with the entries that it holds by then.',
    'FILE is a copy or a backup: it is copied once more to be read, so that nothing is written to it or beside it. In a copy a missing trigger is a note, in the ledger of the settings a finding.',
    'What it cannot show: that this is the whole log, and the one of yesterday. Who owns the file can cut its end off with everything that speaks of it, or write another one; only who holds an older copy can tell.',
    'The work on a file is done in a process of its own: damage that ends it is a finding.',
  ].join('\n'),
  options: { 'in-process': { about: 'do the work in this process, which damage may then end' } },
  examples: [
    ['reckon verify', 'The ledger of RECKONING_DATABASE_URL.'],
    ['reckon verify backups/2026-11-22.db', 'A backup, before it is needed.'],
  ],
  problems: 'something does not agree, or cannot be read; each finding names the entry (seq) or the place',
  run: async (context, given) => {
    const { databaseExists } = await import('../node/runtime.ts')
    const [file] = given.positionals
    const url = file === undefined ? context.config().RECKONING_DATABASE_URL : `file:${resolve(file)}`
    if (!databaseExists(url))
      throw new LedgerError(
        'not_found',
        `There is no ledger at ${file ?? url}${file === undefined ? ' yet' : ''}.`,
      )
    const isApart = url.startsWith('file:') && !given.flag('in-process') && context.apart !== null
    const result = isApart ? await verifiedApart(context, file) : await verifiedHere(context, url, file)
    return {
      text: textOf(context.terminal, result),
      json: result,
      exit: result.findings.length > 0 ? 1 : 0,
    }
  },
}

const PROGRESS = 'Verifying entries'

/** The verification, and the engine that read the ledger, where it told. */
type Verified = Verification & { engine: (Engine & { driver: string }) | null }

async function verifiedHere(context: Context, url: string, file: string | undefined): Promise<Verified> {
  const { driverVersion, openCopy, openDatabase, openMoment, scratchDatabase } = await import(
    '../node/runtime.ts'
  )
  const opening = (): Promise<Database> => {
    if (file !== undefined) return openCopy(resolve(file))
    return url.startsWith('file:') ? openMoment(url) : openDatabase(context.config())
  }
  const db = await opening()
  const scratch = await scratchDatabase()
  try {
    const result = await verifyLedger(db, scratch, {
      normalised: normalisedText,
      progress: context.progress(PROGRESS),
      guarded: file === undefined,
    })
    // Asked of the scratch database where the file itself may not answer: both have the same engine.
    const engine = await readEngine(url.startsWith('file:') ? scratch : db)
    return { ...result, engine: { ...engine, driver: driverVersion() } }
  } finally {
    await scratch.close()
    await db.close()
  }
}

async function verifiedApart({ apart, progress }: Context, file: string | undefined): Promise<Verified> {
  const show = progress(PROGRESS)
  const words = ['verify', ...(file === undefined ? [] : [resolve(file)]), '--in-process', '--json']
  const ended = await (apart as NonNullable<Context['apart']>)(words, (line) => {
    const [, done, of] = /: (\d+) of (\d+) \(/u.exec(line) ?? []
    if (done !== undefined) show(Number(done), Number(of))
  })
  return answerOf(ended)
}

/** Signals by which damage ends a process; others come from outside and say nothing about the ledger. */
const BY_DAMAGE = ['SIGABRT', 'SIGBUS', 'SIGFPE', 'SIGILL', 'SIGSEGV', 'SIGTRAP']

function answerOf({ signal, stdout, stderr }: Ended): Verified {
  if (signal !== null && BY_DAMAGE.includes(signal)) {
    const why = /^called .*|^.*[Aa]ssert.*|^.*FATAL ERROR.*/mu.exec(stderr)?.[0].slice(0, 200)
    const message = `Reading it ended the process (${signal}${why === undefined ? '' : `: ${why}`}).`
    const finding = { seq: null, code: 'crash', message, mend: 'restore' as const }
    return {
      entries: 0,
      same_person: 0,
      redactions: 0,
      findings: [finding],
      more: 0,
      notes: [],
      engine: null,
    }
  }
  if (signal !== null) throw new LedgerError('unavailable', `The verification was ended by ${signal}.`)
  const answer: unknown = parsed(stdout)
  if (answer === null) throw new Error(`the verification ended without an answer: ${stderr}`)
  const { error } = answer as { error?: Pick<LedgerError, 'code' | 'message'> }
  if (error !== undefined) throw new LedgerError(error.code, error.message)
  return answer as Verified
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const WAYS: Record<Mend, string> = {
  restore: RESTORE,
  rebuild: 'What is derived from the log is made again by `reckon rebuild`.',
  migrate: '`reckon migrate` brings it up to date; of a backup, do that to a copy.',
}

function textOf(terminal: Terminal, result: Verified): string {
  const { entries, same_person, redactions, findings, more, notes, engine } = result
  const asides = [
    ...(same_person > 0
      ? [
          `${plural(same_person, 'outcome')} confirmed by the same person who proposed ${same_person === 1 ? 'it' : 'them'}.`,
        ]
      : []),
    ...(redactions > 0
      ? [
          `Words were taken out ${redactions === 1 ? 'once' : `${redactions} times`}: there the seal stays, and what it sealed is gone.`,
        ]
      : []),
    ...notes.map((note) => `Note: ${harmless(note)}`),
    ...(engine === null ? [] : [engineLine(engine)]),
  ]
  const count = plural(entries, 'entry', 'entries')
  if (findings.length === 0)
    return [
      `${styled(terminal, 'green', 'Verified')}: ${count}. Each hashes to what it says, in its place,`,
      'by a member who might write it; what is shown is what they say.',
      'Whether this is the whole log, and the one of yesterday, no file can tell of itself.',
      ...asides,
    ].join('\n')
  const total = findings.length + more
  return [
    ...findings.map(
      ({ seq, code, message }) =>
        `${seq === null ? 'ledger' : `entry ${seq}`}: ${code}: ${harmless(message)}`,
    ),
    ...(more > 0 ? [`… and ${more} more.`] : []),
    ...asides,
    styled(terminal, 'red', `${plural(total, 'finding')} in ${count}.`),
    ...Object.entries(WAYS)
      .filter(([mend]) => findings.some((finding) => finding.mend === mend))
      .map(([, way]) => way),
  ].join('\n')
}
