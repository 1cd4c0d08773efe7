import { Misuse } from '../config.ts'
import { meant } from '../core/analyst.ts'
import { Day } from '../core/calendar.ts'
import { LedgerError } from '../core/error.ts'
import { nameKey } from '../core/name.ts'
import { readTrackRecord } from '../store/documents/track-record.ts'
import { findAnalyst, findAnalystsByName } from '../store/lookups.ts'
import { listAnalysts } from '../store/nouns.ts'
import { readPersons } from '../store/persons.ts'
import { fitting } from './arguments.ts'
import type { Command } from './command.ts'
import { type Opened, withLedger } from './open-ledger.ts'
import { drawRecord } from './record-drawing.ts'

export const trackRecord: Command = {
  name: 'track-record',
  summary: "draw an analyst's record in the terminal",
  operands: { shown: 'NAME', least: 1, most: 1 },
  about:
    'What the page of an analyst shows: the sentence that can be quoted and how sure it is, what came true against what was to be expected, the words and numbers that were used, the score, how much of what was said is counted, and every forecast. Like the page it leads with what was written down before the outcome, within 30 days, once that says something. What cannot be said from so few is withheld, and it says why. NAME is an id, a name or an alias.',
  options: {
    live: { about: 'only what was logged before the outcome was known' },
    proven: { about: 'of that only what somebody outside shows to have been' },
    all: { about: 'everything that was logged' },
    tag: { value: 'TAG', about: 'only questions with this tag' },
    from: { value: 'DATE', about: 'only what was said from this day on' },
    to: { value: 'DATE', about: 'only what was said up to this day' },
  },
  examples: [
    ['reckon track-record "Konstantin Kalachev"', 'What the page shows.'],
    ['reckon track-record konstantin-kalachev --live --json', 'The document of the API.'],
  ],
  run: (context, given) =>
    withLedger(context, async (held) => {
      const id = await analystId(held, given.positionals[0] as string)
      const day = (option: string) => {
        const value = given.text(option)
        return value === undefined ? undefined : fitting(Day, `--${option}`, value)
      }
      const views = (['live', 'proven', 'all'] as const).filter((view) => given.flag(view))
      if (views.length > 1) throw new Misuse('Say one of --live, --proven and --all.')
      const record = await readTrackRecord(held.ledger.db, id, {
        now: context.now(),
        logged: views[0],
        tag: given.text('tag'),
        from: day('from'),
        to: day('to'),
      })
      if (record === null) throw new LedgerError('not_found', `There is no analyst ${JSON.stringify(id)}.`)
      return { text: drawRecord(context.terminal, record), json: record }
    }),
}

/** The id behind an id, a name or an alias; says who else may be meant where there is none. */
export async function analystId({ ledger: { db } }: Opened, typed: string): Promise<string> {
  if ((await findAnalyst(db, typed)) !== null) return typed
  const [found, ...others] = meant({ name: typed }, await findAnalystsByName(db, [nameKey(typed)]))
  if (found !== undefined && others.length === 0) return found.record.id
  const { like } = await readPersons(db, [{ id: '', name: typed.slice(0, 200) }])
  const { items } = await listAnalysts(db, { q: typed.slice(0, 100) }, { limit: 3 })
  const maybe = new Map([...like, ...items.map(({ record }) => record)].map(({ id, name }) => [id, name]))
  const near = [...maybe]
    .slice(0, 3)
    .map(([id, name]) => `${name} (${id})`)
    .join(', ')
  throw new LedgerError(
    'not_found',
    `There is no analyst ${JSON.stringify(typed.slice(0, 100))}.${near === '' ? '' : ` Did you mean ${near}?`}`,
  )
}
