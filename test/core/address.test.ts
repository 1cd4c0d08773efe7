import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addressIn, fetchableAddress, isGlobalUnicast } from '../../src/core/address.ts'

describe('isGlobalUnicast', () => {
  it.each([
    '1.1.1.1',
    '93.184.215.14',
    '100.63.255.255',
    '100.128.0.0',
    '172.15.255.255',
    '172.32.0.0',
    '192.0.1.1',
    '198.17.255.255',
    '223.255.255.255',
    '2606:2800:21f:cb07:6820:80da:af6b:8b2c',
    '2a00:1450:4001:80e::200e',
    '::ffff:1.1.1.1',
    '::FFFF:0101:0101',
    '64:ff9b::1.1.1.1',
    '3ffe::1',
  ])('says that the internet can reach %s', (ip) => {
    expect(isGlobalUnicast(ip)).toBe(true)
  })

  it.each([
    ['0.0.0.0', 'this network'],
    ['0.1.2.3', 'this network'],
    ['10.255.0.1', 'private'],
    ['100.64.0.1', 'carrier NAT'],
    ['100.127.255.255', 'carrier NAT'],
    ['127.0.0.1', 'loopback'],
    ['127.255.255.255', 'loopback'],
    ['169.254.169.254', 'link-local, cloud metadata'],
    ['172.16.0.1', 'private'],
    ['172.31.255.255', 'private'],
    ['192.0.0.1', 'protocol assignments'],
    ['192.0.2.1', 'documentation'],
    ['192.88.99.1', '6to4 relay'],
    ['192.168.1.1', 'private'],
    ['198.18.0.1', 'benchmarks'],
    ['198.19.255.255', 'benchmarks'],
    ['198.51.100.7', 'documentation'],
    ['203.0.113.9', 'documentation'],
    ['224.0.0.1', 'multicast'],
    ['239.255.255.255', 'multicast'],
    ['240.0.0.1', 'reserved'],
    ['255.255.255.255', 'broadcast'],
    ['::', 'unspecified'],
    ['::1', 'loopback'],
    ['::127.0.0.1', 'compatible, deprecated'],
    ['::ffff:127.0.0.1', 'mapped loopback'],
    ['::ffff:7f00:1', 'mapped loopback in hexadecimal'],
    ['0:0:0:0:0:ffff:a00:1', 'mapped private'],
    ['64:ff9b::10.0.0.1', 'NAT64 of a private address'],
    ['64:ff9b:1::1', 'NAT64 for local use'],
    ['100::1', 'discard'],
    ['2001::1', 'Teredo'],
    ['2001:20::1', 'ORCHID'],
    ['2001:db8::1', 'documentation'],
    ['2002:7f00:1::', '6to4 of loopback'],
    ['2002:101:101::1', '6to4'],
    ['3fff:fff::1', 'documentation'],
    ['5f00::1', 'segment routing'],
    ['fc00::1', 'unique local'],
    ['fdff::1', 'unique local'],
    ['fe80::1', 'link-local'],
    ['fec0::1', 'site-local'],
    ['ff02::1', 'multicast'],
  ])('refuses %s: %s', (ip) => {
    expect(isGlobalUnicast(ip)).toBe(false)
  })

  it.each([
    '',
    'example.com',
    '1.1.1',
    '1.1.1.1.1',
    '1.1.1.256',
    '01.1.1.1',
    '0x7f.0.0.1',
    '2130706433',
    ' 1.1.1.1',
    '1.1.1.1 ',
  ])('takes %j for no address', (text) => {
    expect(isGlobalUnicast(text)).toBe(false)
  })

  it.each([
    ':',
    ':::',
    '1::2::3',
    '2a00:1',
    '2a00:1:2:3:4:5:6:7:8',
    '2a00::12345',
    '2a00::g',
    'fe80::1%eth0',
    '2a00::1.2.3',
    '1:2:3:4:5:6:7::8',
  ])('takes %j for no address either', (text) => {
    expect(isGlobalUnicast(text)).toBe(false)
  })

  it('judges an IPv4 address and the same one mapped into IPv6 alike', () => {
    fc.assert(
      fc.property(fc.ipV4(), (ip) => {
        expect(isGlobalUnicast(`::ffff:${ip}`)).toBe(isGlobalUnicast(ip))
      }),
    )
  })

  it('judges every way of writing an IPv6 address alike', () => {
    fc.assert(
      fc.property(fc.ipV6(), (ip) => {
        expect(isGlobalUnicast(new URL(`http://[${ip}]/`).hostname.slice(1, -1))).toBe(isGlobalUnicast(ip))
      }),
    )
  })
})

describe('fetchableAddress', () => {
  const refusal = (address: string): string => {
    try {
      fetchableAddress(address)
    } catch (error) {
      const [problem] = (error as { problems: { pointer: string; message: string }[] }).problems
      expect(problem?.pointer).toBe('/url')
      return problem?.message ?? ''
    }
    return 'allowed'
  }

  it.each([
    'http://example.com/',
    'https://example.com/a?b=c#d',
    'https://example.com:443/',
    'http://example.com:80/',
    'https://пример.рф/статья',
    'https://example.com./',
    'http://93.184.215.14/',
    'http://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/',
    'http://news.test/',
  ])('lets %s be fetched', (address) => {
    expect(fetchableAddress(address).href).toBe(new URL(address).href)
  })

  it.each([
    ['ftp://example.com/', 'must be a full http or https address'],
    ['javascript:alert(1)', 'must be a full http or https address'],
    ['http://user@example.com/', 'without user name or password'],
    ['http://example.com@127.0.0.1/', 'without user name or password'],
    ['http://example.com:22/', 'the port 22'],
    ['http://example.com:8080/', 'the port 8080'],
    ['http://localhost/', 'private network'],
    ['http://LOCALHOST./', 'private network'],
    ['http://intranet/', 'private network'],
    ['http://printer.local/', 'private network'],
    ['http://metadata.google.internal/', 'private network'],
    ['http://router.home.arpa/', 'private network'],
    ['http://127.0.0.1/', 'public internet'],
    ['http://2130706433/', 'public internet'],
    ['http://0177.0.0.1/', 'public internet'],
    ['http://0x7f.1/', 'public internet'],
    ['http://①②⑦.⓪.⓪.①/', 'public internet'],
    ['http://[::1]/', 'public internet'],
    ['http://[::ffff:7f00:1]/', 'public internet'],
    ['http://169.254.169.254/latest/meta-data/', 'public internet'],
  ])('refuses %s', (address, message) => {
    expect(refusal(address)).toContain(message)
  })

  it('tells an address from a name', () => {
    expect([
      addressIn(new URL('http://[::1]/')),
      addressIn(new URL('http://1.1.1.1/')),
      addressIn(new URL('http://a.b/')),
    ]).toEqual(['::1', '1.1.1.1', null])
  })
})
