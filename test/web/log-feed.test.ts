import { expect, test } from 'vitest'
import { integrate } from '../../src/ledger/log/integrate.ts'
import { parsePin } from '../../src/log/pin.ts'
import { atomOf } from '../support/feeds.ts'
import { signedBy } from '../support/log.ts'
import { ORIGIN, site } from '../support/site.ts'
import { aQuestion, log } from '../support/steps.ts'

/** What stands in the entry of a checkpoint, as it is copied out of a reader. */
const copied = (content: unknown): string => {
  const text = /<pre>([^<]*)<\/pre>/u.exec(JSON.parse(JSON.stringify(content)).value ?? content)?.[1] ?? ''
  return text.replaceAll('&lt;', '<').replaceAll('&amp;', '&').trim().replaceAll('\n', '\r\n')
}

test('whoever follows the log has older checkpoints, each a pin although it was copied from a reader', async () => {
  const held = await site()
  const signed = await signedBy(held.ledger)
  await log(held)
  await integrate(signed)
  const first = await held.anonymous.get('/feeds/log.atom')
  await log(held, { quote: 'still no war', question: aQuestion({ title: 'Another war' }) })
  await integrate(signed)
  const second = await held.send('/feeds/log.atom', {
    headers: { 'if-none-match': first.headers.get('etag') ?? '' },
  })
  expect(second.status).toBe(200)
  const feed = atomOf(second.text)
  const sizes = feed.entries.map(({ content }) => parsePin(copied(content))?.checkpoint.size)
  const { seq } = await held.host.head()
  expect(sizes[0]).toBe(seq + 1)
  expect(sizes.length).toBe(2)
  expect(sizes[1]).toBeLessThan(seq + 1)
  expect(feed.links?.map(({ href }) => href)).toEqual([`${ORIGIN}/feeds/log.atom`, `${ORIGIN}/log`])
  // Its entries stay what they were.
  expect(feed.entries[1]?.id).toBe(atomOf(first.text).entries[0]?.id)
  // A letter of it changed is none.
  expect(parsePin(copied(feed.entries[0]?.content).slice(0, -9))).toBeNull()
})
