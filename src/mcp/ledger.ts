import { LedgerError, type Problem } from '../core/error.ts'
import type { Call } from '../http/assistants.ts'
import type { ProblemDocument } from '../http/problem.ts'

type Json = Record<string, unknown>

/** The JSON API as the tools use it: what it refuses is thrown as it was refused. */
export type Api = {
  get: (path: string) => Promise<Json>
  /** What is answered as text; null where there is none. */
  text: (path: string) => Promise<string | null>
  post: (path: string, body: unknown) => Promise<Json>
}

export function apiOver(call: Call): Api {
  const asked = async (path: string, init: RequestInit) => {
    const answer = await call(path, init)
    if (answer.ok) return answer
    throw refusal(await answer.json().catch(() => null), answer.status)
  }
  return {
    get: async (path) => jsonOf(await asked(path, { headers: { accept: 'application/json' } })),
    text: async (path) => {
      const answer = await call(path, {})
      return answer.ok ? answer.text() : null
    },
    post: async (path, body) =>
      jsonOf(
        await asked(path, {
          method: 'POST',
          headers: { accept: 'application/json', 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
      ),
  }
}

const NO_LEDGER = 'What answers there is no ledger.'

async function jsonOf(answer: Response): Promise<Json> {
  const read: unknown = await answer.json().catch(() => null)
  if (typeof read === 'object' && read !== null) return read as Json
  throw new LedgerError('unavailable', NO_LEDGER)
}

function refusal(body: unknown, status: number): LedgerError {
  const { code, detail, errors = [] } = (body ?? {}) as Partial<ProblemDocument>
  if (code === undefined || typeof detail !== 'string')
    return new LedgerError('unavailable', `${NO_LEDGER} It answered ${status}.`)
  return new LedgerError(code, detail, errors as Problem[])
}
