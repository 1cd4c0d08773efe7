import type { Anchor } from '../../core/anchor.ts'
import type { Certificate } from '../../log/anchor/certificate.ts'
import { ProofError } from '../../log/anchor/proof-error.ts'
import type { Unrevoked } from '../../log/anchor/revocation.ts'
import { fingerprint, sameRoot, verifyAnchor } from '../../log/anchor/verify.ts'
import { growingTree } from '../../log/growing-tree.ts'
import { HASH_BYTES } from '../../log/tree.ts'

/** Who attests, so that a reader can look up whether it is who it says. */
function whose(anchor: Anchor): string {
  if (anchor.kind === 'witness') return `the witness ${anchor.party}`
  if (anchor.kind === 'opentimestamps') return 'blocks of Bitcoin'
  return `${anchor.by_whom}, under the authority whose certificate has the SHA-256 ${fingerprint(anchor.trusted)}`
}

/** Whether certificates behind a stamp of an instant were revoked, as lists of their authorities say. */
export type Revocations = (chain: readonly Certificate[], at: Date) => Promise<Unrevoked>

type Refuse = (seq: number, code: string, message: string) => void

/**
 * The anchors of a log: each proof by itself, and that the checkpoint in it is one that the entries make. The leaves
 * are kept, 32 bytes an entry, since an anchor is about fewer entries than stand before it.
 */
export function anchorCheck(refuse: Refuse, notes: string[], revocations: Revocations | null) {
  let leaves = new Uint8Array(64 * HASH_BYTES)
  let size = 0
  const anchors: { seq: number; anchor: Anchor }[] = []

  function grow(leaf: Uint8Array): void {
    if ((size + 1) * HASH_BYTES > leaves.length) {
      const larger = new Uint8Array(leaves.length * 2)
      larger.set(leaves)
      leaves = larger
    }
    leaves.set(leaf, size * HASH_BYTES)
    size += 1
  }

  function take(seq: number, anchor: Anchor): void {
    if (anchor.size > seq)
      refuse(seq, 'anchor', 'It is about a checkpoint of more entries than stood before it.')
    else anchors.push({ seq, anchor })
  }

  /** Verifies all that was taken; what is about an earlier name of the log is about other entries. */
  async function end(): Promise<void> {
    const tree = growingTree()
    const parties = new Set<string>()
    const stamps: (Unrevoked | undefined)[] = []
    let good = 0
    for (const { seq, anchor } of anchors.toSorted((a, b) => a.anchor.size - b.anchor.size)) {
      while (tree.size() < anchor.size)
        tree.add(leaves.subarray(tree.size() * HASH_BYTES, (tree.size() + 1) * HASH_BYTES))
      try {
        const chain = await verifyAnchor(anchor)
        if (chain !== null) stamps.push(await revocations?.(chain, new Date(anchor.at ?? 0)))
        if (!sameRoot(anchor.root, tree.root()))
          refuse(seq, 'anchor', `The first ${anchor.size} entries are not those that it is about.`)
        else {
          good++
          parties.add(whose(anchor))
        }
      } catch (error) {
        if (!(error instanceof ProofError)) throw error
        refuse(seq, 'anchor', `Its proof ${error.message}.`)
      }
    }
    if (good > 0)
      notes.push(
        `${good === 1 ? 'One checkpoint is' : `${good} checkpoints are`} attested from outside, with proofs that verify: by ${[...parties].join('; ')}. Whether you believe them is yours to say.`,
      )
    notes.push(...revocationNotes(stamps))
  }

  return { grow, take, end }
}

/** What was looked at behind time stamps whose certificates were in their time and for time stamps alone, and what not. */
function revocationNotes(stamps: readonly (Unrevoked | undefined)[]): string[] {
  const asked = stamps.filter((stamp) => stamp !== undefined)
  if (asked.length < stamps.length)
    return [
      'The certificates behind time stamps were in their time and for time stamps alone. Whether one was revoked was not looked at: a list of their authority shows it (--crl FILE).',
    ]
  const unseen = [...new Set(asked.flatMap((stamp) => ('unseen' in stamp ? [stamp.unseen] : [])))]
  const asOf = asked.flatMap((stamp) => ('asOf' in stamp ? [stamp.asOf.toISOString()] : [])).toSorted()
  return [
    ...(asOf[0] === undefined
      ? []
      : [
          `${asOf.length === 1 ? 'One time stamp rests' : `${asOf.length} time stamps rest`} on certificates that were not revoked in a way that touches them, by lists of ${asOf[0]} or later.`,
        ]),
    ...unseen.map(
      (name) =>
        `Whether the certificate of ${name} was revoked was not looked at: no list was given that its authority signed after the stamp, and while the certificate ran.`,
    ),
  ]
}
