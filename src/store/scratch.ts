/**
 * Room for what a long piece of work has to remember. In memory it is as large as what is put there; where the entry
 * gives room on a disk, it is gone with the program, however that ends.
 */
export type Scratch = {
  pile: <T>() => Pile<T>
  index: <T>() => Index<T>
  close: () => void
}
/** Values in the order of their keys, as strings compare, and under one key in that of adding. */
export type Pile<T> = {
  add: (value: T, key?: string) => void
  [Symbol.iterator]: () => Iterator<T>
  clear: () => void
}
/** One value under a key. */
export type Index<T> = { get: (key: string) => T | undefined; set: (key: string, value: T) => unknown }

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

export const memoryScratch = (): Scratch => ({
  pile: <T>(): Pile<T> => {
    const items: { key: string; value: T }[] = []
    return {
      add: (value, key = '') => items.push({ key, value }),
      *[Symbol.iterator]() {
        for (const { value } of items.toSorted((a, b) => compare(a.key, b.key))) yield value
      },
      clear: () => {
        items.length = 0
      },
    }
  },
  index: () => new Map(),
  close: () => {},
})

type Bound = string | number | Uint8Array | null
/** A database of its own, which answers at once. */
export type Engine = {
  exec: (sql: string) => void
  prepare: (sql: string) => {
    run: (...args: Bound[]) => void
    all: (...args: Bound[]) => Record<string, unknown>[]
  }
  close: () => void
}

/** So many values are in memory at a time, or as many as make up so many letters. */
const PAGE = { values: 500, letters: 500_000 }

/** Room in a database that nobody else sees: nothing of it need survive, so nothing is synchronised or undone. */
export function fileScratch(engine: Engine): Scratch {
  for (const sql of ['journal_mode = OFF', 'synchronous = OFF', 'cache_size = -8000', 'temp_store = FILE'])
    engine.prepare(`PRAGMA ${sql}`).all()
  engine.exec('BEGIN')
  let tables = 0
  return {
    pile: <T>(): Pile<T> => {
      const name = `pile_${tables++}`
      engine.exec(`CREATE TABLE ${name} (n INTEGER PRIMARY KEY, key BLOB NOT NULL, value TEXT NOT NULL)`)
      const insert = engine.prepare(`INSERT INTO ${name} (key, value) VALUES (?, ?)`)
      let isKeyed = false
      let [count, letters] = [0, 0]
      return {
        add: (value, key = '') => {
          isKeyed ||= key !== ''
          const text = JSON.stringify(value)
          count++
          letters += text.length
          insert.run(orderOf(key), text)
        },
        *[Symbol.iterator]() {
          if (isKeyed) engine.exec(`CREATE INDEX IF NOT EXISTS ${name}_by_key ON ${name} (key, n)`)
          const [columns, order] = isKeyed ? ['(key, n) > (?, ?)', 'key, n'] : ['n > ?', 'n']
          const most = Math.ceil((PAGE.letters * count) / (letters + 1))
          const page = engine.prepare(
            `SELECT n, key, value FROM ${name} WHERE ${columns} ORDER BY ${order} LIMIT ${Math.max(1, Math.min(PAGE.values, most))}`,
          )
          let [key, n]: [Uint8Array, number] = [orderOf(''), 0]
          for (;;) {
            const rows = isKeyed ? page.all(key, n) : page.all(n)
            const last = rows.at(-1)
            if (last === undefined) return
            ;[key, n] = [new Uint8Array(last.key as Uint8Array), Number(last.n)]
            for (const row of rows) yield JSON.parse(String(row.value)) as T
          }
        },
        clear: () => engine.exec(`DELETE FROM ${name}`),
      }
    },
    index: <T>(): Index<T> => {
      const name = `index_${tables++}`
      engine.exec(`CREATE TABLE ${name} (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID`)
      const insert = engine.prepare(`INSERT OR REPLACE INTO ${name} (key, value) VALUES (?, ?)`)
      const found = engine.prepare(`SELECT value FROM ${name} WHERE key = ?`)
      return {
        get: (key) => {
          const [row] = found.all(key)
          return row === undefined ? undefined : (JSON.parse(String(row.value)) as T)
        },
        set: (key, value) => insert.run(key, JSON.stringify(value)),
      }
    },
    close: () => engine.close(),
  }
}

/** Bytes that compare as the text does in JavaScript, by its UTF-16 units; never empty, which no statement could be given. */
function orderOf(key: string): Uint8Array {
  const bytes = new Uint8Array(2 * key.length + 1)
  for (let i = 0; i < key.length; i++) {
    const unit = key.charCodeAt(i)
    bytes[2 * i] = unit >> 8
    bytes[2 * i + 1] = unit & 255
  }
  // Odd, and the last: 0 before whatever goes on.
  return bytes
}
