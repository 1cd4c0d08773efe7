import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { LedgerError } from '../../src/core/error.ts'
import { recordForecast } from '../../src/ledger/forecast/record-forecast.ts'
import type { Ledger } from '../../src/ledger/ledger.ts'
import { coalesced, integrate } from '../../src/ledger/log/integrate.ts'
import { notesOf } from '../../src/ledger/log-keeper.ts'
import { openCheckpoint } from '../../src/log/checkpoint.ts'
import { hex } from '../../src/log/encoding.ts'
import { seal } from '../../src/log/entry.ts'
import { signingKey } from '../../src/log/note.ts'
import { hashLeaf, rootOf } from '../../src/log/tree.ts'
import { logKeeper } from '../../src/node/log-files.ts'
import type { Statement } from '../../src/store/database.ts'
import { readStored } from '../../src/store/events.ts'
import { dropTree } from '../../src/store/loss.ts'
import { ask } from '../../src/store/query.ts'
import { latestCheckpoint, readTree } from '../../src/store/tree.ts'
import { aForecast, type TestLedger, testLedger } from '../support/ledger.ts'
import { aGuard, aKeeper, aKey, LOG_NAME, signedBy } from '../support/log.ts'

/** The root as anybody would compute it from the entries, knowing nothing of our nodes. */
async function rootFromEntries(ledger: Ledger): Promise<string> {
  const entries = await readStored(ledger.db, 0, 10_000)
  const hashes = entries.map(({ bytes }) => hashLeaf(new TextEncoder().encode(bytes)))
  const of = (from: number, to: number): Uint8Array => {
    if (to - from === 1) return hashes[from] as Uint8Array
    let half = 1
    while (half * 2 < to - from) half *= 2
    const [left, right] = [of(from, from + half), of(from + half, to)]
    return rootOf(3, ({ level }) => (level === 1 ? left : right))
  }
  return hex(of(0, hashes.length))
}

const more = async (held: TestLedger, count: number, from = 0) => {
  for (let n = from; n < from + count; n++)
    await recordForecast(
      held.ledger,
      held.unit,
      aForecast({ quote: `there will be no war, said ${n} times` }),
    )
}

const nodesOf = async ({ db }: Ledger) =>
  db.read({ sql: 'SELECT level, idx, hex(hash) AS hash FROM node ORDER BY level, idx' })

const published = async (ledger: Ledger) => (await ask(ledger.db, latestCheckpoint))?.note ?? ''

describe('integrating', () => {
  it('signs the root of all entries as anybody computes it, after every write', async () => {
    const held = await testLedger()
    const ledger = await signedBy(held.ledger)
    for (const count of [1, 2, 1, 3]) {
      await more(held, count, Number((await readTree(ledger.db)).size))
      const { size } = await integrate(ledger)
      const opened = await openCheckpoint(await published(ledger), [(await aKey()).key])
      if (opened.problem !== null) throw new Error(opened.problem)
      expect(opened.checkpoint).toMatchObject({ origin: LOG_NAME, size, extensions: [] })
      expect(hex(opened.checkpoint.root)).toBe(await rootFromEntries(ledger))
    }
  })

  it('twice, or by two at once, comes to the same nodes and the same checkpoint', async () => {
    const held = await testLedger()
    await more(held, 5)
    const [one, other] = [await signedBy(held.ledger), await signedBy(held.ledger)]
    await Promise.all([integrate(one), integrate(other), integrate(one)])
    const [nodes, note] = [await nodesOf(one), await published(one)]
    expect(await integrate(other)).toMatchObject({ isNew: false })
    expect([await nodesOf(one), await published(one)]).toEqual([nodes, note])
    // From nothing, one at a time or all at once, they are the same again.
    await one.db.write([...dropTree])
    expect(await nodesOf(one)).toEqual([])
    await integrate(one)
    expect(await nodesOf(one)).toEqual(nodes)
  })

  it('that was interrupted between nodes and checkpoint is finished by the next', async () => {
    const held = await testLedger()
    await more(held, 3)
    const ledger = await signedBy(held.ledger)
    const failing = {
      ...ledger,
      log: {
        ...ledger.log,
        db: {
          ...ledger.db,
          write: async (statements: { sql: string }[]) => {
            if (statements.some(({ sql }) => sql.includes('INTO checkpoint')))
              throw new Error('the power is gone')
            return ledger.db.write(statements)
          },
        },
      },
    }
    await expect(integrate(failing)).rejects.toThrow('the power is gone')
    const { size, hashed, checkpoint } = await readTree(ledger.db)
    expect([hashed, checkpoint]).toEqual([size - (size % 2), null])
    expect(await integrate(ledger)).toEqual({ size, signed: size, isNew: true })
  })

  it('refuses an entry whose bytes or leaf were changed, and says which', async () => {
    for (const change of [
      "UPDATE entry SET bytes = replace(bytes, '2026', '2027') WHERE seq = 3",
      "UPDATE entry SET leaf = unhex(printf('%064d', 7)) WHERE seq = 3",
    ]) {
      const held = await testLedger()
      held.spoil()
      await more(held, 2)
      const ledger = await signedBy(held.ledger)
      await ledger.db.write([{ sql: 'DROP TRIGGER entry_stays' }, { sql: change }])
      await expect(integrate(ledger)).rejects.toThrow(/^Entry 3: The bytes do not hash to the leaf/u)
      expect(await ask(ledger.db, latestCheckpoint)).toBeNull()
    }
  })

  it('never contradicts what was signed, though bytes, leaf and nodes fit each other', async () => {
    const held = await testLedger()
    held.spoil()
    await more(held, 2)
    const ledger = await signedBy(held.ledger)
    await integrate(ledger)
    const before = await published(ledger)
    const [entry] = await readStored(ledger.db, 3, 1)
    const forged = (entry?.bytes ?? '').replace('2026', '2025')
    await ledger.db.write([
      { sql: 'DROP TRIGGER entry_stays' },
      {
        sql: 'UPDATE entry SET bytes = :bytes, leaf = unhex(:leaf) WHERE seq = 3',
        args: { bytes: forged, leaf: hex(hashLeaf(new TextEncoder().encode(forged))) },
      },
      ...dropTree,
    ])
    await more(held, 1, 7)
    await expect(integrate(ledger)).rejects.toThrow(/does not lead on from the checkpoint/u)
    expect(await published(ledger)).toBe(before)
  })

  it('names the first entry that is missing', async () => {
    const held = await testLedger()
    held.spoil()
    await more(held, 2)
    const ledger = await signedBy(held.ledger)
    await ledger.db.write([{ sql: 'DROP TRIGGER entry_remains' }, { sql: 'DELETE FROM entry WHERE seq = 4' }])
    await expect(integrate(ledger)).rejects.toThrow(/^Entry 4: It is missing/u)
  })

  it('of an old and long log goes in portions, between which others have their turn', async () => {
    const held = await testLedger()
    held.spoil()
    const ledger = await signedBy(held.ledger)
    const { size: before } = await readTree(ledger.db)
    const entries = Array.from({ length: 3_500 }, (_, n) =>
      seal(
        {
          type: 'questions.flagged',
          stream: `${'old'.repeat(6)}${String(n).padStart(4, '0')}`,
          rev: 0,
          by: held.unit.by.member,
          refs: [],
          payload: { questions: [] } as never,
        },
        '2026-11-22T11:00:00.000Z',
        new Uint8Array(16),
      ),
    )
    await ledger.db.write([
      {
        sql: `INSERT INTO entry (seq, leaf, bytes)
          SELECT :from + row.key, unhex(row.value ->> 'leaf'), row.value ->> 'bytes' FROM json_each(:rows) AS row`,
        args: { from: BigInt(before), rows: JSON.stringify(entries) },
      },
    ])
    const portions: number[] = []
    let turns = 0
    const counting = {
      ...ledger.log,
      pause: async () => {
        turns += 1
      },
      db: {
        ...ledger.db,
        write: async (statements: Statement[]) => {
          portions.push(statements.length)
          return ledger.db.write(statements)
        },
      },
    }
    const { size } = await integrate({ log: counting })
    expect([size, portions, turns]).toEqual([before + 3_500, [1, 1, 1, 1, 2], 4])
    const opened = await openCheckpoint(await published(ledger), [(await aKey()).key])
    expect(opened.problem === null && hex(opened.checkpoint.root)).toBe(await rootFromEntries(ledger))
  })

  it('without a key makes the tree and signs nothing, and says why', async () => {
    const held = await testLedger()
    const log = aKeeper(held.ledger.db, 'There is no key.')
    const { size, signed } = await integrate({ log })
    expect([signed, log.note]).toEqual([0, 'There is no key.'])
    expect((await readTree(held.ledger.db)).hashed).toBe(size - (size % 2))
    expect(await integrate({})).toMatchObject({ signed: 0 })
  })

  it('is refused to change a node or a checkpoint by the database itself', async () => {
    const held = await testLedger()
    await more(held, 2)
    const ledger = await signedBy(held.ledger)
    await integrate(ledger)
    for (const sql of [
      'UPDATE node SET hash = zeroblob(32)',
      'DELETE FROM node',
      'INSERT OR REPLACE INTO node SELECT level, idx, zeroblob(32) FROM node LIMIT 1',
      "UPDATE checkpoint SET note = 'x'",
      'DELETE FROM checkpoint',
      "INSERT OR REPLACE INTO checkpoint SELECT size, 'x' FROM checkpoint",
    ]) {
      await expect(ledger.db.write([{ sql }]), sql).rejects.toThrow(/append-only/u)
    }
  })
})

describe('the guard outside the database', () => {
  it('lets nothing be recorded by a copy that is older than what was published', async () => {
    const held = await testLedger()
    held.spoil()
    await more(held, 2)
    const guard = aGuard()
    const ledger = await signedBy(held.ledger, guard)
    await integrate(ledger)
    const { size } = await readTree(ledger.db)
    expect(guard.held).toBe(await published(ledger))
    await ledger.db.write([
      { sql: 'DROP TRIGGER entry_remains' },
      { sql: 'DROP TRIGGER opening_remains' },
      { sql: 'DROP TRIGGER checkpoint_remains' },
      { sql: 'DROP TRIGGER node_remains' },
      { sql: 'DELETE FROM entry WHERE seq > 3' },
      { sql: 'DELETE FROM opening WHERE seq > 3' },
      { sql: 'DELETE FROM node' },
      { sql: 'DELETE FROM checkpoint' },
    ])
    const refused = await integrate(ledger).catch((error: unknown) => error)
    expect(refused).toMatchObject({ code: 'log_rolled_back' })
    expect((refused as LedgerError).message).toContain(`of ${size} entries`)
    expect(ledger.log.refusal).toBe(refused)
    expect(await ask(ledger.db, latestCheckpoint)).toBeNull()
  })

  it('lets nothing be recorded where other entries stand in the place of those that were published', async () => {
    const [one, other] = [await testLedger(), await testLedger()]
    const guard = aGuard()
    await more(one, 2)
    await integrate(await signedBy(one.ledger, guard))
    await more(other, 4)
    const ledger = await signedBy(other.ledger, guard)
    await expect(integrate(ledger)).rejects.toMatchObject({ code: 'log_rolled_back' })
  })

  it('that holds something else than a checkpoint is no reason to go on', async () => {
    const held = await testLedger()
    const guard = aGuard()
    guard.held = 'nonsense'
    await expect(integrate(await signedBy(held.ledger, guard))).rejects.toMatchObject({
      code: 'log_rolled_back',
    })
  })

  it('of a remote database is the file that the settings name, and without one the keeper says so', async () => {
    const held = await testLedger()
    const path = `${held.path}.kept-elsewhere`
    const key = await signingKey(LOG_NAME, new Uint8Array(32).fill(9))
    const world = { random: (n: number) => new Uint8Array(n), pause: async () => {} }
    const keeper = (settings: Record<string, string>) =>
      logKeeper(held.ledger.db, null, { RECKONING_LOG_KEY: key, ...settings }, world)
    expect(notesOf(keeper({}))).toHaveLength(1)
    const log = keeper({ RECKONING_LOG_GUARD: path })
    expect(notesOf(log)).toEqual([])
    const ledger = { ...held.ledger, log }
    await integrate(ledger)
    expect(readFileSync(path, 'utf8')).toBe(await published(ledger))
    // What was published of another ledger is missed in this one.
    const another = await testLedger()
    await more(another, 3)
    const beyond = { ...another.ledger, log: aKeeper(another.ledger.db, [await aKey()], aGuard()) }
    await integrate(beyond)
    writeFileSync(path, (await published(beyond)) ?? '')
    await expect(integrate(ledger)).rejects.toMatchObject({ code: 'log_rolled_back' })
    rmSync(path)
  })

  it('is not taken for newer than the log where another program signs at the same moment', async () => {
    const held = await testLedger()
    const guard = aGuard()
    const ledger = await signedBy(held.ledger, guard)
    await integrate(ledger)
    const read = guard.read
    let isFirst = true
    guard.read = async () => {
      if (isFirst) {
        isFirst = false
        await more(held, 2)
        await integrate({ ...ledger, log: { ...ledger.log, guard: { ...guard, read } } })
      }
      return guard.held
    }
    await integrate(ledger)
    expect(ledger.log.refusal).toBeNull()
  })

  it('knows a checkpoint before anybody can read it', async () => {
    const held = await testLedger()
    const guard = aGuard()
    const ledger = await signedBy(held.ledger, guard)
    let seen: unknown = 'nothing'
    guard.keep = async () => {
      seen = await ask(ledger.db, latestCheckpoint)
    }
    await integrate(ledger)
    expect(seen).toBeNull()
  })

  it.each([
    ['an older one, which a slower program kept last', (older: string | null) => older],
    ['none', () => null],
  ])('that holds %s is brought up to date when nothing new is to sign', async (_, left) => {
    const held = await testLedger()
    const guard = aGuard()
    const ledger = await signedBy(held.ledger, guard)
    await integrate(ledger)
    const older = guard.held
    await more(held, 2)
    await integrate(ledger)
    guard.held = left(older)
    expect(await integrate(ledger)).toMatchObject({ isNew: false })
    expect(guard.held).toBe(await published(ledger))
  })
})

describe('work that is asked for often', () => {
  it('is done at once, then once for all who asked meanwhile, and a failure stops nothing', async () => {
    let done = 0
    const failures: unknown[] = []
    let rested = () => {}
    const rest = () =>
      new Promise<void>((resolve) => {
        rested = resolve
      })
    const { ask: want, settled } = coalesced(
      async () => {
        done += 1
        if (done === 1) throw new Error('once')
      },
      rest,
      (error) => failures.push(error),
    )
    want()
    await settled()
    for (let n = 0; n < 50; n++) want()
    await Promise.resolve()
    expect(done).toBe(1)
    rested()
    await Promise.resolve()
    await settled()
    expect([done, failures.length]).toEqual([2, 1])
  })
})
