import { execFileSync } from 'node:child_process'
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import { createRequire } from 'node:module'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCheckpoint, signCheckpoint } from '../../src/log/checkpoint.ts'
import { parseSigningKey, type Signer, signingKey } from '../../src/log/note.ts'
import { ERAS, overHttp, used } from '../mcp/connected.ts'
import { modelServer, says } from '../support/model.ts'
import { freePort, type Program, reckon, root, start, until } from '../support/process.ts'
import { startSqld } from '../support/sqld.ts'

// The command in .bin is a script that starts this one and would outlive it.
const workerdBinary = createRequire(import.meta.url)('workerd').default as string
const wrangler = readFileSync(join(root, 'wrangler.toml'), 'utf8')
const setting = (name: string) => new RegExp(`^${name} = "?\\[?"?([^"\\]]+)`, 'mu').exec(wrangler)?.[1] ?? ''

const work = mkdtempSync(join(tmpdir(), 'reckoning-'))
const programs: Program[] = []
const servers: Server[] = []

/** A real libSQL server on a folder of its own. */
async function sqld(name: string): Promise<string> {
  const { url, program } = await startSqld(join(work, name))
  programs.push(program)
  return url
}

// The Cron Trigger: another Worker in the same process that calls the scheduled handler of ours.
const triggerOf = (cron: string) => `export default {
  async fetch(request, { MAIN }) {
    const { outcome } = await MAIN.scheduled({ cron: ${JSON.stringify(cron)}, scheduledTime: new Date() })
    return Response.json({ outcome })
  }
}`

/** A namespace of Workers KV, as the runtime talks to one, with a checkpoint in it or none. */
const guardHolding = (kept: string | null) => `let kept = ${JSON.stringify(kept)}
export default {
  async fetch(request) {
    if (request.method === 'PUT') kept = await request.text()
    if (request.method === 'DELETE') kept = null
    return kept === null ? new Response(null, { status: 404 }) : new Response(kept)
  }
}`

/** The web as the Worker meets it: an archive that has a copy of every page, beside what is really there. */
const WEB = `export default {
  fetch(request, { OUTSIDE }) {
    const { hostname, searchParams } = new URL(request.url)
    const url = 'http://web.archive.org/web/20261102030405/' + searchParams.get('url')
    if (hostname === 'archive.org') return Response.json({ archived_snapshots: { closest: { available: true, url } } })
    if (hostname !== 'web.archive.org') return OUTSIDE.fetch(request)
    return new Response('<p>He said <i>it</i> will surely rain.', { headers: { 'content-type': 'text/html' } })
  }
}`

/** The bundle in the real runtime, with the settings as bindings; both ports are chosen by the operating system. */
async function workerd(
  database: string,
  kept: string | null = null,
  { bindings = {}, cron = setting('crons') }: { bindings?: Record<string, string>; cron?: string } = {},
): Promise<{ url: string; cron: string }> {
  const place = mkdtempSync(join(work, 'workerd-'))
  const modules = readdirSync(join(root, 'dist', 'worker'))
    .filter((name) => name.endsWith('.js'))
    .map((name) => `worker/${name}`)
  mkdirSync(join(place, 'worker'))
  for (const file of ['worker.js', ...modules, 'renderer.wasm', 'fonts.bin', 'documents.txt'])
    copyFileSync(join(root, 'dist', file), join(place, file))
  writeFileSync(join(place, 'trigger.js'), triggerOf(cron))
  writeFileSync(join(place, 'guard.js'), guardHolding(kept))
  writeFileSync(join(place, 'web.js'), WEB)
  writeFileSync(
    join(place, 'config.capnp'),
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .main),
    (name = "trigger", worker = .trigger),
    (name = "guard", worker = .guard),
    (name = "web", worker = .web),
    (name = "outside", network = (allow = ["private", "local"])),
  ],
  sockets = [
    (name = "http", address = "127.0.0.1:0", http = (), service = "main"),
    (name = "cron", address = "127.0.0.1:0", http = (), service = "trigger"),
  ],
);
const main :Workerd.Worker = (
  modules = [
    (name = "worker.js", esModule = embed "worker.js"),
    ${modules.map((name) => `(name = "${name}", esModule = embed "${name}"),`).join('\n    ')}
    (name = "renderer.wasm", wasm = embed "renderer.wasm"),
    (name = "fonts.bin", data = embed "fonts.bin"),
    (name = "documents.txt", text = embed "documents.txt"),
  ],
  compatibilityDate = "${setting('compatibility_date')}",
  compatibilityFlags = ["${setting('compatibility_flags')}"],
  bindings = [
    (name = "RECKONING_DATABASE_URL", text = "${database}"),
    (name = "RECKONING_RATE_LIMIT", text = "0"),
    (name = "RECKONING_ARCHIVE", text = "lookup"),
    (name = "RECKONING_LOG_KEY", text = "${logKey}"),
    (name = "RECKONING_GUARD", kvNamespace = "guard"),
    ${Object.entries(bindings)
      .map(([name, text]) => `(name = "${name}", text = "${text}"),`)
      .join('\n    ')}
  ],
  globalOutbound = "web",
);
const web :Workerd.Worker = (
  modules = [(name = "web.js", esModule = embed "web.js")],
  compatibilityDate = "${setting('compatibility_date')}",
  bindings = [(name = "OUTSIDE", service = "outside")],
);
const guard :Workerd.Worker = (
  modules = [(name = "guard.js", esModule = embed "guard.js")],
  compatibilityDate = "${setting('compatibility_date')}",
);
const trigger :Workerd.Worker = (
  modules = [(name = "trigger.js", esModule = embed "trigger.js")],
  compatibilityDate = "${setting('compatibility_date')}",
  compatibilityFlags = ["service_binding_extra_handlers"],
  bindings = [(name = "MAIN", service = "main")],
);
`,
  )
  const program = start(workerdBinary, ['serve', 'config.capnp', '--experimental', '--control-fd=3'], {
    cwd: place,
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
  })
  programs.push(program)
  let said = ''
  program.child.stdio[3]?.on('data', (chunk: Buffer) => (said += chunk))
  const portOf = (socket: string) =>
    until(`workerd: ${socket}\n${program.stderr()}`, () => {
      const events = said.split('\n').filter((line) => line !== '')
      return events
        .map((line) => JSON.parse(line) as { socket?: string; port?: number })
        .find((event) => event.socket === socket)?.port
    })
  return { url: `http://127.0.0.1:${await portOf('http')}`, cron: `http://127.0.0.1:${await portOf('cron')}` }
}

let database = ''
let logKey = ''
let worker = { url: '', cron: '' }
let token = ''

const settings = () => ({ RECKONING_DATABASE_URL: database })
const command = (...args: string[]) => reckon(args, { cwd: work, settings: settings() })

async function call(method: string, path: string, body?: unknown) {
  const response = await fetch(worker.url + path, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: JSON.parse(text === '' ? 'null' : text) }
}

const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)

const forecast = (changes: Record<string, unknown> = {}) => ({
  analyst: { name: 'Ada Lovelace' },
  source: {
    title: 'An interview',
    type: 'interview',
    url: 'https://example.com/interview',
    published: day(-40),
  },
  quote: 'it will surely rain',
  question: {
    title: 'It rains in Baku',
    criteria: 'At least 1 mm is measured.',
    deadline: { date: day(-2), time_zone: 'Asia/Baku' },
  },
  probability: 0.9,
  ...changes,
})

async function healthOn(database: string) {
  const response = await fetch(`${(await workerd(database)).url}/api/health`)
  return response.json()
}

/** A server that accepts connections and says nothing. */
const silentServer = (): Promise<string> =>
  new Promise((resolve) => {
    const server = createServer((socket) => socket.unref())
    servers.push(server)
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`))
  })

beforeAll(async () => {
  execFileSync(process.execPath, [join(root, 'scripts', 'build.js')], { cwd: root })
  database = await sqld('main')
  logKey = await signingKey('worker.example/api/log', new Uint8Array(32).fill(7))
}, 120_000)

afterAll(async () => {
  for (const program of programs) await program.stop()
  for (const server of servers) server.close()
  rmSync(work, { recursive: true, force: true })
})

describe('the Worker', () => {
  it('answers 503 on a database that was never migrated, and changes nothing in it', async () => {
    worker = await workerd(database)
    for (const path of ['/api/health', '/api/due', '/'])
      expect(await call('GET', path)).toMatchObject({ status: 503, body: { code: 'behind' } })
    expect(await call('POST', '/api/forecasts', forecast())).toMatchObject({
      status: 503,
      body: { code: 'behind' },
    })
    expect(await (await fetch(worker.cron)).json()).toEqual({ outcome: 'exception' })
  })

  it('does the main job after `reckon migrate`: logs, flags, takes an outcome, and shows the record', async () => {
    expect(await command('migrate')).toMatchObject({ code: 0 })
    token = (await command('token', 'create', '--name', 'worker', '--role', 'admin')).stdout.trim()
    expect((await call('GET', '/api/health')).body).toMatchObject({ status: 'ok' })

    const logged = await call('POST', '/api/forecasts', forecast())
    expect(logged).toMatchObject({ status: 201, body: { record: { analyst: 'ada-lovelace' } } })
    const { question } = logged.body.record
    expect((await call('GET', '/api/due')).body.due).toMatchObject([{ question, flagged_at: null }])

    expect(await (await fetch(worker.cron)).json()).toEqual({ outcome: 'ok' })
    const [item] = (await call('GET', '/api/due')).body.due
    expect(item).toMatchObject({ question, flagged_at: expect.stringMatching(/Z$/u) })
    const size = async () => (await call('GET', '/api/health')).body.ledger_size
    const before = await size()
    expect(await (await fetch(worker.cron)).json()).toEqual({ outcome: 'ok' })
    expect(await size()).toBe(before)
    // The same trigger has looked for the source in an archive, once.
    const { archived } = (await call('GET', `/api/forecasts/${logged.body.record.id}`)).body
    expect(archived).toMatchObject({ quote: 'holds', archived_at: '2026-11-02T03:04:05.000Z' })

    const proposed = await call('POST', `/api/questions/${question}/resolutions`, {
      outcome: 'yes',
      known_on: day(-1),
      evidence: [{ url: 'https://example.com/rain', says: '12 mm were measured.', accessed: day(0) }],
      rationale: 'More than the criteria ask for.',
    })
    expect(proposed).toMatchObject({ status: 201, body: { record: { state: 'proposed' } } })
    const confirmed = await call(
      'POST',
      `/api/questions/${question}/resolutions/${proposed.body.record.id}/confirm`,
      {},
    )
    expect(confirmed.status).toBe(201)
    const record = (await call('GET', '/api/analysts/ada-lovelace/track-record')).body
    expect(record).toMatchObject({ analyst: { id: 'ada-lovelace' }, counts: { forecasts: 1, resolved: 1 } })
    expect((await call('GET', '/api/due')).body.due).toEqual([])
  })

  it('imports a table', async () => {
    const body = {
      files: [{ name: 'a.csv', text: `title,probability,outcome,date\n"Rain, falls",70 %,1,${day(-20)}\n` }],
      mapping: { url: 'https://example.com/table', analyst: 'A model' },
    }
    const { status, body: said } = await call('POST', '/api/import', body)
    expect([status, said]).toMatchObject([200, { findings: [], recorded: { forecast: 1, resolution: 1 } }])
  })

  it('imports predictions files whole, once, and finds in others what the command finds', async () => {
    const names = ['analysts.yaml', 'questions.yaml', '2024/2024-04-alphanews-kalachev.yaml']
    const files = names.map((name) => ({ name, text: readFileSync(join(root, 'predictions', name), 'utf8') }))
    const first = await call('POST', '/api/import', { files })
    expect([first.status, first.body]).toMatchObject([
      200,
      { findings: [], recorded: { source: 1, statement: 16, forecast: 4 } },
    ])
    expect((await call('POST', '/api/import', { files })).body).toMatchObject({ entries: 0, refused: [] })
    const id = '2024-04-alphanews-kalachev_new-war'
    expect((await call('GET', `/api/forecasts/${id}`)).body).toMatchObject({
      quote: { exact: expect.any(String) },
    })

    const slips = [
      ['time_zone: Asia/Yerevan', 'time_zone: Asia/Yerevam'],
      ['type: interview', 'type:'],
    ]
    const slipped = (text: string) => slips.reduce((all, [from = '', to = '']) => all.replace(from, to), text)
    const broken = { files: files.map(({ name, text }) => ({ name, text: slipped(text) })) }
    for (const { path, text } of broken.files.map(({ name, text }) => ({ path: join(work, name), text }))) {
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, text)
    }
    const paths = broken.files.map(({ name }) => join(work, name))
    const { findings: wanted } = JSON.parse((await command('check', ...paths, '--json')).stdout)
    const refused = await call('POST', '/api/import', { ...broken, dry_run: true })
    const told = ({ line, column, code, message }: Record<string, unknown>) => ({
      line,
      column,
      code,
      message,
    })
    expect(wanted.map(({ code }: { code: string }) => code)).toEqual(
      expect.arrayContaining(['unknown_zone', 'invalid']),
    )
    expect([refused.status, refused.body.findings.map(told)]).toEqual([200, wanted.map(told)])
  })

  it('tries and imports predictions files on the page', async () => {
    const { stdout } = await command('sign-in')
    const [, secret = ''] = /\?token=([A-Za-z0-9]{44})/u.exec(stdout) ?? []
    const entered = await fetch(`${worker.url}/sign-in`, {
      method: 'POST',
      redirect: 'manual',
      headers: { origin: worker.url },
      body: new URLSearchParams({ token: secret }),
    })
    const cookie = entered.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ')
    const choose = (form: FormData) =>
      fetch(`${worker.url}/import`, { method: 'POST', headers: { origin: worker.url, cookie }, body: form })
    const chosen = new FormData()
    const text = 'analysts:\n  - id: grace-hopper\n    name: Grace Hopper\n'
    chosen.append('file', new File([text], 'analysts.yaml'))
    const page = await (await choose(chosen)).text()
    expect(page).toContain('It would record 1 analyst.')
    const sent = new FormData()
    for (const [, name = '', value = ''] of page.matchAll(
      /<input type="hidden" name="(name|content|tried)" value="([^"]*)"/gu,
    ))
      sent.append(name, value)
    sent.append('do', 'import')
    expect(await (await choose(sent)).text()).toContain('href="/analysts/grace-hopper"')
  })

  it('serves assistants, the first several at once', async () => {
    const assistants = await Promise.all(ERAS.map((era) => overHttp(worker.url, token, fetch, era)))
    for (const assistant of assistants) {
      expect((await used(assistant, 'search', { q: 'rains' })).told).toMatchObject({
        forecasts: [{ quote: 'it will surely rain', verdict: expect.any(String) }],
      })
      expect((await used(assistant, 'read_forecast', { forecast: 'none' })).told).toMatchObject({
        code: 'not_found',
      })
    }
    const text = 'I tell you: it will surely rain.'
    const given = forecast({
      source: { ...forecast().source, title: 'Another', url: 'https://example.com/2', text },
    })
    const { told } = await used(assistants[0] as (typeof assistants)[0], 'log_forecast', given)
    expect(told).toMatchObject({ analyst: 'ada-lovelace' })
  })

  it('asks the model that its settings name what a text forecasts', async () => {
    const passage = { quote: 'it will rain', kind: 'forecast', event: 'It rains' }
    const model = await modelServer(says({ passages: [passage] }))
    const settings = {
      RECKONING_MODEL_URL: model.url,
      RECKONING_MODEL_NAME: 'm-one',
      RECKONING_MODEL_KEY: 'k',
    }
    const before = worker
    worker = await workerd(database, null, { bindings: settings })
    try {
      const capture = { source: { title: 'A talk' }, text: 'She said: it will rain.', marks: [] }
      const { id } = (await call('POST', '/api/captures', capture)).body
      const asked = await call('POST', `/api/captures/${id}/second-readings`, {})
      expect(asked).toMatchObject({
        status: 201,
        body: { problem: null, items: [{ exact: 'it will rain' }] },
      })
      expect(model.asked).toMatchObject([{ authorization: 'Bearer k', body: { model: 'm-one' } }])
    } finally {
      worker = before
    }
  })

  it('answers what follows, is looked up and is listed by how it was coded, from a remote database', async () => {
    for (const path of [
      '/',
      '/ledger?coded=blind',
      '/feeds/new.atom',
      '/feeds/decided.atom',
      '/feeds/due.ics',
      '/feeds/log.atom',
      '/lookup?text=Ada+Lovelace&url=https://example.com/2',
      '/api/lookup?name=Ada+Lovelace',
      '/api/forecasts.csv?coded=seen',
      '/corrections',
      '/docs/tutorial',
      '/sign-in',
    ])
      expect([path, (await fetch(worker.url + path)).status]).toEqual([path, 200])
    for (const path of ['/api/reminders', '/api/webhooks', '/api/captures'])
      expect([path, (await call('GET', path)).status]).toEqual([path, 200])
  })

  it('draws pictures, the first several at once', async () => {
    const drawn = await Promise.all(
      ['/cards/analysts/ada-lovelace.png', '/cards/due.png', '/charts/analysts/ada-lovelace/funnel.png'].map(
        async (path) => {
          const response = await fetch(worker.url + path)
          const bytes = new Uint8Array(await response.arrayBuffer())
          return [path, response.status, response.headers.get('content-type'), bytes.length > 5_000]
        },
      ),
    )
    expect(drawn.map(([, ...rest]) => rest)).toEqual(drawn.map(() => [200, 'image/png', true]))
  })

  it('answers 150 requests at once, reads and writes, without a 5xx, and loses nothing', async () => {
    const before = (await call('GET', '/api/analysts/ada-lovelace/track-record')).body.counts.forecasts
    const answers = await Promise.all(
      Array.from({ length: 150 }, (_, i) => {
        if (i % 3 === 0) return call('GET', '/api/due')
        if (i % 3 === 1)
          return call('GET', `/api/analysts/ada-lovelace/track-record?from=2020-01-0${(i % 9) + 1}`)
        return call(
          'POST',
          '/api/forecasts',
          forecast({
            quote: `it will rain ${i}`,
            question: { ...forecast().question, title: `Rain number ${i}` },
          }),
        )
      }),
    )
    expect(answers.filter(({ status }) => status >= 500)).toEqual([])
    const made = answers.filter(({ status }) => status === 201)
    expect(made).toHaveLength(50)
    expect(new Set(made.map(({ body }) => body.seq)).size).toBe(50)
    const after = (await call('GET', '/api/analysts/ada-lovelace/track-record')).body.counts.forecasts
    expect(after).toBe(before + 50)
    expect(await command('verify')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Verified: '),
    })
  })

  it('shows at once what another program wrote', async () => {
    const titles = async () => (await call('GET', '/api/forecasts?q=snow')).body.items.length
    expect(await titles()).toBe(0)
    const other = await workerd(database)
    const response = await fetch(`${other.url}/api/forecasts`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(
        forecast({
          quote: 'snow will fall',
          question: { ...forecast().question, title: 'Snow falls in Baku' },
        }),
      ),
    })
    expect(response.status).toBe(201)
    expect(await titles()).toBe(1)
  })

  it('answers 503 when the database cannot be reached', async () => {
    expect(await healthOn(`http://127.0.0.1:${await freePort()}`)).toMatchObject({
      status: 503,
      code: 'unavailable',
    })
  })

  it('answers 503 in time when the database takes the request and never answers', async () => {
    expect(await healthOn(await silentServer())).toMatchObject({ status: 503, code: 'unavailable' })
  })

  it('tells webhooks, and sends letters through a service over HTTP, by the Cron Trigger', async () => {
    const received: { url: string; headers: Record<string, unknown>; body: string }[] = []
    const receiver = createHttpServer((request, response) => {
      let body = ''
      request.on('data', (part: Buffer) => (body += part.toString('utf8')))
      request.on('end', () => {
        received.push({ url: String(request.url), headers: request.headers, body })
        response.writeHead(200).end('{}')
      })
    })
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
    servers.push(receiver)
    const outside = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`
    const bindings = {
      RECKONING_ORIGIN: 'https://reckoning.test',
      RECKONING_WEBHOOKS_ANYWHERE: 'true',
      RECKONING_MAIL_URL: `${outside}/emails`,
      RECKONING_MAIL_KEY: 'sesame',
      RECKONING_MAIL_FROM: 'desk@example.org',
    }
    const typed = (...args: string[]) =>
      reckon([...args, '--json'], { cwd: work, settings: { ...settings(), ...bindings } })
    const add = ['webhook', 'add', '--name', 'desk', '--url', `${outside}/hook`, '--event', 'question.due']
    const { id, secret } = JSON.parse((await typed(...add)).stdout) as { id: string; secret: string }
    expect((await typed('webhook', 'test', id)).code).toBe(0)
    expect((await typed('reminders', 'set', '--email', 'ada@example.com')).code).toBe(0)
    const { cron } = await workerd(database, null, { bindings, cron: '* * * * *' })
    expect(await (await fetch(cron)).json()).toEqual({ outcome: 'ok' })
    expect(received.map(({ url }) => url).sort()).toEqual(['/emails', '/hook'])
    const hook = received.find(({ url }) => url === '/hook')
    const signed = hook?.headers as Record<string, string>
    expect(new Webhook(secret).verify(hook?.body ?? '', signed)).toMatchObject({ type: 'reckoning.test' })
    const letter = received.find(({ url }) => url === '/emails')
    expect(letter?.headers.authorization).toBe('Bearer sesame')
    expect(JSON.parse(letter?.body ?? '{}')).toMatchObject({
      from: 'desk@example.org',
      to: ['ada@example.com'],
      subject: 'Confirm your address for reminders',
    })
  })

  it('signs what was recorded, after the answer, with the key of its secret', async () => {
    const { key } = (await parseSigningKey(logKey)) as Signer
    const signed = await until('a checkpoint', async () => {
      const response = await fetch(`${worker.url}/api/log/checkpoint`)
      const size = (await call('GET', '/api/health')).body.ledger_size
      const opened = await openCheckpoint(await response.text(), [key])
      return opened.problem === null && opened.checkpoint.size === size ? opened.checkpoint : null
    })
    expect(signed.origin).toBe('worker.example/api/log')
    const receipt = await fetch(`${worker.url}/api/log/entries/${signed.size - 1}/receipt`)
    expect(await receipt.text()).toContain(`index ${signed.size - 1}\n`)
    // Texts are packed by the network in front of a Worker, bundles by the Worker itself.
    const at = `${Math.floor((signed.size - 1) / 256)}`.padStart(3, '0')
    const width = signed.size % 256
    const bundle = (accepts: string) =>
      fetch(`${worker.url}/api/log/tile/entries/${at}${width === 0 ? '' : `.p/${width}`}`, {
        headers: { 'accept-encoding': accepts },
      })
    const [plain, packed] = [await bundle('identity'), await bundle('gzip')]
    expect([plain, packed].map(({ headers }) => headers.get('content-encoding'))).toEqual([null, 'gzip'])
    const [bytes, unpacked] = [await plain.arrayBuffer(), await packed.arrayBuffer()]
    expect(Buffer.from(unpacked).equals(Buffer.from(bytes))).toBe(true)
  })

  it('reads, and records nothing, on a database that does not hold what was published', async () => {
    const signer = (await parseSigningKey(logKey)) as Signer
    const published = { origin: signer.key.name, size: 3, root: new Uint8Array(32), extensions: [] }
    const other = await workerd(database, await signCheckpoint(published, [signer]))
    const before = worker
    worker = other
    try {
      expect(await call('POST', '/api/analysts', { name: 'Anna Petrosyan' })).toMatchObject({
        status: 503,
        body: { code: 'log_rolled_back' },
      })
      expect((await call('GET', '/api/forecasts')).status).toBe(200)
    } finally {
      worker = before
    }
  })
})
