/** Sends one request to the JSON API of a ledger: of this process, or of a server elsewhere. */
export type Call = (path: string, init: RequestInit) => Promise<Response>

/** The JSON Schemas of what the API takes: the parameters of a list, the body of a write, the id of a record. */
export type ApiSchemas = Record<'query' | 'body' | 'id', (name: string) => unknown>

/** All that what serves assistants knows of a ledger. */
export type Door = {
  version: string
  schemas: ApiSchemas
  call: Call
  /** Logs what nobody expected. */
  defect: (error: unknown) => void
}

/** What speaks the protocol of assistants (MCP): answers one request, whose body was read, by itself. */
export type Assistants = {
  answerOne: (request: Request, body: unknown, door: Door) => Promise<Response>
}
