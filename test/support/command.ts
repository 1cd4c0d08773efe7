import { run } from '../../src/cli/run.ts'

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
