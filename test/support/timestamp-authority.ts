import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** How an authority of a test differs from an honest one. */
export type Authority = {
  key?: 'rsa' | 'ec' | 'pss'
  /** What its certificate is for. */
  usage?: string
  /** Signed by the root itself, without an authority between. */
  direct?: boolean
  digest?: string
  days?: number
  accuracy?: string
}

const CONFIGURATION = ({ usage = 'critical,timeStamping', digest = 'sha256', accuracy }: Authority) => `
[ req ]
distinguished_name = dn
prompt = no
[ dn ]
CN = unused
[ root ]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[ between ]
basicConstraints = critical,CA:TRUE,pathlen:0
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[ leaf ]
basicConstraints = CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = ${usage}
[ tsa ]
default_tsa = own
[ own ]
serial = serial
default_policy = 1.2.3.4.1
digests = sha256,sha512
signer_digest = ${digest}
ess_cert_id_alg = sha256
ess_cert_id_chain = no
tsa_name = no
ordering = no
${accuracy === undefined ? '' : `accuracy = ${accuracy}`}
`

const LISTS = `
[ ca ]
default_ca = lists
[ lists ]
database = index.txt
default_md = sha256
default_crl_days = 30
`

/** What an authority of a test revoked, by the name of the certificate; times as `YYMMDDHHMMSSZ`. */
export type Listing = {
  by: 'root' | 'between'
  revoked?: { name: 'between' | 'leaf'; at: string; reason?: string }[]
  /** When the list was made; now. */
  at?: string
  /** Further lines for its extensions. */
  extensions?: string
}
/** An instant as openssl writes it in lists. */
export const shortTime = (at: Date): string => `${at.toISOString().slice(2, 19).replaceAll(/[-:T]/gu, '')}Z`

/** A time-stamping authority made by openssl: its root, and what it answers. */
export function timestampAuthority(how: Authority = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'authority-'))
  const openssl = (...args: string[]) => {
    try {
      return execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT')
        throw new Error('The tests of time stamps need openssl, which is not installed here.')
      throw error
    }
  }
  writeFileSync(join(folder, 'ts.cnf'), CONFIGURATION(how))
  const key = (name: string) =>
    openssl(
      'genpkey',
      '-out',
      `${name}.key`,
      ...(how.key === 'ec'
        ? ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256']
        : ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048']),
    )
  const sign = how.key === 'pss' ? ['-sigopt', 'rsa_padding_mode:pss', '-sigopt', 'rsa_pss_saltlen:32'] : []
  const certificate = (name: string, by: string | null) => {
    key(name)
    openssl(
      'req',
      '-new',
      '-key',
      `${name}.key`,
      '-subj',
      `/O=Tests/CN=Test ${name}`,
      '-out',
      `${name}.csr`,
      '-config',
      'ts.cnf',
    )
    openssl(
      'x509',
      '-req',
      '-in',
      `${name}.csr`,
      '-out',
      `${name}.pem`,
      '-extfile',
      'ts.cnf',
      '-extensions',
      name,
      '-days',
      String(how.days ?? 30),
      '-set_serial',
      String(name.length * 1000),
      ...(by === null ? ['-signkey', `${name}.key`] : ['-CA', `${by}.pem`, '-CAkey', `${by}.key`]),
      ...sign,
    )
  }
  certificate('root', null)
  if (how.direct !== true) certificate('between', 'root')
  certificate('leaf', how.direct === true ? 'root' : 'between')
  writeFileSync(join(folder, 'serial'), '01\n')
  writeFileSync(
    join(folder, 'chain.pem'),
    how.direct === true ? '' : readFileSync(join(folder, 'between.pem')),
  )
  let asked = 0
  const answer = (request: Uint8Array): Buffer => {
    writeFileSync(join(folder, 'request'), request)
    openssl(
      ...['ts', '-reply', '-config', 'ts.cnf', '-queryfile', 'request', '-out', 'answer'],
      ...['-signer', 'leaf.pem', '-inkey', 'leaf.key'],
      ...(how.direct === true ? [] : ['-chain', 'chain.pem']),
    )
    asked++
    return readFileSync(join(folder, 'answer'))
  }
  /** A list of revocations, in PEM. */
  const list = ({ by, revoked = [], at, extensions }: Listing): Buffer => {
    writeFileSync(join(folder, 'lists.cnf'), `${LISTS}[ more ]\n${extensions ?? ''}\n`)
    const lines = revoked.map(({ name, at: since, reason }) => {
      const serial = (name.length * 1000).toString(16).toUpperCase().padStart(4, '0')
      return `R\t350101000000Z\t${since}${reason === undefined ? '' : `,${reason}`}\t${serial}\tunknown\t/CN=Test\n`
    })
    writeFileSync(join(folder, 'index.txt'), lines.join(''))
    openssl(
      ...[
        'ca',
        '-gencrl',
        '-config',
        'lists.cnf',
        '-cert',
        `${by}.pem`,
        '-keyfile',
        `${by}.key`,
        '-out',
        'list',
      ],
      ...(at === undefined ? [] : ['-crl_lastupdate', at]),
      ...(extensions === undefined ? [] : ['-crlexts', 'more']),
    )
    return readFileSync(join(folder, 'list'))
  }
  return {
    folder,
    openssl,
    answer,
    list,
    asked: () => asked,
    root: () => readFileSync(join(folder, 'root.pem'), 'utf8'),
    rootFile: join(folder, 'root.pem'),
    end: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** A server of a test on 127.0.0.1; answers its address and how to end it. */
export async function served(
  answer: (request: { method: string; path: string; body: Buffer }) => {
    status?: number
    type?: string
    body: Uint8Array | string
  },
): Promise<{ url: string; end: () => Promise<void> }> {
  const server = http.createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const told = answer({
        method: request.method ?? '',
        path: request.url ?? '',
        body: Buffer.concat(parts),
      })
      response.writeHead(told.status ?? 200, { 'content-type': told.type ?? 'application/octet-stream' })
      response.end(told.body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    end: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
