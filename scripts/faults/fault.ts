/** How a run is asked for. The same seed makes the same choices. */
export type Asked = {
  /** A few rounds, for `npm run check`; otherwise as many as the promise is made of. */
  short: boolean
  seed: number
  /** An empty folder of this fault, which goes afterwards. */
  folder: string
}

/** Something that goes wrong around the ledger, made to happen for real. */
export type Fault = {
  name: string
  /** Answers what was measured, in a line; throws where a promise did not hold. */
  run: (asked: Asked) => Promise<string>
}
