import { timeline } from '../../core/clock.ts'
import type { EntryType, Event } from '../../core/entry.ts'
import { utf8 } from '../../log/encoding.ts'
import { growingTree } from '../../log/growing-tree.ts'
import type { Comparison } from '../../log/held.ts'
import { hashLeaf } from '../../log/tree.ts'
import { checkEntry } from '../entry-check.ts'
import type { StoredEntry } from '../events.ts'
import { anchorCheck, type Revocations } from './anchors.ts'
import { authorCheck } from './author.ts'
import type { Findings } from './finding.ts'
import { redactionCheck } from './redaction.ts'
import { ruleCheck } from './rule.ts'

/** Openings that are nobody's business outside: never published. */
const SEALED = /^(?:member|token|policy)\./u

export type LogOptions = {
  /** The checkpoints of before, against which the growing tree is held. */
  older: Comparison
  /** It is what a log publishes: members, tokens and policy stay sealed in it. */
  published: boolean
  /** Lists of revocations that were given. */
  revocations: Revocations | null
  /** Hears of every node of the tree that becomes full. */
  grown?: Parameters<typeof growingTree>[0]
}

/** The entries one after the other: each by itself, its place and time, its author, and the rules between them. */
export function logCheck(
  findings: Findings,
  notes: string[],
  { older, published, revocations, grown }: LogOptions,
) {
  const tree = growingTree(grown)
  const revs = new Map<string, number>()
  const texts = new Map<string, Set<string>>()
  const mayWrite = authorCheck()
  let expected = 0
  let entries = 0
  const times = timeline()
  let replayable = true
  let withheld = 0

  const refuse = (seq: number | null, code: string, message: string) => {
    replayable = false
    findings.add(seq, code, message)
  }
  const rules = ruleCheck(refuse)
  const followRedaction = redactionCheck(refuse)
  const anchors = anchorCheck(refuse, notes, revocations)

  function check(stored: StoredEntry): Event | null {
    const { seq } = stored
    entries++
    if (seq !== expected)
      refuse(
        seq,
        'gap',
        seq === expected + 1
          ? `Entry ${expected} is missing.`
          : `The entries ${expected} to ${seq - 1} are missing.`,
      )
    expected = seq + 1
    const leaf = hashLeaf(utf8(stored.bytes))
    tree.add(leaf)
    anchors.grow(leaf)
    if (older.wants(tree.size())) older.passed(tree.size(), tree.root())
    const { envelope, event, problems } = checkEntry(stored)
    const isSealed = published && stored.disclosure === null && SEALED.test(envelope?.type ?? '')
    if (isSealed) withheld++
    for (const { code, message } of problems) if (!isSealed || code !== 'opening') refuse(seq, code, message)
    if (envelope === null) return null
    if (!times.follow({ at: envelope.at, type: envelope.type as EntryType }))
      refuse(seq, 'time', 'The entry is older than the one before it.')
    const rev = revs.get(envelope.stream) ?? 0
    if (envelope.rev !== rev) refuse(seq, 'rev', `Its stream should be at rev ${rev}, not ${envelope.rev}.`)
    revs.set(envelope.stream, envelope.rev + 1)
    const stranger = mayWrite(envelope, event)
    if (stranger !== null) refuse(seq, 'author', stranger)
    followRedaction(event, seq, envelope.type as EntryType)
    if (event === null) return null
    rules.check(event, stored.redaction === null)
    if (event.type === 'checkpoint.anchored') anchors.take(seq, event.payload)
    if (event.type === 'clock.corrected' && !times.correct(event.payload.from))
      refuse(seq, 'clock', 'The correction does not begin with the first entry that was stamped after it.')
    if (event.type === 'source.recorded') remember(event.payload.record)
    if (event.type === 'log.restored') {
      const { lost, because } = event.payload
      notes.push(
        `Entry ${seq} gives up the entries ${lost.from} to ${lost.to} of before: ${JSON.stringify(because)}`,
      )
    }
    return event
  }

  function remember({ id, text_sha256 }: { id: string; text_sha256?: string | undefined }): void {
    if (text_sha256 !== undefined) texts.set(id, (texts.get(id) ?? new Set()).add(text_sha256))
  }

  /** What the checkpoints of before hold and the log, as far as it goes, does not. */
  function checkOlder(): void {
    for (const { seq, code, message } of older.ended(tree.size())) refuse(seq, code, message)
  }

  return {
    check,
    checkOlder,
    checkAnchors: anchors.end,
    withheld: () => withheld,
    refuse,
    replayable: () => replayable,
    entries: () => entries,
    samePerson: rules.samePerson,
    /** The hashes under which the log knows the text of each source. */
    texts: texts as ReadonlyMap<string, ReadonlySet<string>>,
  }
}
export type LogCheck = ReturnType<typeof logCheck>
