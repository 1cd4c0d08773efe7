import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseCheckpoint } from '../log/checkpoint.ts'
import { addressOf } from '../release/about.ts'
import { fatebook, fatebookImport, leftOut, metaculus, type TrackerFiles } from '../release/trackers.ts'
import { readRecorded } from '../store/documents/dataset.ts'
import { readPublished } from '../store/proofs.ts'
import type { Context, Outcome } from './command.ts'
import type { Opened } from './open-ledger.ts'
import { plural } from './table.ts'

export const trackers = ['fatebook', 'fatebook-import', 'metaculus'] as const
export type Tracker = (typeof trackers)[number]

/** Writes what a tracker can carry in its own columns, and tells what it cannot. */
export async function exportTracker(
  context: Context,
  { ledger }: Opened,
  { as, folder }: { as: Tracker; folder: string },
): Promise<Outcome> {
  const recorded = await readRecorded(ledger.db, context.now())
  const origin = parseCheckpoint((await readPublished(ledger.db))?.note ?? '')?.origin
  const url = origin === undefined ? null : addressOf(origin)
  const made = {
    fatebook,
    'fatebook-import': fatebookImport,
    metaculus: (all: typeof recorded) => metaculus(all, url),
  }[as](recorded)
  const names = Object.keys(made.files).map((name) => join(folder, name))
  for (const [name, text] of Object.entries(made.files)) {
    const target = join(folder, name)
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(`${target}.new`, text)
    renameSync(`${target}.new`, target)
  }
  const { forecasts, left_out } = made
  return {
    text: [
      `${plural(forecasts, 'forecast')} in ${names.join(' and ') || 'no file'}.`,
      ...saidLeftOut(made),
    ].join('\n'),
    json: { files: names, forecasts, left_out },
  }
}

const saidLeftOut = ({ left_out }: TrackerFiles): string[] =>
  Object.entries(left_out).map(([why, n]) => `Left out: ${n} ${leftOut[why as keyof typeof leftOut]}.`)
