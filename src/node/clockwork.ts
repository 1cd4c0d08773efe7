import { type ScheduledTask, schedule } from 'node-cron'
import { LedgerError } from '../core/error.ts'
import { clock as cronClock, type Job } from '../jobs/timetable.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Database } from '../store/database.ts'

/** One line of the log of a running server, as JSON on standard error. */
export type Log = (level: 'info' | 'error', event: string, fields?: Record<string, unknown>) => void

/** What is not begun while the clock is in doubt, or the log was rolled back, is begun when that is over. */
export const waits = (error: unknown): error is LedgerError =>
  error instanceof LedgerError && (error.code === 'clock' || error.code === 'log_rolled_back')

/** What runs by itself while a server does, and what of it is under way. */
export type Clock = { scheduled: Pick<ScheduledTask, 'destroy'>[]; running: Set<Promise<void>> }

const TEND_EVERY_MS = 2_000

/** Puts every job on the clock, and runs each once now for what came due while nobody was there. */
export function startClock(
  { scheduled, running }: Clock,
  ledger: Ledger,
  jobs: readonly Job[],
  log: Log,
  begin: () => Promise<unknown>,
): void {
  const silent = {
    info: () => {},
    debug: () => {},
    warn: (text: string) => log('info', 'clock', { text }),
    error: (text: unknown) => log('error', 'clock', { text: String(text) }),
  }
  for (const { name, cron, run } of jobs) {
    const once = (): Promise<void> => {
      const work = (async () => {
        try {
          await begin()
          const done = await run(ledger, ledger.clock.now())
          if (done !== null) log('info', 'job', { name, ...done })
        } catch (error) {
          if (waits(error)) return log('error', 'job-waits', { name, because: error.message })
          log('error', 'job-failed', {
            name,
            error: error instanceof Error ? (error.stack ?? error.message) : String(error),
          })
        }
      })()
      running.add(work)
      return work.finally(() => running.delete(work))
    }
    scheduled.push(schedule(cron, once, { ...cronClock, name, logger: silent }))
    void once()
  }
}

/** Keeps the database tidy, tries again after trouble, and logs when writing stops and starts. */
export function startTending(
  { scheduled, running }: Clock,
  db: Database,
  log: Log,
  forget: () => Promise<void>,
): void {
  let said: string | null = null
  const once = async () => {
    await db.tend()
    const trouble = db.trouble()?.message ?? null
    if (trouble === null) await forget()
    if (trouble === said) return
    said = trouble
    if (trouble === null) log('info', 'recording-again')
    else log('error', 'not-recording', { because: trouble })
  }
  let isAtIt = false
  const tend = () => {
    if (isAtIt) return
    isAtIt = true
    const work = once().catch((error: unknown) => log('error', 'not-tended', { error: String(error) }))
    running.add(work)
    void work.finally(() => {
      isAtIt = false
      running.delete(work)
    })
  }
  const timer = setInterval(tend, TEND_EVERY_MS)
  scheduled.push({ destroy: () => clearInterval(timer) })
  tend()
}

export async function stopClock({ scheduled, running }: Clock): Promise<void> {
  for (const task of scheduled) await task.destroy()
  await Promise.all(running)
}
