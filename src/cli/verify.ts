import { existsSync, readFileSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { Misuse } from '../config.ts'
import { LedgerError } from '../core/error.ts'
import { normalisedText } from '../core/normalised-text.ts'
import { parsedUrl } from '../core/url.ts'
import { ProofError } from '../log/anchor/proof-error.ts'
import type { Head } from '../log/published.ts'
import type { Database } from '../store/database.ts'
import { readEngine } from '../store/engine.ts'
import type { Revocations } from '../store/verify/anchors.ts'
import { findings as collection } from '../store/verify/finding.ts'
import { signedHead } from '../store/verify/tree.ts'
import { verifyLedger } from '../store/verify/verify.ts'
import type { Command, Context, Ended } from './command.ts'
import { guardOf, heldBy, keepPin, type Older, olderOf, readOlder, signedOf, type Verified } from './older.ts'
import { verificationText } from './verification-text.ts'

export const verify: Command = {
  name: 'verify',
  summary: 'show that a ledger is whole, and yesterday’s',
  operands: { shown: '[URL|FILE|DIR]', least: 0, most: 1 },
  about: [
    'Without a word, the ledger of the settings: first SQLite checks the pages of the file. Then every entry is hashed again and looked at in its place: gapless, never earlier than the one before, its payload matching its seal, its author a member who might write it at that entry, no criterion moved after its deadline, four eyes kept. Then the tables, indexes and triggers are compared with what the migrations make, everything derived with a replay of the whole log, the kept texts with their hashes in the log, the kept summaries with the forecasts.',
    'FILE is a copy or a backup: it is copied once more to be read, so that nothing is written to it or beside it. In a copy a missing trigger is a note, in the ledger of the settings a finding.',
    'URL is a ledger on the web, DIR an export (reckon log export), FILE.jsonl one in lines (reckon export --as jsonl): the signature of its newest checkpoint is checked, the tree built from all entries, the entries checked as above as far as they are told (members, tokens and policy are published sealed), and the track records at URL compared with those that the entries give.',
    'What no ledger can show of itself is that it is the one of yesterday: who owns it can write another one, or cut its end off, and it agrees with itself. Whoever keeps an older checkpoint can tell: with --pin the log must still hold all that FILE holds. A checkpoint of before, the receipt of any entry, or what an earlier --pin wrote will do. Where FILE is not there yet, it is written, with the key, as at the first visit to an unknown host; it is written anew when nothing is found, and never otherwise; a checkpoint or a receipt stays as it is. Keep it where whoever owns the ledger cannot reach it.',
    'Behind time stamps stand certificates. That they were in their time and for time stamps alone is always checked; whether one was revoked only where --crl FILE gives a list of revocations of each authority behind it, made after the stamp and before the certificate ended (the certificate says where, as X509v3 CRL Distribution Points). Nothing is fetched. A key that was compromised, or a revocation without a reason, ends every stamp of it; one that was superseded or ceased only those made since.',
    'It changes nothing in a ledger, and beside a running server it reads one moment. A remote database has no such moment: there the log is checked up to the entry that was the last at the beginning. What is not ours is read in a process of its own: damage that ends it is a finding.',
  ].join('\n'),
  options: {
    pin: { value: 'FILE', about: 'hold it against the checkpoint in FILE, which is kept up to date' },
    crl: {
      value: 'FILE',
      about: 'a list of revocations (PEM or DER) of an authority behind time stamps',
      repeats: true,
    },
    'in-process': { about: 'do the work in this process, which damage may then end' },
  },
  examples: [
    ['reckon verify', 'The ledger of RECKONING_DATABASE_URL.'],
    ['reckon verify backups/2026-11-22.db', 'A backup, before it is needed.'],
    [
      'reckon verify --crl tsa-root.crl --crl tsa.crl',
      'Asks whether certificates behind time stamps were revoked.',
    ],
    [
      'reckon verify https://ledger.example --pin ledger.pin',
      'Somebody else’s ledger, against what was seen last time.',
    ],
  ],
  problems: 'something does not agree, or cannot be read; each finding names the entry (seq) or the place',
  run: async (context, given) => {
    const { databaseExists } = await import('../node/runtime.ts')
    const target = targetOf(given.positionals[0], context)
    if (target.kind === 'file' && !databaseExists(target.url))
      throw new LedgerError('not_found', `There is no ledger at ${target.told}.`)
    const pin = given.text('pin')
    const crls = given.all('crl').map((file) => resolve(file))
    const asked = { target, pin: pin === undefined ? null : resolve(pin), crls }
    const isLocal = target.kind !== 'file' || target.url.startsWith('file:')
    const isApart = isLocal && !given.flag('in-process') && context.apart !== null
    const result = isApart ? await verifiedApart(context, asked) : await verifiedHere(context, asked)
    return {
      text: verificationText(context.terminal, result),
      json: result,
      exit: result.findings.length > 0 ? 1 : 0,
    }
  },
}

/** A ledger in a database, or what a log publishes: at an address, or in a folder. */
type Target =
  | { kind: 'file'; url: string; file: string | null; told: string }
  | { kind: 'address' | 'folder' | 'lines'; place: string }

type Asked = { target: Target; pin: string | null; crls: readonly string[] }

function targetOf(typed: string | undefined, context: Context): Target {
  if (typed === undefined) {
    const url = context.config().RECKONING_DATABASE_URL
    return { kind: 'file', url, file: null, told: `${url} yet` }
  }
  if (/^https?:\/\//iu.test(typed)) {
    if (parsedUrl(typed) === null) throw new Misuse(`${typed} is no address.`)
    return { kind: 'address', place: typed }
  }
  const place = resolve(typed)
  if (statSync(place, { throwIfNoEntry: false })?.isDirectory()) return { kind: 'folder', place }
  if (/\.jsonl$/iu.test(place) && existsSync(place)) return { kind: 'lines', place }
  return { kind: 'file', url: `file:${place}`, file: place, told: typed }
}

const PROGRESS = 'Verifying entries'

/** Does the work, and keeps the pin where nothing was found. */
async function verifiedHere(context: Context, { target, pin, crls }: Asked): Promise<Verified> {
  const revocations = crls.length === 0 ? null : await revocationsOf(crls)
  const older = pin === null ? null : readOlder(pin)
  const { verified, head } =
    target.kind === 'file'
      ? await verifiedDatabase(context, target, older, revocations)
      : await verifiedPublished(context, target, older, revocations)
  // A checkpoint or a receipt that somebody keeps stays what it is.
  const isOurs = older === null || older.key !== null
  if (pin === null || !isOurs || verified.findings.length > 0) return verified
  if (head === null)
    throw new LedgerError('not_found', `There is no signed checkpoint yet that ${pin} could keep.`)
  keepPin(pin, head)
  return { ...verified, kept: { size: head.checkpoint.size, in: pin } }
}

/** What the lists of revocations in these files say; each must be there, and one that can be used. */
async function revocationsOf(files: readonly string[]): Promise<Revocations> {
  const { revocationListsIn, revocationsIn } = await import('../log/anchor/revocation.ts')
  return revocationsIn(
    files.flatMap((file) => {
      try {
        return revocationListsIn(readFileSync(file))
      } catch (error) {
        throw new Misuse(`--crl ${file} ${error instanceof ProofError ? error.message : 'cannot be read'}.`)
      }
    }),
  )
}

async function verifiedPublished(
  context: Context,
  { kind, place }: Target & { kind: 'address' | 'folder' | 'lines' },
  older: Older | null,
  revocations: Revocations | null,
) {
  const [{ scratchDatabase }, { addressedLog, addressedRecords, folderLog, linesLog }, { verifiedLog }] =
    await Promise.all([
      import('../node/runtime.ts'),
      import('../node/published-log.ts'),
      import('./verify-published.ts'),
    ])
  const scratch = await scratchDatabase()
  const read = { address: addressedLog, folder: folderLog, lines: linesLog }[kind](place)
  try {
    const records = kind === 'address' ? addressedRecords(place) : null
    const published = { log: read, records, hasTiles: kind !== 'lines' }
    return await verifiedLog(published, scratch, older, context, revocations)
  } finally {
    await scratch.close()
  }
}

async function verifiedDatabase(
  context: Context,
  { url, file }: Target & { kind: 'file' },
  older: Older | null,
  revocations: Revocations | null,
): Promise<{ verified: Verified; head: Head | null }> {
  const { databasePath, driverVersion, openCopy, openDatabase, openMoment, scratchDatabase } = await import(
    '../node/runtime.ts'
  )
  const isFile = url.startsWith('file:')
  const opening = (): Promise<Database> => {
    if (file !== null) return openCopy(file)
    return isFile ? openMoment(url) : openDatabase(context.config())
  }
  const db = await opening()
  const scratch = await scratchDatabase()
  try {
    const findings = collection()
    // What cannot be read is told by the verification itself.
    const head = await signedHead(db, findings).catch(() => null)
    const pinned = await heldBy(older, head?.key ?? null, findings)
    const guard = isFile ? guardOf(databasePath(url), findings) : null
    const result = await verifyLedger(db, scratch, {
      normalised: normalisedText,
      progress: context.progress(PROGRESS),
      guarded: file === null,
      older: guard === null ? pinned : [...pinned, guard],
      revocations,
    })
    // Asked of the scratch database where the file itself may not answer: both have the same engine.
    const engine = await readEngine(isFile ? scratch : db)
    const told = { withheld: 0, engine: { ...engine, driver: driverVersion() }, kept: null }
    const found = [...findings.kept, ...result.findings]
    return {
      verified: { ...result, findings: found, ...told, signed: signedOf(head), older: olderOf(older) },
      head,
    }
  } finally {
    await scratch.close()
    await db.close()
  }
}

async function verifiedApart({ apart, progress }: Context, { target, pin, crls }: Asked): Promise<Verified> {
  const show = progress(PROGRESS)
  const place = target.kind === 'file' ? target.file : target.place
  const words = [
    'verify',
    ...(place === null ? [] : [place]),
    ...(pin === null ? [] : ['--pin', pin]),
    ...crls.flatMap((file) => ['--crl', file]),
    '--in-process',
    '--json',
  ]
  const ended = await (apart as NonNullable<Context['apart']>)(words, (line) => {
    const [, done, of] = /: (\d+) of (\d+) \(/u.exec(line) ?? []
    if (done !== undefined) show(Number(done), Number(of))
  })
  return answerOf(ended)
}

/** Signals by which damage ends a process; others come from outside and say nothing about the ledger. */
const BY_DAMAGE = ['SIGABRT', 'SIGBUS', 'SIGFPE', 'SIGILL', 'SIGSEGV', 'SIGTRAP']

const NOTHING_READ: Omit<Verified, 'findings'> = {
  entries: 0,
  same_person: 0,
  redactions: 0,
  more: 0,
  notes: [],
  withheld: 0,
  engine: null,
  signed: null,
  older: null,
  kept: null,
}

function answerOf({ code, signal, stdout, stderr }: Ended): Verified {
  if (signal !== null && BY_DAMAGE.includes(signal)) {
    const why = /^called .*|^.*[Aa]ssert.*|^.*FATAL ERROR.*/mu.exec(stderr)?.[0].slice(0, 200)
    const message = `Reading it ended the process (${signal}${why === undefined ? '' : `: ${why}`}).`
    return { ...NOTHING_READ, findings: [{ seq: null, code: 'crash', message, mend: 'restore' }] }
  }
  if (signal !== null) throw new LedgerError('unavailable', `The verification was ended by ${signal}.`)
  const answer: unknown = parsed(stdout)
  if (answer === null) throw new Error(`the verification ended without an answer: ${stderr}`)
  const { error } = answer as { error?: Pick<LedgerError, 'code' | 'message'> & { hint?: string } }
  if (error !== undefined && code === 2) throw new Misuse(error.message, error.hint ?? null)
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
