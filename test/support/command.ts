import type { Context } from '../../src/cli/command.ts'
import { run } from '../../src/cli/run.ts'
import type { Config } from '../../src/config.ts'
import { NOW } from './ledger.ts'

/** The command in this process, with these settings: how it ends, and what it says meanwhile. */
export const commandOn =
  (environment: Record<string, string>, now: () => Date = () => new Date()) =>
  async (...args: string[]) => {
    const said = { stdout: '', stderr: '' }
    const code = await run(args, {
      environment,
      stdout: { write: (text) => (said.stdout += text) },
      stderr: { write: (text) => (said.stderr += text) },
      now,
      elapsed: () => 0,
    })
    return { code, ...said }
  }

/** What a command gets that is run alone, on the database at this address. */
export const contextOn = (url: string): Context => ({
  config: () => ({ RECKONING_DATABASE_URL: url }) as Config,
  now: () => NOW,
  terminal: { width: 100, colour: false },
  note: () => {},
  progress: () => () => {},
  apart: null,
  json: false,
  say: () => {},
})
