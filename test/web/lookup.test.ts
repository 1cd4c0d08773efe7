import { expect, test } from 'vitest'
import { site } from '../support/site.ts'

async function ledger() {
  const held = await site()
  await held.log()
  return { ...held, get: held.anonymous.get }
}

test('a passage is answered with the sentence of the record, and what is open', async () => {
  const { get } = await ledger()
  const { status, text } = await get('/lookup?text=so%20said%20Konstantin%20Kalachev')
  expect(status).toBe(200)
  expect(text).toContain('href="/analysts/konstantin-kalachev"')
  expect(text).toContain('too little to say')
  expect(text).toContain('Still open, the next to be due first:')
})

test('nobody found is no verdict on anybody, and a name that may be of two is told of neither', async () => {
  const { get } = await ledger()
  expect((await get('/lookup?text=Somebody%20Else')).text).toContain(
    'That says nothing about how far anybody can be relied on.',
  )
  const { text } = await get('/lookup?text=K.%20Kalachev')
  expect(text).toContain('May be meant, and may be somebody else of that name:')
  expect(text).not.toContain('class="known"')
})

test('a frame shows the same without a form, and can be framed', async () => {
  const { get } = await ledger()
  const { text, headers } = await get('/embed/lookup?text=Konstantin%20Kalachev')
  expect(text).toContain('href="/analysts/konstantin-kalachev"')
  expect(text).not.toContain('<form')
  expect(headers.get('content-security-policy')).not.toContain("frame-ancestors 'none'")
})

test('the bookmarks open the lookup and a capture with what is selected and where', async () => {
  const { signedIn } = await ledger()
  const { get } = await signedIn()
  const { text } = await get('/lookup')
  const codes = [...text.matchAll(/href="javascript:([^"]+)"/gu)].map(([, code]) =>
    decodeURIComponent((code as string).replaceAll('&#39;', "'")),
  )
  expect(codes).toHaveLength(2)
  const opened = codes.map((code) => {
    let address = ''
    new Function('getSelection', 'location', 'document', 'open', `return ${code}`)(
      () => ' “no war” & more ',
      { href: 'https://example.com/a?b=1' },
      { title: 'Title' },
      (to: string) => (address = to),
    )
    const { pathname, searchParams } = new URL(address)
    return [pathname, Object.fromEntries(searchParams)]
  })
  const asked = { url: 'https://example.com/a?b=1', text: '“no war” & more' }
  expect(opened).toEqual([
    ['/lookup', asked],
    ['/capture', asked],
  ])
})

test('a capture begins with what a bookmark brings', async () => {
  const { signedIn } = await ledger()
  const { get } = await signedIn()
  const { text } = await get('/capture?text=%3Cb%3Eno%20war&url=https%3A%2F%2Fexample.com%2Fa')
  expect(text).toContain('&lt;b&gt;no war</textarea>')
  expect(text).toContain('value="https://example.com/a"')
})

test('an address that is none, or a text that is too long, is refused by name', async () => {
  const { get } = await ledger()
  for (const query of ['url=nonsense', `text=${'x'.repeat(4001)}`])
    expect((await get(`/lookup?${query}`)).status).toBe(400)
})
