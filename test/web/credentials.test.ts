import { expect, test } from 'vitest'
import { type Role, roles } from '../../src/core/member.ts'
import { changeMember } from '../../src/ledger/members/change-member.ts'
import { openSecret } from '../../src/ledger/members/membership.ts'
import { allForms } from '../../src/web/pages.ts'
import { ORIGIN, site } from '../support/site.ts'

const forms = await allForms()
const rank = (role: Role) => roles.indexOf(role)

test('every form asks for the present role of whoever is signed in, and a suspended member is nobody', async () => {
  const held = await site()
  const wrong: unknown[] = []
  for (const who of [...roles, 'suspended'] as const) {
    // The session is older than the role: it counts for what its member may do now.
    const { member } = await held.join(`Member ${who}`, 'admin')
    const cookies: string[] = []
    for (const _ of forms)
      cookies.push(`sid=${await openSecret(held.ledger, held.host.now(), member, 'session')}`)
    const change = who === 'suspended' ? { suspended: true } : { role: who }
    if (who !== 'admin') await changeMember(held.ledger, held.unit, member, { ...change, because: 'So.' })
    for (const [i, { path, role }] of forms.entries()) {
      const address = path.replaceAll(/:\w+/gu, path.includes('sign-out') ? member : 'x')
      const headers = { cookie: cookies[i] ?? '', origin: ORIGIN }
      const { status } = await held.send(address, { method: 'POST', body: new URLSearchParams(), headers })
      const may = who !== 'suspended' && rank(who) >= rank(role)
      const right = who === 'suspended' ? status === 401 : may ? ![401, 403].includes(status) : status === 403
      if (!right) wrong.push({ path, role, who, status })
      // Signing out elsewhere ends the other sessions of the loop too.
      if (/sign-out|others/u.test(path) && may)
        for (const [j] of cookies.entries())
          cookies[j] = `sid=${await openSecret(held.ledger, held.host.now(), member, 'session')}`
    }
  }
  expect(wrong).toEqual([])
})

test('a link that was made before its member was suspended signs nobody in', async () => {
  const held = await site()
  const ruth = await held.join('Ruth', 'resolver')
  const link = await openSecret(held.ledger, held.host.now(), ruth.member, 'link')
  await changeMember(held.ledger, held.unit, ruth.member, { suspended: true, because: 'So.' })
  expect((await held.anonymous.post('/sign-in', { token: link })).status).toBe(401)
})
