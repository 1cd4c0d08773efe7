import { expect, test } from 'vitest'
import type { Documents } from '../../src/http/documents.ts'
import { site } from '../support/site.ts'

async function reading(settings: Parameters<typeof site>[0] = {}) {
  const { anonymous, host } = await site(settings)
  return { get: anonymous.get, documents: (await host.documents?.()) as Documents }
}

test('every document is a page with its title, whether or not the ledger is public', async () => {
  const { get, documents } = await reading({ public: false })
  expect(Object.keys(documents).length).toBeGreaterThan(12)
  for (const [name, { title, html }] of Object.entries(documents)) {
    const { status, text } = await get(name === '' ? '/docs' : `/docs/${name}`)
    expect([name, status]).toEqual([name, 200])
    expect(text).toContain(`<h1>${title}</h1>`)
    expect(text).toContain(html)
  }
})

test('every link within the documents leads to a page, and to a part that is there', async () => {
  const { get, documents } = await reading()
  const links = new Set(
    Object.values(documents).flatMap(({ html }) =>
      [...html.matchAll(/href="(\/[^"]*)"/gu)].map(([, address]) => address as string),
    ),
  )
  expect(links.size).toBeGreaterThan(20)
  for (const link of links) {
    const [address = '', anchor] = link.split('#')
    const { status, text } = await get(address)
    expect([link, status]).toEqual([link, 200])
    if (anchor !== undefined) expect(text, link).toContain(`id="${anchor}"`)
  }
})

test('what is read beside the source is named and not linked', async () => {
  const { documents } = await reading()
  expect(documents['']?.html).toContain('Architecture (<code>docs/architecture.md</code>)')
})

test('an unknown document is not found, nor is one of the names that every object has', async () => {
  const { get } = await reading()
  for (const name of ['nothing', '__proto__', 'constructor', 'tutorial.'])
    expect([name, (await get(`/docs/${name}`)).status]).toEqual([name, 404])
})
