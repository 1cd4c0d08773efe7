import { LedgerError } from '../../core/error.ts'
import * as paths from '../../http/paths.ts'
import { readCheckpoints } from '../../store/documents/feeds.ts'
import { atomAnswer, uuidOfText } from '../ui/atom.tsx'
import type { PageHandler } from '../ui/page.ts'
import { Told } from './told.tsx'

/**
 * `/feeds/log.atom`: the last checkpoints as they were signed, so that whoever follows it holds older ones. They are
 * signed after the entry that they hold, so the answer has an ETag of its own.
 */
export const logFeed: PageHandler = async ({ host, origin }) => {
  if (host.asOf !== undefined)
    throw new LedgerError('not_found', 'The checkpoints of the log are those of today: leave out as_of.')
  const checkpoints = await readCheckpoints(host.ledger.db)
  const [last] = checkpoints
  const answer = await atomAnswer({
    title: 'Checkpoints of the log',
    subtitle:
      'What was signed of the log last, at most every minute in which something was recorded. Keep one, and reckon verify tells whether the log still holds all that it held then; how is told on the page of the log.',
    self: origin + paths.logFeed(),
    page: origin + paths.log(),
    updated: last?.at ?? '1970-01-01T00:00:00.000Z',
    entries: checkpoints.map(({ size, note, at }) => ({
      id: uuidOfText(note),
      title: `Checkpoint of ${size.toLocaleString('en')} ${size === 1 ? 'entry' : 'entries'}`,
      updated: at,
      page: origin + paths.log(),
      content: (
        <Told>
          <p>The signed checkpoint. Copied into a file, it is what reckon verify takes with --pin:</p>
          <pre>{note}</pre>
        </Told>
      ),
    })),
  })
  answer.headers.set('cache-control', 'no-cache')
  answer.headers.set('etag', `"${uuidOfText(`${host.build} ${origin} ${last?.note}`).slice(9)}"`)
  return answer
}
