import { VERSION } from '../build.ts'
import { Misuse } from '../config.ts'
import { isLoopbackName } from '../core/address.ts'
import { LedgerError } from '../core/error.ts'
import { parsedUrl } from '../core/url.ts'
import type { Call } from '../http/assistants.ts'
import type { Command, Context } from './command.ts'
import { interruption } from './interruption.ts'
import { withLedger } from './open-ledger.ts'

const ANSWERS_WITHIN_MS = 30_000

export const mcpCommand: Command = {
  name: 'mcp',
  summary: 'let an assistant work with the ledger',
  about: [
    'Speaks the Model Context Protocol on standard input and output, for assistants that start a program: on the ledger that the settings name, or with --url on one that is served elsewhere. A running server speaks the same at /mcp.',
    'The token decides what the assistant may do, as it does at the API; without one it reads what everybody may. It finds, reads, suggests, logs a forecast from words that stand in the text, and proposes an outcome; it never confirms one. Better than --token, which others on this machine may see, is RECKONING_TOKEN.',
  ].join('\n'),
  options: {
    url: { value: 'LEDGER', about: 'the address of a ledger that is served, such as https://ledger.example' },
    token: { value: 'TOKEN', about: 'what it may do (RECKONING_TOKEN)' },
  },
  examples: [
    ['reckon mcp', 'On the ledger of this folder, reading only.'],
    ['reckon mcp --url https://ledger.example --token rk_pat_…', 'On another, with what the token allows.'],
  ],
  run: async (context, given) => {
    const { RECKONING_TOKEN } = context.config()
    const token = given.text('token') ?? RECKONING_TOKEN
    const url = given.text('url')
    if (url !== undefined) await speak(context, withToken(elsewhere(url), token))
    else
      await withLedger(context, async ({ ledger }) => {
        const { inProcess } = await import('../node/in-process.ts')
        const { call, settled } = inProcess(ledger, context.config(), (_, event, fields) =>
          context.note(JSON.stringify({ event, ...fields })),
        )
        await speak(context, withToken(call, token))
        await settled()
      })
    return { text: '', json: undefined }
  },
}

/** Until the assistant closes its end, or this program is told to stop. */
async function speak(context: Context, call: Call): Promise<void> {
  const [{ speakOnStdio }, { apiSchemas }] = await Promise.all([
    import('../mcp/stdio.ts'),
    import('../mcp/api-schemas.ts'),
  ])
  const defect = (error: unknown) => context.note(error instanceof Error ? error.message : String(error))
  const left = new Promise<void>((resolve) => {
    process.stdin.once('end', resolve)
    process.stdin.once('close', resolve)
  })
  const { close } = speakOnStdio({ version: VERSION, schemas: await apiSchemas(), call, defect })
  await Promise.race([left, interruption()])
  await close()
}

const withToken =
  (call: Call, token: string | undefined): Call =>
  (path, init) => {
    const headers = new Headers(init.headers)
    if (token !== undefined) headers.set('authorization', `Bearer ${token}`)
    return call(path, { ...init, headers })
  }

function elsewhere(url: string): Call {
  const base = parsedUrl(url)
  const isSafe = base?.protocol === 'https:' || (base?.protocol === 'http:' && isLoopbackName(base.hostname))
  if (base === null || !isSafe || base.pathname !== '/')
    throw new Misuse(
      `--url ${JSON.stringify(url.slice(0, 200))} is no address of a ledger.`,
      'It is https:// and a host, such as https://ledger.example; http:// only on your own machine.',
    )
  return async (path, init) => {
    try {
      const signal = AbortSignal.timeout(ANSWERS_WITHIN_MS)
      return await fetch(new URL(path, base), { ...init, redirect: 'error', signal })
    } catch {
      throw new LedgerError('unavailable', `${base.origin} does not answer.`)
    }
  }
}
