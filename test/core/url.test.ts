import { describe, expect, it } from 'vitest'
import { parsedUrl } from '../../src/core/url.ts'

describe('parsedUrl', () => {
  it('says the same of an address with letters beyond ASCII however often it is asked', () => {
    const said = new Set<string | undefined>()
    for (let n = 0; n < 30_000; n++) said.add(parsedUrl('https://bücher.example/ä')?.href)
    expect([...said]).toEqual(['https://xn--bcher-kva.example/%C3%A4'])
  })

  it('reads an address beside another one, and knows what is none', () => {
    expect(parsedUrl('../b?c', 'https://a.example/d/e')?.href).toBe('https://a.example/b?c')
    expect(parsedUrl('not an address')).toBeNull()
    expect(parsedUrl('http://')).toBeNull()
  })
})
