import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { fetchPage } from '../src/node/page-fetch.ts'
import { page, type Web, web } from './support/web.ts'

const HTML = '<!doctype html><title>News</title><p>There will be no war.</p>'

const refusal = async (through: Web, address: string, timeoutMs = 5_000): Promise<string> => {
  const outcome = await fetchPage(address, { ...through, timeoutMs }).catch((error: unknown) => error)
  expect(outcome).toMatchObject({ code: 'invalid', problems: [{ pointer: '/url' }] })
  return (outcome as { problems: { message: string }[] }).problems[0]?.message ?? ''
}

describe('fetchPage', () => {
  it('answers a page of the public web with its address, type and text', async () => {
    const through = await web((request, response) =>
      page(response, `${HTML}${request.headers['accept-encoding']}`),
    )
    expect(await fetchPage('http://news.test/a?b=c#d', through)).toEqual({
      url: 'http://news.test/a?b=c#d',
      media: 'text/html',
      text: `${HTML}gzip, br, deflate`,
    })
    expect(through.asked).toEqual(['news.test/a?b=c'])
  })

  it('connects to the address that was checked and asks the resolver once', async () => {
    const through = await web((_, response) => page(response, HTML))
    let times = 0
    const resolve = async () => (times++ === 0 ? ['1.1.1.1', '2606:4700::1111'] : ['127.0.0.1'])
    await fetchPage('http://news.test/', { ...through, resolve })
    expect([times, through.connected]).toEqual([1, ['1.1.1.1']])
  })

  it('refuses a name of which one address is private, and connects to none', async () => {
    const through = await web((_, response) => page(response, HTML), {
      'mixed.test': ['93.184.215.14', '10.0.0.1'],
      'six.test': ['93.184.215.14', 'fd00::1'],
      'inside.test': ['127.0.0.1'],
      'nowhere.test': [],
    })
    for (const name of ['mixed.test', 'six.test', 'inside.test'])
      expect(await refusal(through, `http://${name}/`)).toBe(
        'leads to a host that is not on the public internet',
      )
    expect(await refusal(through, 'http://nowhere.test/')).toBe('names a host that does not exist')
    expect(await refusal(through, 'http://unknown.example/')).toBe('names a host that does not exist')
    expect([through.asked, through.connected]).toEqual([[], []])
  })

  it('follows three redirects, relative ones too, and says where they led', async () => {
    const through = await web((request, response) => {
      const n = Number(request.url?.slice(1))
      if (n === 3) return page(response, HTML)
      response
        .writeHead([301, 302, 307][n] ?? 308, { location: n === 1 ? 'http://other.test/2' : `/${n + 1}` })
        .end('moved')
    })
    expect((await fetchPage('http://news.test/0', through)).url).toBe('http://other.test/3')
    expect(through.asked).toEqual(['news.test/0', 'news.test/1', 'other.test/2', 'other.test/3'])
  })

  it('gives up on a redirect that never ends', async () => {
    const through = await web((_, response) => {
      response.writeHead(302, { location: 'http://loop.test/' }).end()
    })
    expect(await refusal(through, 'http://loop.test/')).toBe('redirects more than 3 times')
    expect(through.asked).toHaveLength(4)
  })

  it.each([
    'http://127.0.0.1/admin',
    'http://inside.test/',
    'http://[::1]/',
    'http://localhost/',
    'http://news.test:8787/',
    'file:///etc/passwd',
    'http://user:pass@news.test/',
    '//169.254.169.254/latest',
    'http://[',
  ])('does not follow a redirect to %s', async (location) => {
    const names = { 'inside.test': ['192.168.0.1'] }
    const through = await web((_, response) => response.writeHead(302, { location }).end(), names)
    await refusal(through, 'http://news.test/')
    expect(through.asked).toEqual(['news.test/'])
  })

  it('waits only so long, whether nothing comes, a little at a time, or no address', async () => {
    const silent = await web(() => {})
    expect(await refusal(silent, 'http://news.test/', 100)).toBe('did not answer within 0.1 seconds')
    const begun = await web((_, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).write('<p>')
    })
    expect(await refusal(begun, 'http://news.test/', 100)).toBe('did not answer within 0.1 seconds')
    const lost = { ...silent, resolve: () => new Promise<string[]>(() => {}) }
    expect(await refusal(lost, 'http://news.test/', 100)).toBe('did not answer within 0.1 seconds')
  })

  it('stops at 1 MiB of an answer of 1 GB, said or not', async () => {
    const chunk = Buffer.alloc(65_536, 'a')
    let sent = 0
    const endless = await web((request, response) => {
      response.writeHead(200, {
        'content-type': 'text/html',
        ...(request.url === '/said' ? { 'content-length': '1073741824' } : {}),
      })
      const more = () => {
        while (!response.destroyed && sent < 1024 ** 3) {
          sent += chunk.length
          if (!response.write(chunk)) return void response.once('drain', more)
        }
      }
      more()
    })
    expect(await refusal(endless, 'http://news.test/said')).toContain('more than 1 MiB')
    expect(await refusal(endless, 'http://news.test/')).toContain('more than 1 MiB')
    expect(sent).toBeLessThan(64 * 1024 ** 2)
  })

  it('takes a page of exactly 1 MiB', async () => {
    const through = await web((_, response) => page(response, 'a'.repeat(1024 ** 2)))
    expect((await fetchPage('http://news.test/', through)).text).toHaveLength(1024 ** 2)
  })

  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
  ])('unpacks %s, and refuses a packed bomb and a torn one', async (coding, pack) => {
    const bodies: Record<string, Buffer> = {
      '/page': pack(Buffer.from(HTML)),
      '/bomb': pack(Buffer.alloc(8 * 1024 ** 2)),
      '/torn': pack(Buffer.from(HTML)).subarray(0, 20),
    }
    const through = await web((request, response) => {
      response
        .writeHead(200, { 'content-type': 'text/html', 'content-encoding': coding })
        .end(bodies[request.url ?? ''])
    })
    expect((await fetchPage('http://news.test/page', through)).text).toBe(HTML)
    expect(bodies['/bomb']?.length).toBeLessThan(1024 ** 2)
    expect(await refusal(through, 'http://news.test/bomb')).toContain('more than 1 MiB')
    expect(await refusal(through, 'http://news.test/torn')).toBe('is packed, and cannot be unpacked')
  })

  it.each([
    ['application/pdf', 'is a PDF: copy its text and paste it'],
    ['image/png', 'is no page of text (image/png)'],
    ['application/xml', 'is no page of text (application/xml)'],
    ['', 'is no page of text (it names no type)'],
  ])('refuses the type %j', async (type, message) => {
    const through = await web((_, response) =>
      response.writeHead(200, type === '' ? {} : { 'content-type': type }).end('%PDF-1.7'),
    )
    expect(await refusal(through, 'http://news.test/')).toBe(message)
  })

  it.each([
    [401, 'lets us in only with a sign-in'],
    [402, 'lets us in only with a sign-in'],
    [403, 'lets us in only with a sign-in'],
    [404, 'answers with status 404'],
    [500, 'answers with status 500'],
    [204, 'answers with status 204'],
    [304, 'answers with status 304'],
  ])('says what the status %i means', async (status, message) => {
    const through = await web((_, response) =>
      response.writeHead(status, { 'content-type': 'text/html' }).end(),
    )
    expect(await refusal(through, 'http://news.test/')).toContain(message)
  })

  it('refuses a coding that it does not know, and two at once', async () => {
    for (const coding of ['zstd', 'gzip, gzip']) {
      const through = await web((_, response) => page(response, HTML, { 'content-encoding': coding }))
      expect(await refusal(through, 'http://news.test/')).toContain('packed in a way that we do not read')
    }
  })

  it('says that a connection broke off, or that it is no web server', async () => {
    const broken = await web((request) => request.socket.destroy())
    expect(await refusal(broken, 'http://news.test/')).toBe('broke off the connection')
    const strange = await web((request) => request.socket.end('SSH-2.0-OpenSSH_9.2\r\n'))
    expect(await refusal(strange, 'http://news.test/')).toBe('does not answer as a web server does')
    const short = await web((request) =>
      request.socket.end('HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 100\r\n\r\n<p>'),
    )
    expect(await refusal(short, 'http://news.test/')).toBe('broke off the connection')
  })

  const cyrillic = Buffer.from([0xc2, 0xee, 0xe9, 0xed, 0xe0])
  it.each<[string, string, Buffer]>([
    ['what the header says', 'text/html; charset="windows-1251"', cyrillic],
    [
      'what the page says',
      'text/html',
      Buffer.concat([Buffer.from('<meta charset=windows-1251>'), cyrillic]),
    ],
    [
      'what an older page says',
      'text/html',
      Buffer.concat([
        Buffer.from('<meta http-equiv="Content-Type" content="text/html; charset=cp1251">'),
        cyrillic,
      ]),
    ],
    [
      'what its XML says',
      'application/xhtml+xml',
      Buffer.concat([Buffer.from('<?xml version="1.0" encoding="windows-1251"?>'), cyrillic]),
    ],
    ['its mark', 'text/html; charset=windows-1252', Buffer.from('\ufeffВойна')],
    ['UTF-16 with its mark', 'text/html', Buffer.from('\ufeffВойна', 'utf16le')],
    ['UTF-8 where nothing is said', 'text/plain', Buffer.from('Война')],
    [
      'UTF-8 where a page says UTF-16 and cannot mean it',
      'text/html',
      Buffer.from('<meta charset=utf-16>Война'),
    ],
    [
      'the page where the header names what nobody knows',
      'text/html; charset=klingon',
      Buffer.concat([Buffer.from('<meta charset=windows-1251>'), cyrillic]),
    ],
  ])('reads the letters by %s', async (_, type, bytes) => {
    const through = await web((_, response) => response.writeHead(200, { 'content-type': type }).end(bytes))
    expect((await fetchPage('http://news.test/', through)).text).toMatch(/Война$/u)
  })

  it.each(['text/html', 'text/html; charset=windows-1252', 'text/html; charset=iso-8859-1'])(
    'reads old Western letters: %s',
    async (type) => {
      const through = await web((_, response) =>
        response.writeHead(200, { 'content-type': type }).end(Buffer.from([0x93, 0xe9, 0x94])),
      )
      expect((await fetchPage('http://news.test/', through)).text).toBe('“é”')
    },
  )
})
