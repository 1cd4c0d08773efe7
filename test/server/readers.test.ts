import { join } from 'node:path'
import { expect, it } from 'vitest'
import { commandOf } from '../../src/core/member.ts'
import { populate } from '../../src/demo/population.ts'
import { foundLedger, issueToken } from '../../src/ledger/members/membership.ts'
import { ledgerOn, openDatabase } from '../../src/node/runtime.ts'
import { migrate, rebuild } from '../../src/store/migrate.ts'
import { databaseAt } from '../support/database.ts'
import { environment, folder, launcher, start, until } from '../support/process.ts'

const NOW = new Date('2026-11-20T10:00:00.000Z')

/** A ledger of 600 forecasts, and an administrator's token. */
async function ledgerIn(place: string): Promise<{ url: string; token: string }> {
  const url = databaseAt(join(place, 'ledger.db'))
  const db = await openDatabase({ RECKONING_DATABASE_URL: url })
  await migrate(db, NOW)
  await rebuild(db, { afresh: false })
  const ledger = ledgerOn(db)
  const { id } = await foundLedger(ledger, NOW)
  const unit = { now: NOW, by: commandOf({ id, role: 'admin' }) }
  await populate(ledger, unit, { forecasts: 600, analysts: 3, sources: 60, decided: 0.5 })
  const { token } = await issueToken(ledger, unit, { member: id, name: 'test', role: 'admin' })
  await db.close()
  return { url, token }
}

it('what the threads read is whole, of this moment, and ends with the server', async () => {
  const place = folder()
  const { url, token } = await ledgerIn(place)
  const settings = { PORT: '0', RECKONING_DATABASE_URL: url, RECKONING_IMPORT: '' }
  const program = start(process.execPath, [launcher, 'serve'], { cwd: place, env: environment(settings) })
  const [, address] = await until('the address', () => /Reckoning is at (\S+)/u.exec(program.stdout()))
  const ask = (path: string, init: RequestInit = {}) => fetch(`${address}${path}`, init)

  const csv = await (await ask('/api/forecasts.csv')).text()
  expect(csv.split('\r\n')).toHaveLength(602)
  expect(
    await (await ask('/api/forecasts.csv', { headers: { authorization: `Bearer ${token}` } })).text(),
  ).toBe(csv)

  const first = await ask('/api/calibration')
  const { counts } = (await first.json()) as { counts: { forecasts: number } }
  expect(counts.forecasts).toBe(600)
  const head = await ask('/api/calibration', { method: 'HEAD' })
  expect([head.status, await head.text(), head.headers.get('content-type')]).toEqual([
    200,
    '',
    'application/json',
  ])
  const page = await ask('/analysts/analyst-1')
  expect([page.status, /<h1>[\s\S]*Invented Person 1/u.test(await page.text())]).toEqual([200, true])
  const nothing = await ask('/questions/nothing-of-this-name')
  expect([nothing.status, nothing.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8'])
  expect((await ask('/api/forecasts', { headers: { authorization: 'Bearer x' } })).status).toBe(401)

  for (const n of [1, 2, 3]) {
    const written = await ask('/api/analysts', {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ name: `Somebody New ${n}` }),
    })
    expect(written.status).toBe(201)
    const read = await ask(`/api/analysts/somebody-new-${n}`)
    expect([n, read.status]).toEqual([n, 200])
  }

  // Nobody takes the rest of these.
  for (let i = 0; i < 20; i++) {
    const cut = await ask('/api/forecasts.csv')
    expect(cut.status).toBe(200)
    await cut.body?.cancel()
  }
  expect(await (await ask('/api/forecasts.csv')).text()).toContain('source-0_claim-0')
  expect(await program.stop()).toBe(0)
  expect(program.stderr()).not.toMatch(/"level":"error"/u)
})

it('readers who leave while they wait keep no server from ending', async () => {
  const place = folder()
  const { url } = await ledgerIn(place)
  const settings = { PORT: '0', RECKONING_DATABASE_URL: url, RECKONING_IMPORT: '' }
  const program = start(process.execPath, [launcher, 'serve'], { cwd: place, env: environment(settings) })
  const [, address] = await until('the address', () => /Reckoning is at (\S+)/u.exec(program.stdout()))
  const leaving = new AbortController()
  const asked = Array.from({ length: 24 }, () =>
    fetch(`${address}/api/forecasts.csv`, { signal: leaving.signal }),
  )
  await Promise.any(asked)
  leaving.abort()
  await Promise.allSettled(asked)
  expect(await program.stop()).toBe(0)
})
