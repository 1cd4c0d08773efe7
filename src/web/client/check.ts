import * as paths from '../../http/paths.ts'
import { utf8 } from '../../log/encoding.ts'
import { type Broken, type EntryProof, entryProof } from '../../log/entry-proof.ts'

/** Loaded when somebody wants an entry checked: fetches what proves it, and says what was found. */

const BROKEN: Record<Broken, string> = {
  bytes: 'what the ledger gives as its bytes is no entry.',
  seal: 'what is told of it is not what was sealed in it.',
  receipt: 'what the ledger gives as its receipt is none.',
  place: 'its receipt is of another entry.',
  inclusion: 'its bytes do not lead to the root that was signed: it was changed, or is not in the log.',
  key: 'what the ledger gives as its key is none.',
  signature: 'the checkpoint does not bear the signature of the key.',
}

const counted = (n: number) => n.toLocaleString('en')

class Unanswered extends Error {}

async function asked(address: string): Promise<Response> {
  const answer = await fetch(address, { cache: 'no-store' })
  if (answer.ok) return answer
  const said = (await answer.json().catch(() => null)) as { detail?: unknown } | null
  throw new Unanswered(
    typeof said?.detail === 'string' ? said.detail : `The ledger answered with status ${answer.status}.`,
  )
}

async function proofOf(seq: number, key: string): Promise<EntryProof> {
  const [entry, receipt] = await Promise.all([
    asked(paths.api.entry(seq)).then((answer) => answer.json()),
    asked(paths.api.entryReceipt(seq)).then((answer) => answer.text()),
  ])
  const { bytes, disclosure } = entry as { bytes: string; disclosure: string | null }
  return entryProof({ seq, bytes: utf8(bytes), disclosure, receipt, key })
}

/** What an entry is about, in its own words, for whoever compares it with the page. */
function wordsOf(payload: unknown): string {
  const said = payload as {
    quote?: { exact?: string }
    title?: string
    probability?: unknown
    record?: unknown
  }
  // A question that was amended is a whole new record with the reason.
  if (said.record !== undefined) return wordsOf(said.record)
  const { quote, title, probability } = said
  if (typeof quote?.exact === 'string') return `It says: “${quote.exact}”`
  if (typeof title === 'string') return `It asks: “${title}”`
  return probability === undefined ? '' : `Its probability is ${JSON.stringify(probability)}.`
}

function line(list: HTMLElement, text: string, kind: 'good' | 'bad' | ''): void {
  const item = document.createElement('li')
  item.className = kind
  item.textContent = text
  list.append(item)
}

/** Checks the entries and writes what was found into `place`, which is announced. */
export async function check(
  place: HTMLElement,
  entries: readonly { seq: number; what: string }[],
): Promise<void> {
  const list = document.createElement('ul')
  const said = document.createElement('p')
  place.replaceChildren(list, said)
  try {
    const [key = ''] = (await (await asked(paths.api.logKey())).text()).split('\n')
    let last: Extract<EntryProof, { broken: null }> | null = null
    let broken = 0
    for (const { seq, what } of entries) {
      const proof = await proofOf(seq, key)
      if (proof.broken === null) {
        last = proof
        line(
          list,
          `Entry ${counted(seq)}, ${what}, is what was sealed, and ${counted(proof.steps)} hashes lead from it to the root over ${counted(proof.size)} entries. ${proof.payload === null ? 'Its words are withheld or were taken out.' : wordsOf(proof.payload)}`.trim(),
          'good',
        )
      } else {
        broken++
        line(list, `Entry ${counted(seq)}, ${what}, does not hold: ${BROKEN[proof.broken]}`, 'bad')
      }
    }
    said.textContent = broken > 0 ? DOUBT : last === null ? '' : conclusion(last)
  } catch (error) {
    said.textContent = `It could not be checked. ${error instanceof Unanswered ? error.message : 'The ledger gave no answer that can be read.'}`
  }
}

const DOUBT =
  'Do not rely on this page. Save it, and ask whoever runs this ledger, and whoever keeps a copy of its log.'

const conclusion = ({ key, isSigned }: Extract<EntryProof, { broken: null }>): string =>
  `${
    isSigned
      ? `Your browser computed the hashes, and the root bears the signature of ${key.name}+${key.id}.`
      : `Your browser computed the hashes. It cannot verify Ed25519 signatures, so nobody has looked at the one of ${key.name}+${key.id}.`
  } What it cannot see: whether that is the key you were told, and whether others are shown the same log. Whoever keeps an older checkpoint can.`
