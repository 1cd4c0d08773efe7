import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { reckon } from '../support/process.ts'
import { damaged, RESTORE, wholeLedger } from './damaged-ledger.ts'

wholeLedger()

describe('reckon verify FILE', () => {
  it('reads a copy in a process of its own, and leaves nothing beside it', async () => {
    const { path } = await damaged()
    const cwd = join(path, '..')
    const before = readFileSync(path)
    const result = await reckon(['verify', 'ledger.db'], { cwd })
    expect(result).toMatchObject({ code: 0, stderr: '' })
    expect(result.stdout).toContain('no older checkpoint was given')
    expect(readdirSync(cwd)).toEqual(['ledger.db'])
    expect(readFileSync(path).equals(before)).toBe(true)
  })

  it('notes in a copy that a trigger is missing, and passes it', async () => {
    const { run, path } = await damaged('DROP TRIGGER entry_stays')
    expect(await run('verify', path)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Note: The trigger entry_stays of entry is missing.'),
    })
  })

  it('says that there is no such file, or no ledger in it', async () => {
    const { run, path } = await damaged()
    expect(await run('verify', `${path}.not`)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('There is no ledger at'),
    })
    writeFileSync(`${path}.text`, 'This is not a database. '.repeat(99))
    expect(await run('verify', `${path}.text`)).toMatchObject({ code: 1, stdout: '' })
  })

  it('finds damage that ends the process which reads it', async () => {
    // A text that is no UTF-8 ends the driver.
    const { path } = await damaged()
    const bytes = readFileSync(path)
    for (let at = -1; ; ) {
      at = bytes.indexOf('001-log-and-private-tables', at + 1)
      if (at < 0) break
      bytes[at + 3] = 0xff
    }
    writeFileSync(path, bytes)
    const result = await reckon(['verify', path], { cwd: join(path, '..') })
    expect(result).toMatchObject({ code: 1, stderr: '' })
    expect(result.stdout).toMatch(/^ledger: crash: Reading it ended the process \(SIGABRT/u)
    expect(result.stdout).toContain(RESTORE)
  })
})
