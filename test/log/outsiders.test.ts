import { spawnSync } from 'node:child_process'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { utf8 } from '../../src/log/encoding.ts'
import { growingTree } from '../../src/log/growing-tree.ts'
import { verifierKey } from '../../src/log/note.ts'
import { pinText } from '../../src/log/pin.ts'
import { receiptText } from '../../src/log/receipt.ts'
import { hashLeaf, inclusionPath, proofOf } from '../../src/log/tree.ts'
import { readEntryReceipt } from '../../src/store/proofs.ts'
import { withDatabase } from '../cli/workplace.ts'
import { patient } from '../support/by-files.ts'
import { commandOn } from '../support/command.ts'
import { databaseAt } from '../support/database.ts'
import { opened, sealed, TEN_WAYS } from '../support/forgery.ts'
import { testLedger } from '../support/ledger.ts'
import { folder, root } from '../support/process.ts'
import { checkpointOf, publishedFiles, signer, storedOf, writeFiles } from '../support/published.ts'
import { AFTERWARDS, aQuestion, confirm, log, propose } from '../support/steps.ts'

type Entries = Awaited<ReturnType<typeof storedOf>>
let entries: Entries
const forgeries = new Map<string, Entries>()
beforeAll(async () => {
  const held = await testLedger()
  await held.join('Second', 'recorder')
  const { question } = await log(held)
  for (let n = 1; n < 90; n++)
    await log(held, { quote: `no war ${n}`, question: aQuestion({ title: `War ${n} begins` }) })
  held.at(AFTERWARDS)
  await propose(held, question)
  await confirm(held, question, 'r1')
  entries = await storedOf(held.ledger.db)
  for (const [way, forge] of Object.entries(TEN_WAYS))
    forgeries.set(way, sealed(forge(await opened(held.ledger))))
}, patient(60_000))

const exported = async (of: Entries, seed = 7) =>
  writeFiles(folder(), await publishedFiles(of, await signer(undefined, seed)))
const written = (text: string) => {
  const path = join(folder(), 'kept')
  writeFileSync(path, text)
  return path
}
const bytesOf = (of: Entries) => of.map(({ bytes }) => bytes)

/** What docs/verify.py says, in a folder where nothing else lies. */
function verify(...words: string[]) {
  const cwd = folder()
  cpSync(join(root, 'docs', 'verify.py'), join(cwd, 'verify.py'))
  const { status, stdout, stderr, error } = spawnSync('python3', ['verify.py', ...words], {
    cwd,
    encoding: 'utf8',
  })
  if (error !== undefined)
    throw new Error(`python3 is needed to read an export without our code: ${error.message}`)
  return { status, said: stdout + stderr }
}

test('an export is whole to a reader that has none of our code', async () => {
  const { status, said } = verify(await exported(entries))
  expect(said).toContain(`${entries.length} entries, signed by`)
  expect(said).toContain('not that it is yesterday')
  expect(said).toContain('Outcomes confirmed by whoever proposed them: 1.')
  expect(status).toBe(0)
  expect(entries.length).toBeGreaterThan(256)
})

test.each(Object.keys(TEN_WAYS))(
  'it finds by an older checkpoint that %s, signed anew or not',
  async (way) => {
    const by = await signer()
    const note = await checkpointOf(bytesOf(entries), by)
    const forged = await exported(forgeries.get(way) ?? [])
    expect(verify(forged).status).toBe(0)
    for (const pin of [note, pinText(note, by.key), `  ${note.trim().replaceAll('\n', '\r\n')}`]) {
      const { status, said } = verify(forged, '--pin', written(pin))
      expect(said).toMatch(/WRONG: the (first|entries) .*(the past was changed|are gone)/u)
      expect(status).toBe(1)
    }
  },
)

test('it passes what still holds an older checkpoint, and a receipt; and not those of another log', async () => {
  const by = await signer()
  const dir = await exported(entries)
  const older = written(await checkpointOf(bytesOf(entries).slice(0, 200), by))
  expect(verify(dir, '--pin', older, '--key', verifierKey(by.key))).toMatchObject({ status: 0 })
  const nodes = new Map<string, Uint8Array>()
  const tree = growingTree((level, index, hash) => nodes.set(`${level} ${index}`, hash))
  for (const entry of bytesOf(entries)) tree.add(hashLeaf(utf8(entry)))
  const proof = proofOf(
    inclusionPath(99, entries.length),
    ({ level, index }) => nodes.get(`${level} ${index}`) as Uint8Array,
  )
  const checkpoint = await checkpointOf(bytesOf(entries), by)
  const receipt = receiptText({ index: 99, proof, checkpoint })
  const { status, said } = verify(dir, '--receipt', written(receipt))
  expect(said).toContain('The receipt is of entry 99.')
  expect(status).toBe(0)
  expect(verify(dir, '--receipt', written(receipt.replace('index 99', 'index 98'))).status).toBe(1)
  const stranger = await signer(undefined, 8)
  expect(verify(dir, '--key', verifierKey(stranger.key)).status).toBe(1)
  expect(verify(dir, '--pin', written(await checkpointOf(['other'], stranger))).status).toBe(1)
})

test('it finds a changed byte in every kind of file', async () => {
  const files = await publishedFiles(entries, await signer())
  for (const [path, bytes] of files) {
    if (path === 'key') continue
    const changed = Uint8Array.from(bytes)
    // The last letter of base64 may carry bits that say nothing.
    const at = path === 'checkpoint' ? bytes.length - 20 : Math.floor(bytes.length / 2)
    changed[at] = changed[at] === 65 ? 66 : 65
    const { status, said } = verify(writeFiles(folder(), new Map(files).set(path, changed)))
    expect(status, `${path}: ${said}`).toBe(1)
  }
})

test('it says how it is asked', () => {
  expect(verify().status).toBe(2)
  expect(verify('nowhere').status).toBe(2)
})

test('the steps of docs/verify.md, as they stand there, verify an export in a folder with nothing else in it', async () => {
  const cwd = folder()
  const url = databaseAt(join(folder(), 'ledger.db'))
  const run = commandOn({ RECKONING_DATABASE_URL: url })
  expect(await run('import', join(root, 'predictions'))).toMatchObject({ code: 0 })
  expect(await run('log', 'export', join(cwd, 'ledger'))).toMatchObject({ code: 0 })
  cpSync(join(root, 'docs', 'verify.py'), join(cwd, 'verify.py'))
  const receipt = await withDatabase(url, (db) => readEntryReceipt(db, 5))
  writeFileSync(join(cwd, 'receipt'), receipt ?? '')
  const text = readFileSync(join(root, 'docs/verify.md'), 'utf8')
  const steps = [...text.matchAll(/```sh\n(.*?)```/gsu)].map(([, step]) => step ?? '')
  const said = steps.map((step) => {
    const { status, stdout, stderr } = spawnSync('sh', ['-e', '-c', step], { cwd, encoding: 'utf8' })
    expect(status, `${step}${stdout}${stderr}`).toBe(0)
    return stdout
  })
  expect(said).toEqual([
    expect.stringContaining('ledger.pin now keeps the key and the checkpoint'),
    expect.stringContaining('All of it agrees, and with the older checkpoint.'),
    expect.stringContaining('The receipt is of entry 5.'),
    expect.stringContaining('Signature Verified Successfully'),
  ])
})
