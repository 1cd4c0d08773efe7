import { sha256 } from '@noble/hashes/sha2.js'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { type Certificate, certificatesIn } from '../../../src/log/anchor/certificate.ts'
import { ProofError } from '../../../src/log/anchor/proof-error.ts'
import { revocationListsIn, revocationsIn } from '../../../src/log/anchor/revocation.ts'
import { timestampRequest, tokenIn, verifyTimestamp } from '../../../src/log/anchor/timestamp.ts'
import { type Listing, shortTime, timestampAuthority } from '../../support/timestamp-authority.ts'

const HASH = sha256(new Uint8Array(3))
const authority = timestampAuthority()
const stranger = timestampAuthority()
afterAll(() => {
  authority.end()
  stranger.end()
})
const stamp = await verifyTimestamp(
  tokenIn(authority.answer(timestampRequest(HASH))),
  HASH,
  certificatesIn(authority.root()),
)
const MINUTE = 60_000
const [before, after] = [-MINUTE, MINUTE].map((ms) => shortTime(new Date(stamp.at.getTime() + ms))) as [
  string,
  string,
]
const DAY = 86_400_000
const clean: Listing[] = [{ by: 'root' }, { by: 'between', at: after }]

const listsOf = (listings: readonly Listing[], by = authority) =>
  listings.flatMap((listing) => revocationListsIn(by.list(listing)))
/** What the lists say of the stamp: an instant, a name of whom nothing is known, or why it does not count. */
async function said(
  listings: readonly Listing[],
  { at = stamp.at, chain = stamp.chain, by = authority } = {},
): Promise<string> {
  try {
    const shown = await revocationsIn(listsOf(listings, by))(chain, at)
    return 'asOf' in shown ? 'not revoked' : `nothing of ${shown.unseen}`
  } catch (error) {
    if (error instanceof ProofError) return error.message
    throw error
  }
}
const leaf = (reason?: string, at = after): Listing[] => [
  { by: 'root' },
  { by: 'between', at: after, revoked: [{ name: 'leaf', at, ...(reason === undefined ? {} : { reason }) }] },
]

describe('whether a certificate behind a time stamp was revoked', () => {
  it('is shown by lists of every authority of its chain but the one that is trusted', async () => {
    expect(stamp.chain.map(({ name }) => name)).toEqual(['Test leaf', 'Test between', 'Test root'])
    expect(await said(clean)).toBe('not revoked')
    expect(await said([{ by: 'root' }])).toBe('nothing of Test leaf')
    expect(await said([{ by: 'between', at: after }])).toBe('nothing of Test between')
    expect(await said([])).toBe('nothing of Test leaf')
  })

  it.each(['affiliationChanged', 'superseded', 'cessationOfOperation', 'unspecified'])(
    'touches the stamps of later alone where the reason is %s',
    async (reason) => {
      expect(await said(leaf(reason, after))).toBe('not revoked')
      expect(await said(leaf(reason, before))).toContain('that was not after the stamp')
    },
  )

  it.each(['keyCompromise', 'CACompromise', 'certificateHold', undefined])(
    'touches every stamp, of whatever day, where the reason is %s',
    async (reason) => {
      for (const at of [before, after])
        expect(await said(leaf(reason, at))).toMatch(
          /^rests on the certificate of Test leaf, which was revoked on 20.*no stamp of it counts/u,
        )
    },
  )

  it('is asked of the authorities between as well', async () => {
    const revoked = [{ name: 'between', at: before, reason: 'keyCompromise' } as const]
    expect(await said([{ by: 'root', revoked }, ...clean.slice(1)])).toContain(
      'certificate of Test between, which was revoked',
    )
  })

  it('is not shown by a list of before the stamp, of after the end of the certificate, or of somebody else', async () => {
    expect(await said([{ by: 'root' }, { by: 'between', at: before }])).toBe('nothing of Test leaf')
    const ended = shortTime(new Date((stamp.chain[0] as Certificate).to.getTime() + DAY))
    expect(await said([{ by: 'root' }, { by: 'between', at: ended }])).toBe('nothing of Test leaf')
    // The same names, and other keys.
    expect(await said(clean, { by: stranger })).toBe('nothing of Test leaf')
  })

  it('is shown by a list of before the stamp where it stands on that already', async () => {
    const revoked = [{ name: 'leaf', at: before, reason: 'keyCompromise' } as const]
    expect(await said([{ by: 'between', at: before, revoked }, ...clean])).toContain('was revoked')
    const held = [{ name: 'leaf', at: before, reason: 'certificateHold' } as const]
    // What was on hold then is free in a later list.
    expect(await said([{ by: 'between', at: before, revoked: held }, ...clean])).toBe('not revoked')
  })

  it('is taken from no list that is of some certificates alone, or only of changes, or cut off', () => {
    const read = (file: Uint8Array) => {
      try {
        revocationListsIn(file)
        return null
      } catch (error) {
        if (error instanceof ProofError) return error.message
        throw error
      }
    }
    const partial = authority.list({
      by: 'between',
      extensions: 'issuingDistributionPoint = critical,@idp\n[ idp ]\nonlyuser = TRUE',
    })
    expect(read(partial)).toContain('has a rule that we do not know')
    const delta = authority.list({ by: 'between', extensions: '2.5.29.27 = critical,DER:020101' })
    expect(read(delta)).toBe('holds only what changed since another list')
    const whole = authority.list({ by: 'between' })
    expect(read(whole)).toBe(null)
    const der = authority.openssl('crl', '-in', 'list', '-outform', 'DER')
    expect(read(new Uint8Array(der))).toBe(null)
    fc.assert(
      fc.property(fc.nat({ max: der.length - 1 }), (length) => read(der.subarray(0, length)) !== null),
      { numRuns: 200 },
    )
  })

  it('is taken from no list of which a byte was changed', async () => {
    authority.list({ by: 'between', at: after })
    const der = authority.openssl('crl', '-in', 'list', '-outform', 'DER')
    const roots = listsOf([{ by: 'root' }])
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: der.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        async (at, flip) => {
          const forged = Uint8Array.from(der)
          forged[at] = (forged[at] as number) ^ flip
          try {
            const shown = await revocationsIn([...roots, ...revocationListsIn(forged)])(stamp.chain, stamp.at)
            expect(shown).toEqual({ unseen: 'Test leaf' })
          } catch (error) {
            if (!(error instanceof ProofError)) throw error
          }
        },
      ),
      { numRuns: 200 },
    )
  })
})
