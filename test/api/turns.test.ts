import { expect, test } from 'vitest'
import { client } from './client.ts'

const MEGABYTE = 900_000

test.each([
  ['sentences that look like forecasts', 'War will probably come soon. '],
  ['lines', 'So it is.\n'],
])('while a megabyte of %s is read, others are answered', async (_, unit) => {
  const { post, get } = await client()
  let isRead = false
  const reading = post('/api/suggestions', {
    text: unit.repeat(MEGABYTE / unit.length),
    published: '2024-04-08',
  }).then((reply) => {
    isRead = true
    return reply
  })
  let answered = 0
  while (!isRead) {
    expect((await get('/api/health')).status).toBe(200)
    // Whoever asks over a socket waits for the next turn, too.
    await new Promise((resolve) => setTimeout(resolve))
    answered++
  }
  expect((await reading).status).toBe(200)
  expect(answered).toBeGreaterThan(20)
})
