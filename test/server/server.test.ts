import { existsSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { databaseAt } from '../support/database.ts'
import {
  environment,
  folder,
  launcher,
  type Program,
  reckon,
  root,
  start,
  until,
} from '../support/process.ts'

type Running = Program & { address: string; link: string | null; settings: Record<string, string> }

/** A real server on a ledger in this folder, on a port that the operating system chooses. */
async function serving(cwd: string, changes: Record<string, string> = {}): Promise<Running> {
  const settings = {
    PORT: '0',
    RECKONING_DATABASE_URL: databaseAt(join(cwd, 'ledger.db')),
    RECKONING_IMPORT: '',
    RECKONING_RATE_LIMIT: '0',
    ...changes,
  }
  const program = start(process.execPath, [launcher, 'serve'], { cwd, env: environment(settings) })
  const said = await until('the address', () => {
    if (program.child.exitCode !== null) throw new Error(`it ended: ${program.stderr()}`)
    return /Reckoning is at (\S+)[\s\S]*(?:Sign in|sign in).*\n/u.exec(program.stdout())
  })
  return {
    ...program,
    address: said[1] as string,
    link: /Sign in .*: (\S+)/u.exec(program.stdout())?.[1] ?? null,
    settings,
  }
}

const json = async (address: string, path: string, headers: Record<string, string> = {}) => {
  const response = await fetch(address + path, { headers })
  return { status: response.status, body: await response.json() }
}

const logged = ({ stderr }: Program) =>
  stderr()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>)

const post = (
  agent: Agent,
  address: string,
  token: string,
  body: string,
): Promise<{ status: number; body: string }> =>
  new Promise((resolve, reject) => {
    const sent = request(`${address}/api/forecasts`, {
      agent,
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
      },
    })
    sent.on('error', reject)
    sent.on('response', (response) => {
      let text = ''
      response.on('data', (chunk: Buffer) => (text += chunk))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }))
      response.on('error', reject)
      response.on('aborted', () => reject(new Error('aborted')))
    })
    sent.end(body)
  })

const forecast = (number: number) =>
  JSON.stringify({
    analyst: { name: 'Ada Lovelace' },
    source: {
      title: 'An interview',
      type: 'interview',
      url: 'https://example.com/interview',
      published: '2026-01-15',
    },
    quote: `claim number ${number}`,
    question: {
      title: `Event ${number} happens`,
      criteria: 'It is reported.',
      deadline: { date: '2099-12-31', time_zone: 'UTC' },
    },
    probability: 0.3,
  })

describe('reckon serve', () => {
  it('founds a ledger, imports the worked example, prints where it is and how to sign in, and ends cleanly', async () => {
    const cwd = folder()
    const server = await serving(cwd, { RECKONING_IMPORT: join(root, 'predictions') })
    expect(server.stdout()).toMatch(
      /^Imported .*predictions: 1 source, 16 statements, 4 forecasts, 5 questions\.\nReckoning is at http:\/\/127\.0\.0\.1:\d+\nSign in/u,
    )
    expect(server.link).toMatch(new RegExp(`^${server.address}/sign-in\\?token=[A-Za-z0-9]{44}$`, 'u'))
    expect(await json(server.address, '/api/health')).toMatchObject({
      status: 200,
      body: { status: 'ok', version: '0.1.0' },
    })
    const record = await json(server.address, '/api/analysts/konstantin-kalachev/track-record')
    expect(record.body.counts).toMatchObject({
      statements: 16,
      forecasts: 4,
      duplicates: 3,
      untestable: 9,
      annulled: 1,
      scored: 3,
    })
    const signIn = () =>
      fetch(`${server.address}/sign-in`, {
        method: 'POST',
        redirect: 'manual',
        headers: { origin: server.address },
        body: new URLSearchParams({ token: new URL(server.link as string).searchParams.get('token') ?? '' }),
      })
    const signedIn = await signIn()
    expect(signedIn.status).toBe(303)
    expect(signedIn.headers.get('set-cookie')).toMatch(/HttpOnly/u)
    expect((await signIn()).status).toBe(401)
    await until('the first run of the job', () =>
      logged(server).some(({ event, name }) => event === 'job' && name === 'flag-due'),
    )

    expect(await server.stop('SIGTERM')).toBe(0)
    expect(existsSync(join(cwd, 'ledger.db-wal'))).toBe(false)
    expect(await reckon(['verify'], { cwd, settings: server.settings })).toMatchObject({ code: 0 })

    const again = await serving(cwd, { RECKONING_IMPORT: join(root, 'predictions') })
    expect(again.link).toBeNull()
    expect(again.stdout()).not.toMatch(/Imported/u)
    expect(await again.stop('SIGINT')).toBe(0)
  })

  it('says plainly that its port is taken', async () => {
    const server = await serving(folder())
    const { port } = new URL(server.address)
    const second = await reckon(['serve'], { cwd: folder(), settings: { PORT: port } })
    expect(second).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining(`Port ${port} of 127.0.0.1 is taken`),
    })
    await server.stop()
  })

  it('shows at once what the command wrote beside it', async () => {
    const cwd = folder()
    const server = await serving(cwd)
    const size = async () => (await json(server.address, '/api/health')).body.ledger_size as number
    const before = await size()
    const etag = (await fetch(`${server.address}/api/analysts`)).headers.get('etag') ?? ''
    expect(
      (await fetch(`${server.address}/api/analysts`, { headers: { 'if-none-match': etag } })).status,
    ).toBe(304)
    expect(
      (await reckon(['import', join(root, 'predictions')], { cwd, settings: server.settings })).code,
    ).toBe(0)
    expect(await size()).toBeGreaterThan(before)
    const answer = await fetch(`${server.address}/api/analysts`, { headers: { 'if-none-match': etag } })
    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({ items: [{ id: 'konstantin-kalachev' }] })
    const token = (
      await reckon(['token', 'create', '--name', 'x', '--role', 'admin'], { cwd, settings: server.settings })
    ).stdout.trim()
    expect((await json(server.address, '/api/members', { authorization: `Bearer ${token}` })).status).toBe(
      200,
    )
    await server.stop()
  })

  it('finishes the request that is under way when it is asked to end', async () => {
    const cwd = folder()
    const server = await serving(cwd)
    const { hostname, port } = new URL(server.address)
    const token = (
      await reckon(['token', 'create', '--name', 'x', '--role', 'recorder'], {
        cwd,
        settings: server.settings,
      })
    ).stdout.trim()
    const body = forecast(1)
    const socket = connect(Number(port), hostname)
    let answered = ''
    socket.on('data', (chunk: Buffer) => (answered += chunk))
    const closed = new Promise((resolve) => socket.on('close', resolve))
    const head = `POST /api/forecasts HTTP/1.1\r\nHost: ${hostname}\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`
    socket.write(head + body.slice(0, 20))
    // Once a later request on another connection is answered, the head of this one has arrived too.
    await json(server.address, '/api/health')
    const ended = server.stop('SIGTERM')
    await until('closed to others', async () =>
      fetch(`${server.address}/api/health`).then(
        () => false,
        () => true,
      ),
    )
    socket.write(body.slice(20))
    await closed
    expect(answered).toMatch(/^HTTP\/1\.1 201/u)
    expect(await ended).toBe(0)
  })

  it('loses nothing that it answered with 201 when it is killed among 2,000 posts', async () => {
    const cwd = folder()
    const server = await serving(cwd)
    const token = (
      await reckon(['token', 'create', '--name', 'x', '--role', 'recorder'], {
        cwd,
        settings: server.settings,
      })
    ).stdout.trim()
    const agent = new Agent({ keepAlive: true, maxSockets: 64 })
    const answered: { id: string; seq: number }[] = []
    let [failed, refused] = [0, 0]
    const all = Array.from({ length: 2_000 }, async (_, i) => {
      const answer = await post(agent, server.address, token, forecast(i)).catch(() => null)
      if (answer === null) failed++
      else if (answer.status !== 201) refused++
      else {
        const { record, seq } = JSON.parse(answer.body)
        answered.push({ id: record.id, seq })
        if (answered.length === 600) server.child.kill('SIGKILL')
      }
    })
    await Promise.all(all)
    agent.destroy()
    await server.ended
    expect(answered.length).toBeGreaterThanOrEqual(600)
    expect(failed).toBeGreaterThan(0)
    expect(refused).toBe(0)

    expect(await reckon(['verify'], { cwd, settings: server.settings })).toMatchObject({ code: 0 })
    const again = await serving(cwd)
    for (const { id, seq } of answered)
      expect(await json(again.address, `/api/forecasts/${id}`)).toMatchObject({
        status: 200,
        body: { id, seq },
      })
    await again.stop()
  }, 240_000)
})
