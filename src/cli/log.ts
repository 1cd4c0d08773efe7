import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Misuse } from '../config.ts'
import { payloads } from '../core/entry.ts'
import { LedgerError } from '../core/error.ts'
import { integrate } from '../ledger/log/integrate.ts'
import { type Rotation, rotateKey } from '../ledger/log/rotate-key.ts'
import { nameOf } from '../ledger/log-keeper.ts'
import { utf8 } from '../log/encoding.ts'
import { isKeyName, parseVerifierKey } from '../log/note.ts'
import { tilePath, tilesOf } from '../log/tile.ts'
import type { Database } from '../store/database.ts'
import { readOpenings, readPublished, readTile, readVerifiers } from '../store/proofs.ts'
import { fitting } from './arguments.ts'
import type { Command, Context } from './command.ts'
import { type Opened, unitOf, withLedger } from './open-ledger.ts'
import { plural } from './table.ts'

export const logExport: Command = {
  name: 'log export',
  summary: 'write the log as files that anybody can verify',
  operands: { shown: 'DIR', least: 1, most: 1 },
  about: [
    'Writes what is published below /api/log: the checkpoint, the verifier key, the tiles of hashes and entries (c2sp.org/tlog-tiles), and the openings of the entries, without those of members, tokens and policy. A web server can serve the folder as it is.',
    'The same log gives the same bytes. Files that are there already are left alone, but the openings are written anew: what was taken out since is in none of them.',
  ].join('\n'),
  examples: [['reckon log export published', 'A folder to put in other hands.']],
  problems: 'no checkpoint of the log was signed yet',
  run: (context, given) =>
    withLedger(context, async ({ ledger }) => {
      const folder = given.positionals[0] as string
      await integrate(ledger)
      const files = await exported(context, ledger.db, folder)
      if (files === null)
        throw new LedgerError(
          'conflict',
          `No checkpoint of this log was signed yet. ${ledger.log?.note ?? ''}`.trim(),
        )
      const { size, written } = files
      return {
        text: `${plural(size, 'entry', 'entries')} in ${folder}: ${plural(written, 'file')} written.`,
        json: { folder, entries: size, written },
      }
    }),
}

/** Writes the files of a published log; null where nothing is published. The checkpoint comes last: it promises the rest. */
async function exported(
  context: Context,
  db: Database,
  folder: string,
): Promise<{ size: number; written: number } | null> {
  const published = await readPublished(db)
  if (published === null) return null
  const { size, note } = published
  let written = 0
  const put = (path: string, bytes: Uint8Array) => {
    const target = join(folder, path)
    if (existsSync(target) && readFileSync(target).equals(bytes)) return
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(`${target}.new`, bytes)
    renameSync(`${target}.new`, target)
    written++
  }
  // Only in a folder of ours is anything thrown away.
  if (existsSync(join(folder, 'checkpoint')) && existsSync(join(folder, 'tile')))
    rmSync(join(folder, 'openings'), { recursive: true, force: true })
  const tiles = tilesOf(size)
  const progress = context.progress('Writing files')
  for (const [done, tile] of tiles.entries()) {
    progress(done, tiles.length)
    const path = tilePath(tile)
    put(path, (await readTile(db, tile, size)) as Uint8Array)
    if (tile.level === 'entries')
      put(path.replace('tile/entries', 'openings'), (await readOpenings(db, tile, size)) as Uint8Array)
  }
  put('key', utf8((await readVerifiers(db)).map((key) => `${key}\n`).join('')))
  put('checkpoint', utf8(note))
  return { size, written }
}

export const logNewKey: Command = {
  name: 'log new-key',
  summary: 'make a key for signing the log',
  operands: { shown: 'FILE', least: 1, most: 1 },
  about: [
    'Writes a new signing key into FILE, which its owner alone may read, and prints the verifier key. For a ledger in a file none of this is needed: its first start makes a key beside the database. For a remote database the content of FILE is what RECKONING_LOG_KEY is set to.',
    'The key carries the name of the log: that of the key that is set, or of RECKONING_ORIGIN, or a random one.',
  ].join('\n'),
  options: { name: { value: 'NAME', about: 'the name of the log, such as ledger.example/api/log' } },
  examples: [['reckon log new-key log.key', 'For `npx wrangler secret put RECKONING_LOG_KEY < log.key`.']],
  problems: 'the file is there already or cannot be written',
  run: async (context, given) => {
    const { makeKey } = await import('../node/log-key.ts')
    const file = given.positionals[0] as string
    const name = given.text('name')
    if (name !== undefined && !isKeyName(name))
      throw new Misuse(`--name ${JSON.stringify(name)} cannot name a log: no spaces, no plus.`)
    const verifier = await makeKey(file, context.config(), name)
    return { text: verifier, json: { file, verifier } }
  },
}

export const logRotateKey: Command = {
  name: 'log rotate-key',
  summary: 'sign the log with another key from here on',
  about: [
    'Makes a new key beside the database, says so in an entry of the log, and signs the checkpoint that holds it with both keys; then the old one is thrown away. Hand the verifier key that it prints to those who verify the log.',
    'With RECKONING_LOG_KEY set: make a key with `reckon log new-key FILE`, set RECKONING_LOG_KEY to the new key, a space and the old one, run this, and then leave the new one alone in it. With --lost the old key is gone: nobody can tell by a signature that the new one is ours, so say it where your readers know you.',
  ].join('\n'),
  options: {
    because: { value: 'TEXT', about: 'why, for whoever verifies the log', required: true },
    lost: { about: 'the old key is gone' },
  },
  examples: [
    ['reckon log rotate-key --because "Once a year."', 'The key that lies beside the database.'],
    ['reckon log rotate-key --lost --because "The machine is gone."', 'Where no copy of the key is left.'],
  ],
  problems: 'there is no key, or the log is not signed yet',
  run: (context, given) =>
    withLedger(context, async (opened) => {
      const because = fitting(payloads['key.rotated'].shape.because, '--because', given.text('because'))
      const isLost = given.flag('lost')
      const isSet = (context.config().RECKONING_LOG_KEY ?? '') !== ''
      const how = { because, isLost }
      const rotation = await (isSet ? rotateSet(context, opened, how) : rotateBeside(context, opened, how))
      return {
        text: [
          `The log is signed by ${rotation.to}`,
          ...(isSet ? ['Now leave that key alone in RECKONING_LOG_KEY.'] : []),
        ].join('\n'),
        json: rotation,
      }
    }),
}

type How = { because: string; isLost: boolean }

/** The keys are in the settings: the next one, and behind it the one that signed so far. */
async function rotateSet(context: Context, { ledger, administrator }: Opened, how: How): Promise<Rotation> {
  const held = (await ledger.log?.keys(false)) ?? 'There is no key.'
  if (typeof held === 'string') throw new LedgerError('unavailable', held)
  const [next] = held
  if (next === undefined || held.length !== (how.isLost ? 1 : 2))
    throw new Misuse(
      how.isLost
        ? 'With --lost RECKONING_LOG_KEY holds the new key alone.'
        : 'RECKONING_LOG_KEY holds the new key, a space and the old one while they change.',
      '`reckon log new-key FILE` makes a key.',
    )
  const rotation = await rotateKey(ledger, unitOf(context, administrator), next, how)
  await integrate(ledger)
  return rotation
}

/** The key lies beside the database. */
async function rotateBeside(
  context: Context,
  { ledger, url, administrator }: Opened,
  how: How,
): Promise<Rotation> {
  const [{ beginChange }, { databasePath }] = await Promise.all([
    import('../node/log-key.ts'),
    import('../node/runtime.ts'),
  ])
  if (!url.startsWith('file:'))
    throw new Misuse('The key of a remote database is in RECKONING_LOG_KEY, which is not set.')
  const [verifier] = await readVerifiers(ledger.db)
  const signed = verifier === undefined ? null : parseVerifierKey(verifier)
  if (signed === null)
    throw new LedgerError('conflict', 'The log was never signed: there is no key to be changed.')
  const change = await beginChange(databasePath(url), how.isLost ? nameOf(signed.name) : null)
  const rotation = await rotateKey(ledger, unitOf(context, administrator), change.next, how)
  await integrate(ledger)
  change.finish()
  return rotation
}
