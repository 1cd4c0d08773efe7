import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { originHash } from '../../src/log/anchor/witness.ts'
import { cosignaturesOf } from '../../src/log/cosignature.ts'
import { type NoteKey, parseVerifierKey } from '../../src/log/note.ts'
import { databaseAt } from '../support/database.ts'
import { environment, folder, launcher, reckon, start, until } from '../support/process.ts'

/** A newsroom with a ledger that is served, and a folder of its own. */
async function newsroom() {
  const place = folder()
  const settings = {
    PORT: '0',
    RECKONING_DATABASE_URL: databaseAt(join(place, 'ledger.db')),
    RECKONING_IMPORT: '',
  }
  const program = start(process.execPath, [launcher, 'serve', '--json'], {
    cwd: place,
    env: environment(settings),
  })
  const [, address] = await until('the address', () => /"address":"([^"]+)"/u.exec(program.stdout()))
  const key = await until('a signed checkpoint', async () => {
    const answer = await fetch(`${address}/api/log/key`)
    return answer.ok ? (await answer.text()).trim() : null
  })
  const checkpoint = async () => (await fetch(`${address}/api/log/checkpoint`)).text()
  return { place, settings, program, key, checkpoint, log: key.split('+')[0] ?? '' }
}

async function witnessFor(place: string, name: string, keys: string[]) {
  const words = keys.flatMap((key) => ['--log', key])
  const program = start(
    process.execPath,
    [launcher, 'witness', join(place, 'witness'), '--name', name, ...words, '--json'],
    {
      cwd: place,
      env: environment({ PORT: '0' }),
    },
  )
  const told = await until('the witness', () => /^\{.*\}$/mu.exec(program.stdout())?.[0])
  const { address, key } = JSON.parse(told) as { address: string; key: string }
  return { program, address, key, argument: `${address} ${key}` }
}

const anchor = (of: { place: string; settings: Record<string, string> }, witness: string) =>
  reckon(['anchor', '--json', '--witness', witness], { cwd: of.place, settings: of.settings })

describe('two newsrooms', () => {
  it('vouch for each other: each signs that the log of the other only grew, and refuses another history', async () => {
    const [one, other] = await Promise.all([newsroom(), newsroom()])
    const [ones, others] = await Promise.all([
      witnessFor(one.place, 'one.example/witness', [other.key]),
      witnessFor(other.place, 'other.example/witness', [one.key]),
    ])
    // What an attacker with the machine keeps: the ledger of before.
    await reckon(['backup', join(one.place, 'before.db')], { cwd: one.place, settings: one.settings })

    for (const [ledger, witness, name] of [
      [one, others, 'other.example/witness'],
      [other, ones, 'one.example/witness'],
    ] as const) {
      const { code, stdout, stderr } = await anchor(ledger, witness.argument)
      expect([code, stderr]).toEqual([0, ''])
      expect(JSON.parse(stdout)).toMatchObject({ failed: [], anchored: [{ kind: 'witness', by_whom: name }] })
      const key = parseVerifierKey(witness.key) as NoteKey
      // The entry that records it makes the next checkpoint, which the server signs by itself.
      expect(
        JSON.parse(
          readFileSync(join(ledger === one ? other.place : one.place, 'witness', 'seen.json'), 'utf8'),
        ),
      ).toHaveProperty([ledger.log])
      const again = await anchor(ledger, witness.argument)
      expect(JSON.parse(again.stdout)).toMatchObject({ anchored: [], nothing_new: [witness.key] })
      await reckon(['member', 'add', 'Somebody', '--role', 'reader'], {
        cwd: ledger.place,
        settings: ledger.settings,
      })
      expect((await anchor(ledger, witness.argument)).code).toBe(0)
      const hash = originHash(ledger.log)
      const seen = await (await fetch(`${witness.address}/${hash}/checkpoint`)).text()
      expect(await cosignaturesOf(seen, [key])).toHaveLength(1)
    }

    // The same key, the ledger of before, and other entries: longer than what was signed, so that it looks like growth.
    await one.program.stop()
    copyFileSync(join(one.place, 'before.db'), join(one.place, 'ledger.db'))
    for (const beside of ['ledger.db-wal', 'ledger.db-shm', 'ledger.db.checkpoint'])
      rmSync(join(one.place, beside), { force: true })
    for (let n = 0; n < 8; n++)
      await reckon(['member', 'add', `Forger ${n}`, '--role', 'reader'], {
        cwd: one.place,
        settings: one.settings,
      })
    const forked = await anchor(one, others.argument)
    expect(forked.code).toBe(1)
    expect(JSON.parse(forked.stdout)).toMatchObject({
      anchored: [],
      failed: [{ because: expect.stringContaining('its history is another') }],
    })
    const report = await until('the report', () =>
      others.program
        .stderr()
        .split('\n')
        .find((line) => line.includes('"event":"fork"')),
    )
    expect(JSON.parse(report)).toMatchObject({ event: 'fork', origin: one.log })

    // A witness that was away remembers; one whose memory is damaged signs nothing.
    await others.program.stop()
    const back = await witnessFor(other.place, 'other.example/witness', [one.key])
    expect(back.key).toBe(others.key)
    expect((await anchor(one, back.argument)).code).toBe(1)
    await back.program.stop()
    expect(existsSync(join(other.place, 'witness', 'lock'))).toBe(false)
    writeFileSync(join(other.place, 'witness', 'seen.json'), '{"half a line')
    const damaged = await reckon(['witness', join(other.place, 'witness'), '--log', one.key], {
      cwd: other.place,
      settings: { PORT: '0' },
    })
    expect([damaged.code, damaged.stderr]).toEqual([2, expect.stringContaining('signs nothing without it')])
    await Promise.all([other.program.stop(), ones.program.stop()])
  })
})
