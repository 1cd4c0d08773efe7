import type { Context } from '../../src/cli/command.ts'
import { run } from '../../src/cli/run.ts'
import type { Config } from '../../src/config.ts'
import { signingKey } from '../../src/log/note.ts'
import { isOnServer } from './by-files.ts'
import { NOW } from './ledger.ts'

/** A file has the key of its log beside it; a database of a server has one in the settings. */
const keyOnServer = async (): Promise<Record<string, string>> =>
  isOnServer
    ? { RECKONING_LOG_KEY: await signingKey('ledger.example/api/log', new Uint8Array(32).fill(7)) }
    : {}

/** The command in this process, with these settings: how it ends, and what it says meanwhile. */
export const commandOn =
  (environment: Record<string, string>, now: () => Date = () => new Date()) =>
  async (...args: string[]) => {
    const said = { stdout: '', stderr: '' }
    const code = await run(args, {
      environment: { ...(await keyOnServer()), ...environment },
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
