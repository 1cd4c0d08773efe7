/**
 * A client of the JSON API that knows every route: `ledger('GET /forecasts/{id}', { path: { id } })`. It needs nothing
 * but `fetch`. `scripts/client/main.ts` writes down the routes from OpenAPI.
 */

/** What a route takes and answers. */
export type Operation = { path?: object; query?: object; body?: unknown; answer: unknown }

/** What may go with any call. */
export type With = {
  signal?: AbortSignal
  /** Makes a retry safe: the same key and body, the same answer. */
  idempotency_key?: string
  /** Of what was read: the write is refused once it has changed. */
  rev?: number
}

type Given<O extends Operation> = Omit<O, 'answer'> & With
type Arguments<O extends Operation> =
  Partial<Omit<O, 'answer'>> extends Omit<O, 'answer'> ? [given?: Given<O>] : [given: Given<O>]
type ItemOf<A> = A extends { items: readonly (infer Item)[]; next_cursor: string | null } ? Item : never

export type Client<Routes extends Record<keyof Routes, Operation>> = {
  /** The answer of a route; throws `Problem` where it is refused. */
  <R extends keyof Routes>(route: R, ...given: Arguments<Routes[R]>): Promise<Routes[R]['answer']>
  /** Every item of a list, however many pages it has. */
  all: <R extends keyof Routes>(
    route: R,
    ...given: Arguments<Routes[R]>
  ) => AsyncGenerator<ItemOf<Routes[R]['answer']>, void, undefined>
}

export type Options = {
  /** Where the ledger is, such as `https://ledger.example`. */
  url: string
  token?: string
  fetch?: typeof fetch
}

/** A refusal (RFC 9457): `code` is one of those at `/docs/problems`. */
export class Problem extends Error {
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly errors: readonly { pointer: string; message: string }[]
  /** Seconds to wait before it is worth trying again. */
  readonly retry_after: number | null

  constructor({ status, code, detail, errors, retry_after }: Omit<Problem, keyof Error>) {
    super(`${code}: ${detail}`)
    this.name = 'Problem'
    this.status = status
    this.code = code
    this.detail = detail
    this.errors = errors
    this.retry_after = retry_after
  }
}

type AnyGiven = With & { path?: Record<string, unknown>; query?: Record<string, unknown>; body?: unknown }

/** A client of the ledger at an address. */
export function reckoning<Routes extends Record<keyof Routes, Operation>>(options: Options): Client<Routes> {
  const send = options.fetch ?? fetch
  const base = options.url.replace(/\/+$/u, '')
  const call = async (route: string, given: AnyGiven = {}): Promise<unknown> => {
    const [method = '', pattern = ''] = route.split(' ')
    const path = pattern.replaceAll(/\{(\w+)\}/gu, (_, name: string) => {
      const value = given.path?.[name]
      if (value === undefined) throw new TypeError(`${route} needs path.${name}`)
      return encodeURIComponent(String(value))
    })
    const asked = Object.entries(given.query ?? {}).flatMap(([name, value]) =>
      value === undefined ? [] : [value].flat().map((one): [string, string] => [name, String(one)]),
    )
    const isWrite = method !== 'GET'
    const response = await send(
      `${base}/api${path}${asked.length === 0 ? '' : `?${new URLSearchParams(asked)}`}`,
      {
        method,
        headers: {
          accept: 'application/json, */*;q=0.5',
          ...(options.token === undefined ? {} : { authorization: `Bearer ${options.token}` }),
          ...(isWrite ? { 'content-type': 'application/json' } : {}),
          ...(given.idempotency_key === undefined ? {} : { 'idempotency-key': given.idempotency_key }),
          ...(given.rev === undefined ? {} : { 'if-match': `"rev-${given.rev}"` }),
        },
        ...(isWrite ? { body: JSON.stringify(given.body ?? {}) } : {}),
        ...(given.signal === undefined ? {} : { signal: given.signal }),
      },
    )
    if (!response.ok) throw await problemOf(response)
    const type = response.headers.get('content-type') ?? ''
    if (type.startsWith('application/json')) return response.json()
    return type.startsWith('text/') ? response.text() : new Uint8Array(await response.arrayBuffer())
  }
  async function* all(route: string, given: AnyGiven = {}): AsyncGenerator<unknown> {
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const query = { ...given.query, ...(cursor === undefined ? {} : { cursor }) }
      const page = (await call(route, { ...given, query })) as {
        items: unknown[]
        next_cursor: string | null
      }
      yield* page.items
      cursor = page.next_cursor
    }
  }
  return Object.assign(call, { all }) as unknown as Client<Routes>
}

async function problemOf(response: Response): Promise<Problem> {
  const told = (await response.json().catch(() => null)) as Partial<Problem> | null
  const wait = Number(response.headers.get('retry-after') ?? Number.NaN)
  return new Problem({
    status: response.status,
    code: told?.code ?? 'unknown',
    detail: told?.detail ?? response.statusText,
    errors: told?.errors ?? [],
    retry_after: Number.isFinite(wait) ? wait : null,
  })
}
