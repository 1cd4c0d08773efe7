import type { Checkpoint } from '../log/checkpoint.ts'
import type { Table } from './table.ts'

export const licences = {
  'CC-BY-4.0': 'https://creativecommons.org/licenses/by/4.0/',
  'CC-BY-SA-4.0': 'https://creativecommons.org/licenses/by-sa/4.0/',
  'CC-BY-NC-4.0': 'https://creativecommons.org/licenses/by-nc/4.0/',
  'CC0-1.0': 'https://creativecommons.org/publicdomain/zero/1.0/',
  'ODC-By-1.0': 'https://opendatacommons.org/licenses/by/1-0/',
  'ODbL-1.0': 'https://opendatacommons.org/licenses/odbl/1-0/',
  'PDDL-1.0': 'https://opendatacommons.org/licenses/pddl/1-0/',
} as const
export type Licence = keyof typeof licences

/** What a release says of itself. Nothing in it comes from a clock: a day that nobody named is that of the head. */
export type About = {
  version: string
  title: string
  authors: readonly string[]
  publisher: string
  /** Of the columns that the ledger made; null where whoever runs it has named none. */
  licence: Licence | null
  doi: string | null
  released_on: string
  /** Whether the words of others are in it. */
  quotes: boolean
  /** Where the ledger is read; null where its log has no address for a name. */
  url: string | null
  /** Of the last entry. */
  as_of: string
  log: Pick<Checkpoint, 'origin' | 'size'>
}

/** The address of the ledger that signs under this name, or null where the name is no address. */
export function addressOf(origin: string): string | null {
  const [host = '', ...path] = origin.split('/')
  return /^[a-z0-9-]+(\.[a-z0-9-]+)+$/iu.test(host) && path[0] === 'api' ? `https://${host}` : null
}

export const fileOf = ({ name }: Pick<Table, 'name'>): string => `${name}.csv`

export const descriptionOf = ({ as_of, log, quotes }: About): string =>
  `A ledger of other people's predictions: what was said, the question that it was read as, what became of it, and the scores, as of ${as_of} (entry ${log.size - 1} of the log ${log.origin}).${
    quotes ? '' : ' The words of others are left out.'
  }`

export const KEYWORDS = ['forecasting', 'predictions', 'track record', 'calibration', 'experts']

/** In what a column may be used. */
export const RIGHTS = {
  ledger: ({ licence }: About) =>
    licence === null ? 'No licence is stated: ask whoever runs the ledger.' : licence,
  quoted: () =>
    'Words of others, quoted with their source. The rights stay with whoever said, wrote or published them; no licence is given.',
  named: () => 'Names, titles and addresses. No right is claimed or given.',
} as const
