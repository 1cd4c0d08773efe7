import { notFound } from '../core/error.ts'
import { type ArchiveRun, type Archiving, runArchive } from '../jobs/archive.ts'
import type { Command } from './command.ts'
import { withLedger } from './open-ledger.ts'
import { plural } from './table.ts'
import { harmless, styled, type Terminal } from './terminal.ts'

/** The command with its way to the archive, so that tests can put another in its place. */
export const archiveThrough = (archiving: (mode: Archiving['mode']) => Promise<Archiving>): Command => ({
  name: 'archive',
  summary: 'find archived copies of sources and look for the quotes there',
  operands: { shown: '[SOURCE…]', least: 0, most: 100 },
  about: [
    'Asks the Wayback Machine for a copy of the page of each source that has an address and quotes which nobody has looked for in an archive yet, or of those named, reads the copy, and records as an entry where it is and which quotes stand in it. A copy that the source names already is only read.',
    'With --save the archive is also asked to take a page of which it has no copy; that may take minutes, so run it again. A server does the same by itself, with RECKONING_ARCHIVE.',
  ].join('\n'),
  options: { save: { about: 'ask the archive to take what it does not have' } },
  examples: [
    ['reckon archive', 'The latest five sources without one.'],
    ['reckon archive --save 2024-04-alphanews-kalachev', 'One of them, taken if need be.'],
  ],
  problems: 'a copy could not be had or read, or does not hold a quote',
  run: (context, given) =>
    withLedger(context, async ({ ledger }) => {
      const named = given.positionals
      const how = await archiving(given.flag('save') ? 'save' : 'lookup')
      const run = await runArchive(ledger, context.now(), how, named.length === 0 ? null : named)
      const met = [...run.recorded, ...run.waiting].map(({ source }) => source)
      const unknown = named.find((id) => !met.includes(id))
      if (unknown !== undefined) throw notFound('source with an address and quotes', unknown)
      const isWell = run.recorded.every(
        ({ archived }) => archived.unreadable === undefined && archived.lacks.length === 0,
      )
      return {
        text: textOf(context.terminal, run),
        json: run,
        exit: isWell && run.waiting.length === 0 ? 0 : 1,
      }
    }),
})

export const archive = archiveThrough(async (mode) =>
  (await import('../node/archive-jobs.ts')).archivingOnNode(mode),
)

function textOf(terminal: Terminal, { recorded, waiting }: ArchiveRun): string {
  if (recorded.length + waiting.length === 0)
    return 'No source with an address and quotes is to be looked for now.'
  return [
    ...recorded.map(({ source, archived: { archive_url, unreadable, holds, lacks } }) => {
      const all = plural(holds.length + lacks.length, 'quote')
      const said =
        unreadable === undefined
          ? `holds ${holds.length} of ${all}`
          : `could not be read: it ${harmless(unreadable)}`
      const style = unreadable === undefined && lacks.length === 0 ? 'green' : 'yellow'
      return `${styled(terminal, style, harmless(source))} ${harmless(archive_url)} ${said}`
    }),
    ...waiting.map(
      ({ source, because }) => `${styled(terminal, 'dim', harmless(source))} not yet: ${harmless(because)}`,
    ),
  ].join('\n')
}
