import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { receiveReport } from '../../src/ledger/correction/report.ts'
import { changeMember } from '../../src/ledger/members/change-member.ts'
import { nameAccount } from '../../src/ledger/members/sign-ins.ts'
import { backUp } from '../../src/node/runtime.ts'
import { rebuild } from '../../src/store/migrate.ts'
import { inFiles } from '../support/bytes.ts'
import { verified } from '../support/check-ledger.ts'
import { commandOn } from '../support/command.ts'
import { publishedFiles, signer, storedOf, writeFiles } from '../support/published.ts'
import { type Site, site } from '../support/site.ts'

const NAME = 'Ludmila Quillfeather'
const EMAIL = 'ludmila@quillfeather.example'
const WORDS = ['Ludmila', 'Quillfeather']
const because = 'She left the newsroom, and asked for it.'

/** A newsroom that somebody left who logged a forecast, and whose name stands wherever one may stand. */
async function left() {
  const held = await site()
  const member = await held.join(NAME, 'recorder')
  const other = await held.join('Rita', 'recorder')
  const token = await held.send('/api/tokens', {
    ...json({ member: member.member, name: 'Ludmila’s laptop', role: 'recorder' }),
    headers: bearing(held.token),
  })
  expect(token.status).toBe(201)
  await nameAccount(held.ledger, held.unit, {
    member: member.member,
    email: EMAIL,
    issuer: 'https://accounts.example',
  })
  const logged = await held.send('/api/forecasts', {
    ...json({
      analyst: { name: 'Ada Overton', note: `Known to ${NAME}.` },
      source: {
        title: 'An interview',
        type: 'interview',
        url: 'https://example.com/interview',
        published: '2026-11-01',
      },
      quote: 'there will be no war',
      question: {
        title: 'A war begins',
        criteria: 'It begins.',
        deadline: { date: '2026-12-01', time_zone: 'UTC', because: `House rule, says ${EMAIL}.` },
      },
      probability: { words: 'there will be no war', categorical: 'no' },
    }),
    headers: bearing(member.token),
  })
  expect(logged.status).toBe(201)
  const { id, question } = JSON.parse(logged.text).record
  await receiveReport(held.ledger, held.unit.now, {
    about: `forecast:${id}`,
    text: `${NAME} heard it wrongly.`,
  })
  await changeMember(held.ledger, held.unit, other.member, {
    suspended: true,
    because: `${NAME} complained of her.`,
  })
  return { held, member: member.member, other: other.member, id, question }
}
const json = (body: object) => ({ method: 'POST', body: JSON.stringify(body) })
const bearing = (token: string) => ({
  authorization: `Bearer ${token}`,
  'content-type': 'application/json',
})
const suspend = (held: Site, member: string) =>
  changeMember(held.ledger, held.unit, member, { suspended: true, because: `${NAME} has left us.` })

/** What everybody and what an administrator is answered, now and as of an entry of before. */
async function everything(held: Site, { id, question }: { id: string; question: string }, past?: number) {
  const admin = await held.signedIn()
  const paths = [
    `/forecasts/${id}`,
    `/questions/${question}`,
    '/analysts/ada-overton',
    '/sources/2026-11-an-interview',
    '/corrections',
    '/corrections.atom',
    '/feeds/new.atom',
    `/api/forecasts/${id}`,
    '/api/forecasts.csv',
    `/api/questions/${question}/history`,
    '/api/corrections',
    '/api/redactions',
    '/api/search?q=war',
  ]
  const { seq } = await held.host.head()
  const all = [
    ...paths,
    ...Array.from({ length: seq + 1 }, (_, entry) => `/api/log/entries/${entry}`),
    ...[seq, ...(past === undefined ? [] : [past])].flatMap((moment) =>
      paths.map((path) => `${path}${path.includes('?') ? '&' : '?'}as_of=${moment}`),
    ),
  ]
  const said: { path: string; status: number; text: string }[] = []
  for (const path of all) said.push({ path, ...(await held.anonymous.get(path)) })
  for (const path of ['/settings', '/settings/audit', '/settings/redactions', '/reports'])
    said.push({ path, ...(await admin.get(path)) })
  for (const path of ['/api/members', '/api/tokens', '/api/administration'])
    said.push({ path, ...(await held.send(path, { headers: bearing(held.token) })) })
  return said
}
const telling = (said: { path: string; text: string }[]) =>
  said
    .filter(({ text }) => WORDS.some((word) => text.toLowerCase().includes(word.toLowerCase())))
    .map(({ path }) => path)

test('the name of a member is nowhere after they went: in no answer, file, backup or export, and every proof holds', async () => {
  const { held, member, id, question } = await left()
  await suspend(held, member)
  const before = await storedOf(held.ledger.db)
  expect(telling(await everything(held, { id, question }))).toEqual(
    expect.arrayContaining([
      `/forecasts/${id}`,
      '/settings',
      '/settings/audit',
      '/api/members',
      '/api/tokens',
      '/reports',
    ]),
  )
  const done = await held.send('/api/redactions', {
    ...json({ kind: 'member', id: member, because, class: 'update' }),
    headers: bearing(held.token),
  })
  expect([done.status, JSON.parse(done.text).record]).toMatchObject([
    201,
    { private: expect.arrayContaining([{ what: 'account', id: member }]), scrubbed: 'clean', left: [] },
  ])
  const called = `a former member (${member.slice(0, 8)})`
  const after = await everything(held, { id, question }, before.length - 1)
  expect(telling(after)).toEqual([])
  expect(after.filter(({ status }) => status !== 200)).toEqual([])
  const on = (path: string) => after.find((one) => one.path === path)?.text
  expect(on(`/forecasts/${id}`)).toContain(called)
  // Of the analyst's note something went as well: one occasion is told once.
  expect(on(`/forecasts/${id}`)?.match(/was taken out/gu)).toHaveLength(1)
  expect(on('/sources/2026-11-an-interview')).toMatch(
    /The name of a member who wrote here was taken out on .*She left the newsroom/su,
  )
  expect(on('/settings')).toContain('The name was taken out')
  expect(on('/settings/audit')).toContain(`${called} was added as recorder.`)
  expect(on('/corrections')).toContain(because)
  expect(on('/api/redactions')).toContain(because)
  const backup = join(held.path, '..', 'backup.db')
  await backUp(`file:${held.path}`, backup)
  expect([inFiles(held.path, WORDS), inFiles(backup, WORDS)]).toEqual([[], []])
  expect((await verified(held.ledger.db)).findings).toEqual([])
  await rebuild(held.ledger.db, { afresh: true })
  expect((await verified(held.ledger.db)).findings).toEqual([])

  const now = await storedOf(held.ledger.db)
  // What was hashed is as it was: whoever holds an older checkpoint misses nothing.
  expect(now.slice(0, before.length).map(({ bytes }) => bytes)).toEqual(before.map(({ bytes }) => bytes))
  const files = await publishedFiles(now, await signer())
  const told = [...files.values()]
    .flatMap((bytes) => Buffer.from(bytes).toString('utf8').split('\n'))
    .map((line) => line + Buffer.from(line, 'base64url').toString('utf8'))
  // Neither the name nor what is read in its place is told to anybody outside.
  expect(told.filter((text) => WORDS.some((word) => text.includes(word)))).toEqual([])
  expect(told.filter((text) => text.includes('former member'))).toEqual([])
  const folder = writeFiles(mkdtempSync(join(tmpdir(), 'reckoning-')), files)
  const verify = await commandOn({}, held.host.now)('verify', folder, '--in-process')
  expect([verify.code, verify.stdout]).toMatchObject([0, expect.stringContaining('published sealed')])
})

test('somebody who still may act keeps their name, and who went does not come back under it', async () => {
  const { held, member } = await left()
  const ask = (body: object) =>
    held.send('/api/redactions', {
      ...json({ kind: 'member', because, class: 'update', ...body }),
      headers: bearing(held.token),
    })
  const active = await ask({ id: member })
  expect([active.status, JSON.parse(active.text).detail]).toEqual([
    409,
    `${NAME} is not suspended: suspend them first. Who may still act is no former member.`,
  ])
  expect((await ask({ id: 'nobody' })).status).toBe(404)
  const [machine] = JSON.parse(
    (await held.send('/api/members', { headers: bearing(held.token) })).text,
  ).items.filter((one: { machine: boolean }) => one.machine)
  expect((await ask({ id: machine.id })).status).toBe(403)
  await suspend(held, member)
  const parts = await ask({ id: member, fields: ['name'] })
  expect([parts.status, JSON.parse(parts.text).errors]).toMatchObject([422, [{ pointer: '/fields' }]])
  expect((await ask({ id: member, because: `${NAME} asked.` })).status).toBe(422)
  expect((await ask({ id: member })).status).toBe(201)
  expect((await ask({ id: member })).status).toBe(404)
  const back = await held.send(`/api/members/${member}/changes`, {
    ...json({ suspended: false, because: 'Is back.' }),
    headers: bearing(held.token),
  })
  expect([back.status, JSON.parse(back.text).detail]).toMatchObject([
    409,
    expect.stringContaining('add them anew'),
  ])
})

test('other words that are taken out leave the entries of members, and a first name alone is looked for nowhere else', async () => {
  const { held, other } = await left()
  await held.log({ quote: 'Rita will reach land' })
  const ask = (body: object) =>
    held.send('/api/redactions', {
      ...json({ because, class: 'update', ...body }),
      headers: bearing(held.token),
    })
  const gone = JSON.parse((await ask({ kind: 'member', id: other })).text)
  expect(gone.record.entries.map(({ type }: { type: string }) => type)).toEqual([
    'member.added',
    'token.issued',
    'member.changed',
  ])
  expect((await held.anonymous.get('/api/statements.csv')).text).toContain('Rita will reach land')
  held.at('2026-11-23T12:00:00Z')
  const words = JSON.parse((await ask({ words: [NAME] })).text)
  expect(words.record.left.map(({ type }: { type: string }) => type)).toContain('member.added')
  expect((await held.send('/api/members', { headers: bearing(held.token) })).text).toContain(NAME)
})

test('the page says what would go before it goes, and leads there from a member who was suspended', async () => {
  const { held, member } = await left()
  const admin = await held.signedIn()
  const way = `/settings/redactions?kind=member&amp;id=${member}`
  expect((await admin.get('/settings')).text).not.toContain(way)
  await suspend(held, member)
  expect((await admin.get('/settings')).text).toContain(way)
  const form = { '/kind': 'member', '/id': member, '/because': because, '/class': 'update' }
  const plan = await admin.post('/settings/redactions/plan', form)
  expect([plan.status, plan.text]).toMatchObject([
    200,
    expect.stringContaining('ways to sign in and the address of reminders'),
  ])
  expect((await admin.get('/settings')).text).toContain(NAME)
  expect((await admin.post('/settings/redactions/made', form)).status).toBe(303)
  expect((await admin.get('/settings')).text).not.toContain('Quillfeather')
})

test('the command takes the id of a member, says what would go, and with --yes takes it out', async () => {
  const { held, member } = await left()
  const reckon = commandOn({ RECKONING_DATABASE_URL: held.url }, held.host.now)
  const words = ['redact', '--member', member, '--because', because, '--class', 'update']
  expect(await reckon(...words, '--yes')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('suspend them first'),
  })
  await suspend(held, member)
  expect(await reckon(...words)).toMatchObject({
    code: 1,
    stdout: expect.stringMatching(/member\.added.*Nothing was written/su),
  })
  expect((await reckon(...words, '--yes')).code).toBe(0)
  const { stdout } = await reckon('member', 'list')
  expect(stdout).toMatch(new RegExp(`${member} +a former member`, 'u'))
  expect(stdout).not.toContain('Quillfeather')
})
