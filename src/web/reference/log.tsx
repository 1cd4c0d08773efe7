import type { Child } from 'hono/jsx'
import * as paths from '../../http/paths.ts'
import { base64 } from '../../log/encoding.ts'
import { verifierKey } from '../../log/note.ts'
import type { Attested as Read } from '../../store/documents/anchors.ts'
import { readLogPage, type SignedLog } from '../../store/documents/log.ts'
import { Instant } from '../ui/date.tsx'
import { LOG_FEED } from '../ui/feeds.tsx'
import { Page } from '../ui/layout.tsx'
import { ExternalLink } from '../ui/link.tsx'
import type { PageContext } from '../ui/page.ts'
import { TableHead } from '../ui/table-head.tsx'
import { Attested } from './attested.tsx'

/** `/log`: what keeps the record from being rewritten unseen, and how anybody can check that it was not. */
export async function logPage(context: PageContext) {
  const { host, origin } = context
  const isPast = host.asOf !== undefined
  const read = isPast ? null : await readLogPage(host.ledger.db)
  return (
    <Page
      title="The log"
      description="How anybody can check that this record was not rewritten."
      context={context}
      feeds={LOG_FEED}
    >
      <h1>The log, and how to check it</h1>
      <p class="lead">
        Nothing in this ledger is edited; whatever is corrected is written down as a new entry. You need not
        take our word for it.
      </p>
      {read === null ? (
        <p class="notice">
          This is the ledger as it stood at an earlier moment. Its checkpoint is shown on the page of today.
        </p>
      ) : (
        <Checkpoint
          signed={read.signed}
          attested={read.attested}
          note={host.ledger.log?.note ?? null}
          entries={context.head.seq + 1}
        />
      )}
      <HowItWorks />
      <Attackers />
      <HowToVerify origin={origin} />
    </Page>
  )
}

type CheckpointProps = {
  signed: SignedLog | null
  attested: Read
  note: string | null
  entries: number
}

function Checkpoint({ signed, attested, note, entries }: CheckpointProps) {
  return (
    <section aria-labelledby="checkpoint">
      <h2 id="checkpoint">The last checkpoint</h2>
      {signed === null ? (
        <p class="notice">
          No checkpoint has been signed yet.{' '}
          {note ?? 'Where there is a key, the first is signed within a minute.'}
        </p>
      ) : (
        <>
          <dl class="facts">
            <dt>Entries</dt>
            <dd>
              {signed.checkpoint.size.toLocaleString('en')}
              {entries > signed.checkpoint.size
                ? `; ${(entries - signed.checkpoint.size).toLocaleString('en')} more will be in the next, within a minute`
                : ', which is all there are'}
            </dd>
            {signed.upTo === null ? null : (
              <>
                <dt>The last of them</dt>
                <dd>
                  <Instant at={signed.upTo} />
                </dd>
              </>
            )}
            <dt>Root</dt>
            <dd>
              <code>{base64(signed.checkpoint.root)}</code>
            </dd>
            <dt>{signed.keys.length === 1 ? 'Key' : 'Keys'}</dt>
            <dd>
              {signed.keys.map((key) => (
                <code>{verifierKey(key)} </code>
              ))}
            </dd>
          </dl>
          <p>
            <a href={paths.api.checkpoint()}>This checkpoint as a signed text</a>: a few lines. Save it, and
            you can hold any later state of this ledger against it.
          </p>
        </>
      )}
      <Attested read={attested} />
    </section>
  )
}

const HowItWorks = () => (
  <section aria-labelledby="how">
    <h2 id="how">How one short line holds the whole record</h2>
    <p>
      A <b>hash</b> is a fingerprint of a text: 32 bytes that are always the same for the same text, and that
      nobody knows how to get from any other. Every entry has one. Two neighbouring fingerprints are taken
      together and get a fingerprint of their own, two of those again, and so on, until one is left over all
      entries: the <b>root</b>. (Books call it a Merkle tree.) Change a comma in the oldest entry, take one
      out or put one in, and the root is another.
    </p>
    <p>
      A ledger that has a key signs, within a minute of every entry, the number of its entries and their root:
      a <b>checkpoint</b>. Whoever keeps one can find out later whether the log still begins with exactly
      those entries. Whoever keeps none can find out that the log agrees with itself, and nothing more:
      somebody who owns the ledger can write another one that agrees with itself as well.
    </p>
    <p>
      What is sealed is a fingerprint of the words and of a random number, not the words themselves. So words
      that must go, because a person has a right to that, can go, and every proof still holds. Entries about
      members, tokens and policy are published sealed.
    </p>
  </section>
)

const ATTACKERS: readonly { holds: string; could: string; could_not: string }[] = [
  {
    holds: 'The database',
    could:
      'Cut off its end, or write another record into it, in which every fingerprint fits. Without the key the new roots are not signed.',
    could_not: 'Make it fit a checkpoint that somebody kept.',
  },
  {
    holds: 'The key as well',
    could: 'Sign that other record, or show two readers two records.',
    could_not:
      'Make that record fit a checkpoint that was kept before; two readers who compare what they keep see that there are two.',
  },
  {
    holds: 'The server or the Worker',
    could:
      'Show pages that say something else than the log, leave out what comes in, and stamp it with a wrong time.',
    could_not:
      'Have the entries say what the pages say: reckon verify holds the published track records against those that the entries give.',
  },
  {
    holds: 'The source code',
    could: 'Have the next version do any of this.',
    could_not: 'Change what was sealed: docs/verify.py reads the log and has none of that code.',
  },
  {
    holds: 'A member’s token',
    could: 'Write down what is not so, in the name of that member, from that moment on.',
    could_not:
      'Change or take out an entry, write in another name, or write into the past. While four eyes are in force: decide a question alone.',
  },
]

const Attackers = () => (
  <section aria-labelledby="attackers">
    <h2 id="attackers">What somebody could do, and what would be found</h2>
    <section class="scroll" aria-label="What somebody could do" tabindex={0}>
      <table class="stacked">
        <TableHead columns={['Whoever holds', 'could', 'could not']} />
        <tbody>
          {ATTACKERS.map(({ holds, could, could_not }) => (
            <tr>
              <th scope="row">{holds}</th>
              <td class="text" data-name="could">
                {could}
              </td>
              <td class="text" data-name="could not">
                {could_not}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
    <p>
      No log shows that what was written down is true, or that something was not left out when it should have
      been written down. The time of an entry is what the clock of the server showed.
    </p>
  </section>
)

const Command = ({ children }: { children: Child }) => (
  <pre class="command">
    <code>{children}</code>
  </pre>
)

const HowToVerify = ({ origin }: { origin: string }) => (
  <section aria-labelledby="verify">
    <h2 id="verify">How to verify</h2>
    <p>
      With Reckoning: all entries are fetched and hashed again, the rules between them are checked, and the
      published track records are held against those that the entries give. The first time it keeps the key
      and the checkpoint in a file; every later time the log must still hold all that the file holds.
    </p>
    <Command>{`reckon verify ${origin} --pin ledger.pin`}</Command>
    <p>
      Without any of our programs, with Python alone, by one file that can be read in a sitting:{' '}
      <code>docs/verify.py</code> in the source of Reckoning. It reads an address or an export, and takes the
      same pin.
    </p>
    <Command>{`python3 verify.py ${origin} --pin ledger.pin`}</Command>
    <p>
      A single forecast: its page checks its own entries in your browser, and each entry has a receipt that
      can be kept. The formats are those of the transparency logs of <span class="nowrap">C2SP</span> (
      <ExternalLink href="https://c2sp.org/tlog-tiles" bare>
        tlog-tiles
      </ExternalLink>
      ,{' '}
      <ExternalLink href="https://c2sp.org/tlog-proof" bare>
        tlog-proof
      </ExternalLink>
      ), so that programs of others read them: <a href={paths.api.checkpoint()}>checkpoint</a>,{' '}
      <a href={paths.api.logKey()}>key</a>.
    </p>
    <p>
      You need not do anything to hold an older checkpoint: a reader that follows{' '}
      <a href={paths.logFeed()}>the checkpoints as a feed</a> keeps them. Copy the signed text of one into a
      file, and give that file to <code>--pin</code>.
    </p>
    <p>
      Keep the pin where whoever runs this ledger cannot reach it. If it ever disagrees, keep it as it is, and
      ask them why.
    </p>
  </section>
)
