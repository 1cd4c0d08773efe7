import type { Browser, CDPSession, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { changeMember } from '../../src/ledger/members/change-member.ts'
import { openSecret } from '../../src/ledger/members/membership.ts'
import { removeSignIn } from '../../src/ledger/members/sign-ins.ts'
import { listSignIns } from '../../src/store/sign-ins.ts'
import { launchBrowser, serveApp } from '../support/browser.ts'
import { type TestLedger, testLedger } from '../support/ledger.ts'
import { theLog } from '../support/steps.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

/** A device that has passkeys and knows its user, as Chromium plays it. */
async function device(page: Page): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page)
  await session.send('WebAuthn.enable')
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return session
}

/** A server, and a member who is signed in with a link in a browser with such a device. */
async function newcomer(held: TestLedger) {
  const { origin, close } = await serveApp(held.host)
  // A passkey is bound to a name, and this machine has one.
  const named = origin.replace('127.0.0.1', 'localhost')
  const ruth = await held.join('Ruth', 'recorder')
  const context = await browser.newContext()
  context.setDefaultTimeout(20_000)
  const page = await context.newPage()
  await device(page)
  await page.goto(
    `${named}/sign-in?token=${await openSecret(held.ledger, held.host.now(), ruth.member, 'link')}`,
  )
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(`${named}/`)
  return {
    ...{ ruth, page, named },
    end: async () => {
      await context.close()
      await close()
    },
  }
}

async function addPasskey(page: Page, named: string) {
  await page.goto(`${named}/settings/sign-ins`)
  await page.getByLabel('Name').fill('office key')
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await page.getByRole('rowheader', { name: 'office key' }).waitFor()
}

async function leave(page: Page, named: string) {
  await page.getByRole('button', { name: 'Sign out', exact: true }).last().click()
  await page.waitForURL(`${named}/`)
  await page.goto(`${named}/sign-in?next=%2Fdue`)
}

test('a member adds a passkey in the settings and signs in with it; the log tells of the passkey and holds no key', async () => {
  const held = await testLedger()
  const { ruth, page, named, end } = await newcomer(held)
  try {
    await addPasskey(page, named)
    await leave(page, named)
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
    await page.waitForURL(`${named}/due`)
    expect(await page.getByText('Signed in as Ruth').count()).toBe(1)
    const entries = await theLog(held)
    expect(entries.at(-1)).toMatchObject({
      type: 'member.sign_in_added',
      by: ruth.member,
      payload: { id: ruth.member, kind: 'passkey', name: 'office key' },
    })
    const [key] = await held.ledger.db.read({ sql: 'SELECT known_by, public_key FROM sign_in_key' })
    expect(String(key?.public_key).length).toBeGreaterThan(80)
    expect(JSON.stringify(entries)).not.toContain(String(key?.public_key))
    expect(JSON.stringify(entries)).not.toContain(String(key?.known_by).slice('passkey '.length))
  } finally {
    await end()
  }
})

test('a passkey that was taken away, or whose member is suspended, signs nobody in', async () => {
  const held = await testLedger()
  const { ruth, page, named, end } = await newcomer(held)
  try {
    await addPasskey(page, named)
    await leave(page, named)
    await changeMember(held.ledger, held.unit, ruth.member, { suspended: true, because: 'So.' })
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
    await page.getByText('Ruth is suspended').waitFor()
    await changeMember(held.ledger, held.unit, ruth.member, { suspended: false, because: 'So.' })
    const [way] = await listSignIns(held.ledger.db, ruth.member)
    await removeSignIn(held.ledger, held.unit, way?.id ?? '')
    await page.goto(`${named}/sign-in`)
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
    await page.getByText('No member of this ledger has this passkey.').waitFor()
  } finally {
    await end()
  }
})

test('an answer of a passkey counts once, for this address and this ledger’s own question, and for five minutes', async () => {
  const held = await testLedger()
  const { page, named, end } = await newcomer(held)
  try {
    await addPasskey(page, named)
    await leave(page, named)
    /** What the device would send, kept from the server. */
    const answered = async (): Promise<Record<string, string>> => {
      const sent = new Promise<string>((resolve) => {
        void page.route('**/sign-in/passkey', (route) => {
          resolve(route.request().postData() ?? '')
          return route.abort()
        })
      })
      await page.goto(`${named}/sign-in`)
      await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
      const fields = Object.fromEntries(new URLSearchParams(await sent))
      await page.unroute('**/sign-in/passkey')
      return fields
    }
    const post = async (fields: Record<string, string>, origin = named) =>
      (
        await fetch(`${named}/sign-in/passkey`, {
          method: 'POST',
          redirect: 'manual',
          body: new URLSearchParams(fields),
          headers: { origin },
        })
      ).status
    const swapped = (text = '', at = 12) =>
      text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1)

    const first = await answered()
    expect(await post(first, 'https://evil.example')).toBe(403)
    expect(await post(first)).toBe(303)
    expect(await post(first)).toBe(401)
    for (const field of ['/signature', '/authenticator_data', '/client_data', '/id']) {
      const made = await answered()
      expect([field, await post({ ...made, [field]: swapped(made[field]) })]).toEqual([field, 401])
    }
    const elsewhere = await answered()
    const said = JSON.parse(Buffer.from(elsewhere['/client_data'] ?? '', 'base64url').toString())
    const other = Buffer.from(JSON.stringify({ ...said, origin: 'https://evil.example' })).toString(
      'base64url',
    )
    expect(await post({ ...elsewhere, '/client_data': other })).toBe(401)
    for (const nonsense of [{}, { '/id': 'x' }, { ...first, '/signature': '' }, { ...first, '/id': '§' }])
      expect(await post(nonsense as Record<string, string>)).toBe(422)
    const late = await answered()
    held.at('2026-11-22T10:05:00.000Z')
    expect(await post(late)).toBe(401)
  } finally {
    await end()
  }
})
