import { seeded } from './chance.ts'

/** A whole number below `most`. */
export type Chance = (most: number) => number

export function chanceOf(seed: number): Chance {
  const next = seeded(seed)
  return (most) => Math.floor(next() * most)
}

const PAGE = 4096

/** A file, the log beside it, and the same file at an earlier moment. */
export type Files = { main: Buffer; wal: Buffer | null; earlier: Buffer }
type Damage = (files: Files, chance: Chance) => Files

const pageOf = (bytes: Buffer, chance: Chance) => chance(Math.floor(bytes.length / PAGE)) * PAGE

function flipped(bytes: Buffer, chance: Chance): Buffer {
  const copy = Buffer.from(bytes)
  const count = 1 + chance(8)
  for (let i = 0; i < count; i++) {
    const at = chance(copy.length)
    copy[at] = (copy[at] ?? 0) ^ (1 + chance(255))
  }
  return copy
}

export const BESIDE = 'a damaged log beside'

/** What happens to a file: a disk that lies, a copy that was cut off, a hand that slips. */
export const damages: Readonly<Record<string, Damage>> = {
  'flipped bytes': (files, chance) => ({ ...files, main: flipped(files.main, chance) }),
  'zeroed pages': (files, chance) => {
    const main = Buffer.from(files.main)
    const at = pageOf(main, chance)
    main.fill(0, at, at + PAGE * (1 + chance(3)))
    return { ...files, main }
  },
  truncation: (files, chance) => ({
    ...files,
    main: files.main.subarray(0, 1 + chance(files.main.length - 1)),
  }),
  'torn halves': (files, chance) => {
    const main = Buffer.from(files.main)
    const cut = pageOf(files.earlier, chance) + PAGE / 2
    files.earlier.copy(main, cut, cut)
    return { ...files, main }
  },
  'swapped pages': (files, chance) => {
    const main = Buffer.from(files.main)
    const [a, b] = [pageOf(main, chance), pageOf(main, chance)]
    files.main.copy(main, a, b, b + PAGE)
    files.main.copy(main, b, a, a + PAGE)
    return { ...files, main }
  },
  [BESIDE]: (files, chance) => {
    const { wal } = files
    if (wal === null) return files
    return { ...files, wal: chance(2) === 0 ? flipped(wal, chance) : wal.subarray(0, chance(wal.length)) }
  },
}
