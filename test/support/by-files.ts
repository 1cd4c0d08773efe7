/** Whether every ledger of the tests is made on a real libSQL server instead of in a file. */
export const isOnServer = process.env.RECKONING_TEST_DATABASE === 'sqld'

/** Tests that are about a file by nature: the file of tests, perhaps the beginnings of titles in it, and the reason. */
type AboutFiles = { in: string; titles?: string[]; because: string }

export const ABOUT_FILES: readonly AboutFiles[] = [
  {
    in: 'test/store/disk.test.ts',
    because: 'files that are removed, replaced, copied over and checkpointed',
  },
  { in: 'test/node/file-connection.test.ts', because: 'the connection to files' },
  { in: 'test/server/disk.test.ts', because: 'permissions of files, and a disk that takes nothing' },
  { in: 'test/server/log.test.ts', because: 'a backup put in the place of a file, and the key beside it' },
  { in: 'test/server/witness.test.ts', because: 'a backup put in the place of a file' },
  { in: 'test/cli/damage.test.ts', because: 'bytes of a file that a disk gives back otherwise' },
  { in: 'test/cli/damaged-file.test.ts', because: 'bytes of a file that a disk gives back otherwise' },
  { in: 'test/cli/verify.test.ts', because: '`reckon verify FILE` of damaged copies of a file' },
  { in: 'test/cli/verify-older.test.ts', because: '`reckon verify FILE`' },
  {
    in: 'test/ledger/redact.test.ts',
    titles: ['of a statement: they are nowhere in the files'],
    because: 'the bytes of files and of a backup',
  },
  {
    in: 'test/api/member-redaction.test.ts',
    titles: ['the name of a member is nowhere after they went'],
    because: 'the bytes of files and of a backup',
  },
  {
    in: 'test/cli/log.test.ts',
    titles: [
      'is made beside the database',
      'carries the name of the place',
      'that others may read, that is gone',
      'is an entry, and the checkpoint',
      'that was interrupted after the file was written',
      'whose old one is lost says so',
      'is read, takes nothing',
      'without the file of the guard',
    ],
    because: 'the key and the guard of a log that stand beside its file',
  },
  {
    in: 'test/release/release.test.ts',
    titles: ['a log that was never signed is released as nothing'],
    because: 'the key of a log that stands beside its file',
  },
  {
    in: 'test/cli/reckon.test.ts',
    titles: [
      'does every command through its launcher',
      'says plainly that a file holds no ledger',
      'makes no database by looking for one',
    ],
    because: 'backups of a file, and a file that is none or not there',
  },
  {
    in: 'test/api/turns.test.ts',
    titles: ['while a megabyte of '],
    because: 'counts the turns that one thread gives others: on a server each of them waits for a trip',
  },
]

export const WHOLE_FILES: string[] = ABOUT_FILES.filter(({ titles }) => titles === undefined).map(
  (each) => each.in,
)

/** Why this test is not run on a server, or null. */
export function reasonOf(file: string, title: string): string | null {
  const entry = ABOUT_FILES.find(
    (each) => file.endsWith(each.in) && each.titles?.some((begin) => title.startsWith(begin)),
  )
  return entry?.because ?? null
}

/** What may take so long in a file, in ms, takes longer where every question is a trip to a server. */
export const patient = (ms: number): number => (isOnServer ? 20 * ms : ms)
