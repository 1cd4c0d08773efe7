import { RESTORE } from '../store/damage.ts'
import { engineLine } from '../store/engine.ts'
import type { Mend } from '../store/verify/finding.ts'
import type { Verified } from './older.ts'
import { plural } from './table.ts'
import { harmless, styled, type Terminal } from './terminal.ts'

const WAYS: Record<Mend, string> = {
  restore: RESTORE,
  rebuild: 'What is derived from the log is made again by `reckon rebuild`.',
  migrate: '`reckon migrate` brings it up to date; of a backup, do that to a copy.',
  ask: 'Keep what you held it against, and ask whoever runs the ledger. What you keep was not written anew.',
}

/** What a verification found, for people. */
export function verificationText(terminal: Terminal, result: Verified): string {
  const { entries, findings, more, notes, engine, signed } = result
  const asides = [
    ...decidedAlone(result),
    ...(result.withheld > 0
      ? [
          `${plural(result.withheld, 'entry', 'entries')} about members, tokens and policy ${result.withheld === 1 ? 'is' : 'are'} published sealed.`,
        ]
      : []),
    ...notes.map((note) => `Note: ${harmless(note)}`),
    ...(engine === null ? [] : [engineLine(engine)]),
  ]
  const count = plural(entries, 'entry', 'entries')
  if (findings.length === 0)
    return [
      `${styled(terminal, 'green', 'Verified')}: ${count}. Each hashes to what it says, in its place,`,
      'by a member who might write it; what is shown is what they say.',
      ...(signed === null
        ? []
        : [
            `The checkpoint of ${plural(signed.size, 'entry', 'entries')} is signed by ${harmless(signed.key)}.`,
          ]),
      ...yesterday(result),
      ...asides,
    ].join('\n')
  const total = findings.length + more
  return [
    ...findings.map(
      ({ seq, code, message }) =>
        `${seq === null ? 'ledger' : `entry ${seq}`}: ${code}: ${harmless(message)}`,
    ),
    ...(more > 0 ? [`… and ${more} more.`] : []),
    ...asides,
    styled(terminal, 'red', `${plural(total, 'finding')} in ${count}.`),
    ...Object.entries(WAYS)
      .filter(([mend]) => findings.some((finding) => finding.mend === mend))
      .map(([, way]) => way),
  ].join('\n')
}

const decidedAlone = ({ same_person }: Verified): string[] =>
  same_person === 0
    ? []
    : [
        `${plural(same_person, 'outcome')} confirmed by the same person who proposed ${same_person === 1 ? 'it' : 'them'}.`,
      ]

/** Whether it is the log of before, as far as anybody could tell. */
function yesterday({ older, kept }: Verified): string[] {
  if (older !== null)
    return [
      `It still holds all ${plural(older.size, 'entry', 'entries')} of the checkpoint in ${harmless(older.from)}.`,
      ...(kept === null
        ? []
        : [`That file now keeps the checkpoint of ${plural(kept.size, 'entry', 'entries')}.`]),
    ]
  if (kept !== null)
    return [
      'It agrees with itself. This was the first visit, so it cannot show that it is yesterday’s log.',
      `${harmless(kept.in)} now keeps its key and its checkpoint of ${plural(kept.size, 'entry', 'entries')}, to compare with next time.`,
    ]
  return [
    'It agrees with itself; no older checkpoint was given, so this cannot show that it is',
    'yesterday’s log. Whoever keeps one can tell: --pin FILE.',
  ]
}
