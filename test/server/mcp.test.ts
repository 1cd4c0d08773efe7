import { once } from 'node:events'
import { join } from 'node:path'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { expect, it } from 'vitest'
import { forecastBody } from '../api/client.ts'
import { connected, ERAS, overHttp, used } from '../mcp/connected.ts'
import { databaseAt } from '../support/database.ts'
import { environment, folder, launcher, reckon, start } from '../support/process.ts'
import { serving } from '../support/serving.ts'

const source = { ...forecastBody().source, text: 'He said: there will be no war. Not this year.' }

/** `reckon mcp` as an assistant starts it. */
const assistant = (
  cwd: string,
  args: string[],
  settings: Record<string, string>,
  era: (typeof ERAS)[number],
) =>
  connected(
    new StdioClientTransport({
      command: process.execPath,
      args: [launcher, 'mcp', ...args],
      cwd,
      env: environment(settings) as Record<string, string>,
      stderr: 'ignore',
    }),
    era,
  )

it.each(ERAS)(
  'works on the ledger of this folder, in a process of its own, in the protocol %o',
  async (era) => {
    const cwd = folder()
    const settings = { RECKONING_DATABASE_URL: 'file:ledger.db', RECKONING_IMPORT: '' }
    const { stdout } = await reckon(['token', 'create', '--name', 'assistant', '--role', 'recorder'], {
      cwd,
      settings,
    })
    const reading = await assistant(cwd, [], settings, era)
    expect((await reading.listTools()).tools).toHaveLength(9)
    expect((await used(reading, 'log_forecast', forecastBody({ source }))).told).toMatchObject({
      code: 'unauthenticated',
    })
    const logging = await assistant(cwd, [], { ...settings, RECKONING_TOKEN: stdout.trim() }, era)
    const { told, refused } = await used(logging, 'log_forecast', forecastBody({ source }))
    expect([refused, told]).toMatchObject([false, { analyst: 'konstantin-kalachev' }])
    expect((await used(logging, 'log_forecast', forecastBody({ source }))).told).toMatchObject({
      code: 'duplicate',
    })
    // The other process sees it, and both leave when their client does.
    expect((await used(reading, 'read_forecast', { forecast: told.id })).refused).toBe(false)
    await logging.close()
    expect(await reckon(['verify'], { cwd, settings })).toMatchObject({ code: 0 })
  },
)

it('works on a ledger that is served elsewhere, over standard input and over HTTP', async () => {
  const cwd = folder()
  const settings = { RECKONING_DATABASE_URL: databaseAt(join(cwd, 'ledger.db')), RECKONING_PUBLIC: 'false' }
  const { stdout } = await reckon(['token', 'create', '--name', 'assistant', '--role', 'recorder'], {
    cwd,
    settings,
  })
  const token = stdout.trim()
  const server = await serving(settings, new Date().toISOString())
  try {
    for (const era of ERAS) {
      const remote = await assistant(folder(), ['--url', server.address, '--token', token], {}, era)
      expect((await used(remote, 'due')).told).toMatchObject({ due: { n: 0 } })
      const closed = await assistant(folder(), ['--url', server.address], {}, era)
      expect((await used(closed, 'due')).told).toMatchObject({ code: 'unauthenticated' })
      const direct = await overHttp(server.address, token, fetch, era)
      expect((await used(direct, 'search', { q: 'war' })).told).toMatchObject({ forecasts: [], more: false })
      await expect(overHttp(server.address, null, fetch, era)).rejects.toThrow()
    }
  } finally {
    await server.close()
  }
  const gone = await assistant(folder(), ['--url', server.address, '--token', token], {}, 'legacy')
  expect((await used(gone, 'due')).told).toMatchObject({
    code: 'unavailable',
    detail: expect.stringContaining('does not answer'),
  })
})

it('says nothing on standard output but the protocol, refuses an address that is none, and ends with its input', async () => {
  const cwd = folder()
  const settings = { RECKONING_DATABASE_URL: 'file:ledger.db' }
  for (const url of ['ledger', 'http://ledger.example', 'https://ledger.example/api', 'file:///etc'])
    expect(await reckon(['mcp', '--url', url], { cwd, settings })).toMatchObject({ code: 2, stdout: '' })
  expect(await reckon(['mcp'], { cwd, settings })).toMatchObject({ code: 1, stdout: '' })
  await reckon(['token', 'create', '--name', 'assistant', '--role', 'reader'], { cwd, settings })
  const program = start(process.execPath, [launcher, 'mcp'], {
    cwd,
    env: environment(settings),
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  program.child.stdin?.write('no json\n{"jsonrpc":"2.0","id":1,"method":"ping"}\n')
  await once(program.child.stdout as never, 'data')
  program.child.stdin?.end()
  expect(await program.ended).toBe(0)
  for (const line of program.stdout().trim().split('\n'))
    expect(JSON.parse(line)).toMatchObject({ jsonrpc: '2.0' })
})
