import { strict as assert } from 'node:assert'
import type { Fault } from './fault.ts'
import { reckon, record, serve, tokenFor } from './program.ts'

const WRITERS = 8
/** With fewer beside a run nothing was shown, however long it took. */
const LEAST_BESIDE = 40

/** A server takes forecasts as fast as it can while the whole ledger is verified, again and again. */
export const verifyBesideWriters: Fault = {
  name: 'verify-beside-writers',
  async run({ folder, short }) {
    const token = await tokenFor(folder)
    const server = await serve(folder)
    let written = 0
    let writing = true
    const writer = async (name: number) => {
      for (let i = 0; writing; i++) {
        assert.equal((await record(server.address, token, `${name}-${i}`)).status, 201)
        written++
      }
    }
    const writers = Promise.all(Array.from({ length: WRITERS }, (_, name) => writer(name)))
    writers.catch(() => undefined)
    try {
      const began = performance.now()
      const runs = short ? 3 : 12
      let entries = 0
      let fewest = Number.POSITIVE_INFINITY
      for (let run = 1; run <= runs; run++) {
        const before = written
        const { code, stdout, stderr } = await reckon(folder, 'verify', '--json')
        const result = JSON.parse(stdout)
        assert.deepEqual(result.findings, [], `run ${run} accuses an honest ledger: ${stderr}`)
        assert.equal(code, 0, stderr)
        assert.ok(result.entries > entries, `run ${run} saw nothing of what was written`)
        assert.doesNotMatch(stderr, /\((?:10[1-9]|1[1-9]\d|\d{4,}) %\)/u)
        entries = result.entries
        fewest = Math.min(fewest, written - before)
        assert.ok(fewest >= LEAST_BESIDE, `only ${fewest} writes beside run ${run}: nothing was shown`)
      }
      const rate = (written * 1000) / (performance.now() - began)
      return `${runs} runs, 0 findings, beside ${rate.toFixed(0)} writes a second, ${fewest} and more beside each`
    } finally {
      writing = false
      await writers.finally(() => server.stop())
    }
  },
}
