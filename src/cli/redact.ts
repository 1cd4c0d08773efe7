import { Misuse } from '../config.ts'
import { RedactionRequest, redactionClasses, redactionKinds } from '../core/redaction.ts'
import type { Plan } from '../ledger/redaction/plan.ts'
import { redact, wouldRedact } from '../ledger/redaction/redact.ts'
import { rowWords } from '../store/private-words.ts'
import type { Scrubbed } from '../store/scrub.ts'
import type { Command, Given } from './command.ts'
import { unitOf, withLedger } from './open-ledger.ts'
import { plural } from './table.ts'

const listed = (what: string, all: readonly string[]): string[] =>
  all.length === 0 ? [] : [`${what}: ${all.join(', ')}`]

const planLines = ({ changes, texts, rows, renamed, left }: Plan): string[] => [
  ...listed(
    plural(changes.length, 'entry', 'entries'),
    changes.map(({ event }) => `${event.seq} (${event.type})`),
  ),
  ...listed(
    'Kept texts of sources',
    texts.map(({ source }) => source),
  ),
  ...listed('Kept beside the log', rows.map(rowWords)),
  ...listed('Ids that change, and with them their addresses', [...renamed.keys()]),
  ...listed(
    'Left as they are, although they hold the words',
    left.map(({ seq, type }) => `entry ${seq} (${type})`),
  ),
]

const SCRUBBED: Record<Scrubbed, string> = {
  clean: 'The file was written anew and its log emptied: the words are in neither.',
  held: 'The file was written anew. Its write-ahead log is emptied by the server as soon as nobody reads from it; where none runs, run `reckon redact` once more, or open and close the ledger.',
  remote:
    'The database is kept elsewhere: when its freed pages, replication log and backups are overwritten, only who keeps it can say.',
}

function requestOf(given: Given): RedactionRequest {
  const named = redactionKinds.flatMap((kind) => {
    const id = given.text(kind)
    return id === undefined ? [] : [{ kind, id }]
  })
  if (named.length > 1) throw new Misuse('Name one record at a time.')
  const [fields, words, text] = [given.all('field'), given.all('words'), given.text('text')]
  const read = RedactionRequest.safeParse({
    ...named[0],
    ...(fields.length === 0 ? {} : { fields }),
    ...(words.length === 0 ? {} : { words }),
    ...(text === undefined ? {} : { text }),
    class: given.text('class'),
    because: given.text('because'),
  })
  if (read.success) return read.data
  const [issue] = read.error.issues
  throw new Misuse(
    `${issue?.path.length === 0 ? 'This' : `--${String(issue?.path[0])}`} ${issue?.message ?? 'is not right'}.`,
    'reckon redact --help says more.',
  )
}

export const redactCommand: Command = {
  name: 'redact',
  summary: 'take words out of the ledger for good',
  about: [
    'For personal data, and for what should never have been written down. Names the texts of a record (--analyst, --source, --statement, --forecast, --question, or any other thing by the number of its --entry, or a suspended --member by the id that `reckon member list` prints), further --words wherever they stand, or the kept --text of a source. Without --yes it says what would go and writes nothing.',
    'With --yes an entry is written for each entry that holds the words; their openings go, and with them kept texts, captures and notes that hold them. Everything derived is made anew, then the file. Ids that tell the words change. Probabilities, deadlines, outcomes and scores stay, every proof stays valid, and pages say that something was taken out, when and why.',
    'What others hold already cannot be reached: backups made before, exports, copies of pages, the folder of predictions in version control. Of a remote database only its keeper can say when freed pages are gone. While a large ledger is made anew nothing else is written.',
  ].join('\n'),
  options: {
    analyst: { value: 'ID', about: 'names, aliases and all that is said of an analyst' },
    source: { value: 'ID', about: 'title and notes of a source' },
    statement: { value: 'ID', about: 'a quote, what stands around it, its translation and notes' },
    forecast: { value: 'ID', about: 'the same, and the words of its probability' },
    question: { value: 'ID', about: 'title, criteria and notes of a question' },
    member: { value: 'ID', about: 'who kept the ledger and was suspended: name, tokens, ways to sign in' },
    entry: { value: 'N', about: 'the texts of one entry, such as a reply or an outcome' },
    field: { value: 'NAME', about: 'only this text of the record, such as note', repeats: true },
    words: { value: 'TEXT', about: 'these words, wherever they stand', repeats: true },
    text: { value: 'SOURCE', about: 'the kept text of a source; its hash stays' },
    because: { value: 'WHY', about: 'what everybody will read, without the words', required: true },
    class: {
      value: 'CLASS',
      about:
        'what it is: correction (it was wrong), clarification (it could be misread), or update (it was right when it was written, and something came to pass since)',
      choices: redactionClasses,
      required: true,
    },
    yes: { about: 'do it; without it nothing is written' },
  },
  examples: [
    [
      'reckon redact --analyst jan-kowalski --because "He asked for it." --class update',
      'Says what would go.',
    ],
    [
      'reckon redact --statement 2026-11-an-interview_no-war --because "A court ordered it." --class correction --yes',
      'Does it.',
    ],
    [
      'reckon redact --member u7Zk2mQe9xRw4tYb1cVn0A --because "Left, and asked for it." --class update',
      'A former member from then on.',
    ],
    [
      'reckon redact --text 2026-11-an-interview --because "The licence has ended." --class update --yes',
      'Keeps the hash.',
    ],
  ],
  problems: 'nothing was written because --yes is missing, or the words stand nowhere',
  run: (context, given) =>
    withLedger(context, async ({ ledger, administrator }) => {
      const request = requestOf(given)
      const unit = unitOf(context, administrator)
      if (!given.flag('yes')) {
        const plan = await wouldRedact(ledger, unit, request)
        const lines = planLines(plan)
        return {
          text: [
            ...(lines.length === 0 ? ['These words stand nowhere.'] : lines),
            'Nothing was written. With --yes it goes for good.',
          ].join('\n'),
          json: { ...planJson(plan), written: false },
          exit: 1,
        }
      }
      const { event, plan, scrubbed } = await redact(ledger, unit, request)
      return {
        text: [
          ...planLines(plan),
          `Taken out, by entry ${event.seq} and those after it.`,
          SCRUBBED[scrubbed],
        ].join('\n'),
        json: { ...planJson(plan), written: true, seq: event.seq, scrubbed },
      }
    }),
}

const planJson = ({ changes, texts, rows, renamed, left }: Plan) => ({
  entries: changes.map(({ event: { seq, type } }) => ({ seq, type })),
  texts: texts.map(({ source }) => source),
  private: rows,
  renamed: [...renamed.keys()],
  left: left.map(({ seq, type }) => ({ seq, type })),
})
