import { createHash, timingSafeEqual } from 'node:crypto'
import { LedgerError } from '../core/error.ts'
import { problemAnswer, problemOf } from '../http/problem.ts'
import type { Job } from '../jobs/timetable.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { WriteQueue } from '../ledger/write-queue.ts'
import { readGauges } from '../store/gauges.ts'
import type { Fetch } from './http-server.ts'

/** In front of the app, as it is of this one process: no page, and no part of the API. */
const PATH = '/metrics'
const MEDIA = 'text/plain; version=0.0.4; charset=utf-8'

type Labels = Record<string, string>
type Sample = readonly [labels: Labels, value: number]
type Kind = 'counter' | 'gauge' | 'summary'

const escaped = (value: string): string =>
  value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
const labelled = (labels: Labels): string => {
  const all = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`)
  return all.length === 0 ? '' : `{${all.join(',')}}`
}

/** One family in the text format 0.0.4 of Prometheus; `parts` of a summary go by their endings. */
function family(name: string, kind: Kind, help: string, parts: Record<string, readonly Sample[]>): string {
  const lines = Object.entries(parts).flatMap(([ending, samples]) =>
    samples.map(([labels, value]) => `reckoning_${name}${ending}${labelled(labels)} ${value}`),
  )
  return lines.length === 0
    ? ''
    : `# HELP reckoning_${name} ${help}\n# TYPE reckoning_${name} ${kind}\n${lines.join('\n')}\n`
}
const one = (value: number | null): { '': Sample[] } => ({ '': value === null ? [] : [[{}, value]] })

type Known = { version: string; build: string; startedAt: Date }

/**
 * Counts what this process does, and tells it, with what waits in the database, to whoever shows the token of the
 * settings. Nothing of it is kept: a process that starts begins at 0, as Prometheus expects.
 */
export function metering(ledger: Ledger, { version, build, startedAt }: Known) {
  const requests = new Map<string, { labels: Labels; count: number; seconds: number }>()
  const writes = { acknowledged: 0, refused: 0, failed: 0 }
  const jobs = new Map<string, { succeeded?: number; failed?: number }>()
  let waiting = 0

  const queue = ({ run }: WriteQueue): WriteQueue => ({
    async run(now, decide, settling) {
      waiting++
      try {
        const answer = await run(now, decide, settling)
        writes.acknowledged++
        return answer
      } catch (error) {
        const isRefused = error instanceof LedgerError && problemOf(error).status < 500
        writes[isRefused ? 'refused' : 'failed']++
        throw error
      } finally {
        waiting--
      }
    },
  })

  const job = ({ name, cron, run }: Job): Job => ({
    name,
    cron,
    run: async (on, now) => {
      const ended = (how: 'succeeded' | 'failed') =>
        jobs.set(name, { ...jobs.get(name), [how]: now.getTime() / 1000 })
      try {
        const done = await run(on, now)
        ended('succeeded')
        return done
      } catch (error) {
        ended('failed')
        throw error
      }
    },
  })

  async function told(): Promise<string> {
    const now = ledger.clock.now()
    const gauges = await readGauges(ledger.db, now).catch(() => null)
    const answered = [...requests.values()]
    const ran = [...jobs].sort(([a], [b]) => (a < b ? -1 : 1))
    const times = (how: 'succeeded' | 'failed') => ({
      '': ran.flatMap(([name, at]): Sample[] => (at[how] === undefined ? [] : [[{ job: name }, at[how]]])),
    })
    return [
      family('build_info', 'gauge', 'What runs.', { '': [[{ version, build }, 1]] }),
      family('start_time_seconds', 'gauge', 'When this process began.', one(startedAt.getTime() / 1000)),
      family('resident_memory_bytes', 'gauge', 'Memory of this process.', one(process.memoryUsage.rss())),
      family('request_duration_seconds', 'summary', 'Requests, and how long their answers took to begin.', {
        _count: answered.map(({ labels, count }) => [labels, count]),
        _sum: answered.map(({ labels, seconds }) => [labels, seconds]),
      }),
      family('writes_total', 'counter', 'Commands that write, by how they ended.', {
        '': Object.entries(writes).map(([outcome, n]) => [{ outcome }, n]),
      }),
      family('writes_waiting', 'gauge', 'Commands that are being decided or written.', one(waiting)),
      family(
        'recording',
        'gauge',
        '1 while the database can be written, else 0.',
        one(gauges === null || ledger.db.trouble() !== null ? 0 : 1),
      ),
      family('job_succeeded_timestamp_seconds', 'gauge', 'When a job last ran well.', times('succeeded')),
      family('job_failed_timestamp_seconds', 'gauge', 'When a job last failed.', times('failed')),
      family('entries', 'gauge', 'Entries in the log.', one(gauges?.entries ?? null)),
      family(
        'questions_overdue',
        'gauge',
        'Questions that need a decision now.',
        one(gauges?.overdue ?? null),
      ),
      family('outbox_waiting', 'gauge', 'Messages that wait to be sent.', one(gauges?.waiting ?? null)),
      family(
        'outbox_age_seconds',
        'gauge',
        'How long the oldest of them has waited; 0 where none does.',
        one(gauges?.oldest_seconds ?? null),
      ),
    ].join('')
  }

  return {
    queue,
    job,
    /** The app, with what it answers counted and these figures in front of it. */
    around(fetch: Fetch, token: string): Fetch {
      const right = digest(token)
      return async (request, env) => {
        if (request.method === 'GET' && new URL(request.url).pathname === PATH) {
          const [, shown = ''] = /^Bearer +(\S+)$/u.exec(request.headers.get('authorization') ?? '') ?? []
          return timingSafeEqual(digest(shown), right)
            ? new Response(await told(), {
                headers: { 'content-type': MEDIA, 'cache-control': 'no-store' },
              })
            : problemAnswer(problemOf(REFUSED()))
        }
        const began = performance.now()
        const response = await fetch(request, env)
        const labels = {
          kind: ['GET', 'HEAD'].includes(request.method) ? 'read' : 'write',
          status: `${Math.floor(response.status / 100)}xx`,
        }
        const key = `${labels.kind} ${labels.status}`
        const so = requests.get(key) ?? { labels, count: 0, seconds: 0 }
        so.count++
        so.seconds += (performance.now() - began) / 1000
        requests.set(key, so)
        return response
      }
    },
  }
}

const digest = (token: string): Buffer => createHash('sha256').update(token).digest()
const REFUSED = () =>
  new LedgerError('unauthenticated', 'These figures need the token of RECKONING_METRICS_TOKEN.')
