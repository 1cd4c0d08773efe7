import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { migrations } from '../../src/store/schema.ts'
import { example, withDatabase, workplace } from './workplace.ts'

describe('reckon verify, rebuild and backup', () => {
  it('finds a changed byte, also with the triggers gone, and names the entry', async () => {
    const { run, json, url } = workplace()
    await run('import', example)
    await withDatabase(url, async (db) => {
      await expect(
        db.write([{ sql: "UPDATE entry SET bytes = replace(bytes, '2026', '2025') WHERE seq = 7" }]),
      ).rejects.toThrow(/append-only/u)
      await db.write([
        { sql: 'DROP TRIGGER opening_stays' },
        {
          sql: "UPDATE opening SET disclosure = substr(disclosure, 1, 30) || iif(substr(disclosure, 31, 1) = 'x', 'y', 'x') || substr(disclosure, 32) WHERE seq = 7",
        },
      ])
    })
    expect(await run('verify')).toMatchObject({ code: 1, stdout: expect.stringMatching(/^entry 7: seal: /u) })
    expect((await json('verify')).value.findings[0]).toMatchObject({ seq: 7, code: 'seal' })
  })

  it('makes again what was changed behind the log', async () => {
    const { run, url } = workplace()
    await run('import', example)
    await withDatabase(url, (db) => db.write([{ sql: 'UPDATE resolution SET outcome = \'"yes"\'' }]))
    expect(await run('verify')).toMatchObject({ code: 1, stdout: expect.stringContaining('reckon rebuild') })
    expect(await run('rebuild')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^Rebuilt from \d+ entries\.\n$/u),
    })
    expect(await run('verify')).toMatchObject({ code: 0 })
  })

  it('copies the whole ledger, and overwrites nothing', async () => {
    const { run, at } = workplace()
    const copy = at('copies', 'a.db')
    await run('import', example)
    expect(await run('backup', copy)).toMatchObject({ code: 0 })
    expect(await workplace({ RECKONING_DATABASE_URL: `file:${copy}` }).run('verify')).toMatchObject({
      code: 0,
    })
    const before = readFileSync(copy)
    expect(await run('backup', copy)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('overwrites nothing'),
    })
    expect(readFileSync(copy).equals(before)).toBe(true)
  })

  it('says what a migration did, once', async () => {
    const { run, json } = workplace()
    expect((await json('migrate')).value).toMatchObject({
      founded: true,
      migrations: migrations.map(({ id }) => id),
    })
    expect(await run('migrate')).toMatchObject({ code: 0, stdout: 'Up to date.\n' })
  })
})
