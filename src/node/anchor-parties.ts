import { readFileSync } from 'node:fs'
import { type Config, Misuse } from '../config.ts'
import { parsedUrl } from '../core/url.ts'
import { isNobody, type Parties } from '../jobs/anchor/party.ts'
import { type Certificate, certificatesIn } from '../log/anchor/certificate.ts'
import { ProofError } from '../log/anchor/proof-error.ts'
import { COSIGNATURE, parseVerifierKey } from '../log/note.ts'

/** What is named on the command line or in the settings; lists are parted by spaces. */
export type Named = {
  tsa?: string | undefined
  ca?: string | undefined
  ots?: string | undefined
  blocks?: string | undefined
  witnesses?: string | undefined
}

export const namedBy = (config: Config): Named => ({
  tsa: config.RECKONING_TSA,
  ca: config.RECKONING_TSA_CA,
  ots: config.RECKONING_CALENDARS,
  blocks: config.RECKONING_BLOCKS,
  witnesses: config.RECKONING_WITNESSES,
})

/** Who is asked about checkpoints by these settings; null where nobody is. Throws `Misuse`. */
export function partiesNamed({ tsa, ca, ots, blocks, witnesses }: Named): Parties | null {
  const urls = addresses(tsa)
  if (urls.length > 0 && ca === undefined)
    throw new Misuse(
      'A time-stamping authority needs the certificate of the authority above it (--ca, RECKONING_TSA_CA).',
      'Its operator publishes it, as PEM.',
    )
  const trusted = urls.length === 0 || ca === undefined ? [] : certificatesFrom(ca)
  const named: Parties = {
    timestamps: urls.map((url) => ({ url, trusted })),
    calendars: addresses(ots),
    blocks: addresses(blocks)[0] ?? null,
    witnesses: pairs(witnesses),
  }
  return isNobody(named) ? null : named
}

const words = (text: string | undefined): string[] => text?.split(/\s+/u).filter((word) => word !== '') ?? []

function addresses(text: string | undefined): string[] {
  const found = words(text)
  const wrong = found.find((url) => !/^https?:$/u.test(parsedUrl(url)?.protocol ?? ''))
  if (wrong !== undefined) throw new Misuse(`"${wrong}" is no http or https address.`)
  return found
}

/** Address and verifier key of each witness, one after the other. */
function pairs(text: string | undefined): Parties['witnesses'] {
  const found = words(text)
  return Array.from({ length: Math.ceil(found.length / 2) }, (_, i) => {
    const [url = ''] = addresses(found[2 * i])
    const party = found[2 * i + 1] ?? ''
    const key = parseVerifierKey(party)
    if (key?.type !== COSIGNATURE)
      throw new Misuse(
        `Behind the address ${url} of a witness stands its verifier key; "${party}" is none of a witness.`,
        '`reckon witness` prints it when it starts.',
      )
    return { url, key, party }
  })
}

function certificatesFrom(file: string): Certificate[] {
  let pem: string
  try {
    pem = readFileSync(file, 'utf8')
  } catch {
    throw new Misuse(`The file of certificates ${file} cannot be read.`)
  }
  try {
    const found = certificatesIn(pem)
    if (found.length > 0) return found
  } catch (error) {
    if (!(error instanceof ProofError)) throw error
  }
  throw new Misuse(`${file} holds no certificate in PEM that can be read.`)
}
