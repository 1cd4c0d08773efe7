import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { exchange } from '../../src/node/exchange.ts'
import { databaseAt } from '../support/database.ts'
import { folder, reckon } from '../support/process.ts'
import { type Listing, served, shortTime, timestampAuthority } from '../support/timestamp-authority.ts'

const refusal = (url: string, isOurs: boolean) =>
  exchange({ url, method: 'GET', isOurs }).then(
    ({ status }) => status,
    (error: Error) => error.message,
  )

describe('reckon anchor', () => {
  it('has a real authority stamp the log, records it, and verify names it', async () => {
    const place = folder()
    const settings = { RECKONING_DATABASE_URL: databaseAt(join(place, 'ledger.db')), RECKONING_IMPORT: '' }
    const run = (...words: string[]) => reckon(words, { cwd: place, settings })
    const authority = timestampAuthority({ key: 'ec' })
    const server = await served(({ body }) => ({
      type: 'application/timestamp-reply',
      body: authority.answer(new Uint8Array(body)),
    }))
    try {
      expect((await run('token', 'create', '--name', 'test', '--role', 'admin')).code).toBe(0)
      const stamp = () => run('anchor', '--tsa', `${server.url}/tsr`, '--ca', authority.rootFile)
      const first = await stamp()
      expect([first.code, first.stderr]).toEqual([0, ''])
      expect(first.stdout).toMatch(/^Entry \d+: Test leaf attests the first \d+ entries as of 20\S+Z\.\n$/u)
      expect((await stamp()).stdout).toContain('nothing but anchors is new')
      expect(authority.asked()).toBe(1)
      const verified = await run('verify')
      expect([verified.code, verified.stdout]).toEqual([
        0,
        expect.stringContaining(
          'One checkpoint is attested from outside, with proofs that verify: by Test leaf',
        ),
      ])
      expect(verified.stdout).toContain('Whether one was revoked was not looked at')
      const listing = (name: string, how: Listing) => {
        writeFileSync(join(place, name), authority.list(how))
        return ['--crl', join(place, name)]
      }
      const lists = [...listing('root.crl', { by: 'root' }), ...listing('between.crl', { by: 'between' })]
      const looked = await run('verify', ...lists)
      expect([looked.code, looked.stdout]).toEqual([
        0,
        expect.stringContaining('One time stamp rests on certificates that were not revoked'),
      ])
      expect(looked.stdout).not.toContain('not looked at')
      const half = await run('verify', ...lists.slice(0, 2))
      expect([half.code, half.stdout]).toEqual([
        0,
        expect.stringContaining('Whether the certificate of Test leaf was revoked was not looked at'),
      ])
      const at = shortTime(new Date())
      const revoked = [{ name: 'leaf', at, reason: 'keyCompromise' }] as const
      const gone = listing('gone.crl', { by: 'between', revoked: [...revoked] })
      const exported = await run('log', 'export', join(place, 'out'))
      expect(exported.code).toBe(0)
      for (const target of [[], [join(place, 'out')]]) {
        const refused = await run('verify', ...target, ...gone)
        expect([refused.code, refused.stdout]).toEqual([
          1,
          expect.stringMatching(
            /anchor: Its proof rests on the certificate of Test leaf, which was revoked on .* \(its key was compromised\)/u,
          ),
        ])
      }
      for (const file of [authority.rootFile, join(place, 'nothing.crl')]) {
        const unread = await run('verify', '--crl', file)
        expect([unread.code, unread.stderr]).toEqual([2, expect.stringContaining(`--crl ${file} `)])
      }
      const nobody = await run('anchor')
      expect([nobody.code, nobody.stderr]).toEqual([
        2,
        expect.stringContaining('Nobody is named whom to ask'),
      ])
      const trustless = await run('anchor', '--tsa', server.url)
      expect([trustless.code, trustless.stderr]).toEqual([2, expect.stringContaining('--ca')])
    } finally {
      await server.end()
      authority.end()
    }
  })
})

describe('the way to those who are asked', () => {
  it('is guarded: names lead to the public internet alone, answers are short, and nobody else is asked', async () => {
    let requests = 0
    const server = await served(({ path }) => {
      requests++
      return path === '/large' ? { body: new Uint8Array(300 * 1024) } : { status: 302, body: '' }
    })
    const { port } = new URL(server.url)
    try {
      const inside = 'leads to a host that is not on the public internet'
      expect(await refusal(`http://localhost:${port}/`, true)).toBe(inside)
      expect(await refusal(`${server.url}/`, false)).toBe(inside)
      expect(requests).toBe(0)
      expect(await refusal(`${server.url}/large`, true)).toBe('answers with more than 256 KiB')
      // A redirect is an answer like any other, and is not followed.
      expect(await refusal(`${server.url}/`, true)).toBe(302)
    } finally {
      await server.end()
    }
    expect(await refusal(`${server.url}/`, true)).toBe('cannot be reached (ECONNREFUSED)')
  })
})
