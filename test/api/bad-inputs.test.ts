import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { evenLines } from '../../src/core/text.ts'
import type { Sent } from './bad-input-scenarios.ts'
import { targets } from './bad-input-targets.ts'
import { client, type Reply } from './client.ts'

type Case = { id: string; target: string; payload: unknown; expected: string; status?: number; why: string }
const { cases } = JSON.parse(readFileSync('test/fixtures/bad-inputs.json', 'utf8')) as { cases: Case[] }

/** Where our answer differs from the suggested one, and why it is as good. */
const OTHERWISE: Record<string, { status: number; because: string }> = {
  'url-23': { status: 400, because: 'U+0000 is refused before anybody asks what the text is' },
  'state-09': { status: 412, because: 'the second one named a rev in If-Match, and it is stale' },
  'auth-33': { status: 405, because: 'the address takes POST only' },
}

/** Cases within a target that wait for an issue to come, or that no client library can send. */
const ELSEWHERE: Record<string, string> = {
  'http-09': 'test/api/raw-connection.test.ts: the fetch API refuses to send it',
  'state-13': 'redactions are an issue to come',
}

function sentOf(payload: unknown): Sent {
  if (typeof payload !== 'object' || payload === null) return { raw: JSON.stringify(payload), value: payload }
  const {
    $rawJson,
    $base64,
    $repeat,
    prefix = '',
    suffix = '',
  } = payload as {
    $rawJson?: string
    $base64?: string
    $repeat?: [string, number]
    prefix?: string
    suffix?: string
  }
  if ($rawJson !== undefined) return { raw: $rawJson, value: undefined }
  if ($base64 !== undefined) return { raw: '', value: new Uint8Array(Buffer.from($base64, 'base64')) }
  if ($repeat === undefined) return { raw: JSON.stringify(payload), value: payload }
  const value = prefix + $repeat[0].repeat($repeat[1]) + suffix
  return { raw: JSON.stringify(value), value }
}

/** A body is the text itself; anywhere else a repeated text is a value within JSON. */
const asSent = ({ target, payload }: Case): Sent => {
  const sent = sentOf(payload)
  return target === 'body:POST forecast' && typeof sent.value === 'string'
    ? { ...sent, raw: sent.value }
    : sent
}

test('every target is mapped to a route, to the tests of another face, or to an issue to come', () => {
  expect([...new Set(cases.map(({ target }) => target))].sort()).toEqual(Object.keys(targets).sort())
})

const ours = cases.filter(
  ({ id, target }) => 'here' in (targets[target] ?? {}) && ELSEWHERE[id] === undefined,
)

test('most of the cases have their target here', () => {
  expect(ours.length).toBeGreaterThan(200)
})

test.each(ours.map((each) => [each.id, each.target, each] as const))('%s: %s', async (id, target, each) => {
  const held = await client()
  const to = targets[target]
  if (to === undefined || !('here' in to)) throw new Error('unmapped')
  const sent = asSent(each)
  const reply: Reply = await to.here(held, sent, id)
  const suggested = OTHERWISE[id]?.status ?? each.status
  if (each.expected === 'reject with 4xx problem') {
    expect([each.why, reply.status]).toEqual([each.why, suggested])
    if (reply.headers.get('content-type')?.startsWith('text/html') !== true) {
      expect(reply.headers.get('content-type')).toBe('application/problem+json')
      expect(reply.json).toMatchObject({
        status: reply.status,
        type: expect.stringMatching(/^\/docs\/problems#/u),
      })
    }
    return
  }
  expect([each.why, reply.status]).toEqual([each.why, suggested ?? 201])
  if (to.stored === undefined || reply.status !== 201) return
  const stored = await to.stored(held, reply)
  expect(stored).toBe(typeof sent.value === 'string' ? evenLines(sent.value) : sent.value)
})
