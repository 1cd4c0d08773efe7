import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
// @ts-expect-error: what runs before anything is built is plain JavaScript.
import { judged, NOT_CHECKED } from '../scripts/audit.js'

const ROOT = join(import.meta.dirname, '..')
const TODAY = '2026-11-26'
const ADVISORY = 'GHSA-aaaa-bbbb-cccc'
const report = {
  vulnerabilities: {
    knip: { via: ['yaml'] },
    yaml: {
      via: [
        {
          name: 'yaml',
          title: 'Reads too much',
          severity: 'high',
          url: `https://github.com/advisories/${ADVISORY}`,
        },
      ],
    },
  },
}
const exception = { package: 'yaml', advisory: ADVISORY, reason: 'Not reached from outside.', until: TODAY }

test('an advisory fails the gate, unless a reasoned exception that has not run out is on the list', () => {
  expect(judged(report, [], TODAY)).toEqual({ faults: [expect.stringContaining(ADVISORY)], unasked: null })
  expect(judged(report, [exception], TODAY)).toEqual({ faults: [], unasked: null })
  for (const changed of [
    { until: '2026-11-25' },
    { until: 'never' },
    { reason: ' ' },
    { package: 'knip' },
    { advisory: 'GHSA-x' },
  ])
    expect(judged(report, [{ ...exception, ...changed }], TODAY).faults, JSON.stringify(changed)).not.toEqual(
      [],
    )
})

test('an exception that nothing needs any more fails the gate', () => {
  expect(judged({ vulnerabilities: {} }, [exception], TODAY).faults).toEqual([
    `The exception for ${ADVISORY} in yaml is needed no more: take it out.`,
  ])
})

test('without an answer nothing is called good, and an exception that ran out still fails', () => {
  expect(judged({ message: 'no route' }, [exception], TODAY)).toEqual({ faults: [], unasked: 'no route' })
  expect(judged(null, [], TODAY).unasked).not.toBeNull()
  expect(judged(null, [exception], '2026-11-27').faults).toHaveLength(1)
})

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

/** The gate against a registry of our own. */
async function gate(answer: {
  status: number
  body: string
}): Promise<{ code: number | null; text: string }> {
  const server = createServer((request, response) => {
    request.resume()
    const isBulk = request.url?.endsWith('/advisories/bulk') === true
    response.writeHead(isBulk ? answer.status : 404, { 'content-type': 'application/json' })
    response.end(isBulk ? answer.body : '{}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => server.close())
  const { port } = server.address() as AddressInfo
  const options = ['--registry', `http://127.0.0.1:${port}/`, '--fetch-retries=0']
  const child = spawn(process.execPath, ['scripts/audit.js', ...options], { cwd: ROOT })
  let text = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (piece) => {
      text += piece
    })
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  return { code, text }
}

test('the gate asks the registry about what is installed', async () => {
  expect((await gate({ status: 200, body: '{}' })).code).toBe(0)
  const advisory = {
    id: 1,
    url: `https://github.com/advisories/${ADVISORY}`,
    title: 'Reads too much',
    severity: 'high',
    vulnerable_versions: '<9999',
    cwe: [],
    cvss: { score: 0, vectorString: null },
  }
  const found = await gate({ status: 200, body: JSON.stringify({ zod: [advisory] }) })
  expect([found.code, found.text]).toEqual([1, expect.stringContaining(`zod: Reads too much (high`)])
})

test('a registry without advisories is told, and is neither good nor bad', async () => {
  const { code, text } = await gate({ status: 405, body: '{}' })
  expect([code, text]).toEqual([NOT_CHECKED, expect.stringContaining('NOT checked')])
})
