import { expect, test } from 'vitest'
import { aCapture } from '../support/capture.ts'
import { ORIGIN, site } from '../support/site.ts'

const NO_TEXT = { toString: 1, valueOf: 'x' }

test.each([
  ['words', { probability: { words: NO_TEXT } }],
  ['a flat answer', { probability: { words: 'will', categorical: NO_TEXT } }],
  ['an interval that is none', { probability: { interval: 5, level: NO_TEXT } }],
  ['the ends of an interval', { probability: { interval: [NO_TEXT, NO_TEXT] } }],
  ['a range', { probability: { low: NO_TEXT, high: [NO_TEXT] } }],
  ['the chance of an option', { probability: { a: NO_TEXT } }],
  ['a deadline', { question: { title: NO_TEXT, deadline: { date: NO_TEXT, time_zone: NO_TEXT } } }],
  ['topics', { question: { tags: [NO_TEXT, [NO_TEXT]] } }],
  ['a name', { analyst: { name: NO_TEXT, aliases: [NO_TEXT] } }],
])('a capture in which %s is no text is kept, and has a page', async (_, changes) => {
  const { send, token, signedIn } = await site()
  const draft = aCapture()
  const marks = draft.marks.map((mark) => ({ ...mark, ...changes }))
  const source = { ...(draft.source as object), published: { from: NO_TEXT, to: NO_TEXT, because: NO_TEXT } }
  const kept = await send('/api/captures', {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ ...draft, source, marks, analyst: { name: NO_TEXT } }),
  })
  expect([kept.status, kept.text]).toEqual([201, expect.anything()])
  const { id } = JSON.parse(kept.text) as { id: string }
  const editor = await signedIn()
  expect((await editor.get(`/captures/${id}`)).status).toBe(200)
  const pressed = await send(`/api/captures/${id}/log`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, origin: ORIGIN, 'content-type': 'application/json' },
    body: '{}',
  })
  expect(pressed.status).toBeLessThan(500)
  expect(pressed.status).toBeGreaterThanOrEqual(400)
})
