import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Misuse } from '../config.ts'
import { Day } from '../core/calendar.ts'
import { LedgerError } from '../core/error.ts'
import { line } from '../core/text.ts'
import { integrate } from '../ledger/log/integrate.ts'
import { parseCheckpoint } from '../log/checkpoint.ts'
import { sameBytes } from '../log/encoding.ts'
import { type About, addressOf, type Licence, licences } from '../release/about.ts'
import { archiveName } from '../release/readme.ts'
import { readDataset } from '../store/documents/dataset.ts'
import { stampedAt } from '../store/past.ts'
import { readPublished, readVerifiers } from '../store/proofs.ts'
import { fitting } from './arguments.ts'
import type { Command, Given } from './command.ts'
import { type Opened, withLedger } from './open-ledger.ts'
import { plural } from './table.ts'

const VERSION = /^[0-9A-Za-z][0-9A-Za-z.+-]{0,63}$/u
const DOI = /^10\.\d{4,9}\/[^\s"<>]{1,200}$/u

export const release: Command = {
  name: 'release',
  summary: 'write the data set that a journal takes',
  operands: { shown: 'VERSION', least: 1, most: 1 },
  about: [
    'Writes an archive (zip) of what the ledger publishes: analysts, sources, statements, questions, forecasts, resolutions, references, scores, track records and, where texts were coded by two, their agreement, as CSV; a codebook of every column; datapackage.json, croissant.json, CITATION.cff and datacite.json; the signed checkpoint, and how to verify it.',
    'It is made from the log alone, up to the newest checkpoint, so nothing that members keep is in it, and nothing that was taken out. No clock is asked: the same log, version and options give the same bytes. A file that is there and differs is never overwritten.',
    'Every column says in what it may be used. --licence is that of the columns that the ledger made; without it none is stated. Words of others stay theirs: --without-quotes leaves them out.',
  ].join('\n'),
  options: {
    out: { value: 'FILE', about: 'the archive; reckoning-VERSION.zip without it' },
    'without-quotes': { about: 'leave out the words of others' },
    licence: { value: 'ID', about: 'of what the ledger made', choices: Object.keys(licences) },
    title: { value: 'TEXT', about: 'the title of the data set' },
    author: { value: 'NAME', about: 'who is cited; the name of the log without it', repeats: true },
    publisher: { value: 'NAME', about: 'who publishes it; the first author without it' },
    doi: { value: 'DOI', about: 'the identifier that was reserved for it, such as 10.5281/zenodo.1234' },
    date: { value: 'DAY', about: 'when it is published; the day of the last entry without it' },
  },
  examples: [
    [
      'reckon release 1.0.0 --licence CC-BY-4.0 --author "The Newsroom"',
      'For a repository of research data.',
    ],
    ['reckon release 1.0.0 --without-quotes --out data/open.zip', 'Only what is the ledger’s own.'],
  ],
  problems: 'no checkpoint of the log was signed yet, or another release of that name is there',
  run: (context, given) =>
    withLedger(context, async (opened) => {
      const asked = askedOf(given)
      const file = resolve(given.text('out') ?? archiveName(asked.version))
      await integrate(opened.ledger)
      const { about, ...rest } = await readRelease(opened, asked)
      const { archiveOf, releaseFiles } = await import('../release/release.ts')
      const files = releaseFiles({ about, ...rest })
      const bytes = archiveOf(files)
      const written = keep(file, bytes)
      const { log, as_of, licence } = about
      const lines = [
        `${file} ${written ? 'written' : 'is there already, with the same bytes'}: ${plural(Object.keys(files).length, 'file')}, ${plural(log.size, 'entry', 'entries')}, as of ${as_of}.`,
        ...(licence === null ? ['No licence is stated in it: --licence names one.'] : []),
      ]
      return {
        text: lines.join('\n'),
        json: {
          file,
          bytes: bytes.length,
          written,
          entries: log.size,
          as_of,
          licence,
          files: Object.keys(files).sort(),
        },
      }
    }),
}

type Asked = Omit<About, 'title' | 'authors' | 'publisher' | 'released_on' | 'url' | 'as_of' | 'log'> & {
  title: string | undefined
  authors: string[]
  publisher: string | undefined
  released_on: string | undefined
}

const NAME = line(200)

function askedOf(given: Given): Asked {
  const version = given.positionals[0] as string
  if (!VERSION.test(version))
    throw new Misuse(
      `${JSON.stringify(version)} is no version: letters, digits, dots, plus and minus, such as 1.0.0.`,
    )
  const doi = given.text('doi') ?? null
  if (doi !== null && !DOI.test(doi))
    throw new Misuse(`--doi ${JSON.stringify(doi)} is no DOI, such as 10.5281/zenodo.1234.`)
  const optional = (name: string) => {
    const said = given.text(name)
    return said === undefined ? undefined : fitting(NAME, `--${name}`, said)
  }
  const day = given.text('date')
  return {
    version,
    doi,
    quotes: !given.flag('without-quotes'),
    licence: (given.text('licence') as Licence | undefined) ?? null,
    title: optional('title'),
    authors: given.all('author').map((name) => fitting(NAME, '--author', name)),
    publisher: optional('publisher'),
    released_on: day === undefined ? undefined : fitting(Day, '--date', day),
  }
}

/** All that the newest checkpoint holds, replayed from the log into a database of its own. */
async function readRelease({ ledger }: Opened, asked: Asked) {
  const { pastOn } = await import('../node/runtime.ts')
  const published = await readPublished(ledger.db)
  const checkpoint = parseCheckpoint(published?.note ?? '')
  if (published === null || checkpoint === null)
    throw new LedgerError(
      'conflict',
      `No checkpoint of this log was signed yet. ${ledger.log?.note ?? ''}`.trim(),
    )
  const keys = await readVerifiers(ledger.db)
  const { origin, size } = checkpoint
  // A page may not take that long; this may.
  const past = pastOn(ledger.db, Number.POSITIVE_INFINITY)
  try {
    const { db, release } = await past.hold(size - 1)
    const as_of = (await stampedAt(db, size - 1)) as string
    const data = await readDataset(db, new Date(as_of))
    release()
    const authors = asked.authors.length > 0 ? asked.authors : [origin]
    const about: About = {
      ...asked,
      title: asked.title ?? `Record of forecasts of ${origin}`,
      authors,
      publisher: asked.publisher ?? (authors[0] as string),
      released_on: asked.released_on ?? as_of.slice(0, 10),
      url: addressOf(origin),
      as_of,
      log: { origin, size },
    }
    return { about, data, checkpoint: published.note, keys }
  } finally {
    await past.close()
  }
}

/** Writes it whole or not at all; false where the same bytes are there. A release that is out does not change. */
function keep(file: string, bytes: Uint8Array): boolean {
  if (existsSync(file)) {
    if (sameBytes(readFileSync(file), bytes)) return false
    throw new LedgerError(
      'conflict',
      `${file} is another release of that name. Take another version, or move it away.`,
    )
  }
  writeFileSync(`${file}.new`, bytes)
  renameSync(`${file}.new`, file)
  return true
}
