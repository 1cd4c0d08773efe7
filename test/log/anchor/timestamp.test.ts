import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sha256 } from '@noble/hashes/sha2.js'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { certificatesIn } from '../../../src/log/anchor/certificate.ts'
import { ProofError } from '../../../src/log/anchor/proof-error.ts'
import { timestampRequest, tokenIn, verifyTimestamp } from '../../../src/log/anchor/timestamp.ts'
import { hex, utf8 } from '../../../src/log/encoding.ts'
import { type Authority, timestampAuthority } from '../../support/timestamp-authority.ts'

const BODY = utf8('reckoning.example/log\n3\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n')
const HASH = sha256(BODY)
const made: ReturnType<typeof timestampAuthority>[] = []
const authority = (how: Authority = {}) => {
  const one = timestampAuthority(how)
  made.push(one)
  return one
}
afterAll(() => {
  for (const one of made) one.end()
})

const stamped = (one: ReturnType<typeof timestampAuthority>) => tokenIn(one.answer(timestampRequest(HASH)))
const honest = authority()
const token = stamped(honest)
const trusted = certificatesIn(honest.root())
const refused = (bytes: Uint8Array, hash = HASH, roots = trusted) =>
  verifyTimestamp(bytes, hash, roots).then(
    () => 'verified',
    (error: unknown) => {
      if (error instanceof ProofError) return error.message
      throw error
    },
  )

describe('a time stamp of RFC 3161', () => {
  it('is asked for with 59 bytes that openssl makes for the same hash, too', () => {
    writeFileSync(join(honest.folder, 'body'), BODY)
    honest.openssl('ts', '-query', '-data', 'body', '-sha256', '-cert', '-no_nonce', '-out', 'query')
    const request = timestampRequest(HASH)
    expect(request.length).toBe(59)
    expect(hex(request)).toBe(hex(readFileSync(join(honest.folder, 'query'))))
  })

  it('is verified up to the authority that was given, at the time that it states', async () => {
    const before = Date.now() - 2000
    const found = await verifyTimestamp(stamped(honest), HASH, trusted)
    expect(found).toMatchObject({ by: 'Test leaf', policy: '1.2.3.4.1', trusted: { name: 'Test root' } })
    expect(found.at.getTime()).toBeGreaterThan(before)
    expect(found.at.getTime()).toBeLessThan(Date.now() + 2000)
    expect(found.trusted.sha256).toBe(hex(sha256(trusted[0]?.der as Uint8Array)))
  })

  it('is verified by openssl, too, as the documents say', () => {
    writeFileSync(join(honest.folder, 'body'), BODY)
    writeFileSync(join(honest.folder, 'token'), token)
    const said = honest.openssl(
      ...['ts', '-verify', '-data', 'body', '-in', 'token', '-token_in', '-CAfile', 'root.pem'],
    )
    expect(said.toString()).toContain('Verification: OK')
  })

  it.each<[string, Authority]>([
    ['elliptic curves', { key: 'ec' }],
    ['elliptic curves and SHA-512', { key: 'ec', digest: 'sha512' }],
    ['RSA-PSS', { key: 'pss' }],
    ['RSA and SHA-512, directly beneath the root', { digest: 'sha512', direct: true }],
  ])('is verified with %s', async (_, how) => {
    const one = authority(how)
    expect(await refused(stamped(one), HASH, certificatesIn(one.root()))).toBe('verified')
  })

  it('counts from the end of the accuracy that it states', async () => {
    const exact = authority({ direct: true, accuracy: 'secs:60, millisecs:500, microsecs:100' })
    const found = await verifyTimestamp(stamped(exact), HASH, certificatesIn(exact.root()))
    expect(found.at.getTime() % 1000).toBe(501)
    expect(found.at.getTime()).toBeGreaterThan(Date.now() + 50_000)
  })

  it('shows nothing for another hash, under another authority, or under a root that is named the same', async () => {
    expect(await refused(token, sha256(utf8('another')))).toBe('stamps something else than this checkpoint')
    const impostor = certificatesIn(authority().root())
    expect(await refused(token, HASH, impostor)).toMatch(/^does not lead to an authority that was given/u)
    expect(await refused(token, HASH, [])).toMatch(/^does not lead to an authority/u)
  })

  it('must be signed with a certificate for time stamps alone', async () => {
    for (const usage of ['timeStamping', 'critical,timeStamping,codeSigning', 'critical,codeSigning']) {
      const one = authority({ usage, direct: true })
      // openssl itself refuses to sign with some of them.
      let bytes: Uint8Array
      try {
        bytes = stamped(one)
      } catch {
        continue
      }
      expect(await refused(bytes, HASH, certificatesIn(one.root())), usage).toMatch(
        /not for time stamps alone/u,
      )
    }
  })

  it('must lie in the time of its certificates', async () => {
    const ended = authority({ direct: true })
    const [root] = certificatesIn(ended.root())
    const old = { ...(root as (typeof trusted)[number]), to: new Date('2020-01-01T00:00:00Z') }
    expect(await refused(stamped(ended), HASH, [old])).toMatch(/not valid at that time/u)
  })

  it('is found to be changed wherever a bit of it is', { timeout: 120_000 }, async () => {
    const survivors: number[] = []
    for (let at = 0; at < token.length; at++) {
      const changed = Uint8Array.from(token)
      changed[at] = (changed[at] as number) ^ 1
      if ((await refused(changed)) === 'verified') survivors.push(at)
    }
    const bytes = survivors.map((at) => token[at])
    expect(survivors.length, `bytes ${bytes.join(' ')} at ${survivors.join(' ')}`).toBeLessThan(30)
  })

  it('is refused in words, whatever bytes come', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        expect(await refused(bytes)).not.toBe('verified')
        expect(() => tokenIn(bytes)).toThrow(ProofError)
      }),
    )
    for (let length = 0; length < token.length; length += 7)
      expect(await refused(token.subarray(0, length))).toBe('is cut off, or is no DER')
  })

  it('tells why an authority refuses', () => {
    const answer = honest.answer(Uint8Array.from(timestampRequest(HASH), (byte, i) => (i === 18 ? 9 : byte)))
    expect(() => tokenIn(answer)).toThrow(/^refuses: rejected/u)
  })
})
