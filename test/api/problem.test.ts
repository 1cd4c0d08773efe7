import { expect, test, vi } from 'vitest'
import { errorCodes, LedgerError } from '../../src/core/error.ts'
import { logLine, problemOf, problems } from '../../src/http/problem.ts'
import { client } from './client.ts'

test('every way in which the ledger refuses has a status, a title and a meaning', () => {
  expect(Object.keys(problems).sort()).toEqual([...errorCodes].sort())
  for (const code of errorCodes) {
    const { status, title, means } = problems[code]
    expect(status).toBeGreaterThanOrEqual(400)
    expect(title).not.toBe('')
    expect(means).toMatch(/\.$/u)
    expect(problemOf(new LedgerError(code, 'x')).code).toBe(code)
  }
})

test('only our own failures are 5xx', () => {
  const ours = errorCodes.filter((code) => problems[code].status >= 500)
  expect(ours).toEqual([
    'rebuilding',
    'behind',
    'clock',
    'log_rolled_back',
    'damaged',
    'unavailable',
    'internal',
  ])
})

test('a problem names its type, its code and each place', () => {
  const error = new LedgerError('invalid', 'Too high.', [{ pointer: '/probability', message: 'too high' }])
  expect(problemOf(error)).toEqual({
    type: '/docs/problems#invalid',
    title: 'Invalid content',
    status: 422,
    code: 'invalid',
    detail: 'Too high.',
    errors: [{ pointer: '/probability', message: 'too high' }],
  })
})

test('a defect tells nothing of itself and is logged whole, as one line', async () => {
  const { host, get } = await client()
  const logged = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const broken = new Error('secret path\n{"level":"info","msg":"forged"}\u009b31m')
  const read = vi.spyOn(host.ledger.db, 'readAll').mockRejectedValue(broken)
  vi.spyOn(host, 'head').mockResolvedValue({ seq: 4, at: null })
  const reply = await get('/api/sources')
  read.mockRestore()
  expect(reply.status).toBe(500)
  expect(reply.headers.get('content-type')).toBe('application/problem+json')
  expect(reply.text).not.toContain('secret')
  expect(logged).toHaveBeenCalledTimes(1)
  const [line] = logged.mock.calls[0] as [string]
  expect(line).not.toMatch(/[\n\u0080-\u009f]/u)
  expect(JSON.parse(line)).toMatchObject({
    level: 'error',
    method: 'GET',
    path: '/api/sources',
    at: '2026-11-22T10:00:00.000Z',
  })
  expect(JSON.parse(line).message).toContain('forged')
  logged.mockRestore()
})

test('a line of the log cannot be forged by what it tells', () => {
  const text = 'x\n\r\u0085\u2028{"level":"info"}'
  expect(logLine({ text })).toBe('{"text":"x\\n\\r\\u0085\\u2028{\\"level\\":\\"info\\"}"}')
  expect(JSON.parse(logLine({ text }))).toEqual({ text })
})
