/** A forecast as every program holds it. */
export type Record = {
  id: string
  seq: number
  analyst: string
  title: string
  source_title: string
  quote: string
  probability: number | null
}

/** One kind of request: the address for the `i`-th of fifty, or, with `n`, for one that nobody has asked for. */
export type Asked = {
  path: (i: number, n?: number) => string
  body?: () => string
  status?: number
}

export type Peer = {
  name: string
  url: string
  /** Of whoever creates; everybody may read. */
  headers: { [name: string]: string }
  works: { [work in 'list' | 'filtered' | 'search' | 'one' | 'create']?: Asked }
}

/** Posts JSON; anything but a 2xx ends the benchmark. */
export async function post<T>(
  url: string,
  headers: { [name: string]: string },
  body: unknown,
  method = 'POST',
): Promise<T> {
  const response = await fetch(url, {
    method,
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`)
  return (await response.json()) as T
}

/** Words that stand in every quote of the invented ledger. */
export const WORDS = ['claim', 'price', 'bread', 'Invented'] as const
