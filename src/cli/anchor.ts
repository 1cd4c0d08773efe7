import { Misuse } from '../config.ts'
import { type Anchoring, runAnchor, runUpgrade } from '../jobs/anchor/anchor.ts'
import { integrate } from '../ledger/log/integrate.ts'
import type { Command } from './command.ts'
import { withLedger } from './open-ledger.ts'
import { plural } from './table.ts'
import { harmless } from './terminal.ts'

export const anchorCommand: Command = {
  name: 'anchor',
  summary: 'have others attest the latest checkpoint of the log, with a date',
  about: [
    'Shows the latest signed checkpoint to a time-stamping authority (RFC 3161), to a calendar of OpenTimestamps or to a witness, verifies what comes back and records it as an entry. From then on a forecast in it is proven to have been logged before that date, by somebody who has no hand in this ledger. Nothing of the record leaves the house but 32 bytes that nobody can read anything from; a witness gets the checkpoint itself.',
    'Without options it asks those of the settings (RECKONING_TSA, RECKONING_CALENDARS, RECKONING_WITNESSES), as the server does every hour in which something was recorded. Where nothing but anchors is new, nobody is asked.',
  ].join('\n'),
  options: {
    tsa: { value: 'URL', about: 'a time-stamping authority; needs --ca' },
    ca: { value: 'FILE', about: 'the certificates (PEM) of the authorities that are trusted for it' },
    ots: { value: 'URL', about: 'a calendar of OpenTimestamps' },
    blocks: { value: 'URL', about: 'an Esplora API, where the headers of Bitcoin blocks are read' },
    witness: { value: 'URL+KEY', about: 'address and verifier key of a witness, with a space between' },
    upgrade: { about: 'ask only what became of the promises of calendars' },
  },
  examples: [
    ['reckon anchor', 'Asks everybody whom the settings name.'],
    ['reckon anchor --tsa https://tsa.example.org/tsr --ca tsa-root.pem', 'A stamp of one authority.'],
    ['reckon anchor --upgrade', 'Some hours after a calendar was asked.'],
  ],
  problems: 'somebody did not answer, or with something that does not verify; the others are recorded',
  run: (context, given) =>
    withLedger(context, async ({ ledger }) => {
      const { namedBy, partiesNamed } = await import('../node/anchor-parties.ts')
      const { exchange } = await import('../node/exchange.ts')
      const settings = namedBy(context.config())
      const own = { tsa: given.text('tsa'), ots: given.text('ots'), witnesses: given.text('witness') }
      const isOwn = Object.values(own).some((value) => value !== undefined)
      const asked = partiesNamed({
        ...(isOwn ? own : settings),
        ca: given.text('ca') ?? settings.ca,
        blocks: given.text('blocks') ?? settings.blocks,
      })
      const now = context.now()
      if (given.flag('upgrade')) {
        const blocks = given.text('blocks') ?? settings.blocks ?? null
        return outcome(await runUpgrade(ledger, now, blocks, exchange))
      }
      if (asked === null)
        throw new Misuse(
          'Nobody is named whom to ask.',
          'Say --tsa with --ca, --ots or --witness, or see docs/settings.md.',
        )
      await integrate(ledger)
      return outcome(await runAnchor(ledger, now, asked, exchange, true))
    }),
}

function outcome(done: Anchoring) {
  const lines = [
    ...done.anchored.map(
      ({ entry, by_whom, at, size }) =>
        `Entry ${entry}: ${harmless(by_whom)} attests the first ${plural(size, 'entry', 'entries')}${at === null ? '; when, is not known without the header of that block' : ` as of ${at}`}.`,
    ),
    ...done.promised.map(
      (url) => `${url} will have it in a block of Bitcoin, in some hours: \`reckon anchor --upgrade\` asks.`,
    ),
    ...(done.waiting === 0
      ? []
      : [`${plural(done.waiting, 'promise')} of calendars that no block holds yet.`]),
    ...done.nothing_new.map((party) => `${harmless(party)} was not asked: nothing but anchors is new.`),
    ...done.failed.map(({ party, because }) => `${harmless(party)} ${harmless(because)}.`),
    ...(done.size === null ? ['There is no signed checkpoint yet, so there is nothing to attest.'] : []),
  ]
  return {
    text: lines.length === 0 ? 'Nothing was asked.' : lines.join('\n'),
    json: done,
    exit: done.failed.length > 0 || done.size === null ? (1 as const) : (0 as const),
  }
}
