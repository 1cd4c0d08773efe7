import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { LedgerError } from '../core/error.ts'
import { integrate } from '../ledger/log/integrate.ts'
import { fromUtf8 } from '../log/encoding.ts'
import { entryLine, headLine } from '../log/lines.ts'
import { parseEntryBundle, TILE_WIDTH, tilesOf } from '../log/tile.ts'
import { readOpenings, readPublished, readTile, readVerifiers } from '../store/proofs.ts'
import type { Context, Outcome } from './command.ts'
import type { Opened } from './open-ledger.ts'
import { plural } from './table.ts'

/** Writes the published log as lines of JSON, whole or not at all. */
export async function exportLines(context: Context, { ledger }: Opened, file: string): Promise<Outcome> {
  await integrate(ledger)
  const published = await readPublished(ledger.db)
  if (published === null)
    throw new LedgerError(
      'conflict',
      `No checkpoint of this log was signed yet. ${ledger.log?.note ?? ''}`.trim(),
    )
  const { size, note } = published
  const progress = context.progress('Writing entries')
  const out = openSync(`${file}.new`, 'w')
  try {
    writeSync(out, headLine(note, await readVerifiers(ledger.db)))
    for (const tile of tilesOf(size).filter(({ level }) => level === 'entries')) {
      const from = tile.index * TILE_WIDTH
      const entries = parseEntryBundle((await readTile(ledger.db, tile, size)) as Uint8Array) ?? []
      const openings = (fromUtf8((await readOpenings(ledger.db, tile, size)) as Uint8Array) ?? '').split('\n')
      const lines = entries.map((bytes, i) => {
        const line = entryLine(from + i, fromUtf8(bytes) ?? '', openings[i] ?? '')
        if (line === null)
          throw new LedgerError(
            'damaged',
            `Entry ${from + i} is not as it was sealed. \`reckon verify\` tells more.`,
          )
        return line
      })
      writeSync(out, lines.join(''))
      progress(from, size)
    }
  } catch (error) {
    rmSync(`${file}.new`, { force: true })
    throw error
  } finally {
    closeSync(out)
  }
  renameSync(`${file}.new`, file)
  return {
    text: `${file}: the checkpoint and ${plural(size, 'entry', 'entries')}, a line each.`,
    json: { file, entries: size },
  }
}
